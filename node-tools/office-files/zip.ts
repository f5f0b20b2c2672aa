import { host } from "#host";
import { ZipArchive, ZipError } from "../xlsx/package/zip-archive.ts";

/** @throws ZipError */
export function openZip(bytes: Uint8Array): ZipArchive {
  if (bytes.length === 0) throw new ZipError("not a zip");
  return new ZipArchive(bytes, host.codec);
}

/** One with nothing in it yet. */
export const newZip = (): ZipArchive => new ZipArchive(new Uint8Array(), host.codec);

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export interface ZipPart {
  readonly name: string;
  readonly content: Buffer;
}

/** Every part in the order of the archive; what is stored as it is may lie in the bytes. @throws ZipError */
export function unzipParts(bytes: Uint8Array): ZipPart[] {
  const archive = openZip(bytes);
  return archive.names.map((name) => ({ name, content: bufferOf(archive.read(name) ?? new Uint8Array()) }));
}

/** Packs parts in the order given, with fixed times, so that the same parts make the same bytes. */
export function zipParts(
  parts: readonly { readonly name: string; readonly content: Uint8Array }[],
  options: { readonly compress: boolean },
): Buffer {
  const archive = newZip();
  for (const { name, content } of parts) archive.write(name, content);
  return bufferOf(archive.pack(options));
}
