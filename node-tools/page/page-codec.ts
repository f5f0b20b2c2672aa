import { deflateSync, inflateSync } from "fflate";
import type { Codec } from "../xlsx/package/codec.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** Characters that `String.fromCharCode` takes at once. */
const atOnce = 8192;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** What `xlsx/package/codec.ts` asks of its host, of what every browser has. */
export const pageCodec: Codec = {
  inflate(packed, size) {
    // One byte more than promised shows what is longer.
    const content = inflateSync(packed, { out: new Uint8Array(size + 1) });
    if (content.length > size) throw new RangeError("longer than its size");
    return content;
  },
  deflate: (content) => deflateSync(content, { level: 4 }),
  crc32(content) {
    let crc = -1;
    for (let i = 0; i < content.length; i += 1) crc = (crcTable[(crc ^ (content[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
    return (crc ^ -1) >>> 0;
  },
  toBinary(bytes) {
    const chunks: string[] = [];
    for (let at = 0; at < bytes.length; at += atOnce)
      chunks.push(String.fromCharCode(...bytes.subarray(at, at + atOnce)));
    return chunks.join("");
  },
  fromBinary(chunks) {
    const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of chunks) {
      if (typeof chunk === "string") for (let i = 0; i < chunk.length; i += 1) bytes[at + i] = chunk.charCodeAt(i);
      else bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  },
  encode: (text) => encoder.encode(text),
  decode: (bytes, encoding) => (encoding === undefined ? decoder : new TextDecoder(encoding)).decode(bytes),
};
