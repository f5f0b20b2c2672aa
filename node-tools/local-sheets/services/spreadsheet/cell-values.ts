import type { Area, CellValue, PlainValue } from "../../../../apps-script/core/workbook/port.ts";
import {
  dateOfSerial,
  kindOfFormat,
  serialOfIso,
  serialOfTime,
  storableText,
  timeOfSerial,
} from "../../../xlsx/cell-values.ts";
import { columnsOf, rowsOf } from "./areas.ts";
import type { Result } from "./calculator.ts";
import type { SheetModel } from "./sheet-model.ts";
import type { SheetsModel } from "./sheets-model.ts";
import type { Content } from "./typed-value.ts";

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const unquote = (literal: string): string => literal.slice(1, -1).replaceAll('""', '"');

const insideTarget = /^#(?:'((?:[^']|'')+)'|([^'!]+))!(\S+)$/;

function formulaOfLink(model: SheetsModel, text: string, target: string): string {
  const [, quoted, bare, range] = insideTarget.exec(target) ?? [];
  const sheet = model.sheetNamed(quoted?.replaceAll("''", "'") ?? bare ?? "");
  const url = sheet && range ? `#gid=${sheet.id}&range=${range}` : target;
  return `HYPERLINK(${quote(url)},${quote(text)})`;
}

const hyperlink = /^HYPERLINK\(\s*("(?:[^"]|"")*")\s*,\s*("(?:[^"]|"")*")\s*\)$/i;

/** A formula that is nothing but a link. */
function linkOfFormula(model: SheetsModel, formula: string): CellValue | undefined {
  const [, urlLiteral, textLiteral] = hyperlink.exec(formula) ?? [];
  if (urlLiteral === undefined || textLiteral === undefined) return undefined;
  const url = unquote(urlLiteral);
  const [, id, range] = /^#gid=(\d+)&range=(\S+)$/.exec(url) ?? [];
  const sheet = id === undefined ? undefined : model.sheetOfId(Number(id));
  const target = sheet && range ? `#'${sheet.name.replaceAll("'", "''")}'!${range}` : url;
  return { kind: "link", text: unquote(textLiteral), target };
}

const errorLiteral = /^#(?:N\/A|REF!|VALUE!|NAME\?|NUM!|NULL!|DIV\/0!|ERROR!)$/;
const arrayFormula = /^ARRAY_CONSTRAIN\(\s*ARRAYFORMULA\((.*)\)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)$/is;

/** What a cell holds for a value of the port, with the number format that makes it one. */
export function contentOf(
  model: SheetsModel,
  value: CellValue,
): {
  readonly content: Content | undefined;
  readonly kind: "date" | "time" | "number";
  readonly numberFormat?: string;
} {
  if (typeof value === "string") return { content: storableText(value), kind: "number" };
  if (value === null || typeof value !== "object") return { content: value ?? undefined, kind: "number" };
  switch (value.kind) {
    case "date": {
      const numberFormat = value.iso.length === 10 ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm:ss";
      return { content: serialOfIso(value.iso), kind: "date", numberFormat };
    }
    case "time":
      return { content: serialOfTime(value), kind: "time", numberFormat: "[h]:mm:ss" };
    case "error":
      return { content: { formula: value.code === "#N/A" ? "NA()" : value.code }, kind: "number" };
    case "link":
      return { content: { formula: formulaOfLink(model, value.text, value.target) }, kind: "number" };
    case "formula": {
      const { formula, array, result } = value;
      const kind =
        typeof result === "object" && (result?.kind === "date" || result?.kind === "time") ? result.kind : "number";
      const text = array ? `ARRAY_CONSTRAIN(ARRAYFORMULA(${formula}),${rowsOf(array)},${columnsOf(array)})` : formula;
      return { content: { formula: text }, kind };
    }
  }
}

export function plainValue(result: Result, numberFormat: string | undefined): PlainValue {
  if (result === null || result === "") return null;
  if (typeof result === "object") return { kind: "error", code: result.error };
  if (typeof result !== "number") return result;
  const kind = kindOfFormat(numberFormat);
  if (kind === "date") return dateOfSerial(result);
  return kind === "time" ? timeOfSerial(result) : result;
}

/** A cell as a value of the workbook port; what an array formula spilled into an empty cell counts as a value. */
export function cellValue(model: SheetsModel, sheet: SheetModel, row: number, column: number): CellValue {
  const content = sheet.contents.get(row, column);
  const numberFormat = sheet.looks.get(row, column)?.numberFormat;
  if (typeof content !== "object") return plainValue(model.valueOf(sheet, row, column), numberFormat);
  const { formula } = content;
  if (formula === "NA()") return { kind: "error", code: "#N/A" };
  if (errorLiteral.test(formula)) return { kind: "error", code: formula };
  const link = linkOfFormula(model, formula);
  if (link !== undefined) return link;
  const result = plainValue(model.valueOf(sheet, row, column), numberFormat);
  const [, inner, rows, columns] = arrayFormula.exec(formula) ?? [];
  if (inner === undefined) return { kind: "formula", formula, result };
  const array: Area = { top: row, left: column, bottom: row + Number(rows) - 1, right: column + Number(columns) - 1 };
  return { kind: "formula", formula: inner, result, array };
}

const pad = (value: number): string => String(value).padStart(2, "0");

/** A constant as somebody would type it. */
export function showContent(content: Exclude<Content, object> | undefined, numberFormat: string | undefined): string {
  if (content === undefined) return "";
  if (typeof content === "boolean") return String(content).toUpperCase();
  if (typeof content === "string") return content;
  const shown = plainValue(content, numberFormat);
  if (typeof shown === "object" && shown?.kind === "date") return shown.iso.replace("T", " ");
  if (typeof shown !== "object" || shown?.kind !== "time") return String(content);
  const { seconds } = shown;
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}
