import type { Notice } from "../notice/notice.ts";
import { reviewSheetSpecs } from "../review-book/review-workbook.ts";
import type { Table } from "../tables/table.ts";
import { compareText } from "../text/compare.ts";
import type { CellValue, WorkbookSnapshot } from "../workbook/port.ts";
import { findReviewSheet, rowKeys, uncounted } from "./recorded-sheets.ts";

interface StateRow {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** In the order of the columns of the state. */
  readonly cells: readonly (string | number)[];
}

/** What a sheet says, wherever its rows and columns stand. */
interface SheetState {
  readonly name: string;
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  /** By what identifies a row. */
  readonly rows: ReadonlyMap<string, StateRow>;
  /** Columns of which it is not known what they should say. */
  readonly unknown?: readonly string[];
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
    const keys = rowKeys[spec.key];
    if (keys === undefined || sheets?.includes(spec.key) === false) continue;
    const found = findReviewSheet(snapshot, spec);
    const typed = [...(spec.generated?.editable ?? []), ...(uncounted[spec.key] ?? [])];
    if (found)
      state.set(
        spec.key,
        readSheetState(found.table, keys, (key) => !typed.includes(key)),
      );
  }
  return state;
}

/** The columns of a sheet that count, and its rows by what identifies them. */
export function readSheetState(table: Table, keys: readonly string[], counts: (column: string) => boolean): SheetState {
  const columns = table.spec.columns.filter(({ key }) => table.positions.has(key) && counts(key));
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

/** The state without these columns, by the key of the sheet. */
export function withoutColumns(state: ReviewState, columns: Readonly<Record<string, readonly string[]>>): ReviewState {
  return new Map([...state].map(([key, sheet]) => [key, { ...sheet, unknown: columns[key] ?? [] }]));
}

/** What differs in the sheets that both states have, in the order of the sheets and rows of `is`. */
export function compareStates(was: ReviewState, is: ReviewState): CellChange[] {
  return [...is].flatMap(([key, after]) => {
    const before = was.get(key);
    return before ? compareSheets(before, after) : [];
  });
}

/** Of so many missing rows it is asked whether their key was overwritten; if there are more, all are reported as gone. */
const mostOverwritten = 100;

const show = (cell: string | number) => String(typeof cell === "number" ? Number(cell.toPrecision(10)) : cell);

function compareSheets(before: SheetState, after: SheetState): CellChange[] {
  const changes: CellChange[] = [];
  const cellBefore = (row: StateRow, key: string) => {
    const at = before.columns.findIndex((column) => column.key === key);
    return row.cells[at] ?? "";
  };
  const differing = (from: StateRow, to: StateRow) =>
    after.columns.flatMap(({ key, label }, i) => {
      if (before.unknown?.includes(key)) return [];
      const old = cellBefore(from, key);
      const now = to.cells[i] ?? "";
      return isSame(old, now) ? [] : [{ label, old, now }];
    });
  const overwritten = (gone: ReadonlyMap<string, StateRow>, row: StateRow) =>
    gone.size > mostOverwritten || after.columns.length < 3
      ? undefined
      : [...gone].find(([, each]) => differing(each, row).length === 1);
  const gone = new Map([...before.rows].filter(([key]) => !after.rows.has(key)));
  for (const [key, row] of after.rows) {
    // A row of another key that says the same otherwise is the row of before, its key overwritten.
    const sameKey = before.rows.get(key);
    const [formerKey, former] = sameKey ? [key, sameKey] : (overwritten(gone, row) ?? []);
    if (formerKey === undefined || former === undefined) {
      changes.push({ sheet: after.name, row: row.row, column: "", key, was: "", is: "" });
      continue;
    }
    gone.delete(formerKey);
    for (const { label, old, now } of differing(former, row)) {
      changes.push({
        sheet: after.name,
        row: row.row,
        column: label,
        key: formerKey,
        was: show(old),
        is: show(now),
      });
    }
  }
  for (const key of gone.keys()) changes.push({ sheet: after.name, row: 0, column: "", key, was: "", is: "" });
  return changes;
}

/** In Chinese: where the cell is, what it was and what it is. @param was how to say what it was */
export function describeChange(change: CellChange, was = "应为"): string {
  const { sheet, row, column, key } = change;
  if (row === 0) return `“${sheet}”表少了 ${key} 一行`;
  if (column === "") return `“${sheet}”表第 ${row} 行（${key}）是多出的一行`;
  const quote = (text: string) => (text === "" ? "空" : `“${text}”`);
  return `“${sheet}”表第 ${row} 行“${column}”（${key}）：${was}${quote(change.was)}，现为${quote(change.is)}`;
}

/** In Chinese, a sentence each: the first changes of each sheet, and how many more there are. */
export function describeChanges(changes: readonly CellChange[], most: number, was?: string): string[] {
  return [...new Set(changes.map(({ sheet }) => sheet))].flatMap((sheet) => {
    const here = changes.filter((change) => change.sheet === sheet);
    const rest = here.length - most;
    return [
      ...here.slice(0, most).map((change) => `${describeChange(change, was)}。`),
      ...(rest > 0 ? [`“${sheet}”表另有 ${rest} 处不同。`] : []),
    ];
  });
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
        .sort(([a], [b]) => compareText(String(a), String(b))),
    ]),
  );
}
