import type { Notice } from "../notice/notice.ts";
import { reviewSheetSpecs } from "../review/review-workbook.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import type { CellValue, WorkbookSnapshot } from "../workbook/port.ts";
import { findReviewSheet, rowKeys } from "./recorded-sheets.ts";

interface StateRow {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** In the order of the columns of the state. */
  readonly cells: readonly (string | number)[];
}

/** What a sheet that only Casebook writes says, wherever its rows and columns stand. */
interface SheetState {
  readonly name: string;
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  /** By what tells the rows apart. */
  readonly rows: ReadonlyMap<string, StateRow>;
}

/** The sheets by the key of their specification. */
export type ReviewState = ReadonlyMap<string, SheetState>;

/** A cell, or a whole row (`column` is ""), that is not what it should be. */
export interface CellChange {
  readonly sheet: string;
  /** 1-based; 0 for a row that is gone. */
  readonly row: number;
  readonly column: string;
  /** The row's 评审编号, 专家编号 or 案例编号. */
  readonly key: string;
  readonly was: string;
  readonly is: string;
}

/** Reads the sheets that only Casebook writes; with `sheets`, those of these keys alone. @throws WorkbookStructureError */
export function readState(snapshot: WorkbookSnapshot, notice: Notice, sheets?: readonly string[]): ReviewState {
  const state = new Map<string, SheetState>();
  for (const spec of reviewSheetSpecs(notice)) {
    if (rowKeys[spec.key] === undefined || sheets?.includes(spec.key) === false) continue;
    const found = readSheetState(snapshot, spec, rowKeys[spec.key]!);
    if (found) state.set(spec.key, found);
  }
  return state;
}

function readSheetState(snapshot: WorkbookSnapshot, spec: SheetSpec, keys: readonly string[]): SheetState | undefined {
  const found = findReviewSheet(snapshot, spec);
  if (!found) return undefined;
  const { table } = found;
  const typed = spec.generated?.editable ?? [];
  const columns = spec.columns.filter(({ key }) => table.positions.has(key) && !typed.includes(key));
  const rows = new Map<string, StateRow>();
  for (const record of table.rows) {
    const name = keys.map((key) => record.text(key)).join(" ");
    let key = name;
    for (let n = 2; rows.has(key); n++) key = `${name} (${n})`;
    const cell = (k: string) => {
      const value: CellValue = record.raw(k);
      return typeof value === "number" ? value : record.text(k);
    };
    rows.set(key, { row: record.row, cells: columns.map((column) => cell(column.key)) });
  }
  return { name: table.name, columns, rows };
}

/** Spreadsheet programs keep fifteen digits. */
function isSame(a: string | number, b: string | number): boolean {
  if (typeof a !== "number" || typeof b !== "number") return String(a) === String(b);
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/** What differs in the sheets that both states have, in the order of the sheets and rows of `is`. */
export function compareStates(was: ReviewState, is: ReviewState): CellChange[] {
  const changes: CellChange[] = [];
  for (const [sheetKey, after] of is) {
    const before = was.get(sheetKey);
    if (!before) continue;
    const change = (row: number, column: string, key: string, from: string | number, to: string | number) =>
      changes.push({ sheet: after.name, row, column, key, was: String(from), is: String(to) });
    for (const [key, { row, cells }] of after.rows) {
      const known = before.rows.get(key);
      if (!known) {
        change(row, "", key, "", "多出的行");
        continue;
      }
      for (const [i, { key: columnKey, label }] of after.columns.entries()) {
        const at = before.columns.findIndex((column) => column.key === columnKey);
        const from = at < 0 ? "" : known.cells[at]!;
        if (!isSame(from, cells[i]!)) change(row, label, key, from, cells[i]!);
      }
    }
    for (const key of before.rows.keys()) if (!after.rows.has(key)) change(0, "", key, "原有的行", "");
  }
  return changes;
}

/** In Chinese: where the cell is, what it was and what it is. */
export function describeChange({ sheet, row, column, key, was, is }: CellChange): string {
  if (row === 0) return `“${sheet}”表少了 ${key} 一行`;
  if (column === "") return `“${sheet}”表第 ${row} 行（${key}）是多出的一行`;
  const quote = (text: string) => (text === "" ? "空" : `“${text}”`);
  return `“${sheet}”表第 ${row} 行“${column}”（${key}）：应为${quote(was)}，现为${quote(is)}`;
}

/** Fewer digits than computing kept, so that a last digit that another machine rounds differently counts for nothing. */
const stable = (cell: string | number) => (typeof cell === "number" ? Number(cell.toPrecision(9)) : cell);

/** A text that stands for the state, the same whatever the order of the rows. */
export function writeState(state: ReviewState): string {
  return JSON.stringify(
    [...state].map(([sheet, { columns, rows }]) => [
      sheet,
      columns.map((column) => column.key),
      [...rows]
        .map(([key, { cells }]) => [key, ...cells.map(stable)] as const)
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ]),
  );
}
