import exifr from "exifr";
import type { ByteSource } from "./byte-source.ts";
import type { PieceSink } from "./facts-collector.ts";
import { readImageChunks } from "./image-chunks.ts";
import { readingLimits } from "./limits.ts";
import { readXmp } from "./read-xmp.ts";

const options = {
  userComment: true,
  // XMP is read whole by readXmp.
  xmp: false,
  icc: false,
  mergeOutput: false,
  translateValues: false,
  // The reviver of the XP… tags takes UTF-16 in the wrong order.
  reviveValues: false,
};

const onlyExif = { tiff: true, ifd0: {}, ifd1: false, exif: true, gps: true, iptc: false };
const onlyIptc = { tiff: false, ifd0: {}, ifd1: false, exif: false, gps: false, iptc: true };

const decode = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes).replace(/\0+$/, "");
const toBytes = (value: object) => Uint8Array.from(Object.values(value) as number[]);
const isByteList = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.values(value).every((item) => Number.isInteger(item));

/** IPTC gives bytes as Latin-1: UTF-8 or GB18030 in truth. */
function decodeIptc(latin1: string): string {
  const bytes = Buffer.from(latin1, "latin1");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decode(bytes, "gb18030");
  }
}

/** UserComment: eight bytes with the name of the encoding, then the text; UTF-16 in the order of the file (CIPA DC-008). */
function decodeUserComment(bytes: Uint8Array): string {
  const [head, text] = [decode(bytes.subarray(0, 8), "latin1"), bytes.subarray(8)];
  // The order of the file is not known here: the wrong one gives words that mean nothing.
  if (head.startsWith("UNICODE")) return `${decode(text, "utf-16be")}\n${decode(text, "utf-16le")}`;
  return decode(text, "utf-8");
}

function addTag(block: string, tag: string, value: unknown, where: string, sink: PieceSink): void {
  const place = `${where}的${block === "iptc" ? " IPTC" : " EXIF"}“${tag}”`;
  if (typeof value === "string") sink.addPiece("metadata", place, block === "iptc" ? decodeIptc(value) : value);
  else if (Array.isArray(value)) for (const item of value) addTag(block, tag, item, where, sink);
  else if (/^XP/.test(tag) && isByteList(value)) sink.addPiece("metadata", place, decode(toBytes(value), "utf-16le"));
}

/** GB18030 in a field that is read as UTF-8 leaves replacement marks: the bytes are read once more for it. */
function readGbk(bytes: Buffer, where: string, sink: PieceSink): void {
  const words = new TextDecoder("gb18030").decode(bytes.subarray(0, 65_536)).match(/[\u4e00-\u9fff]{2,}/g) ?? [];
  sink.addPiece("metadata", `${where}的 EXIF（GBK 编码）`, [...new Set(words)].join("\n"));
}

type ExifBlocks = Record<string, Record<string, unknown>> & { userComment?: object };

async function readExif(bytes: Buffer, where: string, sink: PieceSink): Promise<void> {
  // One after the other: an IPTC block that the library cannot read takes the EXIF with it.
  const exif = await exifr.parse(bytes, { ...options, ...onlyExif }).catch(() => undefined);
  const iptc = await exifr.parse(bytes, { ...options, ...onlyIptc }).catch(() => undefined);
  const blocks: ExifBlocks = { ...exif, ...(iptc?.iptc && { iptc: iptc.iptc }) };
  let unclear = false;
  for (const [block, tags] of Object.entries(blocks)) {
    if (block === "userComment") {
      if (isByteList(tags)) sink.addPiece("metadata", `${where}的 EXIF“UserComment”`, decodeUserComment(toBytes(tags)));
      continue;
    }
    if (block === "gps" || block === "errors") continue;
    for (const [tag, value] of Object.entries(tags)) {
      unclear ||= typeof value === "string" && value.includes("\ufffd");
      addTag(block, tag, value, where, sink);
    }
  }
  if (unclear) readGbk(bytes, where, sink);
  const { latitude, longitude } = (blocks.gps ?? {}) as { latitude?: number; longitude?: number };
  if (Number.isFinite(latitude) && Number.isFinite(longitude)) {
    sink.addPiece("metadata", `${where}的拍摄位置（GPS）`, describePosition(latitude as number, longitude as number));
  }
}

/** `北纬 38.4872°，东经 106.2309°`: what findLeaks knows as a position. */
export function describePosition(latitude: number, longitude: number): string {
  const [northOrSouth, eastOrWest] = [latitude < 0 ? "南纬" : "北纬", longitude < 0 ? "西经" : "东经"];
  return `${northOrSouth} ${Math.abs(latitude).toFixed(4)}°，${eastOrWest} ${Math.abs(longitude).toFixed(4)}°`;
}

/** A picture's EXIF, IPTC, XMP, comments and position. @param format by the first bytes */
export async function readImage(source: ByteSource, format: string, where: string, sink: PieceSink): Promise<void> {
  if (format === "jpeg" || format === "tiff" || format === "png" || format === "heic") {
    // A JPEG or PNG has it before the picture; the others may have it anywhere.
    const whole = format === "jpeg" || format === "png" ? 16 * 1024 * 1024 : readingLimits.wholeFileBytes;
    if (source.size > readingLimits.wholeFileBytes && format !== "jpeg" && format !== "png") {
      sink.addProblem("图片过大，未核查其中的属性；请缩小后重新提交");
      return;
    }
    await readExif(await source.read(0, Math.min(source.size, whole)), where, sink);
  }
  sink.budget.checkTime();
  for await (const { what, label, bytes } of readImageChunks(source, format) ?? []) {
    sink.budget.checkTime();
    if (what === "xmp") await readXmp(bytes, where, sink);
    else if (what === "exif") {
      if (format !== "png") await readExif(bytes, where, sink);
    } else sink.addPiece("metadata", `${where}中的文字“${label}”`, bytes.toString("utf8"));
  }
  if (format === "tiff" || format === "heic") {
    const bytes = await source.read(0, Math.min(source.size, readingLimits.wholeFileBytes));
    const [from, to] = [bytes.indexOf("<x:xmpmeta"), bytes.indexOf("</x:xmpmeta>")];
    if (from >= 0 && to > from) await readXmp(bytes.subarray(from, to + 12), where, sink);
  }
}
