import { escapeXml, readAttributes } from "../xml.ts";

/** A part that is no well-formed XML, or not one that a workbook has. */
export class MarkupError extends Error {
  override readonly name = "MarkupError";

  /** @param part what people call the part that is missing */
  constructor(
    message: string,
    readonly reason: "damaged" | "declaration" | "encoding" | "missing" = "damaged",
    readonly part = "",
  ) {
    super(message);
  }
}

/** An element with the places where it stands in its text. */
export interface Element {
  /** With its prefix, as spelt. */
  readonly tag: string;
  /** Without its prefix. */
  readonly name: string;
  readonly start: number;
  /** Behind the `>` of the start tag. */
  readonly inner: number;
  /** Before the end tag; equal to `inner` where there is none. */
  readonly innerEnd: number;
  readonly end: number;
}

const less = 60;
const greater = 62;
const slash = 47;

/** The place of the `>` that ends the tag at `at`; attributes may hold one. */
export function tagEnd(xml: string, at: number): number {
  for (let i = at; i < xml.length; i += 1) {
    const code = xml.charCodeAt(i);
    if (code === greater) return i;
    if (code === 34 || code === 39) {
      i = xml.indexOf(code === 34 ? '"' : "'", i + 1);
      if (i < 0) break;
    }
  }
  throw new MarkupError("a tag has no end");
}

