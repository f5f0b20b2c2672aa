import type { PrintedCell, PrintedRow, PrintedSheet } from "../../print-protocol.ts";
import {
  type Css,
  colour,
  fontStack,
  fromMillimetres,
  make,
  type PageText,
  type PrintedPages,
  points,
} from "./printed-pages.ts";

const a4 = { short: fromMillimetres(210), long: fromMillimetres(297) };
const usualMargins = { top: 15, bottom: 15, left: 12, right: 12 };
/** Of a column in characters of the usual font, which are 7 pixels wide (ECMA-376 part 1, 18.3.1.13). */
const widthOf = (characters: number) => characters * 7 * 0.75;
const usualHeight = 15;
/** Of what a sheet would be, to be on one page. */
const smallest = 0.8;
const usualFontSize = 11;
/** Of the head and foot where they name no size. */
const usualTextSize = 9;

/** `&L左&C第 &P 页` (ECMA-376 part 1, 18.3.1.46) as its three parts. */
function readPageText(code: string | undefined): PageText[] {
  const texts: PageText[] = [];
  for (const [, side, own = ""] of (code ?? "").matchAll(/(?:^(?!&[LCR])|&([LCR]))((?:(?!&[LCR])[\s\S])*)/g)) {
    const parts: PageText["parts"][number][] = [];
    let size = usualTextSize;
    let font = "";
    for (const [piece, name, digits] of own.matchAll(/&"([^",]*)[^"]*"|&(\d+)|&[A-Z&]|[^&]+/g)) {
      if (name !== undefined) font = name;
      else if (digits !== undefined) size = Number(digits);
      else if (piece === "&P") parts.push({ count: "page" });
      else if (piece === "&N") parts.push({ count: "pages" });
      else if (piece === "&&") parts.push("&");
      else if (!piece.startsWith("&")) parts.push(piece);
    }
    if (parts.length === 0) continue;
    texts.push({ side: side === "L" ? "left" : side === "R" ? "right" : "center", parts, size, font: fontStack(font) });
  }
  return texts;
}

const edges = { top: "top", middle: "middle", bottom: "bottom" } as const;

/** @param isFree whether there is room beside it for a text that is longer than the cell */
function cellCss({ style, isNumber }: PrintedCell, scale: number, isFree: boolean): Css {
  const { font, fill, horizontal, vertical, wrap, border, borderColor, indent } = style;
  const hasBorder = border !== undefined && border !== "none";
  return {
    "font-family": fontStack(font?.name ?? ""),
    "font-size": points((font?.size ?? usualFontSize) * scale),
    "font-weight": font?.bold ? "700" : "400",
    color: colour(font?.color) ?? "#000",
    "background-color": colour(fill),
    "text-align": horizontal ?? (isNumber ? "right" : "left"),
    "vertical-align": edges[vertical ?? "bottom"],
    "white-space": wrap || !isFree ? "pre-wrap" : "pre",
    border: hasBorder ? `${border === "medium" ? "1pt" : "0.5pt"} solid ${colour(borderColor) ?? "#000"}` : undefined,
    padding: `1pt ${points(scale)}`,
    "padding-left": indent ? points(scale + indent * 7 * scale) : undefined,
  };
}

function rowOf({ height, cells }: PrintedRow, scale: number): HTMLElement {
  return make(
    "tr",
    { height: height === undefined ? undefined : points(height * scale) },
    ...cells.map((cell, i) => {
      const td = make("td", cellCss(cell, scale, (cells[i + 1]?.text ?? "") === ""), cell.text);
      td.colSpan = cell.columns;
      td.rowSpan = cell.rows;
      return td;
    }),
  );
}

/** A sheet as wide as the page at most, with its repeated rows at the head of every page. */
export function sheetPages({ widths, opening, head, rows, setup }: PrintedSheet): PrintedPages {
  const { top, bottom, left, right } = setup.margins ?? usualMargins;
  const margins = {
    top: fromMillimetres(top),
    bottom: fromMillimetres(bottom),
    left: fromMillimetres(left),
    right: fromMillimetres(right),
  };
  const [width, height] = setup.landscape ? [a4.long, a4.short] : [a4.short, a4.long];
  const own = widths.reduce((sum, each) => sum + widthOf(each), 0);
  const wide = Math.min(1, (width - margins.left - margins.right - 1) / own);
  const tall = [...opening, ...head, ...rows].reduce((sum, row) => sum + (row.height ?? usualHeight), 0) * wide;
  const room = (height - margins.top - margins.bottom) / tall;
  // A line or two that stand on a page of their own are rather brought onto the one before.
  const scale = room < 1 && room > smallest ? wide * room * 0.97 : wide;
  const columns = () =>
    make("colgroup", {}, ...widths.map((each) => make("col", { width: points(widthOf(each) * scale) })));
  const table = (...parts: HTMLElement[]) => make("table", { width: points(own * scale) }, columns(), ...parts);
  const group = (tag: "thead" | "tbody", of: readonly PrintedRow[]) =>
    make(tag, {}, ...of.map((row) => rowOf(row, scale)));
  const body = make(
    "section",
    {},
    ...(opening.length > 0 ? [table(group("tbody", opening))] : []),
    table(...(head.length > 0 ? [group("thead", head)] : []), group("tbody", rows)),
  );
  return { width, height, margins, head: readPageText(setup.header), foot: readPageText(setup.footer), body };
}
