/** A sheet while tables are merged into it: its rows, what import remembers of each, and the patch that results. */

import { type CleanedEntry, type ImportRecord, sourceSortKey } from "../award/import-record.ts";
import { matchRecords } from "../award/match-records.ts";
import {
  byPresentName,
  compareSortKeys,
  type ImportedSheet,
  identityOf,
  renameNominator,
  type SortKey,
  sortKeyOf,
} from "../award/row-key.ts";
import type { ColumnKind } from "../schema/sheet-spec.ts";
import { asShown } from "../tables/shown-cell.ts";
import type { Table, TableRow } from "../tables/table.ts";
import { addToGroup, groupBy } from "../text/group-by.ts";
import { comparableText, derivedFingerprint, fingerprintOf } from "../workbook/fingerprint.ts";
import {
  type CellEdit,
  type CellValue,
  type NoteEdit,
  noteKey,
  type RowInsertion,
  type SheetPatch,
  type SheetSnapshot,
} from "../workbook/port.ts";

/** What the files of one import say of a cell, and how it was before. */
export interface Offers {
  readonly before: {
    readonly change: CellValue | undefined;
    readonly value: CellValue;
    readonly fingerprint: string | undefined;
    readonly cleaned: CleanedEntry | undefined;
    /** Typed by a person, or given by a document: no table changes it. */
    readonly isSettled: boolean;
  };
  readonly told: { readonly table: object; readonly file: string; readonly row: number; readonly value: CellValue }[];
}

export interface ModelRow {
  /** The row as it stands in the workbook; undefined for a new one. */
  readonly origin: TableRow | undefined;
  readonly changes: Map<string, CellValue>;
  /** By column key. */
  readonly offers: Map<string, Offers>;
  /** undefined where only people have typed. */
  record: ImportRecord | undefined;
  /** Its 推荐单位 was resolved just now, so that its place may be another. */
  moved: boolean;
}

export function cellOf(row: ModelRow, key: string): CellValue {
  const changed = row.changes.get(key);
  return changed === undefined ? (row.origin?.raw(key) ?? null) : changed;
}

export function textOf(row: ModelRow, key: string): string {
  return comparableText(cellOf(row, key));
}

/** Whether a cell still holds what import computed itself. */
export function holdsDerived(row: ModelRow, key: string): boolean {
  return row.record?.fingerprints.get(key) === derivedFingerprint(cellOf(row, key));
}

export interface SheetModel {
  readonly sheet: ImportedSheet;
  readonly table: Table<string>;
  readonly rows: ModelRow[];
  /** Rows that import remembers, by their key. */
  readonly byRowKey: Map<string, ModelRow[]>;
  /** Rows that import knows nothing of, by what identifies them. */
  readonly handTyped: Map<string, ModelRow[]>;
}

/**
 * Records whose row is gone are left behind: imported again, such a row is a new one.
 *
 * @param nominatorName the present 单位名称 for any name of a unit, else the text itself
 */
export function makeSheetModel(
  sheet: ImportedSheet,
  table: Table<string>,
  records: readonly ImportRecord[],
  nominatorName: (text: string) => string = (text) => text,
): SheetModel {
  const recordOf = new Map<TableRow, ImportRecord>();
  for (const [record, row] of matchRecords(sheet, table.rows, records, nominatorName)) recordOf.set(row, record);
  for (const record of records) record.rowKey = renameNominator(sheet, record.rowKey, nominatorName);
  const rows = table.rows.map(
    (origin): ModelRow => ({
      origin,
      changes: new Map(),
      offers: new Map(),
      record: recordOf.get(origin),
      moved: false,
    }),
  );
  const remembered = rows.filter((row) => row.record !== undefined);
  const byRowKey = groupBy(remembered, (row) => row.record?.rowKey ?? "");
  for (const group of byRowKey.values())
    group.sort((a, b) => (a.record?.occurrence ?? 0) - (b.record?.occurrence ?? 0));
  const handTyped = groupBy(
    rows.filter((row) => row.record === undefined),
    (row) =>
      identityOf(
        sheet,
        byPresentName((key) => textOf(row, key), nominatorName),
      ),
  );
  return { sheet, table, rows, byRowKey, handTyped };
}

