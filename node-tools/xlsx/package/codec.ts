/** Binary strings, and what is bytes already. */
export type Pieces = readonly (string | Uint8Array)[];

/**
 * What the reader of packages asks of its host: Node has all of it in zlib and Buffer, a browser in a few lines and a library
 * that inflates at once. None of it is a promise: a part is unpacked where it is asked for, in the middle of a sheet, and a
 * browser's own DecompressionStream would make every look at a cell one.
 * Sheets are held as binary strings, one character a byte: these take a byte a character whatever script the cells are in, and
 * the text functions of the language work on them.
 */
export interface Codec {
  /** @throws RangeError when the data are longer than `size`, another error when they are damaged */
  inflate(packed: Uint8Array, size: number): Uint8Array;
  /** Raw deflate; the same bytes give the same bytes. */
  deflate(content: Uint8Array): Uint8Array;
  /**
   * As `deflate` of pieces one after the other, of which no more than a few are bytes at a time; beside what else is done where the
   * host can. The packed bytes may be others than those of `deflate`.
   */
  deflatePieces(pieces: Pieces): Promise<{ readonly packed: Uint8Array; readonly checksum: number }>;
  /**
   * Streams of deflate in pieces that stand each for itself (`segments.ts`); a host without these packs every part as a whole. `inflate`
   * throws when there is more than `size`, or the piece is damaged.
   */
  readonly segments?: {
    inflate(packed: Uint8Array, size: number): Uint8Array;
    deflate(content: Uint8Array): Promise<Uint8Array>;
  };
  /** @param before that of what came before; 0 when not given */
  crc32(content: Uint8Array, before?: number): number;
  toBinary(bytes: Uint8Array): string;
  /** As `toBinary(encode(text))`; most are the texts of single cells. */
  encodeToBinary(text: string): string;
  /** The bytes of all pieces, one after the other. */
  fromBinary(pieces: Pieces): Uint8Array;
  encode(text: string): Uint8Array;
  /** @param encoding by its name on the web; UTF-8 when not given. @throws an error for one that the host does not know */
  decode(bytes: Uint8Array, encoding?: string): string;
}

/** Pieces put together to lots of about a megabyte; a larger piece is cut. */
export function* lotsOf(pieces: Pieces): Iterable<Pieces> {
  let lot: (string | Uint8Array)[] = [];
  let size = 0;
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; from += lotSize) {
      const to = Math.min(piece.length, from + lotSize);
      lot.push(typeof piece === "string" ? piece.slice(from, to) : piece.subarray(from, to));
      size += to - from;
      if (size < lotSize) continue;
      yield lot;
      lot = [];
      size = 0;
    }
  }
  if (size > 0) yield lot;
}

const lotSize = 0x10_0000;

const beyondAscii = /[^\0-\x7f]/;

/** The binary string of a text, in UTF-8. */
export function textToBinary(codec: Codec, text: string): string {
  return beyondAscii.test(text) ? codec.encodeToBinary(text) : text;
}

/** The text of a binary string in UTF-8; it does not keep what the string was cut from in memory. */
export function binaryToText(codec: Codec, binary: string): string {
  if (beyondAscii.test(binary)) return codec.decode(codec.fromBinary([binary]));
  return ownCopy(binary);
}

/** A text that does not keep what it was cut from in memory. */
export const ownCopy = (text: string): string => (text.length < shortestView ? text : ` ${text}`.slice(1));

/** Characters from which on V8 makes a view of what a string is cut from, and no copy. */
const shortestView = 13;
