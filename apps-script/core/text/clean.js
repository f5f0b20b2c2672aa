import { makeMap, mapCharacters, removed } from "./character-map.ts";
import {
  CJK_PATTERN,
  isSpace,
  MIDDLE_DOT_PATTERN,
  removeInvisible,
  removeInvisibles,
  removeMarks,
  replaceSpaces,
} from "./characters.ts";
import { letters, plainForms, sameCharacters, variants } from "./look-alike-table.ts";

const FULL_WIDTH_ALPHANUMERIC = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const CARRIAGE_RETURN = /\r\n?/g;
const LINE_BREAK = /[\v\f\u0085\u2028\u2029]/;
const WIDE_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const SPACE_AT_CJK = new RegExp(`(${CJK_PATTERN}|·) +| +(?=${CJK_PATTERN}|·)`, "g");
const MIDDLE_DOT = new RegExp(MIDDLE_DOT_PATTERN, "g");
const FULL_STOP_IN_NAME = new RegExp(`(${CJK_PATTERN}) ?[.\uff0e] ?(?=${CJK_PATTERN})`, "g");
/** The half-width form of a UTF-16 unit. */
const halfWidthUnit = (unit) => (unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit);
const halfWidth = (character) => String.fromCharCode(halfWidthUnit(character.charCodeAt(0)));
const HALF_WIDTH = makeMap((draft) => {
  for (let unit = 0xff01; unit <= 0xff5e; unit++) draft.set(unit, halfWidthUnit(unit));
});
const RUNNING_TEXT = makeMap((draft) => {
  removeInvisibles(draft);
  for (let unit = 0; unit <= 0x3000; unit++) {
    const character = String.fromCharCode(unit);
    if (LINE_BREAK.test(character)) draft.set(unit, 0x0a);
    else if (WIDE_SPACE.test(character)) draft.set(unit, 0x20);
  }
});
const STANDARD = makeMap((draft) => draft.unify(sameCharacters));
const IDENTIFIER = makeMap((draft) => {
  removeInvisibles(draft);
  for (let unit = 0; unit <= 0x3000; unit++) if (isSpace(unit)) draft.set(unit, removed);
  draft.unify(sameCharacters);
  draft.unify(plainForms);
});
/** Roman numerals and letters in circles have capitals too; scripts beyond them write no name here. */
const lastCapital = 0x24cf;
/** Look-alikes, width, font, accents and case: what every comparison folds. */
export function foldLookAlikes(draft) {
  draft.unifyGroups(letters);
  draft.unifyGroups(variants);
  for (let unit = 0x41; unit <= lastCapital; unit++) {
    const lower = String.fromCodePoint(draft.at(unit)).toLowerCase();
    if (lower.length === 1) draft.set(unit, lower.charCodeAt(0));
  }
  draft.fold(plainForms);
  draft.fold(sameCharacters);
}
/** The map of foldForComparison. */
export const comparisonMap = makeMap((draft) => {
  removeMarks(draft);
  foldLookAlikes(draft);
});
/** Full-width ASCII (U+FF01–FF5E) becomes half-width; everything else stays, the full-width space too. */
export function toHalfWidth(s) {
  return mapCharacters(s, HALF_WIDTH);
}
/** Running text: invisible characters removed, NBSP and wide spaces a plain space, line breaks `\n`, trimmed. */
export function cleanText(s) {
  const text = mapCharacters(s, RUNNING_TEXT);
  return (text.includes("\r") ? text.replace(CARRIAGE_RETURN, "\n") : text).trim();
}
/** Hyphens, dashes and minus signs of any width and script, and what input methods and forms put in their place. */
const DASHES =
  /[\u2014\u2015\u2500\u2501]{2}|[\u058a\u2010-\u2015\u2043\u2212\u23af\u2500\u2501\u2796\u2e3a\u2e3b\u30fc\ufe31\ufe32\ufe58\ufe63\uff0d\uff70]/g;
/** Every dash as one `-`, a dash of two characters such as `——` too. */
export function joinDashes(s) {
  return s.replace(DASHES, "-");
}
/**
 * Ids, accounts, codes: half-width, standard characters, without invisible characters and without any white space, every
 * dash a `-`.
 */
export function cleanIdentifier(s) {
  return joinDashes(mapCharacters(s, IDENTIFIER));
}
const SAME_LETTERS = makeMap(foldLookAlikes);
/** The key under which identifiers are equal: cleaned, look-alikes folded, lower case; marks stay. */
export function foldIdentifier(s) {
  return mapCharacters(cleanIdentifier(s), SAME_LETTERS);
}
/**
 * A person's name: no white space beside a Chinese character, single spaces in a Latin name, half-width letters, standard
 * characters, and every kind of middle dot written `·` (a full stop too, where it stands between Chinese characters).
 */
export function cleanName(s) {
  return replaceSpaces(removeInvisible(toStandardCharacters(s)), " ")
    .trim()
    .replace(FULL_WIDTH_ALPHANUMERIC, halfWidth)
    .replace(FULL_STOP_IN_NAME, "$1·")
    .replace(MIDDLE_DOT, "·")
    .replace(SPACE_AT_CJK, "$1");
}
/** Radicals and compatibility ideographs, which PDF files yield, as the ideographs that they are. */
export function toStandardCharacters(s) {
  return mapCharacters(s, STANDARD);
}
/**
 * The key under which names of people and units, titles and choices are equal: without spaces, marks and what cannot be
 * seen, look-alikes folded, half-width, lower case, traditional characters as simplified ones.
 */
export function foldForComparison(s) {
  return mapCharacters(s, comparisonMap);
}
/** Whether two texts are one under foldForComparison; a text of marks alone is equal to itself only. */
export function isSameText(a, b) {
  if (a === b) return true;
  const folded = foldForComparison(a);
  return folded !== "" && folded === foldForComparison(b);
}
/** The label of a list that a cell means. */
export function findLabel(labels, text) {
  return labels.includes(text) ? text : labels.find((label) => isSameText(label, text));
}
