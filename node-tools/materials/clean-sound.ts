/** Sounds in a document without tags: what is heard stays byte for byte. */
import { bufferSource } from "../documents/byte-source.ts";
import { UnreadableError } from "../documents/limits.ts";
import { movieFileChanges } from "./clean-movie.ts";
import { riffChanges } from "./clean-riff.ts";
import { changedCopy, damaged } from "./cleaned.ts";

const mark = (bytes: Buffer, at: number, length: number) => bytes.toString("latin1", at, at + length);
const id3 = { head: 10, end: 128 };
const ape = { footer: 32, hasHead: 0x80000000 };

/** Where the tags before the sound end (ID3v2, of which there may be several). */
function startOfSound(bytes: Buffer): number {
  let at = 0;
  while (mark(bytes, at, 3) === "ID3" && at + id3.head <= bytes.length) {
    // Seven bits of each byte count.
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((bytes[at + i] ?? 0) & 0x7f), 0);
    at += id3.head + size + ((bytes[at + 5] ?? 0) & 0x10 ? id3.head : 0);
  }
  return at;
}

/** Where those behind it begin (ID3v1, APEv2, Lyrics3). @throws UnreadableError */
function endOfSound(bytes: Buffer): number {
  let end = bytes.length;
  if (mark(bytes, end - id3.end, 3) === "TAG") end -= id3.end;
  if (/^LYRICS(?:200|END)$/.test(mark(bytes, end - 9, 9))) {
    const begin = bytes.lastIndexOf("LYRICSBEGIN", end);
    if (begin < 0) throw damaged();
    end = begin;
  }
  const footer = end - ape.footer;
  if (mark(bytes, footer, 8) === "APETAGEX") {
    const hasHead = bytes.readUInt32LE(footer + 20) >= ape.hasHead;
    end -= bytes.readUInt32LE(footer + 12) + (hasHead ? ape.footer : 0);
  }
  return end;
}

/** @param name for people. @throws UnreadableError for a kind that is not understood */
export async function cleanSound(name: string, bytes: Buffer): Promise<Buffer> {
  if (mark(bytes, 0, 4) === "RIFF") return changedCopy(bytes, await riffChanges(bufferSource(name, bytes), "sound"));
  if (mark(bytes, 4, 4) === "ftyp") return changedCopy(bytes, await movieFileChanges(bufferSource(name, bytes)));
  const isMp3 = mark(bytes, 0, 3) === "ID3" || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0);
  if (!isMp3) throw new UnreadableError("是少见的声音，无法清除其中的身份信息；请换成 .mp3 后重新保存");
  const [start, end] = [startOfSound(bytes), endOfSound(bytes)];
  if (start >= end) throw damaged();
  return bytes.subarray(start, end);
}
