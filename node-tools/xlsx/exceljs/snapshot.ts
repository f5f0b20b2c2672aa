import { basename } from "node:path";
import ExcelJS from "exceljs";
import { seenText } from "../../../apps-script/core/tables/shown-cell.ts";
import {
  type CellValue,
  noteKey,
  type PlainValue,
  type SheetSnapshot,
  type WorkbookSnapshot,
} from "../../../apps-script/core/workbook/port.ts";
import { InputError } from "../../errors.ts";
import { dateOfSerial, dayMs, epochSerial, fromFileFormula, kindOfFormat, timeOfSerial } from "../cell-values.ts";
import type { SheetExtras, WorkbookExtras } from "../intake.ts";
import { moveFormula, readArea } from "../references.ts";
import { showNumber } from "../shown-number.ts";
import { readAttributes, unescapeXml } from "../xml.ts";
import { innerValue } from "./inner-model.ts";

/** A sheet larger than this is no table that people keep. */
const sheetLimits = { rows: 200_000, columns: 2_000 };

/** Reads the whole workbook; formulas that cells share must be written out before. */
export function takeSnapshot(book: ExcelJS.Workbook, extras: WorkbookExtras, file: string): WorkbookSnapshot {
  return { sheets: book.worksheets.map((sheet) => snapshotSheet(sheet, extras.sheets.get(sheet.name), file)) };
}

/** As `takeSnapshot`, each sheet read when it is first looked at, which must be while `isCurrent`. */
export function takeLazySnapshot(
  book: ExcelJS.Workbook,
  extras: WorkbookExtras,
  file: string,
  isCurrent: () => boolean,
): WorkbookSnapshot {
  return {
    sheets: book.worksheets.map((sheet) => {
      let known: SheetSnapshot | undefined;
      const read = () => {
        if (!known && !isCurrent()) throw new Error(`sheet ${sheet.name} has changed since this snapshot was taken`);
        known ??= snapshotSheet(sheet, extras.sheets.get(sheet.name), file);
        return known;
      };
      return {
        name: sheet.name,
        hidden: sheet.state !== "visible",
        get rows() {
          return read().rows;
        },
        get notes() {
          return read().notes;
        },
        get shown() {
          return read().shown;
        },
      };
    }),
  };
}

function snapshotSheet(sheet: ExcelJS.Worksheet, extras: SheetExtras | undefined, file: string): SheetSnapshot {
  const rows: CellValue[][] = [];
  const links = expandLinks(extras);
  const shown = new Map<string, string | null>();
  sheet.eachRow((row, number) => {
    const cells: CellValue[] = [];
    row.eachCell((cell, column) => {
      const value = readCell(cell);
      if (value === null) return;
      if (number > sheetLimits.rows || column > sheetLimits.columns) throw tooLarge(sheet.name, number, column, file);
      while (cells.length < column - 1) cells.push(null);
      const target = links.get(noteKey(number, column));
      cells.push(target === undefined ? value : withLink(value, target));
      const text = shownText(value, cell.numFmt);
      if (text !== undefined) shown.set(noteKey(number, column), text);
    });
    if (cells.length === 0) return;
    while (rows.length < number - 1) rows.push([]);
    rows.push(cells);
  });
  const notes = new Map([...(extras?.notes ?? [])].map(([key, { text }]) => [key, text]));
  return { name: sheet.name, hidden: sheet.state !== "visible", rows, notes, shown };
}

/** What a number cell shows, where that is another text than its digits; null where programs differ. */
function shownText(value: CellValue, format: string | undefined): string | null | undefined {
  const number = typeof value === "object" && value?.kind === "formula" ? value.result : value;
  if (typeof number !== "number" || !format || format === "General" || format === "@") return undefined;
  return seenText(number, showNumber(number, format));
}

function tooLarge(sheet: string, row: number, column: number, file: string): InputError {
  const what = column > sheetLimits.columns ? `第 ${column} 列` : `第 ${row} 行`;
  return new InputError(
    file,
    `「${basename(file)}」的工作表「${sheet}」在${what}还有内容，超出可处理的范围（${sheetLimits.rows} 行、${sheetLimits.columns} 列）。` +
      "请删除多余的行列，或把需要的数据复制到新文件后再试。",
  );
}

const widestLink = 1_000;

function expandLinks(extras: SheetExtras | undefined): Map<string, string> {
  const targets = new Map<string, string>();
  for (const { area, target } of extras?.links.values() ?? []) {
    if ((area.bottom - area.top + 1) * (area.right - area.left + 1) > widestLink) continue;
    for (let row = area.top; row <= area.bottom; row += 1) {
      for (let column = area.left; column <= area.right; column += 1) targets.set(noteKey(row, column), target);
    }
  }
  return targets;
}

