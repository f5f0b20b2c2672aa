import type {
  Area,
  CellEdit,
  CellStyle,
  NoteEdit,
  PrintSetup,
  SheetLayout,
  SheetSnapshot,
  WorkbookPatch,
} from "../../../apps-script/core/workbook/port.ts";
import { readArea } from "../references.ts";
import { parseConditionalFormats, parseValidations } from "../sheet-rules-read.ts";
import { readAttributes } from "../xml.ts";
import { readProperties } from "./file-properties.ts";
import type { Colour } from "./mark-colours.ts";
import { allElements, attributesOf, childrenOf, isTrue, outerOf } from "./markup.ts";
import type { SheetGrid } from "./sheet-grid.ts";
import { marginOf, mmPerInch } from "./sheet-layout.ts";
import type { SheetPart } from "./sheet-part.ts";
import type { StyleTable } from "./style-table.ts";
import type { WorkbookInPlace } from "./workbook-in-place.ts";
import type { WorkbookPart } from "./workbook-part.ts";

/** Rules and widths for whole columns end this far below and beside what is there. */
const spareRows = 200;
const spareColumns = 10;
const leastRows = 1_000;
const leastColumns = 26;

/** Values, notes and looks as one patch that makes the sheets. */
export function readAsPatch(book: WorkbookInPlace): WorkbookPatch {
  const { title, creator } = readProperties(book.file);
  return {
    sheets: book.snapshot.sheets.map((sheet) => {
      const edits: CellEdit[] = sheet.rows.flatMap((cells, i) =>
        cells.flatMap((value, j) => (value === null ? [] : [{ row: i + 1, column: j + 1, value }])),
      );
      const notes: NoteEdit[] = [...sheet.notes].map(([key, text]) => {
        const [row, column] = key.split(":").map(Number);
        return { row: row ?? 0, column: column ?? 0, text };
      });
      return {
        name: sheet.name,
        createBefore: null,
        edits,
        ...(notes.length > 0 ? { notes } : {}),
        layout: readLayout(book, sheet),
      };
    }),
    ...(title || creator ? { properties: { title, creator } } : {}),
  };
}

/** How a sheet looks, as far as the port has words for it. The fills of findings are left off; the next check makes them again. */
function readLayout(book: WorkbookInPlace, { name, hidden, rows }: SheetSnapshot): SheetLayout {
  const { part } = book.sheet(name);
  const widest = rows.reduce((width, row) => Math.max(width, row.length), 0);
  const grid: Area = {
    top: 1,
    left: 1,
    bottom: Math.max(leastRows, rows.length + spareRows),
    right: Math.max(leastColumns, widest + spareColumns),
  };
  const tabColor = childrenOf(part.get("sheetPr") ?? "")
    .get("tabColor")
    ?.rgb?.slice(-6);
  const widths = part.columns.flatMap(({ min, max, width = part.usualWidth, hidden: isHidden, grouped }) =>
    Array.from({ length: Math.max(0, Math.min(max, grid.right) - min + 1) }, (_, i) => ({
      column: min + i,
      width,
      ...(isHidden ? { hidden: true } : {}),
      ...(grouped ? { grouped } : {}),
    })),
  );
  const heights = part.grid.heights().filter(({ row }) => row <= grid.bottom);
  const frozen = readFrozen(part);
  const filter = readArea(readAttributes(part.get("autoFilter") ?? "").ref ?? "");
  const styles = sameStyleAreas(part.grid, grid, new Looks(book.styles));
  const { merges } = part;
  const validations = ["dataValidations", "extLst"].flatMap((list) => {
    const xml = part.get(list) ?? "";
    return allElements(xml, "dataValidation").flatMap((element) => parseValidations(outerOf(xml, element), grid));
  });
  const conditionalFormats = parseConditionalFormats(
    part.all("conditionalFormatting"),
    (index) => book.styles.differential(index),
    grid,
  );
  return {
    hidden,
    ...(tabColor ? { tabColor } : {}),
    ...(widths.length > 0 ? { widths } : {}),
    ...(heights.length > 0 ? { heights } : {}),
    ...(frozen ? { frozen } : {}),
    ...(filter ? { filter } : {}),
    ...(styles.length > 0 ? { styles } : {}),
    ...(merges.length > 0 ? { merges } : {}),
    ...(validations.length > 0 ? { validations } : {}),
    ...(conditionalFormats.length > 0 ? { conditionalFormats } : {}),
    ...(isTrue(readAttributes(part.get("sheetProtection") ?? "").sheet) ? { protected: true } : {}),
    print: readPrint(book.workbook, name, part),
  };
}

