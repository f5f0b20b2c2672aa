import { isMark } from "./characters.ts";
import { hashWindows, markRepeated } from "./repeated-hashes.ts";

/** Characters in a shingle (rule TEXT-DUPLICATE). */
const SHINGLE_LENGTH = 8;

/**
 * The distinct shingles of every text. Those that may stand in further texts have a number 0…count-1; those of text i
 * are `ids[starts[i]] … ids[starts[i + 1] - 1]`. The others are counted in `sizes` alone.
 */
export interface ShingleSets {
  /** Distinct shingles of each text, with and without a number. */
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
  /** The shingle that followed each one last time, plus 1. */
  private followers = new Uint32Array(1 << 12);
  private slots = new Uint32Array(1 << 13);

  constructor(units: Uint16Array) {
    this.units = units;
  }

  /**
   * The number of the shingle at a position, a new one where it has not been met. `previous` is the shingle one
   * position before: what followed it last time shares all characters but the last, so one comparison tells.
   */
  numberAt(position: number, hash: number, previous: number): number {
    const last = SHINGLE_LENGTH - 1;
    if (previous !== NONE) {
      const follower = this.followers[previous]!;
      if (follower !== 0 && this.units[this.positions[follower - 1]! + last] === this.units[position + last]) {
        return follower - 1;
      }
    }
    const id = this.look(position, hash);
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
 * Most shingles of what people write stand nowhere else: hashes tell which ones might, and only those are looked up.
 */
export function makeShingleSets(texts: readonly string[]): ShingleSets {
  const { units, ends } = joinBareTexts(texts);
  const hashes = hashWindows(units, SHINGLE_LENGTH);
  const isRepeated = markRepeated(hashes);
  const mask = isRepeated.length - 1;
  const table = new ShingleTable(units);
  const sizes = new Uint32Array(texts.length);
  const starts = new Uint32Array(texts.length + 1);
  let seenIn = new Uint32Array(1 << 12);
  let end = 0;
  for (let text = 0, at = 0; text < texts.length; at = ends[text++]!) {
    let id = NONE;
    let size = 0;
    for (; at + SHINGLE_LENGTH <= ends[text]!; at++) {
      const hash = hashes[at]!;
      if (isRepeated[hash & mask] === 0) {
        id = NONE;
        size++;
        continue;
      }
      id = table.numberAt(at, hash, id);
      if (id >= seenIn.length) seenIn = enlarge(seenIn);
      if (seenIn[id] === text + 1) continue;
      seenIn[id] = text + 1;
      size++;
      // The numbers take the place of the hashes that have been read.
      hashes[end++] = id;
    }
    sizes[text] = size;
    starts[text + 1] = end;
  }
  const ids = hashes.subarray(0, end);
  const frequencies = new Uint32Array(table.count);
  for (const id of ids) frequencies[id]!++;
  return { sizes, count: table.count, starts, ids, frequencies };
}