function nextOccurrence(model: SheetModel, rowKey: string): number {
  const group = model.byRowKey.get(rowKey) ?? [];
  return group.reduce((most, { record }) => Math.max(most, record?.occurrence ?? 0), 0) + 1;
}

/** Lets import remember a row from now on. */
export function rememberRow(model: SheetModel, row: ModelRow, rowKey: string): ImportRecord {
  row.record = {
    sheet: model.sheet,
    rowKey,
    occurrence: nextOccurrence(model, rowKey),
    sources: [],
    fingerprints: new Map(),
    cleaned: [],
    disputes: new Map(),
  };
  addToGroup(model.byRowKey, rowKey, row);
  return row.record;
}

export function addRow(model: SheetModel, rowKey: string): ModelRow {
  const row: ModelRow = { origin: undefined, changes: new Map(), offers: new Map(), record: undefined, moved: false };
  model.rows.push(row);
  rememberRow(model, row, rowKey);
  return row;
}

/** Remembers a row under another key: its 推荐单位, account or stage has become known. */
export function rekeyRow(model: SheetModel, row: ModelRow, rowKey: string): void {
  const { record } = row;
  if (!record || record.rowKey === rowKey) return;
  const group = model.byRowKey.get(record.rowKey) ?? [];
  model.byRowKey.set(
    record.rowKey,
    group.filter((other) => other !== row),
  );
  record.occurrence = nextOccurrence(model, rowKey);
  record.rowKey = rowKey;
  addToGroup(model.byRowKey, rowKey, row);
}

/** Takes a row out of the sheet: those below move up. */
export function removeRow(model: SheetModel, row: ModelRow): void {
  model.rows.splice(model.rows.indexOf(row), 1);
  const rowKey = row.record?.rowKey ?? "";
  model.byRowKey.set(
    rowKey,
    (model.byRowKey.get(rowKey) ?? []).filter((other) => other !== row),
  );
}

/** Occurrences in the order of the sources and without gaps: they show nothing of the order of imports. */
export function renumberOccurrences(model: SheetModel): void {
  for (const group of model.byRowKey.values()) {
    group.sort((a, b) => compareSortKeys(sourceSortKey(a.record), sourceSortKey(b.record)));
    group.forEach((row, i) => {
      if (row.record) row.record.occurrence = i + 1;
    });
  }
}

/** Formulas of people point at rows by their place: such a sheet's rows stay where they are. */
export function holdsFormulas(model: SheetModel, sheet: SheetSnapshot): boolean {
  const computed = new Set(
    model.sheet.columns.filter((c) => c.kind === "computed").map((c) => model.table.positions.get(c.key)),
  );
  return sheet.rows.some((cells) =>
    cells.some((v, i) => v !== null && typeof v === "object" && v.kind === "formula" && !computed.has(i + 1)),
  );
}

/**
 * All rows in the order they are to stand in: what stands already stays in its order, new rows come behind the last row
 * that does not sort after them, so that in a sheet nobody has re-sorted the order shows nothing of the order of imports.
 */
