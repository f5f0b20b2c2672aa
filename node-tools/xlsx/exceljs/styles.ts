import type ExcelJS from "exceljs";
import type { CellStyle, Mark } from "../../../apps-script/core/workbook/port.ts";

type Style = Partial<ExcelJS.Style>;
type Colour = Partial<ExcelJS.Color>;

/** Base colours of the marks: near those that Excel's own cell styles use, but none of them. */
const markColours: Record<Mark, { red: number; green: number; blue: number }> = {
  error: { red: 0xff, green: 0xc0, blue: 0xd0 },
  warning: { red: 0xff, green: 0xe8, blue: 0xa0 },
  info: { red: 0xdd, green: 0xe8, blue: 0xf8 },
};

/** The lowest three bits of green and of blue say which fill lies under a mark; the eye does not notice them. */
const places = 64;

const markedColours = new Map<string, { mark: Mark; place: number }>();
const coloursOfMark = {} as Record<Mark, string[]>;
for (const mark of ["error", "warning", "info"] as const) {
  const { red, green, blue } = markColours[mark];
  coloursOfMark[mark] = Array.from({ length: places }, (_, place) => {
    const channels = [0xff, red, green + 7 - (place & 7), blue + (place >> 3)];
    const argb = channels
      .map((channel) => channel.toString(16).padStart(2, "0"))
      .join("")
      .toUpperCase();
    markedColours.set(argb, { mark, place });
    return argb;
  });
}

function solid(colour: Colour): ExcelJS.FillPattern {
  return { type: "pattern", pattern: "solid", fgColor: colour };
}

/**
 * Remembers what colour a cell had before it was marked. A file has no place in a cell for that which every program
 * keeps (LibreOffice puts a colour of its own choice into the unseen second colour of a solid fill), so the colours
 * stand in a list among the file's properties, and the mark's own colour bears the place in the list.
 */
class FillsUnderMarks {
  /** @param list JSON of colours; place 1 of a mark is the first */
  constructor(private readonly list: string[]) {}

  paint(mark: Mark, before: ExcelJS.Fill | undefined): ExcelJS.FillPattern {
    const colour = before?.type === "pattern" && before.pattern !== "none" ? before.fgColor : undefined;
    return solid({ argb: coloursOfMark[mark][colour ? this.findPlace(JSON.stringify(colour)) : 0] ?? "" });
  }

  /** The mark that a fill is, and what lies under it; undefined for a person's fill. */
  lift(fill: ExcelJS.Fill | undefined): { mark: Mark; before: ExcelJS.Fill | undefined } | undefined {
    if (fill?.type !== "pattern" || fill.pattern !== "solid") return undefined;
    const found = markedColours.get(fill.fgColor?.argb ?? "");
    if (!found) return undefined;
    const colour = readColour(this.list[found.place - 1]);
    return { mark: found.mark, before: colour && solid(colour) };
  }

  private findPlace(colour: string): number {
    const known = this.list.indexOf(colour);
    if (known >= 0) return known + 1;
    // A sheet with more colours than places keeps the first ones.
    return this.list.length + 1 < places ? this.list.push(colour) : 0;
  }
}

/** A property that another program or a person has changed counts as none. */
function readColour(json: string | undefined): Colour | undefined {
  try {
    const colour = JSON.parse(json ?? "null") as Colour | null;
    return colour && ("argb" in colour || "theme" in colour || "indexed" in colour) ? colour : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes changed styles. Cells with equal styles share one object: it keeps memory small, and ExcelJS writes a style
 * object that it has met before without looking into it.
 */
export class StyleBook {
  readonly #fills: FillsUnderMarks;
  readonly #interned = new Map<string, Style>();
  readonly #changes = new WeakMap<Style, Map<CellStyle | Mark | "unmarked", Style>>();

  /** @param fills the colours under marks, which it extends */
  constructor(fills: string[]) {
    this.#fills = new FillsUnderMarks(fills);
  }

  merge(base: Style, change: CellStyle): Style {
    return this.#derive(base, change, () => mergeStyle(base, change, this.#fills));
  }

  mark(base: Style, mark: Mark): Style {
    return this.#derive(base, mark, () => {
      const present = this.#fills.lift(base.fill);
      return { ...base, fill: this.#fills.paint(mark, present ? present.before : base.fill) };
    });
  }

  isMarked(style: Style): boolean {
    return this.#fills.lift(style.fill) !== undefined;
  }

  unmark(base: Style): Style {
    return this.#derive(base, "unmarked", () => {
      const { fill, ...rest } = base;
      const before = this.#fills.lift(fill)?.before;
      return before ? { ...rest, fill: before } : rest;
    });
  }

  #derive(own: Style, change: CellStyle | Mark | "unmarked", make: () => Style): Style {
    // Every new cell has an empty style of its own.
    const base = isEmpty(own) ? noStyle : own;
    let changes = this.#changes.get(base);
    if (!changes) {
      changes = new Map();
      this.#changes.set(base, changes);
    }
    let style = changes.get(change);
    if (!style) {
      style = this.#intern(make());
      changes.set(change, style);
    }
    return style;
  }

  #intern(style: Style): Style {
    const key = JSON.stringify([style.numFmt, style.font, style.alignment, style.border, style.fill, style.protection]);
    const known = this.#interned.get(key);
    if (known) return known;
    this.#interned.set(key, style);
    return style;
  }
}

const noStyle: Style = {};

function isEmpty(style: Style): boolean {
  for (const _ in style) return false;
  return true;
}

/** Black text of 11 points in the font of the place. */
const defaultFont: Partial<ExcelJS.Font> = { name: "宋体", size: 11 };

function mergeStyle(base: Style, change: CellStyle, fills: FillsUnderMarks): Style {
  const style: Style = { ...base };
  if (change.font) {
    const { name, size, bold, color } = change.font;
    style.font = {
      ...defaultFont,
      ...base.font,
      ...(name === undefined ? {} : { name }),
      ...(size === undefined ? {} : { size }),
      ...(bold === undefined ? {} : { bold }),
      ...(color === undefined ? {} : { color: { argb: `FF${color}` } }),
    };
    // A font of another family by the theme's scheme would win over the name.
    if (name !== undefined) delete (style.font as { scheme?: unknown }).scheme;
  }
  if (change.fill !== undefined) {
    const fill = solid({ argb: `FF${change.fill}` });
    const marked = fills.lift(base.fill);
    style.fill = marked ? fills.paint(marked.mark, fill) : fill;
  }
  const { horizontal, vertical, wrap, indent } = change;
  if ([horizontal, vertical, wrap, indent].some((value) => value !== undefined)) {
    style.alignment = {
      ...base.alignment,
      ...(horizontal === undefined ? {} : { horizontal }),
      ...(vertical === undefined ? {} : { vertical }),
      ...(wrap === undefined ? {} : { wrapText: wrap }),
      ...(indent === undefined ? {} : { indent }),
    };
  }
  if (change.border !== undefined) style.border = makeBorder(change.border, change.borderColor ?? "000000");
  if (change.numberFormat !== undefined) style.numFmt = change.numberFormat;
  if (change.locked !== undefined) style.protection = { ...base.protection, locked: change.locked };
  return style;
}

function makeBorder(line: "thin" | "medium" | "none", colour: string): Partial<ExcelJS.Borders> {
  if (line === "none") return {};
  const side = { style: line, color: { argb: `FF${colour}` } };
  return { top: side, left: side, bottom: side, right: side };
}
