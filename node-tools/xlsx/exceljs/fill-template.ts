import type ExcelJS from "exceljs";
import type { TagRecord } from "../../../apps-script/core/exports/forms/form.ts";
import { countLines } from "../../../apps-script/core/tables/row-height.ts";
import { areaAddress, cellAddress } from "../../../apps-script/core/workbook/addresses.ts";
import { readBytes } from "../../disk/disk.ts";
import { storableText } from "../cell-values.ts";
import { moveFormula, readArea } from "../references.ts";
import { type FilledRow, fillText, planRows, type TemplateRow } from "../template-rows.ts";
import { loadBook, saveBook, usualWidth } from "./book.ts";
import { mergesOf } from "./inner-model.ts";
import { insertRows } from "./rows.ts";

/** The text of a cell, a header or a footer, and what people call its place: `工作表「附件6」单元格 B5`. */
interface PlacedText {
  readonly place: string;
  readonly text: string;
}

export interface WorkbookTemplate {
  readonly path: string;
  readonly bytes: Buffer;
  /** The texts of each sheet, its header and footer last. */
  readonly texts: readonly (readonly PlacedText[])[];
}

/** Reads an .xlsx with tags in its cells. @throws InputError that names the file, what is wrong and what to do */
export async function readWorkbookTemplate(path: string): Promise<WorkbookTemplate> {
  const bytes = readBytes(path);
  const { book } = await loadBook(path, bytes, "edit");
  const texts = book.worksheets.map((sheet) => [
    ...rowsOf(sheet).flatMap(({ row, cells }) =>
      cells.map(({ column, text }) => ({ place: `工作表「${sheet.name}」单元格 ${cellAddress(row, column)}`, text })),
    ),
    ...marginKeys.flatMap((key) => {
      const text = sheet.headerFooter?.[key];
      return text ? [{ place: `工作表「${sheet.name}」${key === "oddHeader" ? "页眉" : "页脚"}`, text }] : [];
    }),
  ]);
  return { path, bytes, texts };
}

/**
 * The workbook with every tag filled: repeated rows are copies of the tagged ones with their looks, heights and merges,
 * what stands below moves down, and rows become as high as long texts need.
 *
 * @param header on every page, instead of the template's own; "" for that
 */
export async function fillWorkbookTemplate(
  template: WorkbookTemplate,
  values: TagRecord,
  header = "",
): Promise<Uint8Array> {
  const { book, extras } = await loadBook(template.path, template.bytes, "edit");
  for (const sheet of book.worksheets) {
    const blocks = planRows(templateRows(sheet), values);
    // First what stands alone: a value that happens to look like a tag is not filled again.
    for (const { row, cells } of rowsOf(sheet)) {
      if (blocks.some(({ top, bottom }) => row >= top && row <= bottom)) continue;
      const tagged = cells.filter(({ text }) => text.includes("{"));
      for (const { column, text } of tagged) sheet.getCell(row, column).value = toCell(fillText(text, [values]));
      if (tagged.length > 0) fitHeight(sheet, row);
    }
    for (const { top, bottom, rows } of [...blocks].reverse()) {
      const sources = new Map<number, SourceRow>();
      for (let row = top; row <= bottom; row += 1) sources.set(row, takeRow(sheet, row));
      const more = rows.length - (bottom - top + 1);
      if (more > 0) {
        insertRows(book, sheet, extras, [{ before: bottom + 1, count: more }]);
        extendPrintArea(sheet, bottom, more);
      }
      rows.forEach((filled, i) => {
        writeRow(sheet, top + i, sources.get(filled.source), filled);
      });
    }
    for (const key of marginKeys) {
      const text = sheet.headerFooter?.[key];
      if (text?.includes("{")) sheet.headerFooter[key] = String(fillText(text, [values]));
    }
    if (header !== "")
      sheet.headerFooter = { ...sheet.headerFooter, oddHeader: header, evenHeader: header, firstHeader: header };
  }
  extras.properties = { title: "", creator: "评案簿", created: "" };
  book.company = "";
  book.manager = "";
  return saveBook(book, extras);
}

const marginKeys = ["oddHeader", "oddFooter"] as const;

interface CellText {
  readonly column: number;
  readonly text: string;
}

function textOf(value: ExcelJS.CellValue): string {
  if (typeof value === "string") return value;
  if (value !== null && typeof value === "object" && "richText" in value) {
    return value.richText.map((run) => run.text).join("");
  }
  return "";
}

