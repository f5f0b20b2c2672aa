import type { CellValue } from "../workbook/port.ts";
import { type DocumentBlock, linesOf } from "./document.ts";
import { recognise } from "./recognise.ts";

interface DocumentSheet {
  readonly name: string;
  readonly rows: (readonly CellValue[])[];
}

type Kept = DocumentSheet & { readonly columns: string | undefined };

/** The columns of a table as recognised, to know whether another table continues it. */
function columnsOf(rows: DocumentSheet["rows"], titles: readonly string[]): string | undefined {
  const found = recognise(rows, titles);
  if (found === "empty" || !("kind" in found)) return undefined;
  return `${found.kind.sheet.key}:${[...found.columns].map(([key, [column]]) => `${key}=${column?.index}`).join()}`;
}

/**
 * The tables of a document as sheets of rows: the paragraphs above a table are its title rows. A table with the same
 * columns as the one before it, or as wide as it and without a header, is the next page of the same sheet.
 */
export function readDocumentTables(blocks: readonly DocumentBlock[]): DocumentSheet[] {
  const sheets: Kept[] = [];
  let titles: string[] = [];
  for (const block of blocks) {
    if (block.kind === "paragraph") {
      titles.push(...linesOf([block]).map((line) => line.trim()));
      continue;
    }
    const rows = block.rows.map((cells) => cells.map((cell) => linesOf(cell).join("\n") || null));
    const columns = columnsOf(rows, titles);
    const before = sheets[sheets.length - 1];
    const width = (all: DocumentSheet["rows"]) => Math.max(0, ...all.map((row) => row.length));
    const goesOn =
      before?.columns !== undefined &&
      (columns === before.columns || (columns === undefined && width(rows) === width(before.rows)));
    const titled = [...titles.map((title) => [title]), ...rows];
    if (goesOn) for (const row of titled) before.rows.push(row);
    else sheets.push({ name: titles[titles.length - 1] ?? "", rows: titled, columns });
    titles = [];
  }
  return sheets;
}