function readFrozen(part: SheetPart): SheetLayout["frozen"] {
  const views = part.get("sheetViews") ?? "";
  const [pane] = allElements(views, "pane");
  const { state, ySplit = "0", xSplit = "0" } = pane ? attributesOf(views, pane) : {};
  const frozen = { rows: Number(ySplit), columns: Number(xSplit) };
  return state?.startsWith("frozen") && frozen.rows + frozen.columns > 0 ? frozen : undefined;
}

function readPrint(workbook: WorkbookPart, name: string, part: SheetPart): PrintSetup {
  const place = workbook.sheets.findIndex((sheet) => sheet.name === name);
  const nameOf = (wanted: string) =>
    workbook.names.find((each) => each.name === wanted && each.sheet === place)?.formula ?? "";
  const [, first, last] = /!\$(\d+):\$(\d+)$/.exec(nameOf("_xlnm.Print_Titles")) ?? [];
  const area = readArea(/!([^!,]*)$/.exec(nameOf("_xlnm.Print_Area"))?.[1] ?? "");
  const margins = part.get("pageMargins");
  const sides = readAttributes(margins ?? "");
  const mm = (side: string) => Math.round(Number(sides[side] ?? 0) * mmPerInch);
  const [header, footer] = [marginOf(part, "oddHeader"), marginOf(part, "oddFooter")];
  return {
    landscape: readAttributes(part.get("pageSetup") ?? "").orientation === "landscape",
    ...(first && last ? { titleRows: [Number(first), Number(last)] as const } : {}),
    ...(area ? { area } : {}),
    ...(margins === undefined
      ? {}
      : { margins: { top: mm("top"), bottom: mm("bottom"), left: mm("left"), right: mm("right") } }),
    ...(header ? { header } : {}),
    ...(footer ? { footer } : {}),
  };
}

/** The first two colours of every theme: paper and ink. The other ones differ from file to file. */
const themeColours = ["FFFFFF", "000000"];

function colourOf(colour: Colour | undefined): string | undefined {
  if (colour?.argb !== undefined) return colour.argb.slice(-6).toUpperCase();
  return colour?.theme === undefined ? undefined : themeColours[colour.theme];
}

const colourOfTag = ({ rgb, theme }: Record<string, string> = {}) =>
  colourOf({ ...(rgb ? { argb: rgb } : {}), ...(theme ? { theme: Number(theme) } : {}) });

/** The looks of the styles of a workbook in the terms of the port; equal looks are one object. */
class Looks {
  readonly #known = new Map<number, CellStyle | undefined>();
  readonly #same = new Map<string, CellStyle>();

  constructor(private readonly styles: StyleTable) {}

