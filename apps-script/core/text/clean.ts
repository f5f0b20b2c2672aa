import {
  CJK_PATTERN,
  isInvisible,
  isMark,
  isSpace,
  MIDDLE_DOT_PATTERN,
  makeUnitMap,
  mapUnits,
  removeInvisible,
  replaceSpaces,
} from "./characters.ts";

const FULL_WIDTH_ALPHANUMERIC = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const CARRIAGE_RETURN = /\r\n?/g;
const LINE_BREAK = /[\v\f\u0085\u2028\u2029]/;
const WIDE_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

const SPACE_AT_CJK = new RegExp(`(${CJK_PATTERN}|·) +| +(?=${CJK_PATTERN}|·)`, "g");
const MIDDLE_DOT = new RegExp(MIDDLE_DOT_PATTERN, "g");
const FULL_STOP_IN_NAME = new RegExp(`(${CJK_PATTERN}) ?[.\uff0e] ?(?=${CJK_PATTERN})`, "g");

/** The half-width form of a UTF-16 unit. */
export const halfWidthUnit = (unit: number) => (unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit);

const halfWidth = (character: string) => String.fromCharCode(halfWidthUnit(character.charCodeAt(0)));

const HALF_WIDTH = makeUnitMap((unit) => String.fromCharCode(halfWidthUnit(unit)));
const IDENTIFIER = makeUnitMap((unit) =>
  isInvisible(unit) || isSpace(unit) ? "" : String.fromCharCode(halfWidthUnit(unit)),
);
const COMPARISON = makeUnitMap((unit) => (isMark(halfWidthUnit(unit)) ? "" : String.fromCharCode(halfWidthUnit(unit))));
const RUNNING_TEXT = makeUnitMap((unit) => {
  if (isInvisible(unit)) return "";
  const character = String.fromCharCode(unit);
  return LINE_BREAK.test(character) ? "\n" : WIDE_SPACE.test(character) ? " " : undefined;
});

/** Full-width ASCII (U+FF01–FF5E) becomes half-width; everything else stays, the full-width space too. */
export function toHalfWidth(s: string): string {
  return mapUnits(s, HALF_WIDTH);
}

/** Running text: invisible characters removed, NBSP and wide spaces a plain space, line breaks `\n`, trimmed. */
export function cleanText(s: string): string {
  const text = mapUnits(s, RUNNING_TEXT);
  return (text.includes("\r") ? text.replace(CARRIAGE_RETURN, "\n") : text).trim();
}

/** Hyphens, dashes and minus signs of any width and script, and what input methods and forms put in their place. */
const DASHES =
  /[\u2014\u2015\u2500\u2501]{2}|[\u058a\u2010-\u2015\u2043\u2212\u23af\u2500\u2501\u2796\u30fc\ufe31\ufe32\ufe58\ufe63\uff0d\uff70]/g;

/** Every dash as one `-`, a dash of two characters such as `——` too. */
export function joinDashes(s: string): string {
  return s.replace(DASHES, "-");
}

/** Ids, accounts, codes: half-width, without invisible characters and without any white space, every dash a `-`. */
export function cleanIdentifier(s: string): string {
  return joinDashes(mapUnits(s, IDENTIFIER));
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
  return mapUnits(s, COMPARISON).toLowerCase();
}
