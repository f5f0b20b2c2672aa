/** Pictures without EXIF, XMP, IPTC, comments and whatever lies behind them; the coded picture stays byte for byte. */
import { host } from "#host";
import { bufferSource } from "../documents/byte-source.ts";
import { UnreadableError } from "../documents/limits.ts";
import { heicChanges } from "./clean-heic.ts";
import { cleanIcc } from "./clean-icc.ts";
import { cleanTiff, orientationOf } from "./clean-tiff.ts";
import { changedCopy, damaged, latin } from "./cleaned.ts";
import { packZlib, unpackWhole } from "./zlib.ts";

/** An EXIF that says nothing but how the picture is to be turned; empty where it stands upright. */
function minimalExif(orientation: number): Buffer {
  if (orientation < 2 || orientation > 8) return Buffer.alloc(0);
  return Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
}

const exifMark = latin("Exif\0\0");
const profileMark = latin("ICC_PROFILE\0");
const jpegMark = { start: 0xd8, end: 0xd9, scan: 0xda, app0: 0xe0, app1: 0xe1, app2: 0xe2, app14: 0xee, app15: 0xef };

/** The place of the next marker behind the coded data of a scan: no stuffed byte and no restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

function isKeptSegment(marker: number, content: Buffer): boolean {
  if (marker === jpegMark.app0) return content.toString("latin1", 0, 5) === "JFIF\0";
  if (marker === jpegMark.app2) return content.subarray(0, profileMark.length).equals(profileMark);
  if (marker === jpegMark.app14) return content.toString("latin1", 0, 5) === "Adobe";
  // All other APPn, and comments.
  return (marker < jpegMark.app0 || marker > jpegMark.app15) && marker !== 0xfe;
}

/** Segments with a profile, each a piece of it behind its number: as many, of the same sizes, without words. */
function cleanProfiles(segments: readonly Buffer[]): Buffer[] {
  // Marker, length, mark; number of the piece and of all.
  const head = 4 + profileMark.length + 2;
  const number = (piece: Buffer) => piece[head - 2] ?? 0;
  const inOrder = [...segments].sort((a, b) => number(a) - number(b));
  const profile = cleanIcc(Buffer.concat(inOrder.map((piece) => piece.subarray(head))));
  let at = 0;
  const cleaned = new Map<Buffer, Buffer>();
  for (const piece of inOrder) {
    const length = Math.max(0, piece.length - head);
    cleaned.set(piece, Buffer.concat([piece.subarray(0, head), profile.subarray(at, at + length)]));
    at += length;
  }
  return segments.map((piece) => cleaned.get(piece) ?? piece);
}

/** A JFIF segment without its thumbnail. */
const withoutThumbnail = (content: Buffer) => Buffer.concat([content.subarray(0, 12), Buffer.from([0, 0])]);

/** @throws UnreadableError */
export function cleanJpeg(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let orientation = 1;
  let at = 2;
  let scans = 0;
  /** Which of the parts hold a colour profile. */
  const profiles: number[] = [];
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) throw damaged();
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === jpegMark.end) break;
    if (at + 4 > bytes.length) throw damaged();
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw damaged();
    const content = bytes.subarray(at + 4, end);
    if (marker === jpegMark.app1 && content.subarray(0, 6).equals(exifMark))
      orientation = orientationOf(content.subarray(6)) ?? orientation;
    if (marker === jpegMark.scan) {
      const next = endOfScan(bytes, end);
      parts.push(bytes.subarray(at, next));
      scans += 1;
      at = next;
      continue;
    }
    if (marker === jpegMark.app0 && isKeptSegment(marker, content))
      parts.push(segment(marker, withoutThumbnail(content)));
    else if (isKeptSegment(marker, content)) {
      if (marker === jpegMark.app2) profiles.push(parts.length);
      parts.push(bytes.subarray(at, end));
    }
    at = end;
  }
  if (scans === 0) throw damaged();
  const cleaned = cleanProfiles(profiles.map((i) => parts[i] ?? Buffer.alloc(0)));
  profiles.forEach((i, n) => {
    parts[i] = cleaned[n] ?? Buffer.alloc(0);
  });
  const exif = minimalExif(orientation);
  const turned = exif.length > 0 ? [segment(jpegMark.app1, Buffer.concat([exifMark, exif]))] : [];
  // JFIF, where there is one, stands first.
  const isJfif = parts[0]?.[1] === jpegMark.app0;
  const head = isJfif ? parts.slice(0, 1) : [];
  return Buffer.concat([
    Buffer.from([0xff, jpegMark.start]),
    ...head,
    ...turned,
    ...parts.slice(head.length),
    Buffer.from([0xff, jpegMark.end]),
  ]);
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** Chunks that decide how a PNG looks, animated ones with it (PNG third edition, 11). */
const pngKept = /^(?:[A-Z]...|tRNS|gAMA|cHRM|sRGB|sBIT|bKGD|pHYs|hIST|cICP|mDCV|mDCv|cLLI|cLLi|acTL|fcTL|fdAT)$/;

function pngChunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([latin(type), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(host.codec.crc32(typed), 4);
  return Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)]);
}

