import { readFileSync } from "node:fs";
import { nodeCodec } from "../../node-tools/host/node-codec.ts";
import { ZipArchive } from "../../node-tools/xlsx/package/zip-archive.ts";
import { time } from "./time.ts";

/**
 * Seconds of the processor that some workbooks take to be unpacked and looked through once, and that others take to be
 * packed: a program that reads and writes them whole cannot do with less.
 */
export async function timeFloor(reads: readonly string[], writes: readonly string[]): Promise<number> {
  const total = { read: 0, write: 0 };
  for (const path of reads) total.read += (await time(() => partsOf(path).forEach(countElements))).cpuSeconds;
  for (const path of writes) {
    const parts = partsOf(path);
    total.write += (await time(() => parts.forEach(nodeCodec.deflate))).cpuSeconds;
  }
  return total.read + total.write;
}

function partsOf(path: string): Uint8Array[] {
  const archive = new ZipArchive(readFileSync(path), nodeCodec);
  return archive.names.map((name) => archive.read(name) ?? new Uint8Array());
}

function countElements(part: Uint8Array): number {
  const text = nodeCodec.toBinary(part);
  let count = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) count += 1;
  return count;
}
