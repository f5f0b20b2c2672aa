import { ActionError } from "./action-error.ts";
import { tolerate } from "./platform-errors.ts";

/**
 * Two scripts write into the shared workbook, its own and that of the review, and the document lock of one says nothing to
 * the other. So whoever writes leaves a mark in the workbook that both see, and gives way to another's.
 */

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

const key = "casebook.writing";
/** An execution ends after six minutes at most; a mark that is older was left behind. */
const expiry = 7 * 60_000;

export interface Writer {
  readonly title: string;
  readonly user: string;
}

interface Mark extends Writer {
  /** The spreadsheet whose script writes. */
  readonly by: string;
  /** Milliseconds. */
  readonly since: number;
}

function readMark(text: string | null): Partial<Mark> {
  try {
    return JSON.parse(text ?? "{}") as Partial<Mark>;
  } catch {
    return {};
  }
}

function marksOf(spreadsheet: Spreadsheet) {
  return spreadsheet
    .getDeveloperMetadata()
    .filter((entry) => entry.getKey() === key)
    .map((entry) => ({ entry, mark: readMark(entry.getValue()) }));
}

/** @throws ActionError while another script writes */
function giveWay(spreadsheet: Spreadsheet, own: string): void {
  for (const { mark } of marksOf(spreadsheet)) {
    const isOld = Date.now() - (mark.since ?? 0) >= expiry;
    // The document lock is held: a mark of this script is of an execution that was ended by force.
    if (isOld || mark.by === own) continue;
    throw new ActionError(
      `${mark.user ?? "有人"} 正在另一个工作簿里对“${spreadsheet.getName()}”运行“${mark.title ?? "写入"}”，请等它完成后再试。没有做任何改动。`,
    );
  }
}

/**
 * Writes into a workbook that other scripts write into as well. The caller holds the document lock of its own script.
 *
 * @throws ActionError while another script writes there
 */
export function inTurn(spreadsheet: Spreadsheet, { title, user }: Writer, write: () => void): void {
  const by = SpreadsheetApp.getActiveSpreadsheet().getId();
  const removeOwn = () => {
    for (const { entry, mark } of marksOf(spreadsheet)) {
      if (mark.by === by || Date.now() - (mark.since ?? 0) >= expiry) entry.remove();
    }
  };
  giveWay(spreadsheet, by);
  removeOwn();
  const mark: Mark = { title, user, by, since: Date.now() };
  const { DOCUMENT } = SpreadsheetApp.DeveloperMetadataVisibility;
  try {
    spreadsheet.addDeveloperMetadata(key, JSON.stringify(mark), DOCUMENT);
    SpreadsheetApp.flush();
    // Both may have found nothing and left their marks at once: then both give way.
    giveWay(spreadsheet, by);
    write();
    SpreadsheetApp.flush();
  } finally {
    // Should it stay, it holds others up until it is old; what was written is written.
    try {
      removeOwn();
    } catch {
      tolerate(removeOwn);
    }
  }
}