function orderRows(model: SheetModel, sheet: SheetSnapshot, stages: readonly string[]): ModelRow[] {
  const isPlaced = holdsFormulas(model, sheet)
    ? (row: ModelRow) => row.origin !== undefined
    : (row: ModelRow) => row.origin !== undefined && !row.moved;
  const placed = model.rows.filter(isPlaced);
  const others = model.rows.filter((row) => !isPlaced(row));
  if (others.length === 0) return placed;
  const keyOf = (row: ModelRow): SortKey => [
    ...sortKeyOf(model.sheet, stages, (key) => textOf(row, key)),
    ...sourceSortKey(row.record),
  ];
  const smallestFrom: SortKey[] = [];
  for (let i = placed.length - 1; i >= 0; i--) {
    const key = keyOf(placed[i] as ModelRow);
    const later = smallestFrom[i + 1];
    smallestFrom[i] = later !== undefined && compareSortKeys(later, key) < 0 ? later : key;
  }
  const behind = (key: SortKey): number => {
    let [low, high] = [0, placed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareSortKeys(smallestFrom[middle] as SortKey, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const sorted = others
    .map((row, i) => ({ row, i, key: keyOf(row) }))
    .sort((a, b) => compareSortKeys(a.key, b.key) || a.i - b.i)
    .map(({ row, key }) => ({ row, slot: behind(key) }));
  const ordered: ModelRow[] = [];
  let next = 0;
  placed.forEach((row, i) => {
    for (; sorted[next] && (sorted[next]?.slot ?? 0) <= i; next++)
      ordered.push((sorted[next] as { row: ModelRow }).row);
    ordered.push(row);
  });
  // Spread as arguments, a hundred thousand rows are more than a call takes.
  return ordered.concat(sorted.slice(next).map(({ row }) => row));
}

/** Edits and notes that make one row of the sheet hold what another held, or nothing. */
function relocate(
  sheet: SheetSnapshot,
  from: number | undefined,
  slot: number,
  to: number,
  kinds: ReadonlyMap<number, ColumnKind>,
): { edits: CellEdit[]; notes: NoteEdit[] } {
  const edits: CellEdit[] = [];
  const notes: NoteEdit[] = [];
  const source = from === undefined ? [] : (sheet.rows[from - 1] ?? []);
  const target = sheet.rows[slot - 1] ?? [];
  for (let column = 1; column <= Math.max(source.length, target.length); column++) {
    const kind = kinds.get(column) ?? "text";
    if (kind === "computed") continue;
    // The number format that shows it stays behind.
    const value = asShown(sheet, from ?? slot, column, kind, source[column - 1] ?? null);
    if (value !== (target[column - 1] ?? null)) edits.push({ row: to, column, value });
    const note = from === undefined ? undefined : sheet.notes.get(noteKey(from, column));
    if (note !== sheet.notes.get(noteKey(slot, column))) notes.push({ row: to, column, text: note ?? null });
  }
  return { edits, notes };
}

/** The patch of this sheet, or undefined when nothing changes. */
export function patchOf(model: SheetModel, sheet: SheetSnapshot, stages: readonly string[]): SheetPatch | undefined {
  const { table } = model;
  const ordered = orderRows(model, sheet, stages);
  const slots = table.rows.map((row) => row.row);
  const kinds = new Map<number, ColumnKind>(model.sheet.columns.map((c) => [table.positions.get(c.key) ?? 0, c.kind]));
  const insertRows: RowInsertion[] = [];
  const edits: CellEdit[] = [];
  const notes: NoteEdit[] = [];
  let [taken, inserted, waiting] = [0, 0, [] as ModelRow[]];

  const write = (row: ModelRow, to: number) => {
    for (const [key, value] of row.changes) {
      const column = table.positions.get(key);
      if (column === undefined || (row.origin === undefined && value === null)) continue;
      edits.push({ row: to, column, value });
    }
  };
  const move = (from: number | undefined, slot: number) => {
    const copy = relocate(sheet, from, slot, slot + inserted, kinds);
    edits.push(...copy.edits);
    notes.push(...copy.notes);
  };
  const flush = (above: number) => {
    waiting.forEach((row, i) => {
      write(row, above + inserted + 1 + i);
    });
    inserted += waiting.length;
    waiting = [];
  };
  for (const row of ordered) {
    if (!row.origin) {
      waiting.push(row);
      continue;
    }
    const slot = slots[taken] as number;
    const above = taken === 0 ? slot - 1 : (slots[taken - 1] as number);
    if (waiting.length > 0) insertRows.push({ before: above + 1, count: waiting.length });
    flush(above);
    taken++;
    if (row.origin.row !== slot) move(row.origin.row, slot);
    write(row, slot + inserted);
  }
  const above = slots[taken - 1] ?? table.headerRow;
  // Below the last row the sheet is empty: nothing has to make room.
  if (waiting.length > 0 && taken < slots.length) insertRows.push({ before: above + 1, count: waiting.length });
  flush(above);
  for (const slot of slots.slice(taken)) move(undefined, slot);
  if (edits.length === 0 && notes.length === 0) return undefined;
  return {
    name: table.name,
    ...(insertRows.length > 0 && { insertRows }),
    edits,
    ...(notes.length > 0 && { notes }),
  };
}

/** How many cells of a row import would leave as they are. */
export function countEqualCells(row: ModelRow, cells: ReadonlyMap<string, CellValue>): number {
  let equal = 0;
  for (const [key, value] of cells) {
    const fingerprint = fingerprintOf(value);
    if (fingerprint !== "" && row.record?.fingerprints.get(key) === fingerprint) equal++;
  }
  return equal;
}
