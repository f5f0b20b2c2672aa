import { crc32, deflateRawSync } from "node:zlib";

export interface SpelledPart {
  readonly name: string;
  readonly text: string;
  /** The bytes where they are not the text in UTF-8. */
  readonly bytes?: Buffer;
}

type Parts = readonly SpelledPart[];
export type Spell = (parts: Parts) => Parts;

const isMarkup = (name: string) => /\.(xml|rels)$/i.test(name);
const eachText =
  (change: (text: string, name: string) => string): Spell =>
  (parts) =>
    parts.map((part) => (isMarkup(part.name) ? { ...part, text: change(part.text, part.name) } : part));

/** A start tag or an empty one; no attribute of ours holds a `>`. */
const tag = /<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*"[^"]*")*)\s*(\/?)>/g;
const attributesOf = (tagText: string) => [...tagText.matchAll(/\s+([\w:.-]+)\s*=\s*"([^"]*)"/g)];
const mapAttributes = (text: string, map: (attributes: RegExpExecArray[]) => string) =>
  text.replace(tag, (_, name: string, attributes: string, end: string) => {
    const written = map(attributesOf(attributes));
    return `<${name}${written === "" ? "" : ` ${written}`}${end}>`;
  });

function encodeAs(encoding: "UTF-16LE" | "UTF-16BE"): Spell {
  return (parts) =>
    parts.map((part) => {
      if (!isMarkup(part.name)) return part;
      const text = `\ufeff${part.text.replace('encoding="UTF-8"', 'encoding="UTF-16"')}`;
      const bytes = Buffer.from(text, "utf16le");
      return { ...part, text, bytes: encoding === "UTF-16BE" ? bytes.swap16() : bytes };
    });
}

const strictNames: readonly (readonly [string, string])[] = [
  ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"],
  [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties",
  ],
  [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
  ],
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

/** A namespace as the transitional standard calls it. */
export function transitional(name: string): string {
  return strictNames.find(([, strict]) => strict === name)?.[0] ?? name;
}

const implied = (attribute: string, name: string) => new RegExp(`(<(?:\\w+:)?${name}) ${attribute}="[A-Z]*\\d+"`, "g");

/** How programs write the same workbook; each changes every part that it can be seen in, and may follow those before it. */
export const spellings: Readonly<Record<string, Spell>> = {
  "rows and cells without numbers": eachText((text) =>
    text.replace(implied("r", "row"), "$1").replace(implied("r", "c"), "$1"),
  ),
  "characters by their numbers": eachText((text) =>
    text.replace(/(?<=>)[^<&]*[\u4e00-\u9fff][^<&]*(?=<)/g, (characters) =>
      characters.replace(/[\u4e00-\u9fff]/g, (each) => `&#x${each.charCodeAt(0).toString(16)};`),
    ),
  ),
  "text as CDATA": eachText((text) =>
    text.replace(/(<(t|v|f|formula1|author|definedName)(?:\s[^>]*)?>)([^<&]+)(<\/)/g, "$1<![CDATA[$3]]>$4"),
  ),
  "comments and instructions between elements": eachText((text) =>
    text.replace(
      /(?<!\]\])>\s*<(?=\/?(?:row|c|si|sheet|Relationship|Override|xf|fonts|mergeCell|comment|definedName|table|is)[\s/>])/g,
      '><!-- <row r="9"> --><?mso x="1"?>\n<',
    ),
  ),
  "spaces between elements": eachText((text) => text.replace(/(?<!\]\])><(?!\/?(?:t|v|f|r)>)(?!!\[)/g, ">\r\n  <")),
  "no declaration": eachText((text) => text.replace(/^<\?xml[^>]*\?>\s*/, "")),
  "targets from the root": eachText((text, name) =>
    name.endsWith(".rels")
      ? text
          .replace(/(Target=")(?![/#]|\.\.\/|https?:)/g, name.startsWith("xl/_rels") ? "$1/xl/" : "$1/")
          .replace(/(Target=")\.\.\//g, "$1/xl/")
      : text,
  ),
  "targets with steps and backslashes": eachText((text, name) =>
    name.endsWith(".rels") ? text.replace(/(Target=")([^":/]+)\//g, "$1.\\$2\\") : text,
  ),
  "part names in other letters": (parts) =>
    parts.map((part) => ({
      ...part,
      name: part.name === "[Content_Types].xml" ? part.name : part.name.toUpperCase(),
    })),
  "a strict document": eachText((text) =>
    strictNames.reduce((all, [from, to]) => all.replaceAll(`"${from}`, `"${to}`), text),
  ),
  "names with a prefix": eachText((text) =>
    text.replace(/\sxmlns="/, ' xmlns:x="').replace(/<(\/?)(?=[A-Za-z]\w*[\s/>])/g, "<$1x:"),
  ),
  "attributes from the last to the first, in lines of their own": eachText((text) =>
    mapAttributes(text, (all) =>
      [...all]
        .reverse()
        .map(([, name, value]) => `${name} = "${value}"`)
        .join("\r\n\t"),
    ),
  ),
  "single quotes": eachText((text) =>
    mapAttributes(text, (all) =>
      all.map(([, name, value]) => `${name}='${value?.replaceAll("'", "&apos;")}'`).join(" "),
    ),
  ),
};

/** In which bytes programs write the same text; the last of all. */
export const encodings: Readonly<Record<string, Spell>> = {
  "a byte order mark": eachText((text) => `\ufeff${text}`),
  "UTF-16, the low byte first": encodeAs("UTF-16LE"),
  "UTF-16, the high byte first": encodeAs("UTF-16BE"),
};

interface ZipKind {
  readonly stored?: true;
  readonly descriptors?: true;
  readonly wide?: true;
  readonly extra?: true;
}

/** How programs pack the same parts. */
export const packings: Readonly<Record<string, ZipKind>> = {
  "stored entries": { stored: true },
  "sizes behind the entries": { descriptors: true },
  "zip64 throughout": { wide: true },
  "extra fields and comments": { extra: true },
};

const field = (id: number, content: Buffer) => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(content.length, 2);
  return Buffer.concat([head, content]);
};
const wideNumbers = (...values: number[]) =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value));
      return bytes;
    }),
  );

