import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { Codec } from "./codec.ts";

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const nodeCodec: Codec = {
  inflate: (packed, size) => inflateRawSync(packed, { maxOutputLength: Math.max(1, size) }),
  deflate: (content) => deflateRawSync(content, { level: 6 }),
  crc32: (content) => crc32(content),
  toBinary: (bytes) => bufferOf(bytes).toString("latin1"),
  fromBinary(chunks) {
    const bytes = Buffer.allocUnsafe(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of chunks) at += bytes.write(chunk, at, "latin1");
    return bytes;
  },
  encode: (text) => Buffer.from(text, "utf8"),
  decode: (bytes) => bufferOf(bytes).toString("utf8"),
};
