import type { ByteSource } from "../documents/byte-source.ts";
import { readingLimits, UnreadableError } from "../documents/limits.ts";

/** A file without what tells who made it, and with all that is shown. */
export interface Cleaned {
  /** With its dot: what the file is, whatever its name said. */
  readonly extension: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** In Chinese: what of the file could not come along, such as attachments of a PDF. */
  readonly without: readonly string[];
}

/** A place on somebody's machine, as programs write it into descriptions of pictures and into links. */
export const pathOfMachine = /^(?:file:|[A-Za-z]:[\\/]|\\\\|\/(?:Users|home|var)\/)/i;

/** Whether a text names somebody or something of the applicants. */
export type Reveals = (text: string) => boolean;

/** A place in a file that is to hold something else of the same length: these bytes, or zeros. */
export interface Change {
  readonly at: number;
  readonly length: number;
  readonly bytes?: Uint8Array;
}

const chunkBytes = 1024 * 1024;

/** The file with the changes made, piece by piece. */
export async function* copyChanged(source: ByteSource, changes: readonly Change[]): AsyncGenerator<Uint8Array> {
  const inOrder = [...changes].sort((a, b) => a.at - b.at);
  let first = 0;
  for (let at = 0; at < source.size; at += chunkBytes) {
    const chunk = Buffer.from(await source.read(at, Math.min(chunkBytes, source.size - at)));
    const end = at + chunk.length;
    for (let i = first; i < inOrder.length; i += 1) {
      const change = inOrder[i];
      if (!change || change.at >= end) break;
      const [from, to] = [Math.max(change.at, at), Math.min(change.at + change.length, end)];
      if (from >= to) continue;
      if (change.bytes) chunk.set(change.bytes.subarray(from - change.at, to - change.at), from - at);
      else chunk.fill(0, from - at, to - at);
    }
    while (first < inOrder.length && (inOrder[first]?.at ?? 0) + (inOrder[first]?.length ?? 0) <= end) first += 1;
    yield chunk;
  }
}

/** As `copyChanged`, of what is in memory. */
export function changedCopy(bytes: Buffer, changes: readonly Change[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const { at, length, bytes: content } of changes)
    if (content) copy.set(content.subarray(0, Math.max(0, copy.length - at)), at);
    else copy.fill(0, at, at + length);
  return copy;
}

/** @throws UnreadableError for one that is too large to be in memory */
export async function readWhole(source: ByteSource): Promise<Buffer> {
  if (source.size > readingLimits.wholeFileBytes) {
    const most = Math.round(readingLimits.wholeFileBytes / 1024 ** 2);
    throw new UnreadableError(`超过 ${most} MB，无法清除其中的身份信息；请压缩其中的图片后重新提交`);
  }
  return source.read(0, source.size);
}

export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export const damaged = () =>
  new UnreadableError("已损坏或不完整，无法清除其中的身份信息；请重新导出并确认能够打开后提交");

/** Latin letters of a mark or the name of a box. */
export const latin = (text: string) => Buffer.from(text, "latin1");
