/** Writing a sheet that Casebook alone fills: every row anew, what people have added kept. */
import type { Table, TableRow } from "../award/table.ts";
import type { Notice } from "../notice/notice.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import type {
  CellEdit,
  CellValue,
  SheetLayout,
  SheetPatch,
  SheetSnapshot,
  WorkbookSnapshot,
} from "../workbook/port.ts";
import { columnLetters } from "./column-letters.ts";
import { reviewLayout } from "./review-workbook.ts";
import { rowHeight } from "./row-height.ts";

type Styles = NonNullable<SheetLayout["styles"]>;
type ConditionalFormats = NonNullable<SheetLayout["conditionalFormats"]>;

/** Where the columns of the sheet stand once those that were missing are there. */
export interface Places {
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
  readonly column: (key: string) => number;
  /** Reference to the cell of a column in the first row, the column fixed. */
  readonly cell: (key: string) => string;
}

export interface GeneratedRows {
  readonly rows: readonly Readonly<Record<string, CellValue>>[];
  /** Column whose value tells the rows apart: what people have added in columns of their own moves with it. */
  readonly key: string;
  /** Number formats by column. */
  readonly formats: Readonly<Record<string, string>>;
  readonly centred: readonly string[];
  readonly bold: readonly string[];
  /** Columns that wrap: long names and remarks stay readable in print. */
  readonly wrapped: readonly string[];
  /** Notes on headers, by column. */
  readonly headerNotes?: Readonly<Record<string, string>>;
  readonly conditionalFormats: (places: Places) => ConditionalFormats;
  /** Name of the sheet before which it is made when it is missing; null for the end. */
  readonly createBefore?: string | null;
}

const leastHeight = 20;

/** A sheet that is not there yet: every column is missing. */
export function missingTable<K extends string>(spec: SheetSpec): Table<K> {
  return {
    name: spec.label,
    spec,
    headerRow: 1,
    positions: new Map(),
    added: [],
    rows: [],
    lastRow: 1,
    lastColumn: 0,
  };
}

/** Writes a generated sheet anew; columns that it lacks are added at its right end. */
export function replaceRows<K extends string>(
  notice: Notice,
  snapshot: WorkbookSnapshot,
  table: Table<K>,
  wanted: GeneratedRows,
): SheetPatch {
  const { headerRow, spec } = table;
  const positions = new Map<string, number>(table.positions);
  const edits: CellEdit[] = [];
  const lacking = spec.columns.filter(({ key }) => !positions.has(key));
  lacking.forEach(({ key, label }, i) => {
    positions.set(key, table.lastColumn + 1 + i);
    edits.push({ row: headerRow, column: table.lastColumn + 1 + i, value: label });
  });
  const lastColumn = table.lastColumn + lacking.length;

  const top = headerRow + 1;
  const added = addedCells(
    snapshot.sheets.find((s) => s.name === table.name),
    table,
    wanted.key as K,
  );
  wanted.rows.forEach((cells, i) => {
    const row = top + i;
    for (const [key, value] of Object.entries(cells)) {
      const column = positions.get(key);
      if (column !== undefined && value !== null && value !== "") edits.push({ row, column, value });
    }
    for (const edit of added.get(String(cells[wanted.key])) ?? []) edits.push({ ...edit, row });
  });

  const lastRow = headerRow + wanted.rows.length;
  const column = (key: string) => positions.get(key)!;
  const places: Places = {
    top,
    bottom: Math.max(lastRow, top),
    right: lastColumn,
    column,
    cell: (key) => `$${columnLetters(column(key))}${top}`,
  };
  const notes = spec.columns.flatMap(({ key, help }) => {
    const text = wanted.headerNotes?.[key] ?? (lacking.some((c) => c.key === key) ? help : undefined);
    return text === undefined ? [] : [{ row: headerRow, column: column(key), text }];
  });
  return {
    name: table.name,
    ...(wanted.createBefore === undefined ? {} : { createBefore: wanted.createBefore }),
    clearFrom: top,
    edits,
    ...(notes.length > 0 ? { notes } : {}),
    layout: layoutOf(notice, table, positions, places, lastRow, wanted),
  };
}

function layoutOf(
  notice: Notice,
  { spec, headerRow }: Pick<Table, "spec" | "headerRow">,
  positions: ReadonlyMap<string, number>,
  places: Places,
  lastRow: number,
  wanted: GeneratedRows,
): SheetLayout {
  const base = reviewLayout(spec, lastRow, notice, {
    positions,
    headerRow,
    lastColumn: places.right,
    conditionalFormats: wanted.conditionalFormats(places),
  });
  const styled = (key: string, style: Styles[number]["style"]): Styles[number] => {
    const at = places.column(key);
    return { area: { top: places.top, left: at, bottom: places.bottom, right: at }, style };
  };
  const heightOf = (cells: Readonly<Record<string, CellValue>>) =>
    Math.max(
      leastHeight,
      ...spec.columns
        .filter(({ key }) => wanted.wrapped.includes(key))
        .map(({ key, width }) => rowHeight(String(cells[key] ?? ""), width, leastHeight)),
    );
  return {
    ...base,
    widths: spec.columns.map(({ key, width }) => ({ column: places.column(key), width, hidden: false })),
    heights: [
      ...(base.heights ?? []),
      ...wanted.rows.map((cells, i) => ({ row: places.top + i, height: heightOf(cells) })),
    ],
    styles: [
      ...(base.styles ?? []),
      ...Object.entries(wanted.formats).map(([key, numberFormat]) =>
        styled(key, { numberFormat, horizontal: "center" }),
      ),
      ...wanted.centred.map((key) => styled(key, { horizontal: "center" })),
      ...wanted.bold.map((key) => styled(key, { font: { bold: true } })),
      ...wanted.wrapped.map((key) => styled(key, { wrap: true })),
    ],
  };
}

function addedCells<K extends string>(
  sheet: SheetSnapshot | undefined,
  table: Table<K>,
  key: K,
): Map<string, Omit<CellEdit, "row">[]> {
  const found = new Map<string, Omit<CellEdit, "row">[]>();
  if (!sheet || table.added.length === 0) return found;
  for (const record of table.rows as readonly TableRow<K>[]) {
    const cells = table.added.flatMap(({ column }) => {
      const value = sheet.rows[record.row - 1]?.[column - 1] ?? null;
      return value === null ? [] : [{ column, value }];
    });
    if (cells.length > 0) found.set(record.text(key), cells);
  }
  return found;
}
