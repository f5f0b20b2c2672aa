/** Small pieces of spreadsheet formulas; functions that Excel 2016, WPS and LibreOffice all have. */

import { columnLetters } from "./addresses.ts";

export function quoteSheet(name: string): string {
  return `'${name.replace(/'/g, "''")}'`;
}

/** A text as a formula writes it. */
export function quote(text: string): string {
  return `"${text.replace(/"/g, '""')}"`;
}

/** `$C$2:$C$60`, with the sheet before it when one is named. */
export function columnRange(column: number, top: number, bottom: number, sheet?: string): string {
  const letters = columnLetters(column);
  const range = `$${letters}$${top}:$${letters}$${bottom}`;
  return sheet === undefined ? range : `${quoteSheet(sheet)}!${range}`;
}

export function cellReference(row: number, column: number, sheet?: string): string {
  const cell = `$${columnLetters(column)}$${row}`;
  return sheet === undefined ? cell : `${quoteSheet(sheet)}!${cell}`;
}

/** `{"a","b"}`. */
export function listConstant(entries: readonly string[]): string {
  return `{${entries.map(quote).join(",")}}`;
}

export function substituteAll(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((inner, [from, to]) => `SUBSTITUTE(${inner},${quote(from)},${quote(to)})`, text);
}

/** A civil date `YYYY-MM-DD` as a formula that gives its serial number. */
export function dateConstant(iso: string): string {
  return `DATE(${Number(iso.slice(0, 4))},${Number(iso.slice(5, 7))},${Number(iso.slice(8, 10))})`;
}

/** The serial number of a date cell or of a date written as text; `otherwise` where it cannot be read. */
export function readDate(cell: string, otherwise: string): string {
  const written = substituteAll(`IF(ISNUMBER(${cell}),"",${cell})`, [
    ["年", "-"],
    ["月", "-"],
    ["日", ""],
    [".", "-"],
    ["/", "-"],
  ]);
  return `IF(ISNUMBER(${cell}),INT(${cell}),IFERROR(DATEVALUE(${written}),${otherwise}))`;
}
