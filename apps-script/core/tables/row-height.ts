/** Height of a row in points for a text that wraps at `width` characters, a Chinese character taking two. */
export function rowHeight(text: string, width: number, least = 24): number {
  const lines = text.split("\n").map((line) => {
    let units = 0;
    for (let i = 0; i < line.length; i++) units += line.charCodeAt(i) > 0xff ? 2 : 1;
    return Math.max(1, Math.ceil(units / (width - 2)));
  });
  const tallest = 400;
  return Math.min(tallest, Math.max(least, lines.reduce((a, b) => a + b, 0) * 15 + 8));
}
