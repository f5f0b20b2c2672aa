/** What the page needs of a file to lay it out for paper. */
import type { CellStyle, PrintSetup } from "../../apps-script/core/workbook/port.ts";

export interface PrintedCell {
  readonly text: string;
  readonly isNumber: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly style: CellStyle;
}

export interface PrintedRow {
  /** Points; undefined where the text decides. */
  readonly height: number | undefined;
  /** Without those that a merged cell covers. */
  readonly cells: readonly PrintedCell[];
}

export interface PrintedSheet {
  /** Characters, of each column. */
  readonly widths: readonly number[];
  /** What stands above the rows that are repeated. */
  readonly opening: readonly PrintedRow[];
  /** Repeated on every page. */
  readonly head: readonly PrintedRow[];
  readonly rows: readonly PrintedRow[];
  readonly setup: PrintSetup;
}

export type PrintedFile =
  | { readonly kind: "sheets"; readonly sheets: readonly PrintedSheet[] }
  /** The XML of a document by part. */
  | { readonly kind: "document"; readonly parts: Readonly<Record<string, string>> };
