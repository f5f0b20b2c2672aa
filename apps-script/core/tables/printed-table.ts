/** A list as it is printed: title, heading line, bordered table on A4, closing lines. */

import type { Area, CellEdit, CellStyle, SheetLayout, SheetPatch } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { countLines } from "./row-height.ts";

export interface PrintedColumn {
  readonly label: string;
  /** In characters of the default font; a Chinese character takes two. */
  readonly width: number;
  readonly align?: "left" | "center";
  readonly numberFormat?: string;
}

export type PrintedCell = string | number | null;

/** A row of the table, or a heading across it. */
export type PrintedRow = readonly PrintedCell[] | { readonly heading: string };

export interface PrintedTable {
  readonly sheet: string;
  readonly title: string;
  readonly landscape: boolean;
  /** The line between title and table; the right half is written to the right margin. */
  readonly heading: readonly [left: string, right: string];
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly PrintedRow[];
  /** Lines below the table. */
  readonly closing: readonly string[];
  /** On every page, as spreadsheets write it. */
  readonly header?: string;
}

const fonts = { title: "方正小标宋简体", head: "黑体", body: "仿宋_GB2312" };
const sizes = { title: 20, heading: 12, body: 11, closing: 11 };
const pointsPerLine = { body: 15, closing: 17 };
const rowPadding = 7;
/** What an indent takes, in characters. */
const indentWidth = 1.5;
const headerRow = 3;
const nothing = "无";

const isHeading = (row: PrintedRow): row is { readonly heading: string } => "heading" in row;

/** Chinese characters of this size are a little wider than two of the default font. */
const lineCount = (text: string, width: number) => countLines(text, width - 1, 0.1);

const area = (top: number, left: number, bottom: number, right: number): Area => ({ top, left, bottom, right });

/** Cells and layout of one printed sheet; a table without rows says so. */
export function layOutPrintedTable(table: PrintedTable): SheetPatch {
  const { columns, title, heading, closing } = table;
  const rows: readonly PrintedRow[] = table.rows.length > 0 ? table.rows : [{ heading: nothing }];
  const last = columns.length;
  const totalWidth = columns.reduce((sum, c) => sum + c.width, 0);
  const firstRow = headerRow + 1;
  const bottom = headerRow + rows.length;
  const split = splitColumn(columns);

  const edits: CellEdit[] = [
    { row: 1, column: 1, value: title },
    { row: 2, column: 1, value: heading[0] },
    { row: 2, column: split + 1, value: heading[1] },
    ...columns.map((c, i): CellEdit => ({ row: headerRow, column: i + 1, value: c.label })),
    ...closing.map((line, i): CellEdit => ({ row: bottom + 1 + i, column: 1, value: line })),
  ];
  const merges: Area[] = [area(1, 1, 1, last), area(2, 1, 2, split), area(2, split + 1, 2, last)];
  const heights = [
    { row: 1, height: 24 * lineCount(title, totalWidth / 2) + 14 },
    { row: 2, height: 24 },
    { row: headerRow, height: pointsPerLine.body * Math.max(...columns.map((c) => lineCount(c.label, c.width))) + 11 },
  ];
  const centredRows: Area[] = [];
  rows.forEach((row, i) => {
    const at = firstRow + i;
    if (isHeading(row)) {
      edits.push({ row: at, column: 1, value: row.heading });
      merges.push(area(at, 1, at, last));
      heights.push({ row: at, height: 22 });
      if (row.heading === nothing) centredRows.push(area(at, 1, at, last));
      return;
    }
    row.forEach((value, c) => {
      if (value !== null && value !== "") edits.push({ row: at, column: c + 1, value });
    });
    const lines = Math.max(
      // A number is never wrapped, however many digits lie behind its format.
      ...columns.map((c, k) =>
        lineCount(typeof row[k] === "number" ? "" : (row[k] ?? ""), c.width - (c.align ? indentWidth : 0)),
      ),
    );
    heights.push({ row: at, height: pointsPerLine.body * lines + rowPadding });
  });
  closing.forEach((line, i) => {
    merges.push(area(bottom + 1 + i, 1, bottom + 1 + i, last));
    heights.push({ row: bottom + 1 + i, height: pointsPerLine.closing * lineCount(line, totalWidth) + 8 });
  });

  return {
    name: table.sheet,
    createBefore: null,
    edits,
    layout: {
      widths: columns.map((c, i) => ({ column: i + 1, width: c.width })),
      heights,
      merges,
      frozen: { rows: headerRow, columns: 0 },
      styles: stylesOf(table, rows, { split, bottom, centredRows }),
      print: {
        landscape: table.landscape,
        titleRows: [headerRow, headerRow],
        area: area(1, 1, bottom + closing.length, last),
        margins: { top: 20, bottom: 20, left: 18, right: 18 },
        ...(table.header === undefined ? {} : { header: table.header }),
        footer: '&C&"宋体"&11— &P —',
      },
    },
  };
}

/** The heading line is halved where the columns are. */
function splitColumn(columns: readonly PrintedColumn[]): number {
  const half = columns.reduce((sum, c) => sum + c.width, 0) / 2;
  let width = 0;
  let count = 0;
  for (const column of columns) {
    width += column.width;
    count++;
    if (width >= half) break;
  }
  return Math.min(count, columns.length - 1);
}

function stylesOf(
  table: PrintedTable,
  rows: readonly PrintedRow[],
  { split, bottom, centredRows }: { split: number; bottom: number; centredRows: readonly Area[] },
): NonNullable<SheetLayout["styles"]> {
  const { columns, closing } = table;
  const last = columns.length;
  const headingLine: CellStyle = { font: { name: fonts.body, size: sizes.heading }, vertical: "middle" };
  const grid: CellStyle = {
    font: { name: fonts.body, size: sizes.body },
    border: "thin",
    vertical: "middle",
    wrap: true,
  };
  const headingRows = rows.flatMap((row, i) => (isHeading(row) ? [headerRow + 1 + i] : []));
  return [
    {
      area: area(1, 1, 1, last),
      style: { font: { name: fonts.title, size: sizes.title }, horizontal: "center", vertical: "middle", wrap: true },
    },
    { area: area(2, 1, 2, split), style: { ...headingLine, horizontal: "left" } },
    { area: area(2, split + 1, 2, last), style: { ...headingLine, horizontal: "right" } },
    { area: area(headerRow, 1, bottom, last), style: grid },
    ...columns.map((column, i) => ({
      area: area(headerRow + 1, i + 1, bottom, i + 1),
      style: {
        horizontal: column.align ?? "center",
        ...(column.align === "left" ? { indent: 1 } : {}),
        ...(column.numberFormat === undefined ? {} : { numberFormat: column.numberFormat }),
      },
    })),
    {
      area: area(headerRow, 1, headerRow, last),
      style: { font: { name: fonts.head, size: sizes.body }, fill: palette.band, horizontal: "center" },
    },
    ...headingRows.map((row) => ({
      area: area(row, 1, row, last),
      style: { font: { name: fonts.head, size: sizes.body }, horizontal: "left" as const, indent: 1 },
    })),
    ...centredRows.map((centred) => ({ area: centred, style: { horizontal: "center" as const, indent: 0 } })),
    ...closing.map((_, i) => ({
      area: area(bottom + 1 + i, 1, bottom + 1 + i, last),
      style: { font: { name: fonts.body, size: sizes.closing }, wrap: true, vertical: "middle" as const },
    })),
  ];
}
