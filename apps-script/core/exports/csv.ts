import { removeInvisible, replaceSpaces } from "../text/characters.ts";

/** What makes a spreadsheet run a cell when it comes first, white space and invisible characters aside. */
const RUNS = /^[=+\-@＝＋－＠]/;

/** The same text, as a spreadsheet shows it without running it. */
export function neutraliseCell(text: string): string {
  return RUNS.test(replaceSpaces(removeInvisible(text), "")) ? `'${text}` : text;
}

/** CSV for people who open it with a spreadsheet: UTF-8 with BOM, CRLF, no cell that would run. */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => {
    const safe = neutraliseCell(text);
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}
