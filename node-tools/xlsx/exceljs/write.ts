import type ExcelJS from "exceljs";
import { areaAddress, cellAddress } from "../../../apps-script/core/workbook/addresses.ts";
import {
  type CellValue,
  noteKey,
  type PlainValue,
  type SheetPatch,
  type WorkbookPatch,
} from "../../../apps-script/core/workbook/port.ts";
import { isPlain, kindOfFormat, serialOfIso, serialOfTime, storableText, toFileFormula } from "../cell-values.ts";
import { emptySheetExtras, type SheetExtras, type WorkbookExtras } from "../intake.ts";
import { addLink } from "../links.ts";
import { makeNote } from "../notes.ts";
import { existingCells, existingRows, inner } from "./inner-model.ts";
import { applyLayout } from "./layout.ts";
import { clearRowsFrom, insertRows } from "./rows.ts";
import { StyleBook } from "./styles.ts";

/** The longest text that a cell of a spreadsheet holds, in UTF-16 code units. */
const longestCellText = 32_767;

/** A text too long for its cell; whoever made the patch must split it. */
export class CellTextError extends RangeError {
  override readonly name = "CellTextError";

  constructor(
    readonly sheet: string,
    readonly row: number,
    readonly column: number,
    readonly length: number,
  ) {
    super(
      `工作表「${sheet}」的单元格 ${cellAddress(row, column)} 有 ${length} 个字符，超过单元格的上限 ${longestCellText} 个。`,
    );
  }
}

export function applyPatch(book: ExcelJS.Workbook, extras: WorkbookExtras, patch: WorkbookPatch): void {
  const styles = new StyleBook(extras.fillsUnderMarks);
  for (const sheetPatch of patch.sheets) applySheetPatch(book, extras, sheetPatch, styles);
  if (patch.properties) {
    const { title = "", creator = "" } = patch.properties;
    extras.properties = { title, creator, created: "" };
    book.company = "";
    book.manager = "";
  }
}

function applySheetPatch(book: ExcelJS.Workbook, extras: WorkbookExtras, patch: SheetPatch, styles: StyleBook): void {
  const sheet = book.getWorksheet(patch.name) ?? createSheet(book, patch);
  let kept = extras.sheets.get(patch.name);
  if (!kept) {
    kept = emptySheetExtras();
    extras.sheets.set(patch.name, kept);
  }
  if (patch.insertRows && patch.insertRows.length > 0) insertRows(book, sheet, extras, patch.insertRows);
  if (patch.clearFrom !== undefined) clearRowsFrom(sheet, kept, patch.clearFrom);
  for (const { row, column, value } of patch.edits ?? []) writeCell(sheet, kept, row, column, value, styles);
  for (const { row, column, text } of patch.notes ?? []) {
    if (text === null || text === "") kept.notes.delete(noteKey(row, column));
    else kept.notes.set(noteKey(row, column), makeNote(row, column, checkLength(sheet.name, row, column, text)));
  }
  if (patch.marks) {
    takeMarksOff(sheet, styles);
    for (const { row, column, mark } of patch.marks) {
      const cell = sheet.getCell(row, column);
      cell.style = styles.mark(cell.style, mark);
    }
  }
  if (patch.layout) applyLayout(sheet, kept, extras.styles, patch.layout, styles);
}

function createSheet(book: ExcelJS.Workbook, { name, createBefore }: SheetPatch): ExcelJS.Worksheet {
  if (createBefore === undefined) throw new Error(`no sheet named ${name}, and the patch does not say to make it`);
  const sheet = book.addWorksheet(name);
  const ordered = book.worksheets.filter((each) => each !== sheet);
  const position = createBefore === null ? -1 : ordered.findIndex((each) => each.name === createBefore);
  ordered.splice(position < 0 ? ordered.length : position, 0, sheet);
  for (const view of book.views ?? []) if (position >= 0 && view.activeTab >= position) view.activeTab += 1;
  ordered.forEach((each, index) => {
    inner(each).orderNo = index + 1;
  });
  return sheet;
}

function takeMarksOff(sheet: ExcelJS.Worksheet, styles: StyleBook): void {
  for (const row of existingRows(sheet)) {
    for (const cell of existingCells(row)) {
      if (styles.isMarked(cell.style)) cell.style = styles.unmark(cell.style);
    }
  }
}

function checkLength(sheet: string, row: number, column: number, text: string): string {
  if (text.length > longestCellText) throw new CellTextError(sheet, row, column, text.length);
  return text;
}

function writeCell(
  sheet: ExcelJS.Worksheet,
  kept: SheetExtras,
  row: number,
  column: number,
  value: CellValue,
  styles: StyleBook,
): void {
  const cell = sheet.getCell(row, column);
  kept.links.delete(noteKey(row, column));
  if (isPlain(value)) {
    const format = formatFor(value, cell.numFmt);
    if (format) cell.style = styles.merge(cell.style, format);
    cell.value = toExcelJs(value, sheet.name, row, column);
    return;
  }
  if (value.kind === "link") {
    cell.value = toExcelJs(value.text, sheet.name, row, column);
    const area = { top: row, left: column, bottom: row, right: column };
    if (value.target !== "" && value.text !== "") addLink(kept.links, { area, target: value.target });
    return;
  }
  const result = toExcelJs(value.result, sheet.name, row, column) ?? undefined;
  const format = formatFor(value.result, cell.numFmt);
  if (format) cell.style = styles.merge(cell.style, format);
  cell.value = {
    formula: toFileFormula(value.formula),
    ...(value.array ? { shareType: "array", ref: areaAddress(value.array) } : {}),
    ...(result === undefined ? {} : { result }),
  } as ExcelJS.CellFormulaValue;
}

const dateFormat = { numberFormat: "yyyy-mm-dd" };
const dateTimeFormat = { numberFormat: "yyyy-mm-dd hh:mm:ss" };
const timeFormat = { numberFormat: "[h]:mm:ss" };

/** A date is a number that only its format makes a date. */
function formatFor(value: PlainValue, present: string): { numberFormat: string } | undefined {
  if (value === null || typeof value !== "object" || value.kind === "error") return undefined;
  if (kindOfFormat(present) === value.kind) return undefined;
  if (value.kind === "time") return timeFormat;
  return value.iso.length > 10 ? dateTimeFormat : dateFormat;
}

function toExcelJs(value: PlainValue, sheet: string, row: number, column: number): ExcelJS.CellValue {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return checkLength(sheet, row, column, storableText(value)) || null;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`not a finite number in ${sheet} ${cellAddress(row, column)}`);
    return value;
  }
  if (value.kind === "error") return { error: value.code as ExcelJS.CellErrorValue["error"] };
  return value.kind === "time" ? serialOfTime(value) : serialOfIso(value.iso);
}
