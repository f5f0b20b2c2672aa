// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
import { foldToUnits } from "./bare-texts.ts";
import { hashShingles, SHINGLE_LENGTH } from "./shingles.ts";

/**
 * A sample of the distinct shingles of every text: those whose hash lies below 2^(32 - level), one in 2^level. Level 0
 * holds them all. Two samples at one level are a sample of the union of both texts (FracMinHash: Irber et al.,
 * Lightweight compositional analysis of metagenomes with FracMinHash and minimum metagenome covers, bioRxiv 2022).
 */
interface ShingleSamples {
  levels: Uint8Array;
  /** The sample of text i is `ids[starts[i]] … ids[starts[i + 1] - 1]`, ascending, each shingle once. */
  starts: Uint32Array;
  ids: Uint32Array;
  /** The hash of every shingle in any sample, the rare shingles first. Shingles of equal hash count as one. */
  hashes: Uint32Array;
}

const MAX_LEVEL = 15;

/** The highest level whose samples a hash is in. */
export const levelOf = (hash: number) => Math.min(MAX_LEVEL, Math.clz32(hash));

/** Numbers hashes 0, 1, … in the order in which they are met. */
class HashNumbers {
  count = 0;
  hashes = new Uint32Array(1 << 12);
  /** Four numbers beside each other: a hash, its number plus 1, in which pass it was taken last, nothing. */
  private slots = new Uint32Array(this.hashes.length << 3);
  private pass = 0;

  /** Writes the number of each hash, once, into `ids` from `end` on. @returns the new end */
  take(sample: Uint32Array, ids: Uint32Array, end: number): number {
    while (this.count + sample.length > this.hashes.length) this.grow();
    const { slots, hashes } = this;
    const pass = ++this.pass;
    let at = end;
    for (let i = 0; i < sample.length; i++) {
      const hash = sample[i]!;
      const slot = findSlot(slots, hash);
      if (slots[slot + 1] === 0) {
        hashes[this.count] = hash;
        slots[slot] = hash;
        slots[slot + 1] = ++this.count;
      }
      if (slots[slot + 2] === pass) continue;
      slots[slot + 2] = pass;
      ids[at++] = slots[slot + 1]! - 1;
    }
    return at;
  }

  private grow(): void {
    const hashes = new Uint32Array(this.hashes.length * 4);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.slots = new Uint32Array(hashes.length << 3);
    for (let i = 0; i < this.count; i++) {
      const slot = findSlot(this.slots, hashes[i]!);
      this.slots[slot] = hashes[i]!;
      this.slots[slot + 1] = i + 1;
    }
  }
}

function findSlot(slots: Uint32Array, hash: number): number {
  const mask = slots.length - 1;
  // The upper bits of a sampled hash are 0.
  let slot = (hash << 2) & mask;
  while (slots[slot + 1] !== 0 && slots[slot] !== hash) slot = (slot + 4) & mask;
  return slot;
}

/** Samples of at least `least` shingles, or all shingles of a text that has fewer. */
export function sampleShingles(textCount: number, textAt: (i: number) => string, least: number): ShingleSamples {
  const levels = new Uint8Array(textCount);
  const starts = new Uint32Array(textCount + 1);
  const numbers = new HashNumbers();
  let ids = new Uint32Array(1 << 12);

  for (let text = 0; text < textCount; text++) {
    const units = foldToUnits(textAt(text));
    const windows = units.length - SHINGLE_LENGTH + 1;
    const start = starts[text]!;
    const take = () => {
      const sample = hashShingles(units, level);
      if (start + sample.length > ids.length) {
        const longer = new Uint32Array(2 * (start + sample.length));
        longer.set(ids);
        ids = longer;
      }
      return numbers.take(sample, ids, start);
    };
    let level = Math.min(MAX_LEVEL, Math.max(0, Math.floor(Math.log2(windows / (1.5 * least)))));
    let end = take();
    // A text that repeats itself has fewer shingles than places for them.
    while (level > 0 && end - start < least) {
      level--;
      end = take();
    }
    levels[text] = level;
    starts[text + 1] = end;
  }
  return orderByFrequency({
    levels,
    starts,
    ids: ids.subarray(0, starts[textCount]),
    hashes: numbers.hashes.subarray(0, numbers.count),
  });
}

/** Numbers the shingles anew, the rare ones first, and puts each sample in that order. Linear: sorts by counting, twice. */
function orderByFrequency({ levels, starts, ids, hashes }: ShingleSamples): ShingleSamples {
  const frequencies = new Uint32Array(hashes.length);
  for (let k = 0; k < ids.length; k++) frequencies[ids[k]!]!++;
  const byFrequency = sortByCounting(frequencies);
  const ranks = new Uint32Array(hashes.length);
  const holderStarts = new Uint32Array(hashes.length + 1);
  byFrequency.forEach((id, rank) => {
    ranks[id] = rank;
    holderStarts[rank + 1] = holderStarts[rank]! + frequencies[id]!;
  });
  const holders = new Uint32Array(ids.length);
  for (let text = 0; text + 1 < starts.length; text++) {
    for (let k = starts[text]!; k < starts[text + 1]!; k++) holders[holderStarts[ranks[ids[k]!]!]!++] = text;
  }
  const next = starts.slice();
  // Each start has moved to where the next rank begins.
  for (let rank = 0, k = 0; rank < hashes.length; rank++) {
    for (; k < holderStarts[rank]!; k++) ids[next[holders[k]!]!++] = rank;
  }
  return { levels, starts, ids, hashes: byFrequency.map((id) => hashes[id]!) };
}

/** The indexes of values by ascending value. */
function sortByCounting(values: Uint32Array): Uint32Array {
  const starts = new Uint32Array(values.reduce((most, value) => Math.max(most, value), 0) + 2);
  for (let i = 0; i < values.length; i++) starts[values[i]! + 1]!++;
  for (let value = 0; value + 1 < starts.length; value++) starts[value + 1]! += starts[value]!;
  const sorted = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) sorted[starts[values[i]!]!++] = i;
  return sorted;
}
