import { escapeXml } from "../xml.ts";
import type { Codec } from "./codec.ts";
import {
  attributesOf,
  elementsIn,
  insertInto,
  MarkupError,
  plainMarkup,
  prefixOf,
  rootOf,
  withPrefix,
} from "./markup.ts";
import type { SegmentedEntry } from "./segments.ts";
import type { ZipArchive } from "./zip-archive.ts";

const contentTypes = "[Content_Types].xml";

/** The namespaces of what we write, and what strict documents call them (ECMA-376 part 1, annex A). */
const strictNamespaces: readonly (readonly [string, string])[] = [
  ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"],
  [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
  ],
  [
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
  ],
  [
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
  ],
  [
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
  ],
];

/** Bytes in which a part says what it is in. */
const headLength = 100;

/** The encoding that a part begins to say it is in, where that is not UTF-8. */
function encodingOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return "utf-16be";
  if (first !== 0x3c || second !== 0x3f) return undefined;
  const head = String.fromCharCode(...bytes.subarray(0, headLength));
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/.exec(head)?.[1]?.toLowerCase();
  return declared === undefined || declared === "utf-8" || declared === "utf8" || declared === "us-ascii"
    ? undefined
    : declared;
}

/** The parts of a package as texts, with the list of their kinds kept right. */
export class PackageFile {
  /** Whether the workbook is a strict document, whose relationships have other types. */
  isStrict = false;

  constructor(
    readonly archive: ZipArchive,
    readonly codec: Codec,
  ) {}

  /** A part as text; parts in other encodings than UTF-8 say UTF-8 then. */
  readText(name: string): string | undefined {
    const bytes = this.readBytes(name);
    return bytes && this.codec.decode(bytes);
  }

  /** A part in UTF-8. @throws MarkupError for an encoding that nobody knows */
  readBytes(name: string): Uint8Array | undefined {
    return this.reader(name)?.();
  }

  /** What reads a part, in UTF-8, as it is now, whatever is written in its place. */
  reader(name: string): (() => Uint8Array) | undefined {
    const known = this.archive.find(name);
    const read = known === undefined ? undefined : this.archive.reader(known);
    return read && (() => this.#inUtf8(read()));
  }

  /** What can be unpacked of a part segment by segment, once its reader has read it. */
  segmented(name: string): () => SegmentedEntry | undefined {
    const spelt = this.archive.find(name);
    const find = spelt === undefined ? undefined : this.archive.segmented(spelt);
    let known: { readonly entry: SegmentedEntry; readonly isUtf8: boolean } | undefined;
    return () => {
      const entry = find?.();
      if (entry && known?.entry !== entry) {
        known = { entry, isUtf8: encodingOf(entry.read(0, headLength)) === undefined };
      }
      return known?.isUtf8 ? entry : undefined;
    };
  }

  #inUtf8(bytes: Uint8Array): Uint8Array {
    const encoding = encodingOf(bytes);
    if (encoding === undefined) return bytes;
    try {
      const text = this.codec.decode(bytes, encoding);
      return this.codec.encode(text.replace(/^(<\?xml[^>]*?\sencoding\s*=\s*["'])[^"']*/, "$1UTF-8"));
    } catch {
      throw new MarkupError(`in ${encoding}`, "encoding");
    }
  }

  writeText(name: string, text: string): void {
    this.archive.write(this.archive.find(name) ?? name, this.codec.encode(text));
  }

  /** A part of ours with the namespaces of the workbook. */
  spell(text: string): string {
    if (!this.isStrict) return text;
    return strictNamespaces.reduce((spelt, [from, to]) => spelt.replaceAll(`"${from}"`, `"${to}"`), text);
  }

  /** Changes a part that is there; when the change gives the same text the part stays as it came. */
  editText(name: string, change: (text: string) => string): void {
    const text = this.readText(name);
    if (text === undefined) return;
    const changed = change(text);
    if (changed !== text) this.writeText(name, changed);
  }

  /** Adds a part of a kind. */
  addPart(name: string, text: string, contentType: string): void {
    this.writeText(name, this.spell(text));
    this.#declare(
      `<Override PartName="/${escapeXml(name)}" ContentType="${contentType}"/>`,
      (attributes) => attributes.PartName?.toLowerCase() === `/${name}`.toLowerCase(),
    );
  }

  /** Says what files of an ending are. */
  declareEnding(ending: string, contentType: string): void {
    this.#declare(
      `<Default Extension="${ending}" ContentType="${contentType}"/>`,
      (attributes) => attributes.Extension?.toLowerCase() === ending,
    );
  }

  removePart(name: string): void {
    this.archive.remove(name);
    this.editText(contentTypes, (text) => {
      const plain = plainMarkup(text);
      const root = rootOf(plain);
      const found = elementsIn(plain, root.inner, root.innerEnd).find(
        (element) => attributesOf(plain, element).PartName?.toLowerCase() === `/${name}`.toLowerCase(),
      );
      return found ? plain.slice(0, found.start) + plain.slice(found.end) : text;
    });
  }

  /** A name with a number that no part has: `xl/comments{n}.xml`. */
  freeName(pattern: string): string {
    const taken = new Set(this.archive.names.map((name) => name.toLowerCase()));
    for (let n = 1; ; n += 1) {
      const name = pattern.replace("{n}", String(n));
      if (!taken.has(name.toLowerCase())) return name;
    }
  }

  #declare(element: string, isSame: (attributes: Record<string, string>) => boolean): void {
    this.editText(contentTypes, (text) => {
      const plain = plainMarkup(text);
      const root = rootOf(plain);
      const present = elementsIn(plain, root.inner, root.innerEnd);
      if (present.some((each) => isSame(attributesOf(plain, each)))) return text;
      const written = withPrefix(element, prefixOf(root));
      // Endings come first.
      return insertInto(plain, root, written, element.startsWith("<Default") ? "first" : "last");
    });
  }
}
