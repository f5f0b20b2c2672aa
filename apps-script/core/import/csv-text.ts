/** How a .csv that somebody sent is to be read; the decoding and the splitting are the host's. */

/** Encodings without a mark, by the NULs between separators and line ends: UTF-16 puts one beside each. */
export function guessUtf16(bytes: ArrayLike<number>): "UTF-16LE" | "UTF-16BE" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "UTF-16LE";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "UTF-16BE";
  let little = 0;
  let big = 0;
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    if (isSeparator(bytes[i]) && bytes[i + 1] === 0) little += 1;
    if (bytes[i] === 0 && isSeparator(bytes[i + 1])) big += 1;
  }
  if (little + big === 0) return undefined;
  return little >= big ? "UTF-16LE" : "UTF-16BE";
}

function isSeparator(byte: number | undefined): boolean {
  return byte === 0x2c || byte === 0x09 || byte === 0x3b || byte === 0x0a || byte === 0x0d;
}

/** Whether bytes are UTF-8 without an error (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF). */
export function isUtf8(bytes: ArrayLike<number>): boolean {
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i++] ?? 0;
    if (lead < 0x80) continue;
    const more =
      lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    if (more === 0) return false;
    const first = bytes[i] ?? 0;
    if (lead === 0xe0 && first < 0xa0) return false;
    if (lead === 0xed && first > 0x9f) return false;
    if (lead === 0xf0 && first < 0x90) return false;
    if (lead === 0xf4 && first > 0x8f) return false;
    for (let n = 0; n < more; n++) {
      const next = bytes[i++] ?? 0;
      if (next < 0x80 || next > 0xbf) return false;
    }
  }
  return true;
}

/** In the order in which they win a tie: the rarer inside a cell, the earlier. */
const delimiters = ["\t", ",", ";", "|", "，", "；"];

/**
 * The delimiter that splits the first rows most evenly.
 *
 * @param split the first rows of a text, split by a delimiter
 */
export function findDelimiter(
  text: string,
  split: (text: string, delimiter: string, rows: number) => readonly (readonly string[])[],
): string {
  const head = text.slice(0, 50_000);
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of delimiters) {
    const widths = split(head, delimiter, 20)
      .map((row) => row.length)
      .filter((width) => width > 1);
    const tally = new Map<number, number>();
    for (const width of widths) tally.set(width, (tally.get(width) ?? 0) + 1);
    // Rows that a mark inside a cell has made longer are split by it all the same.
    const wider = (width: number) => widths.filter((each) => each >= width).length;
    const score = Math.max(0, ...[...tally].map(([width, rows]) => (rows > 1 ? wider(width) : 1) * Math.min(width, 4)));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
