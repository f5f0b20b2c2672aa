/**
 * Classes of characters by code-point range. Ranges instead of `\p{…}`: the script properties are not
 * confirmed on every host, and what they hold changes with the Unicode version of the engine.
 */

import { type MapDraft, makeMap, mapCharacters, type Ranges } from "./character-map.ts";
import { ignorable } from "./look-alike-table.ts";

/** No width, an effect on direction only, a control code, or blank: people paste them without seeing them. */
const INVISIBLE: Ranges = [
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0x2800, 0x2800],
  [0xfff9, 0xfffb],
  [0xffff, 0xffff],
  ...ignorable,
];

const SPACE: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

/**
 * Marks of any script in use here, signs such as + = < >, bullets and arrows. ① and ㈠ are text, not marks. Full-width
 * letters and marks up to ～ are folded to the half-width ones, so their marks are not listed.
 */
const PUNCTUATION: Ranges = [
  [0x21, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0x7e],
  [0xa1, 0xa9],
  [0xab, 0xac],
  [0xae, 0xb1],
  [0xb4, 0xb4],
  [0xb6, 0xb8],
  [0xbb, 0xbb],
  [0xbf, 0xbf],
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2190, 0x245f],
  [0x2500, 0x2775],
  [0x2794, 0x27ff],
  [0x2801, 0x2bff],
  [0x2e00, 0x2e7f],
  [0x3001, 0x3004],
  [0x3008, 0x3020],
  [0x3030, 0x3030],
  [0x303d, 0x303f],
  [0x30a0, 0x30a0],
  [0x30fb, 0x30fb],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff5b, 0xff65],
  [0xffe0, 0xffee],
];

const CJK: Ranges = [
  [0x2e80, 0x2fdf],
  [0x3005, 0x3007],
  [0x3021, 0x3029],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
];

/** The dots that stand between the parts of a transliterated name, of which · is the standard one (GB/T 15834). */
const MIDDLE_DOTS: Ranges = [
  [0xb7, 0xb7],
  [0x387, 0x387],
  [0x1427, 0x1427],
  [0x16eb, 0x16eb],
  [0x2022, 0x2022],
  [0x2024, 0x2024],
  [0x2027, 0x2027],
  [0x2218, 0x2219],
  [0x22c5, 0x22c5],
  [0x25e6, 0x25e6],
  [0x2981, 0x2981],
  [0x2e30, 0x2e31],
  [0x2e33, 0x2e33],
  [0x30fb, 0x30fb],
  [0xa78f, 0xa78f],
  [0xff65, 0xff65],
];

/** Stops, hyphens and dashes, which people type for such a dot; they end sentences and join words as well. */
const DOTLIKE: Ranges = [
  [0x2d, 0x2e],
  [0x2010, 0x2015],
  [0x2043, 0x2043],
  [0x2212, 0x2212],
  [0x2e3a, 0x2e3b],
  [0x3002, 0x3002],
  [0xfe52, 0xfe52],
  [0xfe58, 0xfe58],
  [0xfe63, 0xfe63],
  [0xff0d, 0xff0e],
  [0xff61, 0xff61],
];

/** Accents and sound marks that combine with the letter before them. */
const COMBINING: Ranges = [
  [0x300, 0x36f],
  [0x3099, 0x309c],
  [0xff9e, 0xff9f],
];

/** Stands in a text for a picture. */
const OBJECT: Ranges = [[0xfffc, 0xfffc]];

const escapeCode = (code: number) => `\\u${code.toString(16).padStart(4, "0")}`;

/** The body of a regular-expression class; escaped, so that a range may start at a mark with a meaning. */
const classOf = (...sets: Ranges[]) =>
  sets.flatMap((ranges) => ranges.map(([from, to]) => `${escapeCode(from)}-${escapeCode(to)}`)).join("");

/** Supplementary ideographs, as pairs of UTF-16 units. */
const CJK_PAIR = "[\\ud840-\\ud88f][\\udc00-\\udfff]";

const SPACE_ALL = new RegExp(`[${classOf(SPACE)}]+`, "g");

/** Source of a regular expression that matches one ideograph. */
export const CJK_PATTERN = `(?:[${classOf(CJK)}]|${CJK_PAIR})`;

/** Source of a regular expression that matches one middle dot of any kind. */
export const MIDDLE_DOT_PATTERN = `[${classOf(MIDDLE_DOTS)}]`;

/** Whether a text holds a stop, a hyphen or a dash. */
export const DOTLIKE_PATTERN = `[${classOf(DOTLIKE)}]`;

/** What can stand unnoticed inside a name: white space, middle dots, what cannot be seen. */
export function removeUnnoticed(draft: MapDraft): void {
  for (const ranges of [INVISIBLE, SPACE, MIDDLE_DOTS, COMBINING, OBJECT]) draft.remove(ranges);
}

export const removeDotlike = (draft: MapDraft): void => draft.remove(DOTLIKE);

/** Punctuation, white space and what cannot be seen. */
export function removeMarks(draft: MapDraft): void {
  removeUnnoticed(draft);
  draft.remove(PUNCTUATION);
}

export const removeInvisibles = (draft: MapDraft): void => draft.remove(INVISIBLE);

const WITHOUT_INVISIBLE = makeMap(removeInvisibles);

/** Removes what cannot be seen; spaces and line breaks stay. */
export function removeInvisible(s: string): string {
  return mapCharacters(s, WITHOUT_INVISIBLE);
}

/** Replaces each run of white space of any kind, line breaks included. */
export function replaceSpaces(s: string, replacement: string): string {
  return s.replace(SPACE_ALL, replacement);
}

const contains = (ranges: Ranges, code: number) => ranges.some(([from, to]) => from <= code && code <= to);

/** Whether removeInvisible removes this code point. */
export const isInvisible = (code: number): boolean => contains(INVISIBLE, code);

/** Whether replaceSpaces replaces this code point. */
export const isSpace = (code: number): boolean => contains(SPACE, code);
