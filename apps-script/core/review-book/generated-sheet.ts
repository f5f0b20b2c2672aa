/** Writing a sheet that Casebook alone fills: every row anew, what people have added kept. */

import type { Notice } from "../notice/notice.ts";
import { columnOf, helpOf, type SheetSpec } from "../schema/sheet-spec.ts";
import { rowHeight } from "../tables/row-height.ts";
import { positionOf, type Table, type TableRow } from "../tables/table.ts";
import { columnLetters } from "../workbook/addresses.ts";
import { cellText } from "../workbook/cell-text.ts";
import type {
  CellEdit,
  CellValue,
  SheetLayout,
  SheetPatch,
  SheetSnapshot,
  WorkbookSnapshot,
} from "../workbook/port.ts";
import { reviewLayout } from "./review-workbook.ts";

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

/** How the rows of a generated sheet look, beyond what every table has. */
export interface GeneratedLook {
  /** Number formats by column. */
  readonly formats: Readonly<Record<string, string>>;
  readonly centred: readonly string[];
  readonly bold: readonly string[];
  /** Columns that wrap: long names and remarks stay readable in print. */
  readonly wrapped: readonly string[];
  readonly conditionalFormats: (places: Places) => ConditionalFormats;
}

export interface GeneratedRows {
  readonly rows: readonly Readonly<Record<string, CellValue>>[];
  /** Column whose value identifies a row: what people have added in columns of their own moves with it. */
  readonly key: string;
  /** Notes on headers, by column. */
  readonly headerNotes?: Readonly<Record<string, string>>;
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
  look: GeneratedLook,
  wanted: GeneratedRows,
): SheetPatch {
  const { headerRow, spec } = table;
  const { positions, lacking } = placeColumns(table);
  const edits: CellEdit[] = lacking.map(({ key, label }) => ({
    row: headerRow,
    column: positionOf({ positions }, key),
    value: label,
  }));
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

  const notes = spec.columns.flatMap((column) => {
    const { key } = column;
    const isNew = lacking.some((c) => c.key === key);
    const text = wanted.headerNotes?.[key] ?? (isNew ? helpOf(column, notice) : undefined);
    return text === undefined ? [] : [{ row: headerRow, column: positionOf({ positions }, key), text }];
  });
  return {
    name: table.name,
    ...(wanted.createBefore === undefined ? {} : { createBefore: wanted.createBefore }),
    clearFrom: top,
    edits,
    ...(notes.length > 0 ? { notes } : {}),
    layout: layoutOf(notice, table, look, wanted.rows),
  };
}

/** Lays a generated sheet out for so many rows before they are written. */
export function layRows<K extends string>(
  notice: Notice,
  table: Table<K>,
  look: GeneratedLook,
  rows: number,
): SheetPatch {
  return { name: table.name, layout: layoutOf(notice, table, look, new Array(rows).fill({})) };
}

/** Columns that are not there yet stand at the right end. */
function placeColumns({ spec, positions: present, lastColumn }: Table): {
  readonly positions: ReadonlyMap<string, number>;
  readonly lacking: SheetSpec["columns"];
} {
  const lacking = spec.columns.filter(({ key }) => !present.has(key));
  const added = lacking.map(({ key }, i) => [key, lastColumn + 1 + i] as const);
  return { positions: new Map([...present, ...added]), lacking };
}

function layoutOf(notice: Notice, table: Table, look: GeneratedLook, rows: GeneratedRows["rows"]): SheetLayout {
  const { spec, headerRow } = table;
  const { positions } = placeColumns(table);
  const lastRow = headerRow + rows.length;
  const column = (key: string) => positionOf({ positions }, key);
  const top = headerRow + 1;
  const places: Places = {
    top,
    bottom: Math.max(lastRow, top),
    right: Math.max(table.lastColumn, ...positions.values()),
    column,
    cell: (key) => `$${columnLetters(column(key))}${top}`,
  };
  const base = reviewLayout(spec, lastRow, notice, {
    positions,
    headerRow,
    lastColumn: places.right,
    conditionalFormats: look.conditionalFormats(places),
  });
  const styled = (key: string, style: Styles[number]["style"]): Styles[number] => {
    const at = places.column(key);
    return { area: { top: places.top, left: at, bottom: places.bottom, right: at }, style };
  };
  const heightOf = (cells: Readonly<Record<string, CellValue>>) =>
    Math.max(
      leastHeight,
      ...Object.entries(cells)
        .filter(([key]) => look.wrapped.includes(key))
        .map(([key, value]) => rowHeight(cellText(value), columnOf(spec, key).width, leastHeight)),
    );
  return {
    ...base,
    widths: spec.columns.map(({ key, width }) => ({ column: places.column(key), width, hidden: false })),
    heights: [...(base.heights ?? []), ...rows.map((cells, i) => ({ row: places.top + i, height: heightOf(cells) }))],
    styles: [
      ...(base.styles ?? []),
      ...Object.entries(look.formats).map(([key, numberFormat]) => styled(key, { numberFormat, horizontal: "center" })),
      ...look.centred.map((key) => styled(key, { horizontal: "center" })),
      ...look.bold.map((key) => styled(key, { font: { bold: true } })),
      ...look.wrapped.map((key) => styled(key, { wrap: true })),
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
