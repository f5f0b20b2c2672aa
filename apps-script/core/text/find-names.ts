import { isSearchIgnored, removeSearchIgnored } from "./characters.ts";
import { toHalfWidth } from "./clean.ts";

/** One occurrence: UTF-16 indexes into the original text, `end` exclusive, and what stands there. */
export interface HiddenMatch {
  start: number;
  end: number;
  slice: string;
}

/** A text made ready once for many searches. */
export interface SearchableText {
  original: string;
  folded: string;
}

/** Folds unit by unit, so that the n-th unit of the result is the n-th unit of the text that is not ignored. */
function foldForSearch(s: string): string {
  return toHalfWidth(removeSearchIgnored(s)).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Prepares a text that is searched for several needles; the result goes to findHidden. */
export function makeSearchable(text: string): SearchableText {
  return { original: text, folded: foldForSearch(text) };
}

/**
 * Occurrences of `needle` in `text`, from left to right, not overlapping. White space, line breaks, middle dots and
 * invisible characters inside either do not count; neither do width and the case of Latin letters.
 */
export function findHidden(text: string | SearchableText, needle: string): HiddenMatch[] {
  const { original, folded } = typeof text === "string" ? makeSearchable(text) : text;
  const wanted = foldForSearch(needle);
  const matches: HiddenMatch[] = [];
  if (wanted === "") return matches;
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
