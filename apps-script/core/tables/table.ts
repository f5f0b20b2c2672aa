import { type ColumnKind, columnOf, type KeyOf, type SheetSpec } from "../schema/sheet-spec.ts";
import { cleanText, foldForComparison, isSameText } from "../text/clean.ts";
import { quoteEach } from "../text/list.ts";
import { mostRowsKept } from "../text/per-object.ts";
import { columnLetters } from "../workbook/addresses.ts";
import { cellText, isBlank } from "../workbook/cell-text.ts";
import type { CellValue, SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";
import { asShown, holdsNumber, namingKinds } from "./shown-cell.ts";

/** One row of a sheet, its cells found by column key wherever the columns stand. */
export interface TableRow<K extends string = string> {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** As it is stored; a number that names something is the text that its format shows. */
  raw(key: K): CellValue;
  /** Cleaned text; "" when empty. */
  text(key: K): string;
}

/** A sheet read by its labels. */
export interface Table<K extends string = string> {
  /** The name the sheet bears in this workbook. */
  readonly name: string;
  readonly spec: SheetSpec;
  readonly headerRow: number;
  /** Column key → 1-based position; an optional column that is not there has none. */
  readonly positions: ReadonlyMap<K, number>;
  /** 1-based positions and labels of columns that people added. */
  readonly added: readonly { readonly column: number; readonly label: string }[];
  /** Rows with at least one cell that is not blank, computed columns not counted. */
  readonly rows: readonly TableRow<K>[];
  /** Last row of the sheet that holds anything; at least the header row. */
  readonly lastRow: number;
  /** Position of the rightmost labelled column. */
  readonly lastColumn: number;
}

/** A sheet or column of the contract that is not there; the message names it and says what to do. */
export class WorkbookStructureError extends Error {}

/** A header stands in one of these rows. */
export const headerSearchDepth = 20;

/** A longer text is none, however its spaces are: texts of 正文 stand in the rows where a header is looked for. */
const longestLabel = 60;

/** How many of its labels tell a sheet that was renamed: nearly all. */
const tellingLabels = (spec: SheetSpec) => Math.ceil(spec.columns.filter(({ optional }) => !optional).length * 0.8);

interface HeaderMatch {
  readonly row: number;
  readonly positions: Map<string, number>;
}

function matchHeader(sheet: Pick<SheetSnapshot, "rows">, spec: SheetSpec): HeaderMatch {
  const keyByLabel = new Map(spec.columns.map((c) => [foldForComparison(c.label), c.key]));
  let best: HeaderMatch = { row: 1, positions: new Map() };
  for (let i = 0; i < Math.min(headerSearchDepth, sheet.rows.length); i++) {
    const positions = new Map<string, number>();
    sheet.rows[i]?.forEach((value, column) => {
      const text = cellText(value);
      if (text.length > longestLabel) return;
      const key = keyByLabel.get(foldForComparison(text));
      if (key !== undefined && !positions.has(key)) positions.set(key, column + 1);
    });
    if (positions.size > best.positions.size) best = { row: i + 1, positions };
  }
  return best;
}

/** The sheet that bears a label, however it is spelled. */
export function findSheet(snapshot: WorkbookSnapshot, label: string): SheetSnapshot | undefined {
  return snapshot.sheets.find(({ name }) => isSameText(name, label));
}

/** Whether rows are those of a table, whatever their sheet is called. @param rows at least the first `headerSearchDepth` */
export function bearsLabels(rows: SheetSnapshot["rows"], spec: SheetSpec): boolean {
  return matchHeader({ rows }, spec).positions.size >= tellingLabels(spec);
}

function findTableSheet(
  snapshot: WorkbookSnapshot,
  spec: SheetSpec,
  claimed: ReadonlySet<string>,
): SheetSnapshot | undefined {
  const named = findSheet(snapshot, spec.label);
  if (named) return named;
  let best: SheetSnapshot | undefined;
  let bestCount = tellingLabels(spec) - 1;
  for (const sheet of snapshot.sheets) {
    if (claimed.has(sheet.name)) continue;
    const count = matchHeader(sheet, spec).positions.size;
    if (count > bestCount) {
      best = sheet;
      bestCount = count;
    }
  }
  return best;
}

/** Names of the sheets that bear a label of the contract; a renamed sheet is looked for among the others only. */
function claimedNames(snapshot: WorkbookSnapshot, labels: readonly string[]): Set<string> {
  const folded = new Set(labels.map(foldForComparison));
  return new Set(snapshot.sheets.map(({ name }) => name).filter((name) => folded.has(foldForComparison(name))));
}

/**
 * Finds a sheet by its name, or by its labels when it was renamed, and its columns by their labels.
 *
 * @param contractLabels labels of all sheets of this kind of workbook
 * @throws WorkbookStructureError when the sheet or one of its columns is missing
 */
export function readTable<S extends SheetSpec>(
  snapshot: WorkbookSnapshot,
  spec: S,
  contractLabels: readonly string[],
): Table<KeyOf<S>> {
  const table = readTableIfThere(snapshot, spec, contractLabels);
  if (!table) {
    throw new WorkbookStructureError(
      `工作簿里没有“${spec.label}”表，请恢复这张表（可从备份文件中复制），或把改过的表名改回“${spec.label}”。`,
    );
  }
  return table;
}

/** Like `readTable` for a sheet that Casebook makes when it is missing: undefined then. */
export function readTableIfThere<S extends SheetSpec>(
  snapshot: WorkbookSnapshot,
  spec: S,
  contractLabels: readonly string[],
): Table<KeyOf<S>> | undefined {
  const sheet = findTableSheet(snapshot, spec, claimedNames(snapshot, contractLabels));
  return sheet && readSheetTable(sheet, spec);
}

/** A label twice: nobody knows which of the columns is meant. @throws WorkbookStructureError */
function refuseRepeatedLabels(sheet: SheetSnapshot, spec: SheetSpec, header: HeaderMatch): void {
  const labels = (sheet.rows[header.row - 1] ?? []).map((value) => foldForComparison(cellText(value)));
  for (const { key, label } of spec.columns) {
    const again = labels.indexOf(foldForComparison(label), header.positions.get(key));
    if (again < 0) continue;
    const places = [header.positions.get(key) ?? 1, again + 1].map((column) => columnLetters(column));
    throw new WorkbookStructureError(
      `“${sheet.name}”表第 ${header.row} 行有两列“${label}”（${places.join("、")} 列），请把多余的一列改名或删去后再试。`,
    );
  }
}

interface RowRead {
  readonly labels: readonly CellValue[];
  readonly spec: SheetSpec;
  readonly row: TableRow;
}

/**
 * By their cells, which nobody changes: after an edit a sheet has new cells in one row, and only that one is read anew. Rows
 * that hang on what their numbers show are not among them.
 */
const rowsRead = new WeakMap<readonly CellValue[], RowRead>();

/** Like `readTable` for a sheet that is already found. */
export function readSheetTable<S extends SheetSpec>(sheet: SheetSnapshot, spec: S): Table<KeyOf<S>> {
  const header = matchHeader(sheet, spec);
  const missing = spec.columns.filter((c) => c.optional !== true && !header.positions.has(c.key)).map((c) => c.label);
  if (missing.length > 0) {
    throw new WorkbookStructureError(
      `“${sheet.name}”表缺少列${quoteEach(missing)}，请在表头行补上（位置不限，可留空），或从备份文件恢复后再试。`,
    );
  }
  refuseRepeatedLabels(sheet, spec, header);
  const computed = new Set(spec.columns.filter((c) => c.kind === "computed").map((c) => header.positions.get(c.key)));
  const labelled = sheet.rows[header.row - 1] ?? [];
  const known = new Set(header.positions.values());
  const added = labelled.flatMap((value, i) =>
    known.has(i + 1) || isBlank(value) ? [] : [{ column: i + 1, label: cleanText(cellText(value)) }],
  );
  const kinds = new Map<string, ColumnKind>(spec.columns.map((c) => [c.key, c.kind]));
  const seen = (key: string, row: number, column: number, value: CellValue) =>
    asShown(sheet, row, column, kinds.get(key) ?? "text", value);
  const naming = spec.columns
    .filter(({ kind }) => namingKinds.includes(kind))
    .flatMap(({ key }) => header.positions.get(key) ?? []);
  const rows: TableRow<KeyOf<S>>[] = [];
  let lastRow = header.row;
  const isKept = sheet.rows.length - header.row <= mostRowsKept;
  for (let i = header.row; i < sheet.rows.length; i++) {
    const cells = sheet.rows[i] ?? [];
    const wholeSheetComputed = spec.generated !== undefined;
    const filled = cells.some((value, c) => (wholeSheetComputed || !computed.has(c + 1)) && !isBlank(value));
    if (!filled) continue;
    lastRow = i + 1;
    const before = rowsRead.get(cells);
    if (before?.labels === labelled && before.spec === spec && before.row.row === i + 1) {
      rows.push(before.row);
      continue;
    }
    const row = new Row<KeyOf<S>>(i + 1, cells, header.positions, seen);
    rows.push(row);
    if (isKept && naming.every((column) => !holdsNumber(cells[column - 1] ?? null)))
      rowsRead.set(cells, { labels: labelled, spec, row });
  }
  return {
    name: sheet.name,
    spec,
    headerRow: header.row,
    positions: header.positions as ReadonlyMap<string, number> as ReadonlyMap<KeyOf<S>, number>,
    added,
    rows,
    lastRow,
    lastColumn: Math.max(0, ...known, ...added.map((a) => a.column)),
  };
}

type Seen = (key: string, row: number, column: number, value: CellValue) => CellValue;

class Row<K extends string> implements TableRow<K> {
  /** By position. */
  private readonly texts: (string | undefined)[];

  constructor(
    readonly row: number,
    private readonly cells: readonly CellValue[],
    private readonly positions: ReadonlyMap<string, number>,
    private readonly seen: Seen,
  ) {
    this.texts = new Array(cells.length + 1);
  }

  raw(key: K): CellValue {
    const position = this.positions.get(key);
    if (position === undefined) return null;
    const value = this.cells[position - 1] ?? null;
    // Only what shows a number may show something else.
    return value === null || typeof value === "string" ? value : this.seen(key, this.row, position, value);
  }

  text(key: K): string {
    const position = this.positions.get(key);
    if (position === undefined) return "";
    this.texts[position] ??= cleanText(cellText(this.raw(key)));
    return this.texts[position];
  }
}

/** Label of a column of this table, as messages name it. */
export function tableLabel(table: Table, key: string): string {
  return columnOf(table.spec, key).label;
}

/** Where a column stands that must be there; 1-based. */
export function positionOf({ positions }: Pick<Table, "positions">, key: string): number {
  const position = positions.get(key);
  if (position === undefined) throw new Error(`no column ${key}`);
  return position;
}
