/** The boxes that .mp4, .mov and .heic are made of (ISO/IEC 14496-12). */
import type { ByteSource } from "./byte-source.ts";
import { UnreadableError } from "./limits.ts";

export interface Box {
  readonly type: string;
  readonly start: number;
  /** Behind its length and type. */
  readonly inner: number;
  readonly end: number;
}

const mostBoxes = 200_000;
const mostSamples = 5_000_000;
const mostBytes = 64 * 1024 * 1024;

const damaged = () => new UnreadableError("已损坏或不完整；请重新导出并确认能够打开后提交");

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

/** The boxes in another. @throws UnreadableError */
export async function children(source: ByteSource, box: Box): Promise<Box[]> {
  const boxes: Box[] = [];
  for await (const child of boxesIn(source, box.inner, box.end)) boxes.push(child);
  return boxes;
}

export const find = (boxes: readonly Box[], type: string) => boxes.find((box) => box.type === type);

/** What stands in a box. @throws UnreadableError where there is none, or more than any index has */
export async function readBox(source: ByteSource, box: Box | undefined): Promise<Buffer> {
  if (!box || box.end - box.inner > mostBytes) throw damaged();
  return source.read(box.inner, box.end - box.inner);
}

/** Samples that lie one behind the other. */
export interface TrackChunk {
  readonly at: number;
  readonly lengths: readonly number[];
}

/** Where what a track recorded lies in the file. @param table the boxes of its `stbl` */
export async function chunksOf(source: ByteSource, table: readonly Box[]): Promise<TrackChunk[]> {
  const wide = find(table, "co64");
  const chunks = await readBox(source, wide ?? find(table, "stco"));
  const sizes = await readBox(source, find(table, "stsz"));
  const runs = await readBox(source, find(table, "stsc"));
  const [each, samples] = [sizes.readUInt32BE(4), sizes.readUInt32BE(8)];
  const count = chunks.readUInt32BE(4);
  if (samples > mostSamples || count > mostSamples) throw damaged();
  const found: TrackChunk[] = [];
  let run = 0;
  let sample = 0;
  for (let chunk = 1; chunk <= count; chunk += 1) {
    const isNext = 8 + 12 * (run + 1) + 4 <= runs.length && run + 1 < runs.readUInt32BE(4);
    if (isNext && runs.readUInt32BE(8 + 12 * (run + 1)) <= chunk) run += 1;
    const inChunk = Math.min(runs.readUInt32BE(12 + 12 * run), samples - sample);
    const lengths = Array.from({ length: inChunk }, (_, i) => each || sizes.readUInt32BE(12 + 4 * (sample + i)));
    sample += inChunk;
    const at = wide ? Number(chunks.readBigUInt64BE(8 * chunk)) : chunks.readUInt32BE(4 + 4 * chunk);
    found.push({ at, lengths });
  }
  return found;
}
