import { logSheet } from "../../core/schema/application.ts";

/**
 * An action that has begun and not come to its end, so that what it was to leave in 日志 is not left twice when it is run
 * again.
 */

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** Document property. */
const key = "casebook.attempt";

interface Attempt {
  readonly title: string;
  /** The last row of 日志 when it began first, by the id of the workbook. */
  readonly rows: Readonly<Record<string, number>>;
}

/** The same action, as an earlier execution began it. */
let earlier: Attempt | undefined;

const properties = () => PropertiesService.getDocumentProperties();

/** The last row of 日志 as it is now; 0 without one. */
export function lastLogRow(spreadsheet: Spreadsheet): number {
  return spreadsheet.getSheetByName(logSheet.label)?.getLastRow() ?? 0;
}

function readAttempt(title: string): Attempt | undefined {
  const text = properties().getProperty(key);
  const present = text === null ? undefined : (JSON.parse(text) as Attempt);
  return present?.title === title ? present : undefined;
}

/** Whether an action broke off when it ran last, and no other has begun since. */
export const hasBrokenOff = (title: string): boolean => readAttempt(title) !== undefined;

/** Whether an action broke off when it ran last, before a row came to 日志. */
export function isLeftUnlogged(title: string, spreadsheet: Spreadsheet): boolean {
  const before = readAttempt(title)?.rows[spreadsheet.getId()];
  return before !== undefined && lastLogRow(spreadsheet) === before;
}

/** @param workbooks those that the action writes into */
export function beginAttempt(title: string, workbooks: readonly Spreadsheet[]): void {
  const present = readAttempt(title);
  if (present) {
    earlier = present;
    return;
  }
  const rows = Object.fromEntries(workbooks.map((each) => [each.getId(), lastLogRow(each)]));
  properties().setProperty(key, JSON.stringify({ title, rows } satisfies Attempt));
}

export function endAttempt(): void {
  properties().deleteProperty(key);
}

/** Whether the same action broke off when it ran last, after a row came to 日志. */
export function hasLeftRow(spreadsheet: Spreadsheet): boolean {
  const before = earlier?.rows[spreadsheet.getId()];
  return before !== undefined && lastLogRow(spreadsheet) > before;
}
