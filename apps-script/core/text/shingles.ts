import { isMark } from "./characters.ts";

/** Characters in a shingle (DESIGN §4, TEXT-DUPLICATE). */
export const SHINGLE_LENGTH = 8;

/**
 * The distinct shingles of every text. Those that may stand in further texts have a number 0…count-1; those of text i
 * are `ids[starts[i]] … ids[starts[i + 1] - 1]`. Shingles met only once have none and are counted in `sizes` alone.
 */
export interface ShingleSets {
  /** Distinct shingles of each text, the unnumbered ones included. */
  sizes: Uint32Array;
  count: number;
  starts: Uint32Array;
  ids: Uint32Array;
  /** In how many texts each numbered shingle stands. */
  frequencies: Uint32Array;
}

const NONE = 0xffffffff;

function enlarge(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(array.length * 2);
  longer.set(array);
  return longer;
}

/** Numbers equal shingles equally. Compares the characters themselves: a collision of hashes changes nothing. */
class ShingleTable {
  count = 0;
  private readonly units: Uint16Array;
  /** Where each shingle was met first. */
  private positions = new Uint32Array(1 << 12);
  private hashes = new Uint32Array(1 << 12);
  /** The shingle that followed each one last time. */
  private followers = new Uint32Array(1 << 12);
  private slots = new Uint32Array(1 << 13);

  constructor(units: Uint16Array) {
    this.units = units;
  }

  /**
   * The number of the shingle at a position, a new one where it has not been met. `previous` is the shingle one
   * position before: what followed it last time shares all characters but the last, so one comparison tells.
   */
  numberAt(position: number, previous: number): number {
    if (previous !== NONE) {
      const follower = this.followers[previous]!;
      const last = SHINGLE_LENGTH - 1;
      if (follower !== 0 && this.units[this.positions[follower - 1]! + last] === this.units[position + last]) {
        return follower - 1;
      }
    }
    const id = this.look(position, this.hashAt(position));
    if (previous !== NONE) this.followers[previous] = id + 1;
    return id;
  }

  private look(position: number, hash: number): number {
    if (this.count === this.positions.length) this.grow();
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.slots[slot]!; entry !== 0; entry = this.slots[slot]!) {
      if (this.hashes[entry - 1] === hash && this.isSame(this.positions[entry - 1]!, position)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    this.positions[this.count] = position;
    this.hashes[this.count] = hash;
    this.slots[slot] = ++this.count;
    return this.count - 1;
  }

  private hashAt(position: number): number {
    let hash = 0;
    for (let i = 0; i < SHINGLE_LENGTH; i++) hash = Math.imul(hash ^ this.units[position + i]!, 0x9e3779b1);
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  private isSame(a: number, b: number): boolean {
    for (let i = 0; i < SHINGLE_LENGTH; i++) if (this.units[a + i] !== this.units[b + i]) return false;
    return true;
  }

  private grow(): void {
    this.positions = enlarge(this.positions);
    this.hashes = enlarge(this.hashes);
    this.followers = enlarge(this.followers);
    this.slots = new Uint32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let i = 0; i < this.count; i++) {
      let slot = this.hashes[i]! & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = i + 1;
    }
  }
}

const BASE = 0x01000193;
/** BASE to the power of SHINGLE_LENGTH, modulo 2 ** 32: the weight of the unit that leaves the window. */
const LEAVING = Array.from({ length: SHINGLE_LENGTH }).reduce<number>((power) => Math.imul(power, BASE), 1);

/** The hash of the window that ends at `at`, from the hash of the window before it. */
function roll(hash: number, units: Uint16Array, at: number, isFull: boolean): number {
  const entered = Math.imul(hash, BASE) + units[at]!;
  return (isFull ? entered - Math.imul(LEAVING, units[at - SHINGLE_LENGTH]!) : entered) | 0;
}

/** Spreads a rolling hash over all bits. */
function mix(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return spread ^ (spread >>> 13);
}

/** Calls `visit` for each shingle: the text, the position of its first unit, a hash. */
function forEachShingle(units: Uint16Array, ends: Uint32Array, visit: (text: number, at: number, hash: number) => void) {
  for (let text = 0, from = 0; text < ends.length; from = ends[text++]!) {
    let hash = 0;
    for (let at = from; at < ends[text]!; at++) {
      hash = roll(hash, units, at, at - from >= SHINGLE_LENGTH);
      if (at - from >= SHINGLE_LENGTH - 1) visit(text, at + 1 - SHINGLE_LENGTH, mix(hash));
    }
  }
}

/** The texts one behind the other, without marks, and where each ends. */
function joinBareTexts(texts: readonly string[]): { units: Uint16Array; ends: Uint32Array } {
  const units = new Uint16Array(texts.reduce((sum, text) => sum + text.length, 0));
  const ends = new Uint32Array(texts.length);
  let end = 0;
  texts.forEach((text, i) => {
    for (let k = 0; k < text.length; k++) {
      const unit = text.charCodeAt(k);
      if (!isMark(unit)) units[end++] = unit;
    }
    ends[i] = end;
  });
  return { units: units.subarray(0, end), ends };
}

/**
 * Shingles of texts without punctuation, spaces and invisible characters; a shorter text has none.
 * Most shingles of texts that people write stand nowhere else. A first pass over hashes alone finds them (never a
 * shingle that does stand elsewhere), so that the table holds the others only.
 */
export function makeShingleSets(texts: readonly string[]): ShingleSets {
  const { units, ends } = joinBareTexts(texts);
  const table = new ShingleTable(units);

  const hashMask = 2 ** Math.ceil(Math.log2(2 * units.length + 2)) - 1;
  const timesSeen = new Uint8Array(hashMask + 1);
  let repeated = 0;
  forEachShingle(units, ends, (_text, _at, hash) => {
    const times = timesSeen[hash & hashMask]!;
    repeated += times === 1 ? 2 : times === 2 ? 1 : 0;
    if (times < 2) timesSeen[hash & hashMask] = times + 1;
  });

  const sizes = new Uint32Array(texts.length);
  const starts = new Uint32Array(texts.length + 1);
  const ids = new Uint32Array(repeated);
  let seenIn = new Uint32Array(1 << 12);
  let previous = NONE;
  let previousAt = 0;
  let end = 0;
  forEachShingle(units, ends, (text, at, hash) => {
    if (timesSeen[hash & hashMask] === 1) {
      sizes[text]!++;
      return;
    }
    const id = table.numberAt(at, previousAt + 1 === at ? previous : NONE);
    previous = id;
    previousAt = at;
    if (id >= seenIn.length) seenIn = enlarge(seenIn);
    if (seenIn[id] === text + 1) return;
    seenIn[id] = text + 1;
    sizes[text]!++;
    ids[end++] = id;
    starts[text + 1]!++;
  });
  for (let text = 0; text < texts.length; text++) starts[text + 1]! += starts[text]!;
  const frequencies = new Uint32Array(table.count);
  for (let k = 0; k < end; k++) frequencies[ids[k]!]!++;
  return { sizes, count: table.count, starts, ids: ids.subarray(0, end), frequencies };
}
