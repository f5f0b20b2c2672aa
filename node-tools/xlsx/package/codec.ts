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
  /** As `deflate`, beside what else is done where the host can; its bytes may be others. */
  deflateLater(content: Uint8Array): Promise<Uint8Array>;
  crc32(content: Uint8Array): number;
  toBinary(bytes: Uint8Array): string;
  /** The bytes of binary strings and what is bytes already, one after the other. */
  fromBinary(chunks: readonly (string | Uint8Array)[]): Uint8Array;
  encode(text: string): Uint8Array;
  /** @param encoding by its name on the web; UTF-8 when not given. @throws an error for one that the host does not know */
  decode(bytes: Uint8Array, encoding?: string): string;
}

const beyondAscii = /[^\0-\x7f]/;

/** The binary string of a text, in UTF-8. */
export function textToBinary(codec: Codec, text: string): string {
  return beyondAscii.test(text) ? codec.toBinary(codec.encode(text)) : text;
}

/** The text of a binary string in UTF-8; it does not keep what the string was cut from in memory. */
export function binaryToText(codec: Codec, binary: string): string {
  if (beyondAscii.test(binary)) return codec.decode(codec.fromBinary([binary]));
  return binary.length < shortestView ? binary : ` ${binary}`.slice(1);
}

/** Characters from which on V8 makes a view of what a string is cut from, and no copy. */
const shortestView = 13;
