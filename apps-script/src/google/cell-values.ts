import { quote } from "../../core/workbook/formula.ts";
import type { CellValue, DateCell, ErrorCell, PlainValue, TimeCell } from "../../core/workbook/port.ts";

/** What `setValues` takes for one cell. */
export type SheetValue = string | number | boolean;

/** Links inside the workbook go by the id of the sheet, which outlives its name. */
export interface SheetIds {
  idOf(sheetName: string): number | undefined;
  nameOf(id: number): string | undefined;
}

export const noSheetIds: SheetIds = { idOf: () => undefined, nameOf: () => undefined };

const dayMs = 86_400_000;
const daySeconds = 86_400;
/** Serial number 0 of dates. */
const firstDay = Date.UTC(1899, 11, 30);
/** Sheets gives a duration as a point of time after 30 December 1899; no civil date of an award is that old. */
const longestDurationDays = 366;

const errorCodes: ReadonlySet<string> = new Set([
  "#N/A",
  "#REF!",
  "#DIV/0!",
  "#VALUE!",
  "#NAME?",
  "#NUM!",
  "#NULL!",
  "#ERROR!",
]);

/** What the .xlsx files of the same award could not hold either. */
export function cleanCellText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  return text.replace(/\r\n?/g, "\n").replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g, "");
}

