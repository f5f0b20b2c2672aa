import { unescapeSpreadsheetText, unescapeXml } from "../xml.ts";
import { elementsIn, innerOf, plainMarkup, prefixOf, rootOf, splice } from "./markup.ts";

/** The text of a string item or inline string: its runs without what is only read aloud (`rPh`). */
export function readRichText(xml: string): string {
  let text = "";
  for (const element of elementsIn(xml, 0, xml.length)) {
    if (element.name === "t") text += readText(innerOf(xml, element));
    else if (element.name === "r") text += readRichText(innerOf(xml, element));
  }
  return text;
}

/** The characters that the XML of a text stands for. */
export function readText(xml: string): string {
  const text = xml.includes("\r") ? xml.replace(/\r\n?/g, "\n") : xml;
  const plain = text.includes("&") ? unescapeXml(text) : text;
  return plain.includes("_x") ? unescapeSpreadsheetText(plain) : plain;
}

/** The strings that cells share, each read when it is first asked for. */
export class SharedStrings {
  readonly #xml: string;
  /** An item without text. */
  readonly #empty: string;
  readonly #places: Uint32Array;
  readonly #texts: (string | undefined)[] = [];

  constructor(part: string | undefined) {
    this.#xml = part === undefined ? "" : plainMarkup(part);
    const places: number[] = [];
    this.#empty = this.#xml === "" ? "" : `<${prefixOf(rootOf(this.#xml))}t/>`;
    if (this.#xml !== "") {
      const root = rootOf(this.#xml);
      // Items are many and never lie in each other, so the end of one is where the next end tag stands.
      const open = new RegExp(`<${root.tag.slice(0, -3)}si(?=[\\s/>])[^>]*>`, "g");
      const shut = `</${root.tag.slice(0, -3)}si`;
      open.lastIndex = root.inner;
      for (let match = open.exec(this.#xml); match; match = open.exec(this.#xml)) {
        if (match[0].endsWith("/>")) places.push(open.lastIndex, open.lastIndex);
        else {
          const end = this.#xml.indexOf(shut, open.lastIndex);
          if (end < 0) break;
          places.push(open.lastIndex, end);
          open.lastIndex = end;
        }
      }
    }
    this.#places = Uint32Array.from(places);
  }

  get(index: number): string {
    const known = this.#texts[index];
    if (known !== undefined) return known;
    const [start, end] = [this.#places[2 * index], this.#places[2 * index + 1]];
    const text = start === undefined || end === undefined ? "" : readRichText(this.#xml.slice(start, end));
    this.#texts[index] = text;
    return text;
  }

  /** The part with the strings emptied that no cell has; undefined when there are none. */
  withoutSpare(used: ReadonlySet<number>): string | undefined {
    const pieces: { start: number; end: number; text: string }[] = [];
    for (let i = 0; 2 * i < this.#places.length; i += 1) {
      const [start = 0, end = 0] = [this.#places[2 * i], this.#places[2 * i + 1]];
      if (!used.has(i) && start < end) pieces.push({ start, end, text: this.#empty });
    }
    return pieces.some(({ start, end, text }) => this.#xml.slice(start, end) !== text)
      ? splice(this.#xml, pieces)
      : undefined;
  }
}