/** Takes out what the scanners do not look for: comments, processing instructions, CDATA, a byte order mark. */
export function plainMarkup(xml: string): string {
  const text = xml.charCodeAt(0) === 0xfeff ? xml.slice(1) : xml.startsWith("\xef\xbb\xbf") ? xml.slice(3) : xml;
  if (/^(?:\xff\xfe|\xfe\xff|\ufffd\ufffd)/.test(text)) throw new MarkupError("not in UTF-8", "encoding");
  if (text.includes("\0")) throw new MarkupError("a character that XML cannot hold");
  const isDeclaring = opensWith(text, "!", 0);
  if (isDeclaring && (text.includes("<!DOCTYPE") || text.includes("<!ENTITY"))) {
    throw new MarkupError("a document type", "declaration");
  }
  if (!isDeclaring && !opensWith(text, "?", 5)) return text;
  return text.replace(
    /<!--[\s\S]*?-->|<\?(?!xml\s)[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>/g,
    (_, characters?: string) => (characters === undefined ? "" : escapeXml(characters)),
  );
}

/** Whether a tag that begins with a mark stands behind a place; the mark is looked for, which is rare, and not the `<`. */
function opensWith(text: string, mark: "!" | "?", from: number): boolean {
  for (let at = text.indexOf(mark, from + 1); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (text.charCodeAt(at - 1) === less) return true;
  }
  return false;
}

/** The elements that stand directly between two places of plain markup. */
export function elementsIn(xml: string, from: number, to: number): Element[] {
  const found: Element[] = [];
  let at = xml.indexOf("<", from);
  while (at >= 0 && at < to) {
    const next = xml.charCodeAt(at + 1);
    if (next === 63) {
      at = xml.indexOf("<", at + 1);
      continue;
    }
    if (next === slash) break;
    const element = elementAt(xml, at);
    found.push(element);
    at = xml.indexOf("<", element.end);
  }
  return found;
}

/** The element whose start tag begins at `at`. */
export function elementAt(xml: string, at: number): Element {
  const close = tagEnd(xml, at);
  const tag = tagName(xml, at + 1);
  const name = tag.slice(tag.indexOf(":") + 1);
  const inner = close + 1;
  if (xml.charCodeAt(close - 1) === slash) return { tag, name, start: at, inner, innerEnd: inner, end: inner };
  // Whatever lies between, an element of this name may hold others of its name.
  let depth = 1;
  const open = `<${tag}`;
  const shut = `</${tag}`;
  let position = inner;
  let ahead = nextTag(xml, open, position);
  for (;;) {
    const end = nextTag(xml, shut, position);
    if (end < 0) throw new MarkupError(`${tag} has no end`);
    while (ahead >= 0 && ahead < end) {
      const last = tagEnd(xml, ahead);
      if (xml.charCodeAt(last - 1) !== slash) depth += 1;
      ahead = nextTag(xml, open, last);
    }
    depth -= 1;
    position = tagEnd(xml, end) + 1;
    if (depth === 0) return { tag, name, start: at, inner, innerEnd: end, end: position };
  }
}

function nextTag(xml: string, tag: string, from: number): number {
  for (let at = xml.indexOf(tag, from); at >= 0; at = xml.indexOf(tag, at + tag.length)) {
    const code = xml.charCodeAt(at + tag.length);
    if (code === greater || code === slash || code <= 32) return at;
  }
  return -1;
}

function tagName(xml: string, at: number): string {
  let end = at;
  for (; end < xml.length; end += 1) {
    const code = xml.charCodeAt(end);
    if (code === greater || code === slash || code === less || code <= 32) break;
  }
  return xml.slice(at, end);
}

/** The root element of a part. */
export function rootOf(xml: string): Element {
  for (let at = xml.indexOf("<"); at >= 0; at = xml.indexOf("<", at + 1)) {
    const code = xml.charCodeAt(at + 1);
    if (code !== 63 && code !== 33) return elementAt(xml, at);
  }
  throw new MarkupError("no element");
}

/** `x:` for a root `x:worksheet`, else nothing. */
export function prefixOf({ tag, name }: Element): string {
  return tag.slice(0, tag.length - name.length);
}

/** All elements of a local name, at any depth, that do not lie in another of it. */
export function allElements(xml: string, name: string): Element[] {
  const found: Element[] = [];
  const start = new RegExp(`<(?:[\\w.-]+:)?${name}(?=[\\s/>])`, "g");
  for (let match = start.exec(xml); match; match = start.exec(xml)) {
    const element = elementAt(xml, match.index);
    found.push(element);
    start.lastIndex = element.end;
  }
  return found;
}

export const innerOf = (xml: string, { inner, innerEnd }: Element) => xml.slice(inner, innerEnd);
export const outerOf = (xml: string, { start, end }: Element) => xml.slice(start, end);

/** The attributes of an element, by their names with prefix. */
export function attributesOf(xml: string, { start, inner, tag }: Element): Record<string, string> {
  return readAttributes(xml.slice(start + 1 + tag.length, inner));
}

/** The attributes of the children of an element by their local names; of two of a name the last counts. */
export function childrenOf(xml: string): Map<string, Record<string, string>> {
  if (xml === "") return new Map();
  const root = rootOf(xml);
  return new Map(elementsIn(xml, root.inner, root.innerEnd).map((child) => [child.name, attributesOf(xml, child)]));
}

/** Whether an attribute says yes. */
export const isTrue = (value: string | undefined) => value === "1" || value === "true";

/** A start tag, or an element, with an attribute of the start tag replaced, added, or taken away for undefined. */
export function withAttribute(element: string, name: string, value: string | number | undefined): string {
  const end = tagEnd(element, 0);
  const tag = element.slice(0, end);
  const pattern = new RegExp(`\\s${name}\\s*=\\s*(?:"[^"]*"|'[^']*')`);
  const written = value === undefined ? "" : ` ${name}="${escapeXml(String(value))}"`;
  if (pattern.test(tag)) return tag.replace(pattern, () => written) + element.slice(end);
  const tail = tag.endsWith("/") ? tag.length - 1 : tag.length;
  return tag.slice(0, tail).trimEnd() + written + tag.slice(tail) + element.slice(end);
}

/** Elements that we write, in the spelling of a part whose root has a prefix. */
export function withPrefix(xml: string, prefix: string): string {
  return prefix === "" ? xml : xml.replace(/<(\/?)(?=[A-Za-z][\w.-]*[\s/>])/g, `<$1${prefix}`);
}

/** Renders attributes that are given. */
export function renderAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeXml(String(value))}"`))
    .join("");
}

/** Puts text into an element, before or behind what is in it; the whole text with that. */
export function insertInto(
  xml: string,
  { tag, inner, innerEnd, end }: Element,
  text: string,
  place: "first" | "last",
): string {
  if (inner === end) return `${xml.slice(0, end).replace(/\s*\/>$/, ">")}${text}</${tag}>${xml.slice(end)}`;
  const at = place === "first" ? inner : innerEnd;
  return xml.slice(0, at) + text + xml.slice(at);
}

/** Replaces text between places; the pieces in ascending order. */
export function splice(text: string, pieces: readonly { start: number; end: number; text: string }[]): string {
  let result = "";
  let at = 0;
  for (const piece of pieces) {
    result += text.slice(at, piece.start) + piece.text;
    at = piece.end;
  }
  return result + text.slice(at);
}
