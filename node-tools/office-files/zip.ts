import { host } from "#host";
import { ZipArchive, ZipError } from "../xlsx/package/zip-archive.ts";

/** @throws ZipError */
export function openZip(bytes: Uint8Array): ZipArchive {
  if (bytes.length === 0) throw new ZipError("not a zip");
  return new ZipArchive(bytes, host.codec);
}

export interface ZipPart {
  readonly name: string;
  readonly content: Buffer;
}

/** Every part in the order of the archive. @throws ZipError */
export function unzipParts(bytes: Uint8Array): ZipPart[] {
  const archive = openZip(bytes);
  return archive.names.map((name) => ({ name, content: Buffer.from(archive.read(name) ?? []) }));
}

/** Packs parts in the order given, with fixed times, so that the same parts make the same bytes. */
export function zipParts(
  parts: readonly { readonly name: string; readonly content: Uint8Array }[],
  options: { readonly compress: boolean },
): Buffer {
  const archive = new ZipArchive(new Uint8Array(), host.codec);
  for (const { name, content } of parts) archive.write(name, content);
  return Buffer.from(archive.pack(options));
}
