import type { CellStyle, Mark } from "../../../apps-script/core/workbook/port.ts";
import { escapeXml, readAttributes } from "../xml.ts";
import { type Colour, markColour, markedColours, places, readColour } from "./mark-colours.ts";
import {
  attributesOf,
  type Element,
  elementsIn,
  insertInto,
  outerOf,
  plainMarkup,
  prefixOf,
  renderAttributes,
  rootOf,
  splice,
  withPrefix,
} from "./markup.ts";
import { builtInFormats } from "./number-formats.ts";

/** What a stylesheet without any has at least: programs refuse a file whose cells have no style to point at. */
export const emptyStylesheet =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<fonts count="1"><font><sz val="11"/><color theme="1"/><name val="宋体"/><family val="2"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/></styleSheet>';

const sections = [
  "numFmts",
  "fonts",
  "fills",
  "borders",
  "cellStyleXfs",
  "cellXfs",
  "cellStyles",
  "dxfs",
  "tableStyles",
  "colors",
  "extLst",
];

/** A format of a cell: its attributes, and what stands inside it. */
interface Format {
  readonly attributes: Readonly<Record<string, string>>;
  readonly alignment: Readonly<Record<string, string>> | undefined;
  readonly protection: Readonly<Record<string, string>> | undefined;
  /** Extensions. */
  readonly rest: string;
}

export interface StyleParts {
  readonly alignment: Readonly<Record<string, string>>;
  readonly protection: Readonly<Record<string, string>>;
  /** The `<font>` and `<border>` elements; "" for none. */
  readonly font: string;
  readonly border: string;
  /** Of a fill that is one colour. */
  readonly fill: Colour | undefined;
  readonly numberFormat: string;
}

/** One list of the stylesheet, which only grows. */
class Section {
  readonly elements: string[];
  readonly #known = new Map<string, number>();
  #count: number;
  /** Elements that every stylesheet must have are written along when another list grows. */
  isSeeded = false;

  constructor(elements: readonly string[]) {
    this.elements = [...elements];
    this.#count = elements.length;
    elements.forEach((element, index) => {
      if (!this.#known.has(element)) this.#known.set(element, index);
    });
  }

  get hasGrown(): boolean {
    return this.elements.length > this.#count;
  }

  /** What an empty list must have before anything else. */
  seed(...elements: readonly string[]): void {
    if (this.elements.length > 0) return;
    this.#count = elements.length;
    this.isSeeded = true;
    for (const element of elements) this.add(element);
  }

  /** @param key equal for elements that say the same, however they are spelt */
  add(element: string, key = element): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.elements.length);
    return this.elements.push(element) - 1;
  }

  isKnownAs(key: string, index: number): void {
    if (!this.#known.has(key)) this.#known.set(key, index);
  }
}

/** The stylesheet of a workbook: what there is stays as it is spelt, new styles are added at the ends of its lists. */
export class StyleTable {
  readonly #xml: string;
  readonly #root: Element;
  readonly #prefix: string;
  readonly #children: readonly Element[];
  readonly #numFmts: Section;
  readonly #fonts: Section;
  readonly #fills: Section;
  readonly #borders: Section;
  readonly #cellXfs: Section;
  readonly #dxfs: Section;
  readonly #codes = new Map<number, string>();
  readonly #formats: Format[] = [];
  readonly #changes = new Map<number, Map<CellStyle | Mark | "unmarked", number>>();
  /** By what they say. */
  readonly #wanted = new Map<string, CellStyle>();

