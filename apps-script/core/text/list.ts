import { CJK_PATTERN } from "./characters.ts";
import { cleanText } from "./clean.ts";

/** Marks that separate the entries of a list; line breaks and tabs do as well. */
export const listMarks = "、﹑､，,；;/／|｜";
const SEPARATORS = new RegExp(`[${listMarks}\\r\\n\\t\\v\\u0085\\u2028\\u2029]`);
const CHINESE_WORD = new RegExp(`^${CJK_PATTERN}{2,}$`);

/**
 * The keywords in one cell. Spaces separate where nothing else does, since keywords are words; letters that stand one by one
 * are one word. The live check counts them the same way.
 */
export function splitKeywords(s: string): string[] {
  const entries = splitList(s);
  const [only] = entries;
  if (entries.length !== 1 || only === undefined || SEPARATORS.test(s.trim())) return entries;
  const words = only.split(/ +/);
  return words.every((word) => word.length === 1) ? [words.join("")] : words;
}

/**
 * The entries of a list in one cell, cleaned, in order, empty ones dropped.
 * Plain spaces separate only where nothing else does and every piece is a Chinese word of two characters or
 * more: `张 三` is one name with a space in it, and `machine learning` one keyword.
 */
export function splitList(s: string): string[] {
  const pieces = s
    .split(SEPARATORS)
    .map(cleanText)
    .filter((piece) => piece !== "");
  const [only] = pieces;
  if (pieces.length !== 1 || only === undefined || SEPARATORS.test(s.trim())) return pieces;
  const words = only.split(/ +/);
  return words.every((word) => CHINESE_WORD.test(word)) ? words : pieces;
}

/** The first `most` lines, and where there are more, what `tellRest` says of as many as are left out. */
export function firstLines(
  lines: readonly string[],
  most: number,
  tellRest: (left: number) => string = (left) => `……另有 ${left} 条`,
): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), tellRest(lines.length - most)];
}

const mostOfName = 40;

/** A name as a list shows it: what somebody typed into its cell may be a whole text. */
export function shortName(name: string): string {
  const characters = [...name];
  return characters.length > mostOfName ? `${characters.slice(0, mostOfName).join("")}…` : name;
}

/** `“甲”、“乙”`. */
export function quoteEach(texts: readonly string[]): string {
  return texts.map((text) => `“${text}”`).join("、");
}