/** Rows with text, top down; of merged cells the first counts. */
function rowsOf(sheet: ExcelJS.Worksheet): { row: number; cells: CellText[] }[] {
  const rows: { row: number; cells: CellText[] }[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    const cells: CellText[] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      const text = cell.master === cell ? textOf(cell.value) : "";
      if (text !== "") cells.push({ column, text });
    });
    rows.push({ row: number, cells });
  });
  return rows;
}

/** Every row down to the last, since empty rows within a repeated part are repeated too. */
function templateRows(sheet: ExcelJS.Worksheet): TemplateRow[] {
  const texts = new Map(rowsOf(sheet).map(({ row, cells }) => [row, cells.map(({ text }) => text)]));
  return Array.from({ length: sheet.rowCount }, (_, i) => ({ row: i + 1, texts: texts.get(i + 1) ?? [] }));
}

interface SourceRow {
  readonly height: number | undefined;
  readonly cells: readonly { column: number; style: Partial<ExcelJS.Style>; value: ExcelJS.CellValue }[];
  readonly merges: readonly { left: number; right: number }[];
}

function takeRow(sheet: ExcelJS.Worksheet, number: number): SourceRow {
  const row = sheet.getRow(number);
  const merges = mergesOf(sheet).filter((m) => m.top === number && m.bottom === number);
  const cells: SourceRow["cells"][number][] = [];
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    cells.push({ column, style: cell.style, value: cell.master === cell ? cell.value : null });
  });
  return { height: row.height, cells, merges };
}

function writeRow(
  sheet: ExcelJS.Worksheet,
  number: number,
  source: SourceRow | undefined,
  { source: from, scopes }: FilledRow,
): void {
  if (!source) return;
  for (const { left, right } of mergesOf(sheet).filter((m) => m.top === number && m.bottom === number)) {
    sheet.unMergeCells(number, left, number, right);
  }
  const row = sheet.getRow(number);
  if (source.height !== undefined) row.height = source.height;
  for (const { column, style, value } of source.cells) {
    const cell = row.getCell(column);
    cell.style = style;
    const text = textOf(value);
    cell.value = text.includes("{") ? toCell(fillText(text, scopes)) : moveDown(value, number - from);
  }
  for (const { left, right } of source.merges) sheet.mergeCellsWithoutStyle(number, left, number, right);
  fitHeight(sheet, number);
}

/** A formula of a repeated row refers to the cells of its own copy, as when the row is copied by hand. */
function moveDown(value: ExcelJS.CellValue, rows: number): ExcelJS.CellValue {
  if (value === null || typeof value !== "object" || !("formula" in value)) return value;
  return { formula: moveFormula(value.formula, rows, 0) };
}

function toCell(value: string | number): ExcelJS.CellValue {
  return typeof value === "number" ? value : storableText(value) || null;
}

/** A print area that ends with the repeated rows ends with their copies. */
function extendPrintArea(sheet: ExcelJS.Worksheet, bottom: number, more: number): void {
  const area = readArea((sheet.pageSetup.printArea ?? "").replace(/\$/g, ""));
  if (area?.bottom === bottom) sheet.pageSetup.printArea = areaAddress({ ...area, bottom: bottom + more });
}

const usualFont = 11;
/** Of a line, in sizes of its font. */
const leading = 1.4;
const padding = 6;

/** Never lower than the template has it; wrapped texts are measured by the width of their cell, merged or not. */
function fitHeight(sheet: ExcelJS.Worksheet, number: number): void {
  const row = sheet.getRow(number);
  const merges = mergesOf(sheet).filter((m) => m.top === number && m.bottom === number);
  let needed = 0;
  row.eachCell({ includeEmpty: false }, (cell, column) => {
    const text = cell.master === cell ? textOf(cell.value) : "";
    if (text === "" || !cell.alignment?.wrapText) return;
    const right = merges.find((m) => m.left === column)?.right ?? column;
    let width = 0;
    for (let c = column; c <= right; c += 1) width += sheet.getColumn(c).width ?? usualWidth;
    const size = cell.font?.size ?? usualFont;
    needed = Math.max(needed, countLines(text, ((width - 1.5) * usualFont) / size, 0.1) * size * leading + padding);
  });
  if (needed > (row.height ?? 0)) row.height = Math.ceil(needed);
}
