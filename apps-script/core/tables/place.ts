import { columnOf, type SheetSpec } from "../schema/sheet-spec.ts";
import { cellReference, columnRange } from "../workbook/formula.ts";
import type { CellEdit, NoteEdit, SheetLayout, SheetPatch } from "../workbook/port.ts";
import type { Table } from "./table.ts";
import {
  defaultPositions,
  headerEdits,
  headerNotes,
  type Positions,
  type TableLayoutOptions,
  tableLayout,
} from "./table-layout.ts";

/** Where a table stands in its workbook, and how far down it is ready to be typed in. */
export interface Place {
  readonly spec: SheetSpec;
  /** The name that the sheet bears; people rename sheets. */
  readonly name: string;
  readonly headerRow: number;
  readonly positions: Positions;
  readonly lastRow: number;
  readonly lastColumn: number;
  readonly readyRow: number;
  /** People have had their hands on it: widths stay as they are. */
  readonly existing: boolean;
}

/** Rows kept ready below the last one, and the least number of rows of a sheet. */
export interface Spare {
  readonly below: number;
  readonly least: number;
}

export function placeOfTable(table: Table, spare: Spare): Place {
  return {
    spec: table.spec,
    name: table.name,
    headerRow: table.headerRow,
    positions: table.positions,
    lastRow: table.lastRow,
    lastColumn: table.lastColumn,
    readyRow: Math.max(table.lastRow + spare.below, table.headerRow + spare.least),
    existing: true,
  };
}

export function newPlace(spec: SheetSpec, rows: number, spare: Spare): Place {
  return {
    spec,
    name: spec.label,
    headerRow: 1,
    positions: defaultPositions(spec),
    lastRow: 1 + rows,
    lastColumn: spec.columns.length,
    readyRow: Math.max(1 + rows + spare.below, 1 + spare.least),
    existing: false,
  };
}

export function positionIn(place: Place, key: string): number {
  const position = place.positions.get(key);
  if (position === undefined) throw new Error(`${place.name} has no column ${columnOf(place.spec, key).label}`);
  return position;
}

/** Live formulas look this far below the ready rows, so that they still see every row after some were deleted. */
const deletionMargin = 100;

/** How many rows below the header a range of `rangeIn` has. */
export const rangeHeight = ({ headerRow, readyRow }: Place): number => readyRow + deletionMargin - headerRow;

/**
 * The header of a column, the rows that are ready to be typed in and a few more, as an absolute range that names its
 * sheet. It begins at the header, so that a row inserted directly below it is seen too.
 */
export function rangeIn(place: Place, key: string): string {
  return columnRange(positionIn(place, key), place.headerRow, place.headerRow + rangeHeight(place), place.name);
}

/** The rows that are ready to be typed in, for drop-downs. */
export function readyRangeIn(place: Place, key: string): string {
  return columnRange(positionIn(place, key), place.headerRow + 1, place.readyRow, place.name);
}

export function cellIn(place: Place, key: string, row: number): string {
  return cellReference(row, positionIn(place, key), place.name);
}

/** Inserted rows push ready rows further down than need be: what is empty below the last ready one goes. */
function clearing(place: Place, clearFrom: number | undefined): { clearFrom?: number } {
  if (clearFrom !== undefined) return { clearFrom };
  return place.existing && !place.spec.generated ? { clearFrom: place.readyRow + 1 } : {};
}

/** Lays out a table sheet; a new one gets its header and the notes on it. */
export function layOut(
  place: Place,
  options: TableLayoutOptions,
  more: {
    readonly edits?: readonly CellEdit[];
    readonly layout?: Partial<SheetLayout>;
    readonly clearFrom?: number;
  } = {},
): SheetPatch {
  const { spec } = place;
  const header: CellEdit[] = place.existing ? [] : headerEdits(spec);
  const notes: NoteEdit[] = place.existing ? [] : headerNotes(spec, options.notice);
  const layout = tableLayout(spec, place.lastRow, {
    positions: place.positions,
    headerRow: place.headerRow,
    lastColumn: place.lastColumn,
    keepWidths: place.existing,
    ...(spec.generated ? {} : { readyRow: place.readyRow }),
    ...options,
  });
  return {
    name: place.name,
    ...(place.existing ? {} : { createBefore: null }),
    ...clearing(place, more.clearFrom),
    edits: [...header, ...(more.edits ?? [])],
    notes,
    layout: { ...layout, ...more.layout },
  };
}
