/** The boxes that .mp4, .mov and .heic are made of (ISO/IEC 14496-12). */
import type { ByteSource } from "../documents/byte-source.ts";
import { type Change, damaged, latin } from "./cleaned.ts";

export interface Box {
  readonly type: string;
  readonly start: number;
  /** Behind its length and type. */
  readonly inner: number;
  readonly end: number;
}

const mostBoxes = 200_000;

/** The boxes between two places. @throws UnreadableError where one does not end before the second */
export async function* boxesIn(source: ByteSource, from: number, to: number): AsyncGenerator<Box> {
  let count = 0;
  for (let at = from; at + 8 <= to; ) {
    count += 1;
    if (count > mostBoxes) throw damaged();
    const head = await source.read(at, Math.min(16, to - at));
    const short = head.readUInt32BE(0);
    // QuickTime ends a list of boxes with a length of zero, and a file with a box that reaches to its end.
    if (short === 0 && to !== source.size) return;
    const isLong = short === 1 && head.length === 16;
    const size = short === 0 ? to - at : isLong ? Number(head.readBigUInt64BE(8)) : short;
    const inner = at + (isLong ? 16 : 8);
    if (size < inner - at || at + size > to) throw damaged();
    yield { type: head.toString("latin1", 4, 8), start: at, inner, end: at + size };
    at += size;
  }
}

/** Turns a box into one that players pass over, of the same size and without content. */
export const freed = ({ start, inner, end }: Box): Change[] => [
  { at: start + 4, length: 4, bytes: latin("free") },
  { at: inner, length: end - inner },
];

/** Bytes from its version on until its name begins: version, pre-defined, type of handler, reserved. */
const beforeHandlerName = 24;

/** The name of a handler: `柳知远的视频` as well as `VideoHandler`. */
export const unnamedHandler = ({ inner, end }: Box): Change[] =>
  end > inner + beforeHandlerName ? [{ at: inner + beforeHandlerName, length: end - inner - beforeHandlerName }] : [];
