import { mapInto } from "./character-map.ts";
import { comparisonMap } from "./clean.ts";
import { SHINGLE_LENGTH } from "./shingles.ts";

/** The same words in two texts: UTF-16 indexes into each, ends exclusive. Marks, spaces and look-alikes may differ inside. */
export interface MatchingPassage {
  readonly a: readonly [start: number, end: number];
  readonly b: readonly [start: number, end: number];
}

interface Bare {
  readonly units: Uint16Array;
  /** Where in the text the character of each unit stands. */
  readonly places: Uint32Array;
}

/** Places in the other text that are tried for one beginning: phrases that stand everywhere cost no more. */
const triedPlaces = 32;
/** Passages with fewer units than this between them on both sides are shown as one. */
const joinedGap = 6;

function bareOf(text: string): Bare {
  const units = new Uint16Array(text.length);
  const places = new Uint32Array(text.length);
  const length = mapInto(text, comparisonMap(), units, 0, places);
  return { units: units.subarray(0, length), places: places.subarray(0, length) };
}

const keyAt = (units: Uint16Array, at: number) => String.fromCharCode(...units.subarray(at, at + SHINGLE_LENGTH));

function indexOf(units: Uint16Array): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (let at = 0; at + SHINGLE_LENGTH <= units.length; at++) {
    const key = keyAt(units, at);
    const places = index.get(key);
    if (!places) index.set(key, [at]);
    else if (places.length < triedPlaces) places.push(at);
  }
  return index;
}

function matchLength(a: Uint16Array, i: number, b: Uint16Array, j: number): number {
  let length = 0;
  while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length++;
  return length;
}

/**
 * The passages that two texts share, in the order of `b`: each the longest that begins where it begins, at least
 * `shortest` characters without marks and spaces. What `a` says once may be matched several times.
 */
export function findMatchingPassages(a: string, b: string, shortest = 12): MatchingPassage[] {
  const [left, right] = [bareOf(a), bareOf(b)];
  const index = indexOf(left.units);
  const found: { i: number; j: number; iEnd: number; jEnd: number }[] = [];
  for (let j = 0; j + SHINGLE_LENGTH <= right.units.length; ) {
    const last = found[found.length - 1];
    let best = { i: 0, length: 0 };
    for (const i of index.get(keyAt(right.units, j)) ?? []) {
      const length = matchLength(left.units, i, right.units, j);
      // Of equal ones that which goes on where the last one ended.
      if (length > best.length || (length === best.length && last && i === last.iEnd)) best = { i, length };
    }
    if (best.length < shortest) {
      j++;
      continue;
    }
    const next = { i: best.i, j, iEnd: best.i + best.length, jEnd: j + best.length };
    if (last && next.i >= last.iEnd && next.i - last.iEnd < joinedGap && next.j - last.jEnd < joinedGap) {
      last.iEnd = next.iEnd;
      last.jEnd = next.jEnd;
    } else found.push(next);
    j = next.jEnd;
  }
  const span = (text: string, { places }: Bare, from: number, to: number): [number, number] => {
    const last = places[to - 1] ?? 0;
    return [places[from] ?? 0, last + String.fromCodePoint(text.codePointAt(last) ?? 0).length];
  };
  return found.map(({ i, iEnd, j, jEnd }) => ({ a: span(a, left, i, iEnd), b: span(b, right, j, jEnd) }));
}
