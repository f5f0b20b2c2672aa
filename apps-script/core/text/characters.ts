/**
 * Classes of characters by code-point range. Ranges instead of `\p{…}`: the script properties are not
 * confirmed on every host, and what they hold changes with the Unicode version of the engine.
 */

type Ranges = ReadonlyArray<readonly [number, number]>;

/** No width, an effect on direction only, or a control code: people paste them without seeing them. */
const INVISIBLE: Ranges = [
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
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

/** Marks of any script in use here, signs such as + = < >, bullets and arrows. ① and ㈠ are text, not marks. */
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
  [0x2794, 0x2bff],
  [0x3001, 0x3004],
  [0x3008, 0x3020],
  [0x3030, 0x3030],
  [0x303d, 0x303f],
  [0x30a0, 0x30a0],
  [0x30fb, 0x30fb],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff0f],
  [0xff1a, 0xff20],
  [0xff3b, 0xff40],
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
  [0x2022, 0x2022],
  [0x2027, 0x2027],
  [0x2219, 0x2219],
  [0x22c5, 0x22c5],
  [0x30fb, 0x30fb],
  [0xff65, 0xff65],
];

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

function makeUnitTable(...sets: Ranges[]): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [from, to] of sets.flat()) table.fill(1, from, to + 1);
  return table;
}

const INVISIBLE_UNITS = makeUnitTable(INVISIBLE);
const SPACE_UNITS = makeUnitTable(SPACE);
const SEARCH_IGNORED_UNITS = makeUnitTable(INVISIBLE, SPACE, MIDDLE_DOTS);
const MARK_UNITS = makeUnitTable(INVISIBLE, SPACE, PUNCTUATION);

interface UnitTables {
  /** 1 for each unit that changes. */
  readonly changes: Uint8Array;
  readonly replacements: ReadonlyMap<number, string>;
}

/** What becomes of UTF-16 units; made when it is first asked for, since a script starts anew for every cell that is typed. */
export type UnitMap = () => UnitTables;

/** @param mapUnit gives the character that takes the place of a unit, "" to remove it, undefined to leave it */
export function makeUnitMap(mapUnit: (unit: number) => string | undefined): UnitMap {
  let made: UnitTables | undefined;
  return () => {
    made ??= makeUnitTables(mapUnit);
    return made;
  };
}

function makeUnitTables(mapUnit: (unit: number) => string | undefined): UnitTables {
  const changes = new Uint8Array(0x10000);
  const replacements = new Map<number, string>();
  for (let unit = 0; unit < changes.length; unit++) {
    const to = mapUnit(unit);
    if (to === undefined || to === String.fromCharCode(unit)) continue;
    changes[unit] = 1;
    replacements.set(unit, to);
  }
  return { changes, replacements };
}

/** Replaces units in one pass, faster than a regular expression with as many ranges; most texts stay as they are. */
export function mapUnits(s: string, map: UnitMap): string {
  const { changes, replacements } = map();
  const pieces: string[] = [];
  let from = 0;
  for (let i = 0; i < s.length; i++) {
    const unit = s.charCodeAt(i);
    if (changes[unit] === 0) continue;
    pieces.push(s.slice(from, i), replacements.get(unit) ?? "");
    from = i + 1;
  }
  return from === 0 ? s : pieces.join("") + s.slice(from);
}

const withoutUnits = (table: Uint8Array) => makeUnitMap((unit) => (table[unit] === 1 ? "" : undefined));

const WITHOUT_INVISIBLE = withoutUnits(INVISIBLE_UNITS);
const WITHOUT_SEARCH_IGNORED = withoutUnits(SEARCH_IGNORED_UNITS);
const WITHOUT_MARKS = withoutUnits(MARK_UNITS);

/** Removes what cannot be seen; spaces and line breaks stay. */
export function removeInvisible(s: string): string {
  return mapUnits(s, WITHOUT_INVISIBLE);
}

/** Replaces each run of white space of any kind, line breaks included. */
export function replaceSpaces(s: string, replacement: string): string {
  return s.replace(SPACE_ALL, replacement);
}

/** Removes punctuation, white space and what cannot be seen. */
export function removeMarks(s: string): string {
  return mapUnits(s, WITHOUT_MARKS);
}

/** Removes what can stand unnoticed inside a name: white space, middle dots, invisible characters (one unit each). */
export function removeSearchIgnored(s: string): string {
  return mapUnits(s, WITHOUT_SEARCH_IGNORED);
}

/** Whether removeInvisible removes this UTF-16 unit. */
export function isInvisible(unit: number): boolean {
  return INVISIBLE_UNITS[unit] === 1;
}

/** Whether replaceSpaces replaces this UTF-16 unit. */
export function isSpace(unit: number): boolean {
  return SPACE_UNITS[unit] === 1;
}

/** Whether removeSearchIgnored removes this UTF-16 unit. */
export function isSearchIgnored(unit: number): boolean {
  return SEARCH_IGNORED_UNITS[unit] === 1;
}

/** Whether removeMarks removes this UTF-16 unit. */
export function isMark(unit: number): boolean {
  return MARK_UNITS[unit] === 1;
}
