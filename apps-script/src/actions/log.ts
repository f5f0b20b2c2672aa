import { identifyNotice, noticeOf } from "../../core/award/notice-sheet.ts";
import {
  appendLogBelow,
  type Description,
  digestInputs,
  isLogRow,
  type LogEnd,
  type LogEntry,
  type LoggedAction,
  stampVersions,
} from "../../core/log/log.ts";
import { logSheet } from "../../core/schema/application.ts";
import { labelOf } from "../../core/schema/sheet-spec.ts";
import { readSheetTable } from "../../core/tables/table.ts";
import { cellText } from "../../core/workbook/cell-text.ts";
import type { CellValue } from "../../core/workbook/port.ts";
import { cleanCellText, fromSheetValue, noSheetIds } from "../google/cell-values.ts";
import { clockOf } from "../google/spreadsheet-clock.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import type { ActionContext } from "./action.ts";
import { ActionError } from "./action-error.ts";
import { hasLeftRow, lastLogRow } from "./attempt.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

function readRow(sheet: GoogleAppsScript.Spreadsheet.Sheet, row: number): CellValue[] {
  const [values = []] = sheet.getRange(row, 1, 1, Math.max(1, sheet.getLastColumn())).getValues();
  const serialOf = clockOf(() => sheet);
  return values.map((value, i) => fromSheetValue(value, undefined, row, i + 1, noSheetIds, serialOf));
}

/** Reads the last row of 日志 alone where that row shows by itself in which order the columns stand, else the header too. */
function readLogEnd(spreadsheet: Spreadsheet): LogEnd {
  const name = logSheet.label;
  const sheet = spreadsheet.getSheetByName(name);
  if (!sheet) throw new ActionError(`工作簿里没有“${name}”表，请恢复这张表，或再点一次“初始化工作簿”。`);
  const lastRow = Math.max(1, sheet.getLastRow());
  const last = readRow(sheet, lastRow);
  const labels = logSheet.columns.map((column) => column.label);
  if (lastRow === 1) return { name, headerRow: 1, header: last, lastRow, last };
  if (isLogRow(last)) return { name, headerRow: 1, header: labels, lastRow, last };
  const rows = sheet.getRange(1, 1, lastRow, sheet.getLastColumn()).getValues();
  const serialOf = clockOf(() => sheet);
  const cells = rows.map((row, r) =>
    row.map((value, c) => fromSheetValue(value, undefined, r + 1, c + 1, noSheetIds, serialOf)),
  );
  const { headerRow } = readSheetTable({ name, hidden: false, rows: cells, notes: new Map() }, logSheet);
  return { name, headerRow, header: cells[headerRow - 1] ?? [], lastRow, last };
}

/**
 * Appends the action to 日志, chained to the row before.
 *
 * @param changes whether the action has changed anything this time; where it has not, the row that an attempt at it has left
 * stands for it too, whatever that attempt did
 * @throws ActionError, WorkbookStructureError
 */
export function appendLogRow(
  book: GoogleWorkbook,
  context: ActionContext,
  entry: LoggedAction,
  { changes = true }: { readonly changes?: boolean } = {},
): void {
  const { action, parameters, outcome, inputs } = entry;
  const description = {
    action,
    parameters: stampVersions(parameters, identifyNotice(noticeOf(book.snapshot))),
    outcome,
  };
  appendDescribed(book, context, description, digestInputs(inputs), changes ? ["inputDigest"] : ["outcome"]);
}

/**
 * As `appendLogRow`, for a description that names the versions already.
 *
 * @param mayDiffer from the row that an attempt has left, besides the time; what an action was computed from may differ
 * where what the attempt has written is a part of it
 */
export function appendDescribed(
  book: GoogleWorkbook,
  context: ActionContext,
  description: Description,
  inputDigest: string,
  mayDiffer: MayDiffer = ["inputDigest"],
): void {
  if (isLeftBy(book, context, description, inputDigest, mayDiffer)) return;
  const entry = { time: context.now, actor: context.user, ...description, inputDigest };
  book.apply({ sheets: [appendLogBelow(readLogEnd(book.spreadsheet), entry)] });
}

type MayDiffer = readonly (keyof LogEntry)[];

/** Whether the action broke off after its row was written: the row stands for this attempt too. */
export function isLeftBy(
  { spreadsheet }: GoogleWorkbook,
  { user }: ActionContext,
  description: Description,
  inputDigest: string,
  mayDiffer: MayDiffer,
): boolean {
  if (!hasLeftRow(spreadsheet)) return false;
  return isLastRow(readLogEnd(spreadsheet), { time: "", actor: user, ...description, inputDigest }, mayDiffer);
}

/** Whether the last row of 日志 tells the same, but for its time. */
function isLastRow({ headerRow, header, lastRow, last }: LogEnd, entry: LogEntry, mayDiffer: MayDiffer): boolean {
  if (lastRow <= headerRow) return false;
  return (Object.entries(entry) as [keyof LogEntry, string][])
    .filter(([key]) => key !== "time" && !mayDiffer.includes(key))
    .every(([key, value]) => cellText(last[header.indexOf(labelOf(logSheet, key))] ?? null) === cleanCellText(value));
}

/** Whether 日志 has got a row of this action since `row` was its last one: then the attempt that began there was completed. */
export function isLoggedSince(spreadsheet: Spreadsheet, row: number, action: string): boolean {
  const sheet = spreadsheet.getSheetByName(logSheet.label);
  const count = lastLogRow(spreadsheet) - row;
  if (!sheet || count <= 0) return false;
  const values = sheet.getRange(row + 1, 1, count, Math.max(1, sheet.getLastColumn())).getValues();
  return values.some((cells) => cells.includes(action));
}
