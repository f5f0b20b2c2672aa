import type { ByteSource } from "./byte-source.ts";
import { unpackZlib } from "./inflate.ts";

/** A text or block of metadata in a PNG, WebP, GIF or JPEG file. */
export interface ImageChunk {
  readonly what: "text" | "exif" | "xmp";
  readonly label: string;
  readonly bytes: Buffer;
}

const chunkLimit = 8 * 1024 * 1024;
const countLimit = 20_000;

/** As much as is good for a text. */
function inflateText(bytes: Buffer): Buffer {
  const parts: Uint8Array[] = [];
  let size = 0;
  unpackZlib(bytes, (content) => {
    size += content.length;
    if (size <= chunkLimit) parts.push(content);
    return size <= chunkLimit;
  });
  return Buffer.concat(parts);
}

const toUtf8 = (latin1: Buffer) => {
  // tEXt is Latin-1 by the standard, and UTF-8 by what programs in China write into it.
  try {
    return Buffer.from(new TextDecoder("utf-8", { fatal: true }).decode(latin1));
  } catch {
    return Buffer.from(new TextDecoder("gb18030").decode(latin1));
  }
};

function pngText(type: string, bytes: Buffer): ImageChunk | undefined {
  const end = bytes.indexOf(0);
  if (end < 0) return undefined;
  const label = bytes.toString("latin1", 0, end);
  const rest = bytes.subarray(end + 1);
  if (type === "tEXt") return { what: "text", label, bytes: toUtf8(rest) };
  if (type === "zTXt") return { what: "text", label, bytes: toUtf8(inflateText(rest.subarray(1))) };
  // iTXt: compression flag and method, language, translated keyword, text (PNG third edition, 11.3.3.4).
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return undefined;
  const text = rest.subarray(translated + 1);
  const content = rest[0] === 1 ? inflateText(text) : text;
  return { what: label === "XML:com.adobe.xmp" ? "xmp" : "text", label, bytes: content };
}

/** PNG: chunks of length, type, content, check sum. Pictures are stepped over, not read. */
async function* pngChunks(source: ByteSource): AsyncGenerator<ImageChunk> {
  let at = 8;
  for (let i = 0; i < countLimit && at + 12 <= source.size; i += 1) {
    const head = await source.read(at, 8);
    if (head.length < 8) return;
    const length = head.readUInt32BE(0);
    const type = head.toString("latin1", 4, 8);
    if (/^(?:[tzi]T?XT|[tzi]TXt|tEXt|eXIf)$/.test(type) && length <= chunkLimit) {
      const bytes = await source.read(at + 8, length);
      const chunk = type === "eXIf" ? ({ what: "exif", label: "EXIF", bytes } as const) : pngText(type, bytes);
      if (chunk) yield chunk;
    }
    at += 12 + length;
  }
}

/** WebP: RIFF chunks, padded to an even length. */
async function* webpChunks(source: ByteSource): AsyncGenerator<ImageChunk> {
  let at = 12;
  for (let i = 0; i < countLimit && at + 8 <= source.size; i += 1) {
    const head = await source.read(at, 8);
    if (head.length < 8) return;
    const length = head.readUInt32LE(4);
    const type = head.toString("latin1", 0, 4);
    if ((type === "EXIF" || type === "XMP ") && length <= chunkLimit) {
      const bytes = await source.read(at + 8, length);
      yield type === "EXIF"
        ? { what: "exif", label: "EXIF", bytes: bytes.toString("latin1", 0, 4) === "Exif" ? bytes.subarray(6) : bytes }
        : { what: "xmp", label: "XMP", bytes };
    }
    at += 8 + length + (length % 2);
  }
}

/** GIF: comment blocks and XMP. The file is read in one piece, since its blocks cannot be stepped over. */
async function* gifChunks(source: ByteSource): AsyncGenerator<ImageChunk> {
  const bytes = await source.read(0, Math.min(source.size, chunkLimit));
  const blocks = (from: number): { content: Buffer; next: number } => {
    const parts: Buffer[] = [];
    let at = from;
    while (at < bytes.length && bytes[at] !== 0) {
      const length = bytes[at] ?? 0;
      parts.push(bytes.subarray(at + 1, at + 1 + length));
      at += 1 + length;
    }
    return { content: Buffer.concat(parts), next: at + 1 };
  };
  const tableBytes = (flags: number) => ((flags & 0x80) !== 0 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const mark = bytes[at];
    if (mark === 0x2c) at = blocks(at + 11 + tableBytes(bytes[at + 9] ?? 0)).next;
    else if (mark === 0x21) {
      const start = at + 2;
      const { content, next } = blocks(start);
      if (bytes[at + 1] === 0xfe) yield { what: "text", label: "Comment", bytes: toUtf8(content) };
      if (bytes.toString("latin1", start + 1, start + 12) === "XMP DataXMP") {
        yield { what: "xmp", label: "XMP", bytes: bytes.subarray(start + 12, next) };
      }
      at = next;
    } else return;
  }
}

/** JPEG: the comment segment, which no library reads, and XMP as a whole. */
async function* jpegChunks(source: ByteSource): AsyncGenerator<ImageChunk> {
  let at = 2;
  for (let i = 0; i < countLimit && at + 4 <= source.size; i += 1) {
    const head = await source.read(at, 4);
    if (head.length < 4 || head[0] !== 0xff) return;
    const mark = head[1] ?? 0;
    if (mark === 0xda || mark === 0xd9) return;
    const length = head.readUInt16BE(2);
    if (mark === 0xfe) yield { what: "text", label: "Comment", bytes: toUtf8(await source.read(at + 4, length - 2)) };
    if (mark === 0xe1) {
      const bytes = await source.read(at + 4, length - 2);
      const xmpHead = "http://ns.adobe.com/xap/1.0/\0";
      if (bytes.toString("latin1", 0, xmpHead.length) === xmpHead) {
        yield { what: "xmp", label: "XMP", bytes: bytes.subarray(xmpHead.length) };
      }
    }
    at += 2 + length;
  }
}

export function readImageChunks(source: ByteSource, format: string): AsyncGenerator<ImageChunk> | undefined {
  if (format === "png") return pngChunks(source);
  if (format === "webp") return webpChunks(source);
  if (format === "gif") return gifChunks(source);
  if (format === "jpeg") return jpegChunks(source);
  return undefined;
}
