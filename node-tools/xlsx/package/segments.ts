import type { Codec, Pieces } from "./codec.ts";

/**
 * Large sheets are packed in segments: pieces of a stream of deflate that look back at nothing before them and end with a whole byte. To
 * any program they are one stream. We copy the segments in which nothing changes as they are packed, and unpack single ones.
 */
interface Segment {
  /** Where it begins in the content, and in the packed bytes. */
  readonly from: number;
  readonly packedFrom: number;
  readonly unpacked: number;
  readonly packed: number;
  readonly checksum: number;
}

/** Bytes of content from which on an entry is packed in segments of some such size: in halves of it a file were a tenth larger. */
const usualSize = 0x4_0000;
export const leastSegmented = 4 * usualSize;

/** More segments than one in so many bytes are none of ours, and would cost more than they spare. */
const smallestMean = 0x4000;

/** What ends a stream behind its last segment: an empty block. */
const endOfStream = Uint8Array.of(3, 0);

/** An entry whose segments are known. */
export class SegmentedEntry {
  #last: { readonly index: number; readonly content: Uint8Array } | undefined;

  constructor(
    private readonly packed: Uint8Array,
    readonly segments: readonly Segment[],
    private readonly inflate: (packed: Uint8Array, size: number) => Uint8Array,
  ) {}

  packedBytes({ packedFrom, packed }: Segment): Uint8Array {
    return this.packed.subarray(packedFrom, packedFrom + packed);
  }