/** Office programs make links of addresses that people type; there the text is what was meant. */
function withLink(value: CellValue, target: string): CellValue {
  if (typeof value !== "string" || target.startsWith("mailto:") || isSameAddress(value, target)) return value;
  return { kind: "link", text: value, target };
}

function isSameAddress(text: string, target: string): boolean {
  const bare = (address: string) =>
    address
      .trim()
      .replace(/^https?:\/\//i, "")
      .replace(/\/$/, "");
  return bare(text) === bare(target) || encodeURI(bare(text)) === bare(target);
}

function readCell(cell: ExcelJS.Cell): CellValue {
  switch (cell.type) {
    case ExcelJS.ValueType.Null:
    case ExcelJS.ValueType.Merge:
      return null;
    case ExcelJS.ValueType.Formula:
      return readFormula(cell);
    default:
      return readPlain(cell.value, cell.numFmt);
  }
}

function readFormula(cell: ExcelJS.Cell): CellValue {
  const { formula, ref, shareType } = innerValue(cell);
  // LibreOffice saves every truth value as a formula.
  if (formula === "TRUE()" || formula === "FALSE()") return formula === "TRUE()";
  const array = shareType === "array" && ref ? readArea(ref) : undefined;
  const result = cell.result === undefined ? null : readPlain(cell.result as ExcelJS.CellValue, cell.numFmt);
  return { kind: "formula", formula: fromFileFormula(formula ?? ""), result, ...(array ? { array } : {}) };
}

function readPlain(value: ExcelJS.CellValue | undefined, format: string): PlainValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return readNumber(value, format);
  if (typeof value !== "object") return value === "" ? null : value;
  if (value instanceof Date) return readNumber(value.getTime() / dayMs + epochSerial, format);
  if ("error" in value) return { kind: "error", code: value.error };
  if ("richText" in value) return value.richText.map(({ text }) => text).join("") || null;
  return null;
}

function readNumber(serial: number, format: string): PlainValue {
  const kind = kindOfFormat(format);
  if (kind === "date") return dateOfSerial(serial);
  return kind === "time" ? timeOfSerial(serial) : serial;
}

/** Replaces each formula that is written as "the same as in cell X" by its own text. */
export function writeOutSharedFormulas(book: ExcelJS.Workbook): void {
  for (const sheet of book.worksheets) {
    const masters = new Map<string, string>();
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.type !== ExcelJS.ValueType.Formula) return;
        const model = innerValue(cell);
        if (model.formula !== undefined && model.shareType === "shared") masters.set(cell.address, model.formula);
        const master = model.sharedFormula;
        const from = master === undefined ? undefined : readArea(master);
        const own =
          from && master !== undefined
            ? moveFormula(masters.get(master) ?? "", Number(cell.row) - from.top, Number(cell.col) - from.left)
            : model.shareType === "shared"
              ? model.formula
              : undefined;
        if (own !== undefined) cell.value = { formula: own, result: cell.result } as ExcelJS.CellFormulaValue;
      });
    });
  }
}

/**
 * ExcelJS makes a date of whatever stands in a cell with a date format, a phone number or the text of a formula
 * included; where that is no date it would read nothing and write `NaN`. Those cells get what the file says.
 */
export function repairFalseDates(book: ExcelJS.Workbook, sheetXml: ReadonlyMap<string, Buffer>): void {
  for (const sheet of book.worksheets) {
    let raw: Map<string, RawCell> | undefined;
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const isFormula = cell.type === ExcelJS.ValueType.Formula;
        const value = isFormula ? cell.result : cell.value;
        if (!(value instanceof Date) || !Number.isNaN(value.getTime())) return;
        raw ??= indexRawCells(sheetXml.get(sheet.name)?.toString("utf8") ?? "");
        const { type, text } = raw.get(cell.address) ?? { type: "", text: "" };
        const plain = type === "str" ? unescapeXml(text) : type === "e" ? { error: text } : Number(text);
        if (isFormula) innerValue(cell).result = plain;
        else cell.value = plain as ExcelJS.CellValue;
      });
    });
  }
}

interface RawCell {
  readonly type: string;
  readonly text: string;
}

function indexRawCells(xml: string): Map<string, RawCell> {
  const cells = new Map<string, RawCell>();
  for (const [, tag = "", text = ""] of xml.matchAll(
    /<c\s([^>]*)>(?:<f[^>]*\/>|<f[^>]*>[^<]*<\/f>)?<v>([^<]*)<\/v>/g,
  )) {
    const { r = "", t = "" } = readAttributes(tag);
    cells.set(r, { type: t, text });
  }
  return cells;
}
