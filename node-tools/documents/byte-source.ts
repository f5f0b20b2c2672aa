import type { OpenedMaterial } from "../host/port.ts";

/** Bytes that are read where they are wanted: a file on disk, or a part of a package in memory. */
export interface ByteSource extends Pick<OpenedMaterial, "size" | "read"> {
  /** The file's or part's own name, without folders. */
  readonly name: string;
}

export function bufferSource(name: string, bytes: Buffer): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}
