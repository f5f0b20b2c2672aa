import type ExcelJS from "exceljs";
import type { Area } from "../../../apps-script/core/workbook/port.ts";

/**
 * What ExcelJS 4.4 keeps of a sheet and leaves out of its types. Its public ways to the same things make rows and
 * cells that do not exist, work row by row, or lose notes and merges.
 */
export interface InnerSheet {
  _rows: (InnerRow | undefined)[];
  /** By the address of the top left cell. */
  _merges: Record<string, { model: Area & { top: number; bottom: number } }>;
  _media: { range?: { tl?: Anchor; br?: Anchor } }[];
  rowBreaks: { id: number }[];
  tables: Record<string, { table?: { tableRef?: string; autoFilterRef?: string } }>;
  autoFilter?: ExcelJS.AutoFilter | null;
  pageSetup: Partial<ExcelJS.PageSetup>;
  /** Place among the sheets, from 1. */
  orderNo: number;
  sheetProtection?: { readonly sheet?: boolean } | null;
}

export interface InnerRow {
  _number: number;
  _cells: (InnerCell | undefined)[];
}

export interface InnerCell {
  _address: string;
  _value: { model: InnerValue; readonly _master?: InnerCell };
}

/** The model of a cell's value. */
export interface InnerValue {
  address: string;
  master?: string;
  formula?: string;
  /** The address of the cell whose formula this one shares. */
  readonly sharedFormula?: string;
  readonly shareType?: string;
  /** The area of an array formula, or of the cells that share the formula. */
  ref?: string;
  result?: unknown;
}

/** Counts rows and columns from 0. */
interface Anchor {
  nativeRow: number;
}

export const inner = (sheet: ExcelJS.Worksheet) => sheet as unknown as InnerSheet;

export const innerValue = (cell: ExcelJS.Cell) => cell.model as unknown as InnerValue;

/** Cells that exist, empty ones included. */
export function* existingCells(row: ExcelJS.Row): Generator<ExcelJS.Cell> {
  const { _cells } = row as unknown as { _cells: (ExcelJS.Cell | undefined)[] };
  for (const cell of _cells) if (cell) yield cell;
}

/** The merged areas; the public model would build every row anew. */
export function mergesOf(sheet: ExcelJS.Worksheet): Area[] {
  return Object.values(inner(sheet)._merges).map(({ model }) => model);
}
