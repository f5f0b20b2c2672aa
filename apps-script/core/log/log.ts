import { logSheet } from "../schema/application.ts";
import type { KeyOf } from "../schema/sheet-spec.ts";
import { readTable, type TableRow } from "../tables/table.ts";
import { sha256 } from "../text/sha256.ts";
import { version as currentVersion } from "../version.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";

/** One action, as 日志 keeps it. */
export interface LogEntry {
  /** Local time, `YYYY-MM-DD HH:mm:ss`. */
  readonly time: string;
  readonly actor: string;
  readonly action: string;
  readonly parameters: string;
  readonly outcome: string;
  /** SHA-256 of what the action was computed from. */
  readonly inputDigest: string;
}

/** What an action says of itself for 日志. */
export type Description = Pick<LogEntry, "action" | "parameters" | "outcome">;

/** An action to be logged, with the digests of everything it was computed from. */
export interface LoggedAction extends Description {
  readonly inputs: readonly string[];
}

/** SHA-256 of the values of these sheets: what an action was computed from, where there is no file to digest. */
export function digestSnapshot(snapshot: WorkbookSnapshot, names: readonly string[]): string {
  const sheets = snapshot.sheets.filter((sheet) => names.includes(sheet.name));
  return sha256(JSON.stringify(sheets.map((sheet) => [sheet.name, sheet.rows])));
}

/** 参数 of a row of 日志: what the action was given, and by which rules and which notice it was done. */
export function stampVersions(parameters: string, noticeId: string, version = currentVersion): string {
  return [parameters, `规则 ${version}，通知 ${noticeId}`].filter((part) => part !== "").join("；");
}

/** Whether an action was given nothing of its own, as its 参数 in 日志 tell. */
export const wasGivenNothing = (parameters: string): boolean => /^($|规则 )/.test(parameters);

type LogKey = KeyOf<typeof logSheet>;
const keys = logSheet.columns.map((column) => column.key);

/** 前序摘要 of the first row. */
export const chainStart = "0".repeat(64);

export function digestRow(row: TableRow<LogKey>): string {
  return sha256(keys.map((key) => cellText(row.raw(key))).join("\u0001"));
}

export function readLog(snapshot: WorkbookSnapshot) {
  return readTable(snapshot, logSheet, [logSheet.label]);
}

/** 输入摘要 of an action that was computed from several inputs, in whatever order they came. */
export function digestInputs(inputs: readonly string[]): string {
  const [only] = inputs;
  return only !== undefined && inputs.length === 1 ? only : sha256([...inputs].sort().join("\n"));
}

function lastOf<T>(items: readonly T[]): T | undefined {
  return items[items.length - 1];
}

/** The digest that the next row will carry as 前序摘要: it stands for the whole log so far. */
export function chainHead(snapshot: WorkbookSnapshot): string {
  const last = lastOf(readLog(snapshot).rows);
  return last ? digestRow(last) : chainStart;
}

/**
 * Appends one row to 日志, chained to the row before it: who changes an earlier row must recompute every later one.
 *
 * @throws WorkbookStructureError when 日志 or one of its columns is missing
 */
export function appendLog(snapshot: WorkbookSnapshot, entry: LogEntry): SheetPatch {
  const table = readLog(snapshot);
  const values: Record<LogKey, string> = { ...entry, previousDigest: chainHead(snapshot) };
  const row = table.lastRow + 1;
  return {
    name: table.name,
    edits: keys.map((key) => ({ row, column: table.positions.get(key) ?? 0, value: values[key] })),
  };
}

/** 日志 of which a host has read the header and the last row alone. */
export interface LogEnd {
  readonly name: string;
  readonly headerRow: number;
  readonly header: readonly CellValue[];
  /** 1-based; the header row where nothing was logged yet. */
  readonly lastRow: number;
  readonly last: readonly CellValue[];
}

/** As `appendLog`, from the end of the log alone. @throws WorkbookStructureError */
export function appendLogBelow(end: LogEnd, entry: LogEntry): SheetPatch {
  const rows: (readonly CellValue[])[] = Array.from({ length: end.lastRow }, () => []);
  rows[end.lastRow - 1] = end.last;
  rows[end.headerRow - 1] = end.header;
  const sheet = { name: logSheet.label, hidden: false, rows, notes: new Map<string, string>() };
  return { ...appendLog({ sheets: [sheet] }, entry), name: end.name };
}

/** Whether a row can only be a row of 日志 whose columns stand as they were laid: a time first, a digest last. */
export function isLogRow(cells: readonly CellValue[]): boolean {
  const texts = keys.map((_, i) => cellText(cells[i] ?? null));
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(texts[0] ?? "") && /^[0-9a-f]{64}$/.test(texts[keys.length - 1] ?? "");
}
