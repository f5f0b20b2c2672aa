import ExcelJS from "exceljs";
import { moveFormula, readArea } from "../references.ts";
import { readAttributes, unescapeXml } from "../xml.ts";
import { innerValue } from "./inner-model.ts";

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