function cleanPng(bytes: Buffer): Buffer {
  const parts = [bytes.subarray(0, 8)];
  let hasPicture = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw damaged();
    const type = bytes.toString("latin1", at + 4, at + 8);
    const content = bytes.subarray(at + 8, end - 4);
    if (type === "eXIf") {
      const exif = minimalExif(orientationOf(content) ?? 1);
      if (exif.length > 0) parts.push(pngChunk(type, exif));
    } else if (type === "iCCP") {
      // The name of a profile is whatever a program called it; behind it stands how it is packed.
      const packed = content.indexOf(0) + 2;
      const profile = packed > 1 ? unpackWhole(content.subarray(packed)) : undefined;
      if (profile && profile.length > 0)
        parts.push(pngChunk(type, Buffer.concat([latin("ICC\0\0"), packZlib(cleanIcc(profile))])));
    } else if (pngKept.test(type)) parts.push(bytes.subarray(at, end));
    hasPicture ||= type === "IDAT";
    if (type === "IEND") return Buffer.concat(parts);
    at = end;
  }
  // Every program shows one whose end mark alone is missing.
  if (hasPicture) return Buffer.concat([...parts, pngChunk("IEND", Buffer.alloc(0))]);
  throw damaged();
}

const gifMark = { extension: 0x21, image: 0x2c, trailer: 0x3b, control: 0xf9, application: 0xff };

function cleanGif(bytes: Buffer): Buffer {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const endOfBlocks = (from: number) => {
    let at = from;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    return at + 1;
  };
  let at = 13 + tableBytes(bytes[10] ?? 0);
  const parts = [bytes.subarray(0, at)];
  let hasPicture = false;
  while (at < bytes.length) {
    const mark = bytes[at];
    if (mark === gifMark.trailer) {
      parts.push(Buffer.from([gifMark.trailer]));
      return Buffer.concat(parts);
    }
    let end: number;
    let isKept = true;
    if (mark === gifMark.image) end = endOfBlocks(at + 10 + tableBytes(bytes[at + 9] ?? 0) + 1);
    else if (mark === gifMark.extension) {
      end = endOfBlocks(at + 2);
      const isLoop = /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(bytes.toString("latin1", at + 3, at + 14));
      isKept = bytes[at + 1] === gifMark.control || (bytes[at + 1] === gifMark.application && isLoop);
    } else throw damaged();
    if (end > bytes.length) throw damaged();
    if (isKept) parts.push(bytes.subarray(at, end));
    hasPicture ||= mark === gifMark.image;
    at = end;
  }
  if (hasPicture) return Buffer.concat([...parts, Buffer.from([gifMark.trailer])]);
  throw damaged();
}

const webpFlag = { exif: 8, xmp: 4 };

function cleanWebp(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  const total = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  let exif: Buffer = Buffer.alloc(0);
  for (let at = 12; at + 8 <= total; ) {
    const type = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (at + 8 + size > bytes.length) throw damaged();
    const content = bytes.subarray(at + 8, at + 8 + size);
    const isMarked = content.subarray(0, 6).equals(exifMark);
    if (type === "EXIF") exif = minimalExif(orientationOf(isMarked ? content.subarray(6) : content) ?? 1);
    else if (type === "ICCP") parts.push(riffChunk(type, cleanIcc(content)));
    else if (/^(?:VP8[ LX]|ALPH|ANIM|ANMF)$/.test(type)) parts.push(riffChunk(type, content));
    at = end;
  }
  const [first] = parts;
  if (!first) throw damaged();
  if (first.toString("latin1", 0, 4) === "VP8X") {
    const flags = (first[8] ?? 0) & ~(webpFlag.exif | webpFlag.xmp);
    first[8] = exif.length > 0 ? flags | webpFlag.exif : flags;
    if (exif.length > 0) parts.push(riffChunk("EXIF", exif));
  }
  return riffChunk("RIFF", Buffer.concat([latin("WEBP"), ...parts]));
}

function riffChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.concat([latin(type), Buffer.alloc(4)]);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

const cleanHeic = async (bytes: Buffer) => changedCopy(bytes, await heicChanges(bufferSource("", bytes)));

/** Has no place for words; what lies behind the picture is cut off. How long the file is, many programs write wrong. */
function cleanBmp(bytes: Buffer): Buffer {
  if (bytes.length < 54) throw damaged();
  const [at, headBytes] = [bytes.readUInt32LE(10), bytes.readUInt32LE(14)];
  // Packed pictures say how long they are; those of old programs are kept whole.
  const isPacked = headBytes >= 40 && /^[1245]$/.test(String(bytes.readUInt32LE(30)));
  if (headBytes < 40 || (isPacked && bytes.readUInt32LE(34) === 0)) return bytes;
  const rowBytes = 4 * Math.ceil((bytes.readInt32LE(18) * bytes.readUInt16LE(28)) / 32);
  const size = isPacked ? bytes.readUInt32LE(34) : rowBytes * Math.abs(bytes.readInt32LE(22));
  if (size <= 0 || at + size > bytes.length) throw damaged();
  return bytes.subarray(0, at + size);
}

const extensions: Readonly<Record<string, string>> = {
  jpeg: ".jpg",
  png: ".png",
  gif: ".gif",
  webp: ".webp",
  tiff: ".tif",
  heic: ".heic",
  bmp: ".bmp",
};

export const imageExtension = (format: string): string => extensions[format] ?? ".jpg";

/** @param format as `recogniseSignature` tells it. @throws UnreadableError */
export async function cleanImage(bytes: Buffer, format: string): Promise<Buffer> {
  switch (format) {
    case "jpeg":
      return cleanJpeg(bytes);
    case "png":
      return cleanPng(bytes);
    case "gif":
      return cleanGif(bytes);
    case "webp":
      return cleanWebp(bytes);
    case "tiff":
      return cleanTiff(bytes);
    case "heic":
      return cleanHeic(bytes);
    case "bmp":
      return cleanBmp(bytes);
    default:
      throw new UnreadableError("这种图片无法清除其中的身份信息；请另存为 .jpg 或 .png 后重新提交");
  }
}
