import type { CellValue, PlainValue } from "../../../apps-script/core/workbook/port.ts";
import { dateOfSerial, dayMs, epochSerial, fromFileFormula, kindOfFormat, timeOfSerial } from "../cell-values.ts";
import { moveFormula, readArea } from "../references.ts";
import { readAttributes } from "../xml.ts";
import { binaryToText, type Codec, ownCopy } from "./codec.ts";
import { type Element, elementsIn } from "./markup.ts";
import { readRichText, readText, type SharedStrings } from "./shared-strings.ts";
import type { CellSpot } from "./sheet-grid.ts";
import type { StyleTable } from "./style-table.ts";

/** Days between the two calendars that a workbook can count in. */
export const days1904 = 1462;

/** Bytes of texts and formulas, and number of them, that are looked up instead of read again. */
const longestRepeated = { text: 60, formula: 300 };
const mostRepeated = 20_000;

const withoutAttributes: Readonly<Record<string, string>> = {};

/** Reads what cells of one sheet hold; formulas that cells share come in the order of the sheet. */
export class CellReader {
  readonly #masters = new Map<string, { formula: string; row: number; column: number }>();
  readonly #kinds: ("date" | "time" | "number")[] = [];
  readonly #open: string;
  readonly #openText: readonly string[];
  readonly #shutText: string;
  /** Short texts, of which a sheet repeats many, by what stands in the cell. */
  readonly #texts = new Map<string, string>();
  /** The same of formulas, which a column has in every row. */
  readonly #formulas = new Map<string, string>();

  constructor(
    private readonly codec: Codec,
    private readonly strings: SharedStrings,
    private readonly styles: StyleTable,
    private readonly date1904: boolean,
    prefix: string,
  ) {
    this.#open = `<${prefix}v>`;
    this.#openText = ["", ' xml:space="preserve"'].map((space) => `<${prefix}is><${prefix}t${space}>`);
    this.#shutText = `</${prefix}t></${prefix}is>`;
  }

  read(spot: CellSpot): CellValue {
    const { text, inner, innerEnd } = spot;
    if (inner === innerEnd) return null;
    if (text.startsWith(this.#open, inner)) {
      const end = text.indexOf("<", inner + this.#open.length);
      return this.#plain(spot, text.slice(inner + this.#open.length, end));
    }
    if (spot.type === "inlineStr") {
      for (const open of this.#openText) {
        if (!text.startsWith(open, inner)) continue;
        const end = text.indexOf("<", inner + open.length);
        // Anything but one text is read as it comes.
        if (end + this.#shutText.length !== innerEnd || !text.startsWith(this.#shutText, end)) break;
        return this.#text(text.slice(inner + open.length, end)) || null;
      }
    }
    const elements = elementsIn(text, inner, innerEnd);
    const find = (name: string) => elements.find((each) => each.name === name);
    const inside = (element: Element) => text.slice(element.inner, element.innerEnd);
    const [formula, value, inline] = [find("f"), find("v"), find("is")];
    const result =
      spot.type === "inlineStr" && inline
        ? readRichText(binaryToText(this.codec, inside(inline))) || null
        : value
          ? this.#plain(spot, inside(value))
          : null;
    if (!formula) return result;
    const isCalculated = value !== undefined && spot.type === "str";
    const tagEnd = formula.start + 1 + formula.tag.length;
    const attributes =
      formula.inner - tagEnd > 1 ? readAttributes(text.slice(tagEnd, formula.inner)) : withoutAttributes;
    return this.#formula(spot, attributes, this.#formulaText(inside(formula)), result ?? (isCalculated ? "" : null));
  }

  /** A formula as the port spells it. */
  #formulaText(raw: string): string {
    if (raw.length > longestRepeated.formula) return fromFileFormula(readText(binaryToText(this.codec, raw)));
    const known = this.#formulas.get(raw);
    if (known !== undefined) return known;
    const formula = fromFileFormula(readText(binaryToText(this.codec, raw)));
    if (this.#formulas.size < mostRepeated) this.#formulas.set(ownCopy(raw), formula);
    return formula;
  }

  #formula(
    spot: CellSpot,
    { t, ref, si = "" }: Readonly<Record<string, string>>,
    text: string,
    result: PlainValue,
  ): CellValue {
    let formula = text;
    if (t === "shared") {
      const { row, column } = spot;
      const master = this.#masters.get(si);
      if (text !== "") this.#masters.set(si, { formula: text, row, column });
      else if (master) formula = moveFormula(master.formula, row - master.row, column - master.column);
    }
    // LibreOffice saves every truth value as a formula.
    if (formula === "TRUE()" || formula === "FALSE()") return formula === "TRUE()";
    // What-if tables have no formula of their own; what they show is what they hold.
    if (formula === "" && t === "dataTable") return result;
    const array = t === "array" && ref ? readArea(ref) : undefined;
    return { kind: "formula", formula, result, ...(array ? { array } : {}) };
  }

  #plain({ type, style }: CellSpot, raw: string): PlainValue {
    switch (type) {
      case "s":
        return this.strings.get(Number(raw)) || null;
      case "str":
      case "inlineStr":
        return this.#text(raw) || null;
      case "b":
        return raw.trim() === "1" || raw.trim() === "true";
      case "e":
        return { kind: "error", code: readText(raw) };
      case "d":
        return this.#number(style, serialOfText(raw), 0);
      default: {
        if (raw.trim() === "") return null;
        const number = Number(raw);
        if (Number.isNaN(number)) return readText(binaryToText(this.codec, raw)) || null;
        return this.#number(style, number, this.date1904 ? days1904 : 0);
      }
    }
  }

  #text(raw: string): string {
    if (raw.length > longestRepeated.text) return readText(binaryToText(this.codec, raw));
    const known = this.#texts.get(raw);
    if (known !== undefined) return known;
    const text = readText(binaryToText(this.codec, raw));
    if (this.#texts.size < mostRepeated) this.#texts.set(raw, text);
    return text;
  }

  #number(style: number, serial: number, shift: number): PlainValue {
    this.#kinds[style] ??= kindOfFormat(this.styles.numberFormat(style));
    const kind = this.#kinds[style];
    if (kind === "date") return dateOfSerial(serial + shift);
    return kind === "time" ? timeOfSerial(serial) : serial;
  }
}

/** Of a date that a strict document writes out: `2025-07-15`, `2025-07-15T08:00:00Z`, `08:00:00`. */
function serialOfText(text: string): number {
  const whole = /^\d\d:\d\d/.test(text) ? `1899-12-30T${text}` : text;
  const [date = "", time = "00:00:00"] = whole.replace(/Z$/, "").split("T");
  const serial = Date.parse(`${date}T${time.slice(0, 8)}Z`) / dayMs + epochSerial;
  return Number.isNaN(serial) ? 0 : serial;
}
