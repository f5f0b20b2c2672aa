import type { TagRecord } from "../../../apps-script/core/exports/forms/form.ts";
import { countLines } from "../../../apps-script/core/tables/row-height.ts";
import { cellAddress } from "../../../apps-script/core/workbook/addresses.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { mapAreaRows, mapFormulaRows, moveFormula } from "../references.ts";
import { type FilledRow, fillText, planRows, type RowBlock } from "../template-rows.ts";
import { dropTraces } from "./file-properties.ts";
import { childrenOf, isTrue, withAttribute } from "./markup.ts";
import { addMerges, marginOf, setMargin } from "./sheet-layout.ts";
import type { WorkbookInPlace } from "./workbook-in-place.ts";

/** The text of a cell, a header or a footer, and what people call its place: `工作表「附件6」单元格 B5`. */
export interface PlacedText {
  readonly place: string;
  readonly text: string;
}

const margins = { oddHeader: "页眉", oddFooter: "页脚" };

/** Texts of a row by their columns; of merged cells the first counts. */
type RowTexts = ReadonlyMap<number, string>;

/** The texts of each sheet, its header and footer last. */
export function templateTexts(book: WorkbookInPlace): PlacedText[][] {
  return book.snapshot.sheets.map(({ name, rows }) => [
    ...rows.flatMap((cells, i) =>
      [...textsOf(cells)].map(([column, text]) => ({
        place: `工作表「${name}」单元格 ${cellAddress(i + 1, column)}`,
        text,
      })),
    ),
    ...Object.entries(margins).flatMap(([margin, word]) => {
      const text = marginOf(book.sheet(name).part, margin);
      return text ? [{ place: `工作表「${name}」${word}`, text }] : [];
    }),
  ]);
}

/**
 * Fills every tag: repeated rows are copies of the tagged ones with their looks, heights and merges, what stands below moves
 * down, and rows become as high as long texts need. Everything else of the template stays, but for traces of who made it.
 *
 * @param header on every page, instead of the template's own; "" for that
 */
export function fillTemplate(book: WorkbookInPlace, values: TagRecord, header: string): void {
  for (const { name, rows } of book.snapshot.sheets) {
    const filler = new SheetFiller(book, name, rows.map(textsOf));
    filler.fill(values);
    const { part } = book.sheet(name);
    // They were worked out of the template's own rows.
    part.grid.dropResults();
    part.isChanged = true;
    for (const margin of Object.keys(margins)) {
      const text = marginOf(part, margin);
      if (text?.includes("{")) setMargin(part, margin, String(fillText(text, [values])));
    }
    // The printer that the template was last printed on is one of the traces.
    const setup = part.get("pageSetup");
    if (setup !== undefined) part.set("pageSetup", withAttribute(setup, `${part.relationshipPrefix()}:id`, undefined));
    if (header !== "") for (const margin of ["oddHeader", "evenHeader", "firstHeader"]) setMargin(part, margin, header);
  }
  book.apply({ sheets: [], properties: { title: "", creator: "评案簿" } });
  dropTraces(book.file, book.workbook);
}

function textsOf(cells: readonly CellValue[]): RowTexts {
  const texts = new Map<number, string>();
  cells.forEach((value, i) => {
    const text = typeof value === "object" && value?.kind === "link" ? value.text : value;
    if (typeof text === "string" && text !== "") texts.set(i + 1, text);
  });
  return texts;
}

class SheetFiller {
  readonly #part;

  constructor(
    private readonly book: WorkbookInPlace,
    private readonly name: string,
    /** As the template has them, from the first row on. */
    private readonly texts: readonly RowTexts[],
  ) {
    this.#part = book.sheet(name).part;
  }

  fill(values: TagRecord): void {
    const rows = this.texts.map((texts, i) => ({ row: i + 1, texts: [...texts.values()] }));
    const blocks = planRows(rows, values);
    // First what stands alone: a value that happens to look like a tag is not filled again.
    for (const { row, texts } of rows) {
      if (blocks.some(({ top, bottom }) => row >= top && row <= bottom)) continue;
      if (texts.some((text) => text.includes("{"))) this.#fillRow(row, row, [values]);
    }
    for (const block of [...blocks].reverse()) this.#fillBlock(block);
  }

  #fillBlock({ top, bottom, rows }: RowBlock): void {
    const { name } = this;
    const { grid } = this.#part;
    if (grid.mentions("shared")) grid.writeOutShared();
    const sources = Array.from({ length: bottom - top + 1 }, (_, i) => grid.take(top + i));
    const ownMerges = this.#part.merges.filter(
      (area) => area.top === area.bottom && area.top >= top && area.top <= bottom,
    );
    const more = rows.length - (bottom - top + 1);
    const below = (row: number) => (row > bottom ? row + more : row);
    // What ends with the repeated rows, as totals and print areas do, ends with their copies.
    if (more > 0)
      this.book.insertRows(name, (row, edge) => (row === bottom && edge === "last" ? row + more : below(row)));
    rows.forEach(({ source }, i) => {
      const [row, shift] = [top + i, top + i - source];
      grid.put(
        row,
        sources[source - top] ?? { attributes: {}, cells: [] },
        (formula) => moveFormula(mapFormulaRows(formula, name, name, below), shift, 0),
        (areas) => mapAreaRows(areas, (each) => each + shift),
      );
    });
    if (ownMerges.length > 0) {
      const last = top + rows.length - 1;
      this.#part.merges = this.#part.merges.filter(
        (area) => area.top !== area.bottom || area.top < top || area.top > last,
      );
      const copies = rows.flatMap(({ source }, i) =>
        ownMerges.filter((area) => area.top === source).map((area) => ({ ...area, top: top + i, bottom: top + i })),
      );
      addMerges(this.#part, copies);
    }
    rows.forEach(({ source, scopes }, i) => {
      this.#fillRow(top + i, source, scopes);
    });
  }

  /** Fills the tags of a row and gives it the height that its texts need. @param source the row of the template */
  #fillRow(row: number, source: number, scopes: FilledRow["scopes"]): void {
    const { grid, columns, usualWidth, merges } = this.#part;
    let needed = 0;
    for (const [column, template] of this.texts[source - 1] ?? []) {
      const cell = grid.find(row, column);
      if (!cell) continue;
      const value = template.includes("{") ? fillText(template, scopes) : template;
      if (template.includes("{")) this.book.fillCell(this.name, row, cell, value);
      if (typeof value !== "string" || value === "") continue;
      const { alignment, font } = this.book.styles.partsOf(cell.style);
      if (!isTrue(alignment.wrapText)) continue;
      const fontSize = Number(childrenOf(font).get("sz")?.val ?? usualFont);
      const right =
        merges.find((area) => area.top === row && area.bottom === row && area.left === column)?.right ?? column;
      let width = 0;
      for (let c = column; c <= right; c += 1) {
        width += columns.find(({ min, max }) => c >= min && c <= max)?.width ?? usualWidth;
      }
      const lines = countLines(value, ((width - 1.5) * usualFont) / fontSize, 0.1);
      needed = Math.max(needed, lines * fontSize * leading + padding);
    }
    if (needed > (grid.heightOf(row) ?? 0)) grid.setHeight(row, Math.ceil(needed));
    this.#part.isChanged = true;
  }
}

const usualFont = 11;
/** Of a line, in sizes of its font. */
const leading = 1.4;
const padding = 6;
