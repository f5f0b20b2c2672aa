/** A text document as import sees it: paragraphs and tables in reading order, without looks. */

interface DocumentParagraph {
  readonly kind: "paragraph";
  /** May hold line breaks and tabs. */
  readonly text: string;
}

/** Rows of cells; a cell that spans several columns is followed by empty ones, so that columns stand below each other. */
interface DocumentTable {
  readonly kind: "table";
  readonly rows: readonly (readonly DocumentCell[])[];
}

export type DocumentBlock = DocumentParagraph | DocumentTable;

export type DocumentCell = readonly DocumentBlock[];

/** Every line of the blocks, tables inside them included, empty lines left out. */
export function linesOf(blocks: readonly DocumentBlock[]): string[] {
  return blocks.flatMap((block) =>
    block.kind === "table"
      ? block.rows.flatMap((cells) => cells.flatMap(linesOf))
      : block.text.split("\n").filter((line) => line.trim() !== ""),
  );
}
