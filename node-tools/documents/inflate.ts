import { Inflate, Unzlib } from "fflate";

/** What goes into the library at once: at most a thousand times as much comes out. */
const stepBytes = 16 * 1024;

/**
 * Unpacks zlib data (RFC 1950) as far as they can be, piece by piece.
 * @param take answers whether it wants more
 */
export function unpackZlib(packed: Uint8Array, take: (content: Uint8Array) => boolean): void {
  let wanted = true;
  const stream = new Unzlib((content) => {
    wanted &&= take(content);
  });
  try {
    for (let at = 0; wanted && at < packed.length; at += stepBytes) {
      stream.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
    }
  } catch {
    // Damaged from here on.
  }
}

/** Unpacks raw deflate (RFC 1951). @throws an error where the data are damaged or end too early */
export async function* inflateRaw(packed: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let unpacked: Uint8Array[] = [];
  const stream = new Inflate((content) => {
    if (content.length > 0) unpacked.push(content);
  });
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += stepBytes) {
      stream.push(chunk.subarray(at, at + stepBytes), false);
      yield* unpacked;
      unpacked = [];
    }
  }
  stream.push(new Uint8Array(), true);
  yield* unpacked;
}