/** A zip of these parts, of a kind (APPNOTE 4.3). */
export function pack(parts: Parts, { stored, descriptors, wide, extra }: ZipKind = {}): Buffer {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const push = (...added: Buffer[]) => {
    chunks.push(...added);
    for (const { length } of added) offset += length;
  };
  const timestamp = extra ? field(0x5455, Buffer.from([1, 0, 0, 0, 0])) : Buffer.alloc(0);
  for (const { name, text, bytes } of parts) {
    const content = bytes ?? Buffer.from(text);
    const packed = stored ? content : deflateRawSync(content);
    const start = offset;
    const own = Buffer.from(name);
    const fields = (inDirectory: boolean) => {
      const made = Buffer.alloc(26);
      const hidden = descriptors && !inDirectory;
      made.writeUInt16LE(wide ? 45 : 20, 0);
      made.writeUInt16LE(0x800 | (descriptors ? 8 : 0), 2);
      made.writeUInt16LE(stored ? 0 : 8, 4);
      made.writeUInt32LE(hidden ? 0 : crc32(content), 10);
      made.writeUInt32LE(wide ? 0xffffffff : hidden ? 0 : packed.length, 14);
      made.writeUInt32LE(wide ? 0xffffffff : hidden ? 0 : content.length, 18);
      made.writeUInt16LE(own.length, 22);
      return made;
    };
    const sizes = wide ? field(1, wideNumbers(content.length, packed.length)) : Buffer.alloc(0);
    const local = fields(false);
    local.writeUInt16LE(sizes.length + timestamp.length, 24);
    push(Buffer.from("PK\u0003\u0004"), local, own, timestamp, sizes, packed);
    if (descriptors) {
      const behind = Buffer.alloc(16);
      behind.write("PK\u0007\u0008");
      behind.writeUInt32LE(crc32(content), 4);
      behind.writeUInt32LE(packed.length, 8);
      behind.writeUInt32LE(content.length, 12);
      push(behind);
    }
    const places = wide ? field(1, wideNumbers(content.length, packed.length, start)) : Buffer.alloc(0);
    const remark = Buffer.from(extra ? "注" : "");
    const entry = Buffer.alloc(46);
    entry.write("PK\u0001\u0002");
    fields(true).copy(entry, 6);
    entry.writeUInt16LE(places.length + timestamp.length, 30);
    entry.writeUInt16LE(remark.length, 32);
    entry.writeUInt32LE(wide ? 0xffffffff : start, 42);
    directory.push(entry, own, timestamp, places, remark);
  }
  const start = offset;
  push(...directory);
  const size = offset - start;
  if (wide) {
    const end64 = Buffer.alloc(56);
    end64.write("PK\u0006\u0006");
    wideNumbers(44).copy(end64, 4);
    wideNumbers(parts.length, parts.length, size, start).copy(end64, 24);
    const locator = Buffer.alloc(20);
    locator.write("PK\u0006\u0007");
    wideNumbers(offset).copy(locator, 8);
    locator.writeUInt32LE(1, 16);
    push(end64, locator);
  }
  const remark = Buffer.from(extra ? "由别的程序打包" : "");
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(wide ? 0xffff : parts.length, 8);
  end.writeUInt16LE(wide ? 0xffff : parts.length, 10);
  end.writeUInt32LE(wide ? 0xffffffff : size, 12);
  end.writeUInt32LE(wide ? 0xffffffff : start, 16);
  end.writeUInt16LE(remark.length, 20);
  push(end, remark);
  return Buffer.concat(chunks);
}
