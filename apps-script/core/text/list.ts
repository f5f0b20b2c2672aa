import { CJK_PATTERN } from "./characters.ts";
import { cleanText } from "./clean.ts";

const SEPARATORS = /[、﹑､，,；;/／|｜\r\n\t\v\u0085\u2028\u2029]/;
const CHINESE_WORD = new RegExp(`^${CJK_PATTERN}{2,}$`);

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
