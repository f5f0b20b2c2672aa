/**
 * Metafiles of Windows (MS-EMF, MS-WMF) hold a sentence about who made them, and in comments of programs what an icon stands for:
 * the name of the file, the path of the program.
 */
import { latin } from "./cleaned.ts";

const emf = { header: 1, comment: 70, commentData: 12, head: 8 };
/** Comments that a picture is drawn by. */
const drawn = /^(?:EMF\+|GDIC|TNPP)/;
/** Of them, the same picture once more as a PDF with properties (EMR_COMMENT_MULTIFORMATS). */
const onceMore = latin("GDIC\x04\0\0@");
const wmf = { placeable: 0x9ac6cdd7, placeableBytes: 22, headWords: 9, escape: 0x0626, comment: 15, data: 10 };
/** An EMF that lies in a WMF. */
const enhanced = "WMFC";

function cleanEmf(bytes: Buffer): Buffer {
  const fresh = Buffer.from(bytes);
  const [characters, sentence] = [bytes.readUInt32LE(60), bytes.readUInt32LE(64)];
  if (characters > 0 && sentence >= 88 && sentence + 2 * characters <= bytes.length)
    fresh.fill(0, sentence, sentence + 2 * characters);
  for (let at = 0; at + emf.head <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (size < emf.head || at + size > bytes.length) break;
    const data = at + emf.commentData;
    const isDrawn =
      drawn.test(bytes.toString("latin1", data, data + 4)) &&
      !bytes.subarray(data, data + onceMore.length).equals(onceMore);
    if (bytes.readUInt32LE(at) === emf.comment && !isDrawn) fresh.fill(0, data, at + size);
    at += size;
  }
  return fresh;
}

function cleanWmf(bytes: Buffer): Buffer {
  const fresh = Buffer.from(bytes);
  const start = bytes.readUInt32LE(0) === wmf.placeable ? wmf.placeableBytes : 0;
  for (let at = start + 2 * wmf.headWords; at + 6 <= bytes.length; ) {
    const size = 2 * bytes.readUInt32LE(at);
    if (size < 6 || at + size > bytes.length) break;
    const data = at + wmf.data;
    const isComment =
      size > wmf.data && bytes.readUInt16LE(at + 4) === wmf.escape && bytes.readUInt16LE(at + 6) === wmf.comment;
    if (isComment && bytes.toString("latin1", data, data + 4) !== enhanced) fresh.fill(0, data, at + size);
    at += size;
  }
  return fresh;
}

/** @returns one of the same size, by which the same is drawn */
export function cleanMetafile(bytes: Buffer): Buffer {
  const isEmf =
    bytes.length >= 88 && bytes.readUInt32LE(0) === emf.header && bytes.toString("latin1", 40, 44) === " EMF";
  if (isEmf) return cleanEmf(bytes);
  return bytes.length > wmf.placeableBytes ? cleanWmf(bytes) : bytes;
}