/** Anything with a digit may be a number, date, time or amount of money somewhere; these signs begin a formula or a text. */
const mayBeParsed = /[0-9０-９]|^[\s\u200b-\u200d\u3000\ufeff]*(?:[=+\-'@＝＋－＠]|(?:true|false|真|假)\s*$)/i;

/** Puts an apostrophe before a text that Sheets would otherwise turn into a number, a date or a formula. */
export function literalText(text: string): string {
  return mayBeParsed.test(text) ? `'${text}` : text;
}

/**
 * A value for `setValues`; dates and times are serial numbers, which only a number format makes dates and times.
 *
 * @throws RangeError for a number that is not finite or a date that is none
 */
export function toSheetValue(value: CellValue, sheets: SheetIds): SheetValue {
  if (value === null) return "";
  if (typeof value === "string") return literalText(cleanCellText(value));
  if (typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError("not a finite number");
    return value;
  }
  switch (value.kind) {
    case "date":
      return serialOfIso(value.iso);
    case "time":
      return value.seconds / daySeconds;
    case "error":
      return value.code === "#N/A" ? "=NA()" : `=${value.code}`;
    case "link":
      return linkFormula(value.text, value.target, sheets);
    case "formula": {
      if (!value.array) return `=${value.formula}`;
      const { top, left, bottom, right } = value.array;
      return `=ARRAY_CONSTRAIN(ARRAYFORMULA(${value.formula}),${bottom - top + 1},${right - left + 1})`;
    }
  }
}

/** The number format that makes a serial number show as what it is; undefined for other values. */
export function formatOf(value: CellValue): string | undefined {
  const plain = typeof value === "object" && value !== null && value.kind === "formula" ? value.result : value;
  if (plain === null || typeof plain !== "object") return undefined;
  if (plain.kind === "time") return "[h]:mm:ss";
  if (plain.kind !== "date") return undefined;
  return plain.iso.length > 10 ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd";
}

export function serialOfIso(iso: string): number {
  const time = Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : `${iso}Z`);
  if (Number.isNaN(time)) throw new RangeError(`not a civil date: ${iso}`);
  return (time - firstDay) / dayMs;
}

function linkFormula(text: string, target: string, sheets: SheetIds): string {
  const shown = cleanCellText(text);
  if (shown === "" || target === "") return literalText(shown);
  const inside = /^#(?:'((?:[^']|'')*)'|([^'!]+))!(.+)$/.exec(target);
  if (!inside) return `=HYPERLINK(${quote(target)},${quote(shown)})`;
  const id = sheets.idOf((inside[1] ?? "").replace(/''/g, "'") || (inside[2] ?? ""));
  if (id === undefined) return literalText(shown);
  return `=HYPERLINK(${quote(`#gid=${id}&range=${inside[3] ?? ""}`)},${quote(shown)})`;
}

/** Dates come from another realm where the adapter runs outside the platform. */
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** The serial number of a point of time as the script's zone shows it, to the second. */
export function serialInScriptZone(date: Date): number {
  const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const seconds =
    date.getHours() * 3600 + date.getMinutes() * 60 + date.getSeconds() + Math.round(date.getMilliseconds() / 1000);
  return (day - firstDay) / dayMs + seconds / daySeconds;
}

/** Gives the serial number of a point of time as the clocks of a spreadsheet show it, in the cell that it was read of. */
export type SerialOf = (date: Date, row: number, column: number) => number;

function readDate(date: Date, serialOf: (date: Date) => number): DateCell | TimeCell {
  const serial = serialOf(date);
  if (Math.abs(serial) < longestDurationDays) return { kind: "time", seconds: Math.round(serial * daySeconds) };
  const iso = new Date(firstDay + Math.round(serial * daySeconds) * 1000).toISOString();
  const time = iso.slice(11, 19);
  return { kind: "date", iso: time === "00:00:00" ? iso.slice(0, 10) : iso.slice(0, 19) };
}

function readPlain(value: unknown, mayBeError: boolean, serialOf: (date: Date) => number): PlainValue {
  if (value === "" || value === null || value === undefined) return null;
  if (typeof value === "string") {
    return mayBeError && errorCodes.has(value) ? ({ kind: "error", code: value } satisfies ErrorCell) : value;
  }
  if (typeof value === "number" || typeof value === "boolean") return value;
  // A picture in a cell says nothing.
  return isDate(value) ? readDate(value, serialOf) : null;
}

const arrayFormula = /^ARRAY_CONSTRAIN\(ARRAYFORMULA\(([\s\S]*)\),(\d+),(\d+)\)$/i;
const literalError = /^(?:NA\(\)|#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|ERROR!))$/i;
const string = '"((?:[^"]|"")*)"';
const linkOfText = new RegExp(`^HYPERLINK\\(${string}(?:[,;]\\s*${string})?\\)$`, "i");
const insideLink = /^#gid=(\d+)(?:&range=(.+))?$/;

/**
 * A cell as `getValues` and `getFormulas` give it.
 *
 * @param formula with the leading `=`; "" for none; undefined where formulas were not read and a text may be an error
 */
export function fromSheetValue(
  value: unknown,
  formula: string | undefined,
  row: number,
  column: number,
  sheets: SheetIds,
  serialOf: SerialOf,
): CellValue {
  const serialHere = (date: Date) => serialOf(date, row, column);
  if (!formula) return readPlain(value, formula === undefined, serialHere);
  const text = formula.replace(/^=\s*/, "");
  const result = readPlain(value, true, serialHere);
  if (literalError.test(text))
    return /^NA\(\)$/i.test(text) ? { kind: "error", code: "#N/A" } : { kind: "error", code: text };
  const link = linkOfText.exec(text);
  if (link) return readLink(link[1] ?? "", link[2], sheets);
  const array = arrayFormula.exec(text);
  if (!array) return { kind: "formula", formula: text, result };
  const area = {
    top: row,
    left: column,
    bottom: row + Number(array[2]) - 1,
    right: column + Number(array[3]) - 1,
  };
  return { kind: "formula", formula: array[1] ?? "", result, array: area };
}

function readLink(target: string, text: string | undefined, sheets: SheetIds): CellValue {
  const plain = (quoted: string) => quoted.replace(/""/g, '"');
  const shown = plain(text ?? target);
  const inside = insideLink.exec(plain(target));
  const name = inside ? sheets.nameOf(Number(inside[1])) : undefined;
  if (name === undefined) return { kind: "link", text: shown, target: plain(target) };
  return { kind: "link", text: shown, target: `#'${name.replace(/'/g, "''")}'!${inside?.[2] ?? "A1"}` };
}
