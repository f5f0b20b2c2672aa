/** Blocks of cells as spreadsheets put them into the clipboard: a line a row, tabs between cells. */

const isEndOfCell = (text: string, at: number) => at >= text.length || /[\t\r\n]/.test(text[at] ?? "");

/** The end of a cell in quotes, its closing quote included; undefined where the quote is one of the text. */
function endOfQuoted(text: string, start: number): number | undefined {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') at += 1;
    else return isEndOfCell(text, at + 1) && /[\t\n]|""/.test(text.slice(start + 1, at)) ? at + 1 : undefined;
  }
  return undefined;
}

/**
 * Reads what Excel, WPS and LibreOffice write: a cell with line breaks or tabs stands in quotes, its own quotes doubled;
 * any other cell stands as it is, quotes included.
 *
 * @example parseBlock('甲\t"一行\n又一行"\r\n') // [["甲", "一行\n又一行"]]
 * @returns rows of equal length, at least one cell
 */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    const quotedEnd = text[at] === '"' ? endOfQuoted(text, at) : undefined;
    const rest = text.slice(at).search(/[\t\r\n]/);
    const end = quotedEnd ?? (rest < 0 ? text.length : at + rest);
    const cell =
      quotedEnd === undefined
        ? text.slice(at, end)
        : text
            .slice(at + 1, end - 1)
            .replaceAll('""', '"')
            .replace(/\r\n?/g, "\n");
    rows.at(-1)?.push(cell);
    if (text[end] === "\t") at = end + 1;
    else {
      at = end + (text.startsWith("\r\n", end) ? 2 : 1);
      if (at >= text.length) break;
      rows.push([]);
    }
  }
  const width = Math.max(...rows.map(({ length }) => length));
  return rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => "")]);
}

/** As `parseBlock` reads it, and spreadsheets do. */
export const formatBlock = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (/[\t\r\n]|^"/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"))
    .map((line) => `${line}\r\n`)
    .join("");
