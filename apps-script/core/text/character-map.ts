import type { Run } from "./look-alike-table.ts";

/** What becomes of each character of a text. Most stay; a table by UTF-16 unit keeps long texts fast. */
interface CharacterMap {
  /** The unit that takes a unit's place, or `removed`, or `elsewhere` where `others` decides by code point. */
  readonly units: Uint16Array;
  /** By code point: the code point that takes its place, or `removed`. */
  readonly others: ReadonlyMap<number, number>;
}

/** U+FFFE and U+FFFF are no characters: no unit maps to them. */
export const removed = 0xfffe;
export const elsewhere = 0xffff;

/** Made when it is first asked for: a script starts anew for every cell that is typed. */
type LazyMap = () => CharacterMap;

/** Ranges of code points, ends inclusive. */
export type Ranges = ReadonlyArray<readonly [number, number]>;

function* charactersOf(runs: readonly Run[]): Iterable<[code: number, target: number]> {
  for (const [first, targets] of runs) {
    let code = first;
    for (const target of targets) {
      if (target !== " ") yield [code, target.codePointAt(0) as number];
      code++;
    }
  }
}

/** A map that is being drawn: at first each character stays. */
export class MapDraft {
  readonly units = new Uint16Array(0x10000).map((_, unit) => unit);
  readonly others = new Map<number, number>();

  /** The code point that takes the place of `code` so far, or `removed`. */
  at(code: number): number {
    const to = code > 0xffff ? elsewhere : (this.units[code] as number);
    return to === elsewhere ? (this.others.get(code) ?? code) : to;
  }

  set(code: number, to: number): void {
    if (code <= 0xffff && to <= 0xffff) {
      this.units[code] = to;
      return;
    }
    this.others.set(code, to);
    // The first unit of a pair asks for the whole pair.
    this.units[code > 0xffff ? 0xd800 + ((code - 0x10000) >> 10) : code] = elsewhere;
  }

  remove(ranges: Ranges): void {
    for (const [from, to] of ranges) for (let code = from; code <= to; code++) this.set(code, removed);
  }

  /** Each character of the runs becomes what the one that it is has become by now. */
  unify(runs: readonly Run[]): void {
    for (const [code, target] of charactersOf(runs)) this.set(code, this.at(target));
  }

  /** Like `unify`, but no character becomes longer: where one unit stands for a pair, the pair becomes the unit. */
  fold(runs: readonly Run[]): void {
    for (const [code, target] of charactersOf(runs)) {
      const to = this.at(target);
      if (code <= 0xffff && to > 0xffff) this.set(to, code);
      else this.set(code, to);
    }
  }

  /** Each character of a group becomes the first one of it. */
  unifyGroups(groups: string): void {
    let first = 0;
    for (const character of groups) {
      const code = character.codePointAt(0) as number;
      if (character === " ") first = 0;
      else if (first === 0) first = code;
      else this.set(code, first);
    }
  }
}

export function makeMap(draw: (draft: MapDraft) => void): LazyMap {
  let made: CharacterMap | undefined;
  return () => {
    if (!made) {
      const draft = new MapDraft();
      draw(draft);
      made = draft;
    }
    return made;
  };
}

/** Maps a text in one pass, faster than a regular expression with as many ranges; most texts stay as they are. */
export function mapCharacters(s: string, map: LazyMap): string {
  const { units, others } = map();
  for (let i = 0; i < s.length; i++) {
    const unit = s.charCodeAt(i);
    if (units[unit] !== unit) return mapFrom(i, s, units, others);
  }
  return s;
}

/** @param first where something may change */
function mapFrom(first: number, s: string, units: Uint16Array, others: CharacterMap["others"]): string {
  const pieces: string[] = [];
  let from = 0;
  for (let i = first; i < s.length; i++) {
    const unit = s.charCodeAt(i);
    let to = units[unit] as number;
    if (to === unit) continue;
    let width = 1;
    if (to === elsewhere) {
      const code = s.codePointAt(i) as number;
      if (code > 0xffff) width = 2;
      to = others.get(code) ?? code;
    }
    pieces.push(s.slice(from, i), to === removed ? "" : String.fromCodePoint(to));
    from = i + width;
    i = from - 1;
  }
  return from === 0 ? s : pieces.join("") + s.slice(from);
}

/**
 * Writes a mapped text into `out` from `end` on.
 *
 * @param map one that makes no character longer
 * @param places receives the index in `s` of the character that each unit comes from
 * @returns the new end
 */
export function mapInto(
  s: string,
  { units, others }: CharacterMap,
  out: Uint16Array,
  end: number,
  places?: Uint32Array,
): number {
  let at = end;
  const put = (unit: number, place: number) => {
    if (places) places[at] = place;
    out[at++] = unit;
  };
  for (let i = 0; i < s.length; i++) {
    const to = units[s.charCodeAt(i)] as number;
    if (to !== elsewhere) {
      if (places) places[at] = i;
      out[at] = to;
      // What is removed is written over by what comes next: without a branch, which marks in prose would mislead.
      at += (to - removed) >>> 31;
      continue;
    }
    const code = s.codePointAt(i) as number;
    const other = others.get(code) ?? code;
    if (other > 0xffff) {
      put(0xd800 + ((other - 0x10000) >> 10), i);
      put(0xdc00 + ((other - 0x10000) & 0x3ff), i);
    } else if (other !== removed) put(other, i);
    if (code > 0xffff) i++;
  }
  return at;
}