  /** undefined for a style that is none of its own. */
  get(style: number): CellStyle | undefined {
    if (style === 0 || this.#known.has(style)) return this.#known.get(style);
    const look = readLook(this.styles, style);
    const key = JSON.stringify(look);
    const found = Object.keys(look).length > 0 ? (this.#same.get(key) ?? look) : undefined;
    if (found) this.#same.set(key, found);
    this.#known.set(style, found);
    return found;
  }
}

function readLook(styles: StyleTable, style: number): CellStyle {
  const { alignment, protection, font: fontXml, border, fill: colour, numberFormat } = styles.partsOf(style);
  const { horizontal, vertical, wrapText, indent } = alignment;
  const font = readFont(fontXml);
  const fill = colourOf(colour);
  const sides = childrenOf(border);
  const side = sides.get("top")?.style;
  const isBoxed = side && ["left", "right", "bottom"].every((name) => sides.get(name)?.style);
  const [top] = allElements(border, "top");
  const line = top && colourOfTag(childrenOf(outerOf(border, top)).get("color"));
  return {
    ...(font ? { font } : {}),
    ...(fill ? { fill } : {}),
    ...(horizontal === "left" || horizontal === "center" || horizontal === "right" ? { horizontal } : {}),
    ...(vertical === "top" || vertical === "bottom" ? { vertical } : {}),
    ...(vertical === "center" ? { vertical: "middle" as const } : {}),
    ...(isTrue(wrapText) ? { wrap: true } : {}),
    ...(isBoxed ? { border: side === "medium" ? ("medium" as const) : ("thin" as const) } : {}),
    ...(isBoxed && line && line !== "000000" ? { borderColor: line } : {}),
    ...(numberFormat === "General" ? {} : { numberFormat }),
    ...(protection.locked !== undefined && !isTrue(protection.locked) ? { locked: false } : {}),
    ...(Number(indent ?? 0) > 0 ? { indent: Number(indent) } : {}),
  };
}

function readFont(xml: string): CellStyle["font"] {
  const parts = childrenOf(xml);
  const bold = parts.has("b") && (parts.get("b")?.val === undefined || isTrue(parts.get("b")?.val));
  // A font by the theme's scheme is the default of cells without a font of their own.
  if (xml === "" || (parts.get("scheme")?.val && !bold)) return undefined;
  const [name, size, color] = [parts.get("name")?.val, Number(parts.get("sz")?.val), colourOfTag(parts.get("color"))];
  if (name === "宋体" && size === 11 && !bold && (color ?? "000000") === "000000") return undefined;
  return {
    ...(name ? { name } : {}),
    ...(size ? { size } : {}),
    ...(bold ? { bold } : {}),
    ...(color && color !== "000000" ? { color } : {}),
  };
}

interface Run {
  readonly top: number;
  readonly left: number;
  right: number;
  readonly style: CellStyle;
}

/** Areas of cells that look alike: runs within a row, joined with the same run of the row above. */
function sameStyleAreas(cells: SheetGrid, grid: Area, looks: Looks): { area: Area; style: CellStyle }[] {
  const areas: { area: Area; style: CellStyle }[] = [];
  let above: Run[] = [];
  let runs: Run[] = [];
  let current = 0;
  const close = (ended: readonly Run[], bottom: number) => {
    for (const { top, left, right, style } of ended) areas.push({ area: { top, left, bottom, right }, style });
  };
  /** The row of `runs` is complete. */
  const endRow = (next: number) => {
    const joined = runs.map((run) => {
      const same = above.find((each) => each.left === run.left && each.right === run.right && each.style === run.style);
      return same ?? run;
    });
    close(
      above.filter((run) => !joined.includes(run)),
      current - 1,
    );
    above = joined;
    runs = [];
    if (next > current + 1) {
      close(above, current);
      above = [];
    }
    current = next;
  };
  cells.scan(({ row, column, style: place }) => {
    if (row > grid.bottom) return;
    if (row !== current) endRow(row);
    const style = column <= grid.right ? looks.get(place) : undefined;
    if (!style) return;
    const before = runs.at(-1);
    if (before && before.right === column - 1 && before.style === style) before.right = column;
    else runs.push({ top: row, left: column, right: column, style });
  });
  endRow(current + 2);
  return areas.sort((a, b) => a.area.top - b.area.top || a.area.left - b.area.left);
}
