import { escapeXml } from "../xml.ts";
import type { Codec } from "./codec.ts";
import { attributesOf, elementsIn, insertInto, plainMarkup, prefixOf, rootOf, withPrefix } from "./markup.ts";
import type { ZipArchive } from "./zip-archive.ts";

const contentTypes = "[Content_Types].xml";

/** The parts of a package as texts, with the list of their kinds kept right. */
export class PackageFile {
  /** Whether the workbook is a strict document, whose relationships have other types. */
  isStrict = false;

  constructor(
    readonly archive: ZipArchive,
    readonly codec: Codec,
  ) {}

  readText(name: string): string | undefined {
    const bytes = this.archive.read(name);
    return bytes && this.codec.decode(bytes);
  }

  writeText(name: string, text: string): void {
    this.archive.write(name, this.codec.encode(text));
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
    this.writeText(name, text);
    this.#declare(
      `<Override PartName="/${escapeXml(name)}" ContentType="${contentType}"/>`,
      (attributes) => attributes.PartName === `/${name}`,
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
        (element) => attributesOf(plain, element).PartName === `/${name}`,
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