  /** @param fillsUnderMarks colours, as JSON, that marked cells had before; extended */
  constructor(
    part: string | undefined,
    private readonly fillsUnderMarks: string[],
  ) {
    this.#xml = plainMarkup(part ?? emptyStylesheet);
    this.#root = rootOf(this.#xml);
    this.#prefix = prefixOf(this.#root);
    this.#children = elementsIn(this.#xml, this.#root.inner, this.#root.innerEnd);
    const section = (name: string) => {
      const list = this.#children.find((child) => child.name === name);
      return new Section(
        list ? elementsIn(this.#xml, list.inner, list.innerEnd).map((element) => outerOf(this.#xml, element)) : [],
      );
    };
    this.#numFmts = section("numFmts");
    this.#fonts = section("fonts");
    this.#fills = section("fills");
    this.#borders = section("borders");
    this.#cellXfs = section("cellXfs");
    this.#dxfs = section("dxfs");
    for (const element of this.#numFmts.elements) {
      const { numFmtId, formatCode } = readAttributes(element);
      if (numFmtId !== undefined && formatCode !== undefined) this.#codes.set(Number(numFmtId), formatCode);
    }
    // A stylesheet without lists still has the style that every cell has.
    this.#fonts.seed(this.#own('<font><sz val="11"/><name val="宋体"/></font>'));
    this.#fills.seed(
      this.#own('<fill><patternFill patternType="none"/></fill>'),
      this.#own('<fill><patternFill patternType="gray125"/></fill>'),
    );
    this.#borders.seed(this.#own(noBorder));
    this.#cellXfs.seed(this.#own('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'));
    this.#cellXfs.elements.forEach((element, index) => {
      const format = readFormat(element);
      this.#formats.push(format);
      this.#cellXfs.isKnownAs(keyOf(format), index);
    });
  }

  /** The number format of a cell style. */
  numberFormat(style: number): string {
    const id = Number(this.#formats[style]?.attributes.numFmtId ?? 0);
    return this.#codes.get(id) ?? builtInFormats[id] ?? "General";
  }

  /** What a style is made of; of a marked one the fill under the mark counts. */
  partsOf(style: number): StyleParts {
    const format = this.#formats[style] ?? noFormat;
    const fill = this.#fillOf(format);
    const marked = this.#lift(fill);
    return {
      alignment: format.alignment ?? {},
      protection: format.protection ?? {},
      font: this.#fonts.elements[Number(format.attributes.fontId ?? 0)] ?? "",
      border: this.#borders.elements[Number(format.attributes.borderId ?? 0)] ?? "",
      fill: marked ? marked.before : solidColour(fill),
      numberFormat: this.numberFormat(style),
    };
  }

  /** Replaces some properties of styles. */
  changer(wanted: CellStyle): (style: number) => number {
    const key = JSON.stringify(wanted);
    const change = this.#wanted.get(key) ?? wanted;
    this.#wanted.set(key, change);
    return (style) => this.change(style, change);
  }

  /** The style with some of its properties replaced. */
  change(style: number, change: CellStyle): number {
    return this.#derive(style, change, (format) => this.#merge(format, change));
  }

  mark(style: number, mark: Mark): number {
    return this.#derive(style, mark, (format) => {
      const fill = this.#fillOf(format);
      const present = this.#lift(fill);
      return this.#withFill(format, this.#paint(mark, present ? present.before : colourUnder(fill)));
    });
  }

  unmark(style: number): number {
    return this.#derive(style, "unmarked", (format) => {
      const present = this.#lift(this.#fillOf(format));
      if (!present) return format;
      if (present.before) return this.#withFill(format, solidFill(present.before));
      const { applyFill: _, ...attributes } = format.attributes;
      return { ...format, attributes: { ...attributes, fillId: "0" } };
    });
  }

  /** The styles whose fill is a mark. */
  markedStyles(): Set<number> {
    const marked = new Set<number>();
    this.#formats.forEach((format, index) => {
      if (this.#lift(this.#fillOf(format))) marked.add(index);
    });
    return marked;
  }

  /** Adds a `<dxf>`; the number that conditional formats name it by. */
  addDifferential(element: string): number {
    return this.#dxfs.add(this.#own(element));
  }

  /** A `<dxf>` by the number that conditional formats name it by; "" when there is none. */
  differential(index: number): string {
    return this.#dxfs.elements[index] ?? "";
  }

  /** The part, or undefined when nothing was added. */
  render(): string | undefined {
    const lists = [
      ["numFmts", this.#numFmts],
      ["fonts", this.#fonts],
      ["fills", this.#fills],
      ["borders", this.#borders],
      ["cellXfs", this.#cellXfs],
      ["dxfs", this.#dxfs],
    ] as const;
    if (!lists.some(([, section]) => section.hasGrown)) return undefined;
    const pieces = lists
      .filter(([, section]) => section.hasGrown || section.isSeeded)
      .map(([name, { elements }]) => {
        const present = this.#children.find((child) => child.name === name);
        const later = sections.slice(sections.indexOf(name) + 1);
        const at =
          present?.start ?? this.#children.find((child) => later.includes(child.name))?.start ?? this.#root.innerEnd;
        const attributes = present ? attributesOf(this.#xml, present) : {};
        const tag = `${this.#prefix}${name}`;
        const text = `<${tag}${renderAttributes({ ...attributes, count: elements.length })}>${elements.join("")}</${tag}>`;
        return { start: at, end: present?.end ?? at, text };
      });
    const ordered = pieces
      .map((piece, index) => ({ piece, index }))
      .sort((a, b) => a.piece.start - b.piece.start || a.index - b.index);
    if (this.#root.inner === this.#root.end) {
      return insertInto(this.#xml, this.#root, pieces.map(({ text }) => text).join(""), "last");
    }
    return splice(
      this.#xml,
      ordered.map(({ piece }) => piece),
    );
  }

  #own(element: string): string {
    return withPrefix(element, this.#prefix);
  }

  #derive(style: number, change: CellStyle | Mark | "unmarked", make: (format: Format) => Format): number {
    let changes = this.#changes.get(style);
    if (!changes) {
      changes = new Map();
      this.#changes.set(style, changes);
    }
    const known = changes.get(change);
    if (known !== undefined) return known;
    const format = make(this.#formats[style] ?? this.#formats[0] ?? noFormat);
    const made = this.#cellXfs.add(this.#own(renderFormat(format)), keyOf(format));
    this.#formats[made] ??= format;
    changes.set(change, made);
    return made;
  }

  #merge(format: Format, change: CellStyle): Format {
    let { attributes, alignment, protection } = format;
    if (change.font) {
      const base = this.#fonts.elements[Number(attributes.fontId ?? 0)] ?? "<font/>";
      const fontId = this.#fonts.add(changeFont(base, change.font, this.#prefix));
      attributes = { ...attributes, fontId: String(fontId), applyFont: "1" };
    }
    if (change.numberFormat !== undefined) {
      attributes = { ...attributes, numFmtId: String(this.#formatId(change.numberFormat)), applyNumberFormat: "1" };
    }
    if (change.border !== undefined) {
      const border = renderBorder(change.border, change.borderColor ?? "000000");
      attributes = { ...attributes, borderId: String(this.#borders.add(this.#own(border))), applyBorder: "1" };
    }
    const { horizontal, vertical, wrap, indent } = change;
    if ([horizontal, vertical, wrap, indent].some((value) => value !== undefined)) {
      alignment = {
        ...alignment,
        ...(horizontal === undefined ? {} : { horizontal }),
        ...(vertical === undefined ? {} : { vertical: vertical === "middle" ? "center" : vertical }),
        ...(wrap === undefined ? {} : { wrapText: wrap ? "1" : "0" }),
        ...(indent === undefined ? {} : { indent: String(indent) }),
      };
      attributes = { ...attributes, applyAlignment: "1" };
    }
    if (change.locked !== undefined) {
      protection = { ...protection, locked: change.locked ? "1" : "0" };
      attributes = { ...attributes, applyProtection: "1" };
    }
    const merged = { ...format, attributes, alignment, protection };
    if (change.fill === undefined) return merged;
    const colour = { argb: `FF${change.fill}` };
    const marked = this.#lift(this.#fillOf(format));
    return this.#withFill(merged, marked ? this.#paint(marked.mark, colour) : solidFill(colour));
  }

  #formatId(code: string): number {
    const builtIn = builtInIds.get(code);
    if (builtIn !== undefined) return builtIn;
    for (const [id, known] of this.#codes) if (known === code) return id;
    const id = Math.max(163, ...this.#codes.keys()) + 1;
    this.#codes.set(id, code);
    this.#numFmts.add(this.#own(`<numFmt numFmtId="${id}" formatCode="${escapeXml(code)}"/>`));
    return id;
  }

  #fillOf(format: Format): string {
    return this.#fills.elements[Number(format.attributes.fillId ?? 0)] ?? "";
  }

  #withFill(format: Format, fill: string): Format {
    const fillId = String(this.#fills.add(this.#own(fill)));
    return { ...format, attributes: { ...format.attributes, fillId, applyFill: "1" } };
  }

  #paint(mark: Mark, before: Colour | undefined): string {
    return solidFill({ argb: markColour(mark, before ? this.#placeOf(JSON.stringify(before)) : 0) });
  }

  /** The mark that a fill is, and the colour under it; undefined for a person's fill. */
  #lift(fill: string): { mark: Mark; before: Colour | undefined } | undefined {
    const colour = solidColour(fill);
    const found = colour?.argb === undefined ? undefined : markedColours.get(colour.argb);
    return found && { mark: found.mark, before: readColour(this.fillsUnderMarks[found.place - 1]) };
  }

  #placeOf(colour: string): number {
    const known = this.fillsUnderMarks.indexOf(colour);
    if (known >= 0) return known + 1;
    // A sheet with more colours than places keeps the first ones.
    return this.fillsUnderMarks.length + 1 < places ? this.fillsUnderMarks.push(colour) : 0;
  }
}

function foreground(fill: string): Colour | undefined {
  const tag = /<(?:[\w.-]+:)?fgColor\s([^>]*)>/.exec(fill)?.[1];
  if (tag === undefined) return undefined;
  const { rgb, theme, tint, indexed } = readAttributes(` ${tag}`);
  if (rgb) return { argb: rgb.length === 6 ? `FF${rgb}` : rgb };
  if (theme !== undefined) return { theme: Number(theme), ...(tint === undefined ? {} : { tint: Number(tint) }) };
  return indexed === undefined ? undefined : { indexed: Number(indexed) };
}

function patternOf(fill: string): string | undefined {
  const tag = /<(?:[\w.-]+:)?patternFill([^>]*)>/.exec(fill)?.[1];
  return tag === undefined ? undefined : (readAttributes(tag).patternType ?? "none");
}

/** The colour of a fill that is one colour. */
function solidColour(fill: string): Colour | undefined {
  return patternOf(fill) === "solid" ? foreground(fill) : undefined;
}

/** What a mark remembers of the fill under it. */
function colourUnder(fill: string): Colour | undefined {
  const pattern = patternOf(fill);
  return pattern === undefined || pattern === "none" ? undefined : foreground(fill);
}

function solidFill({ argb, theme, tint, indexed }: Colour): string {
  const colour = renderAttributes(argb === undefined ? { theme, tint, indexed } : { rgb: argb });
  return `<fill><patternFill patternType="solid"><fgColor${colour}/><bgColor indexed="64"/></patternFill></fill>`;
}

/** The first number of each format that needs no definition. */
const builtInIds = new Map(
  Object.entries(builtInFormats)
    .reverse()
    .map(([id, code]) => [code, Number(id)]),
);

const noFormat: Format = { attributes: {}, alignment: undefined, protection: undefined, rest: "" };
const noBorder = "<border><left/><right/><top/><bottom/><diagonal/></border>";

function renderBorder(line: "thin" | "medium" | "none", colour: string): string {
  if (line === "none") return noBorder;
  const sides = ["left", "right", "top", "bottom"].map(
    (side) => `<${side} style="${line}"><color rgb="FF${colour}"/></${side}>`,
  );
  return `<border>${sides.join("")}<diagonal/></border>`;
}

function readFormat(element: string): Format {
  const root = rootOf(element);
  const children = elementsIn(element, root.inner, root.innerEnd);
  const read = (name: string) => {
    const child = children.find((each) => each.name === name);
    return child && attributesOf(element, child);
  };
  const others = children.filter(({ name }) => name !== "alignment" && name !== "protection");
  return {
    attributes: attributesOf(element, root),
    alignment: read("alignment"),
    protection: read("protection"),
    rest: others.map((child) => outerOf(element, child)).join(""),
  };
}

function keyOf({ attributes, alignment = {}, protection = {}, rest }: Format): string {
  let key = "";
  for (const each of [attributes, alignment, protection]) {
    // No name or value of XML has a zero in it.
    for (const name of Object.keys(each).sort()) key += `${name}\0${each[name]}\0`;
    key += "\0";
  }
  return key + rest;
}

function renderFormat({ attributes, alignment, protection, rest }: Format): string {
  const inside =
    (alignment ? `<alignment${renderAttributes(alignment)}/>` : "") +
    (protection ? `<protection${renderAttributes(protection)}/>` : "") +
    rest;
  return inside === "" ? `<xf${renderAttributes(attributes)}/>` : `<xf${renderAttributes(attributes)}>${inside}</xf>`;
}

const fontOrder = [
  "b",
  "i",
  "strike",
  "condense",
  "extend",
  "outline",
  "shadow",
  "u",
  "vertAlign",
  "sz",
  "color",
  "name",
  "family",
  "charset",
  "scheme",
];

function changeFont(base: string, font: NonNullable<CellStyle["font"]>, prefix: string): string {
  const root = rootOf(base);
  const parts = new Map<string, string>([
    // Black text of 11 points in the font of the place.
    ["sz", '<sz val="11"/>'],
    ["name", '<name val="宋体"/>'],
  ]);
  for (const child of elementsIn(base, root.inner, root.innerEnd)) parts.set(child.name, outerOf(base, child));
  if (font.bold !== undefined) {
    if (font.bold) parts.set("b", "<b/>");
    else parts.delete("b");
  }
  if (font.size !== undefined) parts.set("sz", `<sz val="${font.size}"/>`);
  if (font.color !== undefined) parts.set("color", `<color rgb="FF${font.color}"/>`);
  if (font.name !== undefined) {
    parts.set("name", `<name val="${escapeXml(font.name)}"/>`);
    // A font of another family by the theme's scheme would win over the name.
    parts.delete("scheme");
  }
  const ordered = [...parts].sort(([a], [b]) => fontOrder.indexOf(a) - fontOrder.indexOf(b)).map(([, xml]) => xml);
  return withPrefix(`<font>${ordered.join("")}</font>`, prefix);
}
