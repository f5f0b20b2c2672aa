import { transcode } from "node:buffer";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import {
  constants,
  crc32,
  createDeflateRaw,
  deflateRaw,
  deflateRawSync,
  inflateRawSync,
  type ZlibOptions,
} from "node:zlib";
import { lotsOf, type Pieces } from "../xlsx/package/codec.ts";

/** A tenth larger than at level 6 in two thirds of the time. */
const level = 4;

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const deflateLater = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

/** Bytes that one chunk takes of a segment; of most it is all. */
const usualSegment = 0x5_0000;

/** What `xlsx/package/codec.ts` asks of its host. */
export const nodeCodec = {
  // One chunk takes it all: the pieces would be copied into one another.
  inflate: (packed: Uint8Array, size: number) =>
    inflateRawSync(packed, { maxOutputLength: Math.max(1, size), chunkSize: Math.max(64, size + 1) }),
  deflate: (content: Uint8Array) => deflateRawSync(content, { level }),
  async deflatePieces(pieces: Pieces) {
    const stream = createDeflateRaw({ level });
    const packed = buffer(stream);
    // Whoever waits for the writing hears of it too.
    packed.catch(() => {});
    let checksum = 0;
    for (const lot of lotsOf(pieces)) {
      const bytes = nodeCodec.fromBinary(lot);
      checksum = crc32(bytes, checksum);
      if (!stream.write(bytes)) await once(stream, "drain");
    }
    stream.end();
    return { packed: await packed, checksum };
  },
  segments: {
    inflate: (packed: Uint8Array, size: number) =>
      inflateRawSync(packed, {
        maxOutputLength: Math.max(1, size),
        chunkSize: Math.max(64, Math.min(size, usualSegment) + 1),
        finishFlush: constants.Z_SYNC_FLUSH,
      }),
    deflate: (content: Uint8Array) => deflateLater(content, { level, finishFlush: constants.Z_FULL_FLUSH }),
  },
  crc32: (content: Uint8Array, before = 0) => crc32(content, before),
  toBinary: (bytes: Uint8Array) => bufferOf(bytes).toString("latin1"),
  encodeToBinary: (text: string) => Buffer.from(text, "utf8").toString("latin1"),
  fromBinary(chunks: Pieces): Buffer {
    const bytes = Buffer.allocUnsafe(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of chunks) {
      if (typeof chunk === "string") bytes.write(chunk, at, "latin1");
      else bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  },
  encode: (text: string) => Buffer.from(text, "utf8"),
  decode(bytes: Uint8Array, encoding?: string) {
    if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes);
    if (bytes.length < longText) return bufferOf(bytes).toString("utf8");
    try {
      return transcode(bytes, "utf8", "utf16le").toString("utf16le");
    } catch {
      // What is no UTF-8 is read as far as it can be.
      return bufferOf(bytes).toString("utf8");
    }
  },
};

/** Bytes from which on `transcode`, ten times as fast by the byte but slow to begin, is the faster. */
const longText = 200;
