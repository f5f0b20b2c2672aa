/** Files of the fixtures, and some made for a test, cleaned and read again. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FileFacts } from "../../../apps-script/core/evidence/file-facts.ts";
import { bufferSource } from "../../../node-tools/documents/byte-source.ts";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { cleanFile } from "../../../node-tools/materials/clean-file.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { temporaryFolder } from "../run-casebook.ts";
import { fixture } from "./review-award.ts";

export const planted = /柳知远|梧桐|兴庆|nx64019988|13900006402/;

export async function clean(
  name: string,
  bytes: Buffer,
): Promise<{ extension: string; bytes: Buffer; without: readonly string[] }> {
  const cleaned = await cleanFile(bufferSource(name, bytes), (text) => planted.test(text));
  const chunks: Uint8Array[] = [];
  for await (const chunk of cleaned.bytes) chunks.push(chunk);
  return { extension: cleaned.extension, bytes: Buffer.concat(chunks), without: cleaned.without };
}

export const cleanFixture = (path: string) => clean(path.slice(path.lastIndexOf("/") + 1), readFileSync(fixture(path)));

export async function read(extension: string, bytes: Buffer): Promise<FileFacts> {
  const path = join(temporaryFolder(), `1${extension}`);
  writeFileSync(path, bytes);
  return readFileFacts(path);
}

export const hiddenIn = ({ pieces }: FileFacts) =>
  pieces.filter(({ kind }) => kind === "property" || kind === "metadata").filter(({ text }) => planted.test(text));
export const shownIn = ({ pieces }: FileFacts) =>
  pieces
    .filter(({ kind }) => kind !== "property" && kind !== "metadata" && kind !== "alt")
    .map(({ kind, text }) => [kind, text]);

/** A file of the clean fixtures with parts changed or added. */
export function repacked(
  file: string,
  edits: Readonly<Record<string, (xml: string) => string>>,
  added: Readonly<Record<string, string | Buffer>> = {},
): Buffer {
  const own = unzipParts(readFileSync(fixture(`clean/${file}`))).map(({ name, content }) => ({
    name,
    content: Buffer.from(edits[name]?.(content.toString()) ?? content),
  }));
  const more = Object.entries(added).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  return zipParts([...own, ...more], { compress: true });
}

/** A TIFF of one directory with one value. */
export function tinyTiff(tag: number, type: number, count: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write("II*\0", 0, "latin1");
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(1, 8);
  bytes.writeUInt16LE(tag, 10);
  bytes.writeUInt16LE(type, 12);
  bytes.writeUInt32LE(count, 14);
  return bytes;
}
