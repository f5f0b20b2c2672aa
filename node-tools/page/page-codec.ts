// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
import { deflateSync, inflateSync } from "fflate";
import { type Codec, lotsOf, type Pieces } from "../xlsx/package/codec.ts";
import { crc32 } from "./crc32.ts";
import type { PackerAnswer, PackerMessage } from "./packer.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
type Packed = Awaited<ReturnType<Codec["deflatePieces"]>>;

/** Characters that `String.fromCharCode` takes at once. */
const atOnce = 8192;
/** A typed array is handed over as it is, whatever the type says; spread out, it would take five times as long. */
const stringOf = (bytes: Uint8Array) => String.fromCharCode.apply(null, bytes as unknown as number[]);
/** Room for the bytes of a few characters, used anew each time. */
const codes = new Uint8Array(2 * atOnce);

/** The browser's own takes a third of the time; Firefox and Safari have it since 2023, Chromium by this format since 103. */
function rawDeflateStream(): CompressionStream | undefined {
  try {
    return new CompressionStream("deflate-raw");
  } catch {
    return undefined;
  }
}

async function packHere(pieces: Pieces): Promise<Packed> {
  const stream = new CompressionStream("deflate-raw");
  const packed = new Response(stream.readable).arrayBuffer();
  // Whoever waits for the writing hears of it too.
  packed.catch(() => {});
  const writer = stream.writable.getWriter();
  let checksum = 0;
  for (const lot of lotsOf(pieces)) {
    const bytes = pageCodec.fromBinary(lot);
    checksum = crc32(bytes, checksum);
    await writer.write(bytes as Uint8Array<ArrayBuffer>);
  }
  await writer.close();
  return { packed: new Uint8Array(await packed), checksum };
}

interface Packer {
  readonly worker: Worker;
  /** Those who wait for it. */
  readonly waiting: Set<(error: Error) => void>;
}

let packer: Packer | undefined;
/** The script of one, until it is first wanted. */
let packerScript: string | undefined;

/** From now on a worker packs, where the browser lets one begin another. @param script that of `packer.ts` */
export function usePacker(script: string): void {
  packerScript = script;
}

function startPacker(): void {
  if (packerScript === undefined) return;
  const address = URL.createObjectURL(new Blob([packerScript], { type: "text/javascript" }));
  packerScript = undefined;
  try {
    const started: Packer = { worker: new Worker(address, { name: "打包" }), waiting: new Set() };
    started.worker.onerror = (event) => {
      event.preventDefault();
      packer = undefined;
      for (const fail of started.waiting) fail(new Error(event.message));
    };
    packer = started;
  } catch {
    // It is packed here.
  }
}

/** All pieces are on their way before anything else is done: what is written next must not keep the packing waiting. */
function packBeside({ worker, waiting }: Packer, pieces: Pieces): Promise<Packed> {
  return new Promise((resolve, reject) => {
    const { port1: port, port2 } = new MessageChannel();
    const fail = (error: Error) => {
      waiting.delete(fail);
      port.close();
      reject(error);
    };
    waiting.add(fail);
    port.onmessage = ({ data }: MessageEvent<PackerAnswer>) => {
      if ("failed" in data) return fail(new Error(data.failed));
      waiting.delete(fail);
      port.close();
      resolve(data);
    };
    const send = (message: PackerMessage) => port.postMessage(message, message ? [message.buffer] : []);
    worker.postMessage(undefined, [port2]);
    for (const lot of lotsOf(pieces)) send(pageCodec.fromBinary(lot) as Uint8Array<ArrayBuffer>);
    send(null);
  });
}

/** One call of the browser's encoder takes as long as this takes for a hundred characters. */
function encodeToBinary(text: string): string {
  let binary = "";
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (length > atOnce - 4) {
      binary += stringOf(codes.subarray(0, length));
      length = 0;
    }
    let code = text.charCodeAt(i);
    if ((code & 0xf800) === 0xd800) {
      code = text.codePointAt(i)!;
      if (code > 0xffff) i += 1;
      // Half of a pair, as the browser's encoder writes it.
      else code = 0xfffd;
    }
    if (code < 0x80) codes[length++] = code;
    else {
      if (code < 0x800) codes[length++] = 0xc0 | (code >> 6);
      else {
        if (code < 0x1_0000) codes[length++] = 0xe0 | (code >> 12);
        else {
          codes[length++] = 0xf0 | (code >> 18);
          codes[length++] = 0x80 | ((code >> 12) & 0x3f);
        }
        codes[length++] = 0x80 | ((code >> 6) & 0x3f);
      }
      codes[length++] = 0x80 | (code & 0x3f);
    }
  }
  return binary + stringOf(codes.subarray(0, length));
}

/** What stands one after the other as strings, as one. */
function joinStrings(pieces: Pieces): Pieces {
  if (pieces.every((piece) => typeof piece === "string")) return [pieces.join("")];
  return pieces;
}

/** Writes a binary string as bytes. The browser's encoder reads strings faster than the language does: what it made two bytes of is put together again. */
function putBinary(binary: string, bytes: Uint8Array): void {
  let at = 0;
  for (let from = 0; from < binary.length; from += atOnce) {
    const { written } = encoder.encodeInto(binary.slice(from, from + atOnce), codes);
    for (let i = 0; i < written; i += 1) {
      const code = codes[i]!;
      bytes[at++] = code < 0x80 ? code : (code << 6) | (codes[++i]! & 0x3f);
    }
  }
}

/** What `xlsx/package/codec.ts` asks of its host, of what every browser has. */
export const pageCodec: Codec = {
  inflate(packed, size) {
    // One byte more than promised shows what is longer.
    const content = inflateSync(packed, { out: new Uint8Array(size + 1) });
    if (content.length > size) throw new RangeError("longer than its size");
    return content;
  },
  deflate: (content) => deflateSync(content, { level: 4 }),
  async deflatePieces(pieces) {
    if (!rawDeflateStream()) {
      const content = pageCodec.fromBinary(pieces);
      return { packed: pageCodec.deflate(content), checksum: crc32(content) };
    }
    startPacker();
    // Some browsers refuse a worker only after it was begun.
    return packer ? packBeside(packer, pieces).catch(() => packHere(pieces)) : packHere(pieces);
  },
  crc32,
  toBinary(bytes) {
    const chunks: string[] = [];
    for (let at = 0; at < bytes.length; at += atOnce) chunks.push(stringOf(bytes.subarray(at, at + atOnce)));
    return chunks.join("");
  },
  encodeToBinary,
  fromBinary(chunks) {
    const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of joinStrings(chunks)) {
      if (typeof chunk === "string") putBinary(chunk, bytes.subarray(at, at + chunk.length));
      else bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  },
  encode: (text) => encoder.encode(text),
  decode: (bytes, encoding) => (encoding === undefined ? decoder : new TextDecoder(encoding)).decode(bytes),
};
