/** Whether 日志 got a row of an action after an attempt at it began: then the attempt came to its end after all. */
import { logSheet } from "../core/schema/application.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** The last row of 日志 as it is now; 0 without one. */
export function lastLogRow(spreadsheet: Spreadsheet): number {
  return spreadsheet.getSheetByName(logSheet.label)?.getLastRow() ?? 0;
}

export function isLoggedSince(spreadsheet: Spreadsheet, row: number, action: string): boolean {
  const sheet = spreadsheet.getSheetByName(logSheet.label);
  const count = lastLogRow(spreadsheet) - row;
  if (!sheet || count <= 0) return false;
  const values = sheet.getRange(row + 1, 1, count, Math.max(1, sheet.getLastColumn())).getValues();
  return values.some((cells) => cells.includes(action));
}
