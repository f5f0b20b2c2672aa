import type { DocumentBlock } from "../../../apps-script/core/import/document.ts";

/** Paragraphs from the lines of a text. */
export const paragraphs = (text: string): DocumentBlock[] =>
  text
    .trim()
    .split("\n")
    .map((line) => ({ kind: "paragraph", text: line.trim() }));

/** A table of texts; a line break begins a new paragraph of the cell. */
export const tableOf = (...rows: readonly (readonly string[])[]): DocumentBlock => ({
  kind: "table",
  rows: rows.map((cells) => cells.map((cell) => (cell === "" ? [] : paragraphs(cell)))),
});
