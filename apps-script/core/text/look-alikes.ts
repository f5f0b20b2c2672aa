import { cleanText, foldForComparison } from "./clean.ts";

/** A character of a text that is written as another one, and that one. */
interface LookAlike {
  readonly character: string;
  readonly standard: string;
}

/** The characters that count in a comparison, with what they are folded to. */
function countingCharacters(text: string): { character: string; folded: string }[] {
  return [...cleanText(text)]
    .map((character) => ({ character, folded: foldForComparison(character) }))
    .filter(({ folded }) => folded !== "");
}

/** Width and case are plain to see. */
const isPlainToSee = (a: string, b: string) => /^[\u0020-\u007e\uff01-\uff5e]$/.test(a) && /^[\u0020-\u007e]$/.test(b);

/**
 * Where a text that is folded like the right one is written with other characters, each once; none where the two are not
 * folded alike.
 */
export function findLookAlikes(text: string, right: string): LookAlike[] {
  const [typed, wanted] = [countingCharacters(text), countingCharacters(right)];
  if (typed.length !== wanted.length) return [];
  const found = new Map<string, LookAlike>();
  for (const [i, { character, folded }] of typed.entries()) {
    const other = wanted[i];
    if (folded !== other?.folded) return [];
    if (character === other.character || isPlainToSee(character, other.character)) continue;
    found.set(character, { character, standard: other.character });
  }
  return [...found.values()];
}
