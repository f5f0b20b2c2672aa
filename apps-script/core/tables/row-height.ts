/**
 * Lines of a text that wraps at `width` characters, of which a Chinese one takes two.
 *
 * @param slack what every character takes beyond that, where the font is a little wider
 */
export function countLines(text: string, width: number, slack = 0): number {
  let lines = 0;
  for (const line of text.split("\n")) {
    let taken = 0;
    for (const character of line) taken += (character.charCodeAt(0) > 0xff ? 2 : 1) + slack;
    lines += Math.max(1, Math.ceil(taken / Math.max(2, width)));
  }
  return lines;
}

/** Height of a row in points for a text in a column of this width, at least `least` and at most 400. */
export function rowHeight(text: string, width: number, least = 24): number {
  return Math.min(400, Math.max(least, countLines(text, width - 2) * 15 + 8));
}

/** Height in points of a row whose texts wrap inside their columns. */
export function wrappedHeight(cells: readonly { readonly text: string; readonly width: number }[]): number {
  return 6 + 15 * Math.max(1, ...cells.map(({ text, width }) => countLines(text, width - 2)));
}
