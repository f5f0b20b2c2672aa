import { CJK_PATTERN, MIDDLE_DOT_PATTERN, removeInvisible, removeMarks, replaceSpaces } from "./characters.ts";

const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_ALPHANUMERIC = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const WIDE_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

const SPACE_AT_CJK = new RegExp(`(${CJK_PATTERN}|·) +| +(?=${CJK_PATTERN}|·)`, "g");
const MIDDLE_DOT = new RegExp(MIDDLE_DOT_PATTERN, "g");
const FULL_STOP_IN_NAME = new RegExp(`(${CJK_PATTERN}) ?[.\uff0e] ?(?=${CJK_PATTERN})`, "g");

const halfWidth = (c: string) => String.fromCharCode(c.charCodeAt(0) - 0xfee0);

/** Full-width ASCII (U+FF01–FF5E) becomes half-width; everything else stays, the full-width space too. */
export function toHalfWidth(s: string): string {
  return s.replace(FULL_WIDTH, halfWidth);
}

/** Running text: invisible characters removed, NBSP and wide spaces a plain space, line breaks `\n`, trimmed. */
export function cleanText(s: string): string {
  return removeInvisible(s).replace(LINE_BREAK, "\n").replace(WIDE_SPACE, " ").trim();
}

/** Ids, accounts, codes: half-width, without invisible characters and without any white space. */
export function cleanIdentifier(s: string): string {
  return replaceSpaces(toHalfWidth(removeInvisible(s)), "");
}

/**
 * A person's name: no white space beside a Chinese character, single spaces in a Latin name, half-width
 * letters, and every kind of middle dot written `·` (a full stop too, where it stands between Chinese characters).
 */
export function cleanName(s: string): string {
  return replaceSpaces(removeInvisible(s), " ")
    .trim()
    .replace(FULL_WIDTH_ALPHANUMERIC, halfWidth)
    .replace(FULL_STOP_IN_NAME, "$1·")
    .replace(MIDDLE_DOT, "·")
    .replace(SPACE_AT_CJK, "$1");
}

/** The key under which names of units, titles and choices are equal: half-width, lower case, no spaces, no marks. */
export function foldForComparison(s: string): string {
  return removeMarks(toHalfWidth(s)).toLowerCase();
}
