import { isSearchIgnored, makeUnitMap, mapUnits } from "./characters.ts";
import { halfWidthUnit } from "./clean.ts";

/** One occurrence: UTF-16 indexes into the original text, `end` exclusive, and what stands there. */
export interface HiddenMatch {
  start: number;
  end: number;
  slice: string;
}

/** A text made ready once for many searches. */
export interface SearchableText {
  readonly original: string;
  readonly folded: string;
  /** A bit for each folded unit by its low bits: what is not there needs no search. */
  readonly units: Uint32Array;
}

/** Letters and digits become narrow, other marks wide: running Chinese text is so already and need not be copied. */
const SEARCH = makeUnitMap((unit) => {
  if (isSearchIgnored(unit)) return "";
  const half = halfWidthUnit(unit);
  const character = String.fromCharCode(half);
  if (/[0-9A-Za-z]/.test(character)) return character.toLowerCase();
  return half >= 0x21 && half <= 0x7e ? String.fromCharCode(half + 0xfee0) : undefined;
});

/** Folds unit by unit, so that the n-th unit of the result is the n-th unit of the text that is not ignored. */
const foldForSearch = (s: string) => mapUnits(s, SEARCH);

let knownFolds: Uint16Array | undefined;

/** The folded unit of each unit. */
function foldedUnits(): Uint16Array {
  knownFolds ??= new Uint16Array(0x10000).map((_, unit) => foldForSearch(String.fromCharCode(unit)).charCodeAt(0));
  return knownFolds;
}

const unitWords = 128;

/** Prepares a text that is searched for several needles; the result goes to findHidden. */
export function makeSearchable(text: string): SearchableText {
  const units = new Uint32Array(unitWords);
  const folds = foldedUnits();
  for (let i = 0; i < text.length; i++) {
    const unit = folds[text.charCodeAt(i)] as number;
    const word = (unit >> 5) % unitWords;
    units[word] = (units[word] as number) | (1 << (unit & 31));
  }
  let folded: string | undefined;
  return {
    original: text,
    get folded() {
      folded ??= foldForSearch(text);
      return folded;
    },
    units,
  };
}

function mayHold(units: Uint32Array, wanted: string): boolean {
  for (let i = 0; i < wanted.length; i++) {
    const unit = wanted.charCodeAt(i);
    if (((units[(unit >> 5) % unitWords] as number) & (1 << (unit & 31))) === 0) return false;
  }
  return true;
}

/**
 * Occurrences of `needle` in `text`, from left to right, not overlapping. White space, line breaks, middle dots and
 * invisible characters inside either do not count; neither do width and the case of Latin letters.
 */
export function findHidden(text: string | SearchableText, needle: string): HiddenMatch[] {
  const searchable = typeof text === "string" ? makeSearchable(text) : text;
  const wanted = foldForSearch(needle);
  const matches: HiddenMatch[] = [];
  if (wanted === "" || !mayHold(searchable.units, wanted)) return matches;
  const { original, folded } = searchable;
  let index = 0;
  let kept = 0;
  const seek = (target: number): number => {
    while (isSearchIgnored(original.charCodeAt(index)) || kept < target) {
      if (!isSearchIgnored(original.charCodeAt(index))) kept++;
      index++;
    }
    return index;
  };
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const start = seek(at);
    const end = seek(at + wanted.length - 1) + 1;
    matches.push({ start, end, slice: original.slice(start, end) });
  }
  return matches;
}