  /** The segment in which a place lies; the number of all for one behind the last. */
  indexAt(place: number): number {
    let [low, high] = [0, this.segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const { from = 0, unpacked = 0 } = this.segments[middle] ?? {};
      if (from + unpacked <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  read(from: number, to: number): Uint8Array {
    const first = this.indexAt(from);
    const { from: start = 0, unpacked = 0 } = this.segments[first] ?? {};
    if (to <= start + unpacked) return this.#content(first).subarray(from - start, to - start);
    const bytes = new Uint8Array(to - from);
    for (let index = first; index < this.segments.length; index += 1) {
      const { from: begin = 0 } = this.segments[index] ?? {};
      if (begin >= to) break;
      const content = this.#content(index);
      bytes.set(content.subarray(Math.max(0, from - begin), to - begin), Math.max(0, begin - from));
    }
    return bytes;
  }

  #content(index: number): Uint8Array {
    if (this.#last?.index === index) return this.#last.content;
    const segment = this.segments[index];
    if (!segment) return new Uint8Array();
    const content = this.inflate(this.packedBytes(segment), segment.unpacked);
    this.#last = { index, content };
    return content;
  }
}

/**
 * Unpacks a stream that may be one of segments.
 * @returns undefined where it is none, or damaged, or longer than `size`
 */
export function unpackSegments(
  packed: Uint8Array,
  size: number,
  codec: Codec,
): { readonly content: Uint8Array; readonly entry: SegmentedEntry; readonly checksum: number } | undefined {
  const { segments: host } = codec;
  if (!host || size < leastSegmented) return undefined;
  const streamEnd = packed.length - endOfStream.length;
  if (endOfStream.some((byte, i) => packed[streamEnd + i] !== byte)) return undefined;
  const ends = endsOfSegments(packed, size / smallestMean);
  if (ends.at(-1) !== streamEnd) return undefined;
  const content = new Uint8Array(size);
  const segments: Segment[] = [];
  let [from, packedFrom, checksum] = [0, 0, 0];
  try {
    for (const end of ends) {
      const piece = host.inflate(packed.subarray(packedFrom, end), size - from);
      content.set(piece, from);
      const own = codec.crc32(piece);
      segments.push({ from, packedFrom, unpacked: piece.length, packed: end - packedFrom, checksum: own });
      checksum = joinChecksums(checksum, own, piece.length);
      from += piece.length;
      packedFrom = end;
    }
  } catch {
    return undefined;
  }
  if (from !== size) return undefined;
  return { content, entry: new SegmentedEntry(packed, segments, host.inflate), checksum };
}

/** Behind each mark that closes a segment, up to the end of the stream; what looks like a mark and is none, nobody can unpack. */
function endsOfSegments(packed: Uint8Array, most: number): number[] {
  const ends: number[] = [];
  for (let at = packed.indexOf(0xff); at >= 0 && ends.length <= most; at = packed.indexOf(0xff, at + 1)) {
    if (packed[at + 1] === 0xff && packed[at - 1] === 0 && packed[at - 2] === 0) ends.push(at + 2);
  }
  return ends.length > most ? [] : ends;
}

/** What stands in an entry from a place on, to be copied. */
export interface Stretch {
  readonly entry: SegmentedEntry;
  readonly from: number;
  readonly length: number;
}

export type Stretches = readonly (string | Uint8Array | Stretch)[];

const isStretch = (piece: Stretches[number]): piece is Stretch => typeof piece === "object" && "entry" in piece;

/** As pieces alone. */
export function unpackStretches(pieces: Stretches): Pieces {
  return pieces.map((piece) => (isStretch(piece) ? piece.entry.read(piece.from, piece.from + piece.length) : piece));
}

/** Whether pieces are what an entry of their length has. */
export function standsIn(entry: SegmentedEntry, pieces: Stretches, codec: Codec): boolean {
  let at = 0;
  return pieces.every((piece) => {
    const from = at;
    at += piece.length;
    if (isStretch(piece) && piece.entry === entry && piece.from === from) return true;
    const [wanted = new Uint8Array()] = unpackStretches([piece]);
    const bytes = typeof wanted === "string" ? codec.fromBinary([wanted]) : wanted;
    const present = entry.read(from, at);
    let same = 0;
    while (same < bytes.length && bytes[same] === present[same]) same += 1;
    return same === bytes.length;
  });
}

/** Segments to be copied, and what is to be packed to one. */
type Planned = { readonly entry: SegmentedEntry; readonly segment: Segment } | Uint8Array;

function* plan(pieces: Stretches, codec: Codec): Iterable<Planned> {
  let held: (string | Uint8Array)[] = [];
  let size = 0;
  const take = (): Uint8Array => {
    const content = codec.fromBinary(held);
    held = [];
    size = 0;
    return content;
  };
  function* add(piece: string | Uint8Array): Iterable<Planned> {
    for (let from = 0; from < piece.length; ) {
      const to = Math.min(piece.length, from + usualSize);
      held.push(typeof piece === "string" ? piece.slice(from, to) : piece.subarray(from, to));
      size += to - from;
      from = to;
      // What a segment grows by does not leave it in two.
      if (size >= 2 * usualSize) yield take();
    }
  }
  for (const piece of pieces) {
    if (!isStretch(piece)) {
      yield* add(piece);
      continue;
    }
    const { entry, from } = piece;
    const to = from + piece.length;
    let at = from;
    while (at < to) {
      const segment = entry.segments[entry.indexAt(at)];
      if (!segment) throw new RangeError("nothing stands there to be copied");
      const end = Math.min(to, segment.from + segment.unpacked);
      if (segment.from === at && segment.from + segment.unpacked === end) {
        if (size > 0) yield take();
        yield { entry, segment };
      } else yield* add(entry.read(at, end));
      at = end;
    }
  }
  if (size > 0) yield take();
}

/** Segments that are packed at a time, beside what is made ready to be packed. */
const atOnce = 3;

/** Packs pieces as a stream of segments. */
export async function packSegments(
  pieces: Stretches,
  codec: Codec & Required<Pick<Codec, "segments">>,
): Promise<{ readonly packed: readonly Uint8Array[]; readonly checksum: number }> {
  const packed: (Uint8Array | Promise<Uint8Array>)[] = [];
  let checksum = 0;
  for (const planned of plan(pieces, codec)) {
    if (planned instanceof Uint8Array) {
      checksum = joinChecksums(checksum, codec.crc32(planned), planned.length);
      const packing = codec.segments.deflate(planned);
      // Whoever waits for it below hears of what went wrong.
      packing.catch(() => {});
      packed.push(packing);
    } else {
      const { entry, segment } = planned;
      checksum = joinChecksums(checksum, segment.checksum, segment.unpacked);
      packed.push(entry.packedBytes(segment));
    }
    await packed[packed.length - atOnce];
  }
  return { packed: [...(await Promise.all(packed)), endOfStream], checksum };
}

/** The polynomial of the checksum of zip files, its lowest power in the highest bit, as all of these are. */
const polynomial = 0xedb88320;
const one = 0x8000_0000;

/** The product of two polynomials over two elements, modulo that of the checksum. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ polynomial : factor >>> 1;
  }
  return product >>> 0;
}

/** x to the power of 8, 16, 32 …: what a checksum is multiplied by for 1, 2, 4 … further bytes. */
const powers: number[] = [0x0080_0000];

/** The checksum of what two contents give one behind the other. @param length of the second, in bytes */
export function joinChecksums(first: number, second: number, length: number): number {
  let moved = first;
  for (let rest = length, i = 0; rest > 0; rest = Math.floor(rest / 2), i += 1) {
    const power = powers[i] ?? multiply(powers[i - 1] ?? 0, powers[i - 1] ?? 0);
    powers[i] = power;
    if (rest % 2 === 1) moved = multiply(moved, power);
  }
  return (moved ^ second) >>> 0;
}
