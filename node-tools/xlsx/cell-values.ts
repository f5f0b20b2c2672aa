import type { CellValue, DateCell, PlainValue, TimeCell } from "../../apps-script/core/workbook/port.ts";

export const dayMs = 86_400_000;
/** Serial number of 1 January 1970. */
export const epochSerial = 25_569;

/** What a number format shows: a date (with or without a time), a time or duration, or a plain number. */
export function kindOfFormat(format: string | undefined): "date" | "time" | "number" {
  if (!format || format === "General" || format === "@") return "number";
  const known = formatKinds.get(format);
  if (known) return known;
  const elapsed = /\[(h+|m+|s+)\]/i.test(format);
  const letters = format
    .replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "")
    .replace(/General|G\/通用格式/gi, "")
    .replace(/AM\/PM|A\/P/gi, "h");
  const section = letters.split(";")[0] ?? "";
  const kind =
    /[yd]/i.test(section) || /b{2}/i.test(section) || (/m/i.test(section) && !/[hs]/i.test(section) && !elapsed)
      ? "date"
      : /[hs]/i.test(section) || elapsed
        ? "time"
        : "number";
  formatKinds.set(format, kind);
  return kind;
}

const formatKinds = new Map<string, "date" | "time" | "number">();

/** A spreadsheet's date serial as a civil date, with its time of day unless that is midnight; a number out of range stays one. */
export function dateOfSerial(serial: number): DateCell | number {
  const date = new Date(Math.round((serial - epochSerial) * dayMs));
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1899 || year > 9999) return serial;
  const iso = date.toISOString();
  const time = iso.slice(11, 19);
  return { kind: "date", iso: time === "00:00:00" ? iso.slice(0, 10) : iso.slice(0, 19) };
}

export function timeOfSerial(serial: number): TimeCell {
  return { kind: "time", seconds: Math.round(serial * 86_400) };
}

/** Days since 30 December 1899; the zone of the machine plays no part. */
export function serialOfIso(iso: string): number {
  const time = Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : `${iso}Z`);
  if (Number.isNaN(time)) throw new RangeError(`not a civil date: ${iso}`);
  return time / dayMs + epochSerial;
}

export function serialOfTime({ seconds }: TimeCell): number {
  return seconds / 86_400;
}

export function isPlain(value: CellValue): value is PlainValue {
  return value === null || typeof value !== "object" || (value.kind !== "formula" && value.kind !== "link");
}

/** Characters that XML 1.0 cannot hold, and the carriage returns that it would turn into line feeds. */
export function storableText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  return text.replace(/\r\n?/g, "\n").replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g, "");
}

/** Functions younger than the file format, which bear a prefix in the file and nowhere else. */
const prefixedFunction = /(?<![\w.])(?:_xlfn\.)?(UNICODE|UNICHAR)\(/g;

/** A formula as the file spells it. */
export function toFileFormula(formula: string): string {
  return formula.replace(prefixedFunction, "_xlfn.$1(");
}

/** A formula of a file as the port spells it. */
export function fromFileFormula(formula: string): string {
  return formula.replace(prefixedFunction, "$1(");
}
