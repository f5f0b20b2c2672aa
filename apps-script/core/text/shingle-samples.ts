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

function enlarge(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(array.length * 2);
  longer.set(array);
  return longer;
}

/** Numbers hashes 0, 1, … in the order in which they are met. */
class HashNumbers {
  count = 0;
  hashes = new Uint32Array(1 << 12);
  /** A hash and its number plus 1, beside each other. */
  private slots = new Uint32Array(1 << 15);

  numberOf(hash: number): number {
    const { slots } = this;
    const slot = this.findSlot(hash);
    if (slots[slot + 1] !== 0) return slots[slot + 1]! - 1;
    if (this.count === this.hashes.length) {
      this.grow();
      return this.numberOf(hash);
    }
    this.hashes[this.count] = hash;
    slots[slot] = hash;
    slots[slot + 1] = this.count + 1;
    return this.count++;
  }

  private findSlot(hash: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    // The upper bits of a sampled hash are 0.
    let slot = (hash << 1) & mask;
    while (slots[slot + 1] !== 0 && slots[slot] !== hash) slot = (slot + 2) & mask;
    return slot;
  }

  private grow(): void {
    this.hashes = enlarge(this.hashes);
    this.slots = new Uint32Array(this.slots.length * 2);
    for (let i = 0; i < this.count; i++) {
      const slot = this.findSlot(this.hashes[i]!);
      this.slots[slot] = this.hashes[i]!;
      this.slots[slot + 1] = i + 1;
    }
  }
}

/** Samples of at least `least` shingles, or all shingles of a text that has fewer. */
export function sampleShingles(textCount: number, textAt: (i: number) => string, least: number): ShingleSamples {
  const levels = new Uint8Array(textCount);
  const starts = new Uint32Array(textCount + 1);
  const numbers = new HashNumbers();
  let ids = new Uint32Array(1 << 12);
  let takenBy = new Uint32Array(1 << 12);
  let end = 0;
  let pass = 0;

  function take(sample: Uint32Array): void {
    pass++;
    for (let i = 0; i < sample.length; i++) {
      const id = numbers.numberOf(sample[i]!);
      if (id >= takenBy.length) takenBy = enlarge(takenBy);
      if (takenBy[id] === pass) continue;
      takenBy[id] = pass;
      if (end === ids.length) ids = enlarge(ids);
      ids[end++] = id;
    }
  }

  for (let text = 0; text < textCount; text++) {
    const units = foldToUnits(textAt(text));
    const windows = units.length - SHINGLE_LENGTH + 1;
    let level = Math.min(MAX_LEVEL, Math.max(0, Math.floor(Math.log2(windows / (1.5 * least)))));
    take(hashShingles(units, level));
    // A text that repeats itself has fewer shingles than places for them.
    while (level > 0 && end - starts[text]! < least) {
      end = starts[text]!;
      take(hashShingles(units, --level));
    }
    levels[text] = level;
    starts[text + 1] = end;
  }
  return orderByFrequency({
    levels,
    starts,
    ids: ids.subarray(0, end),
    hashes: numbers.hashes.subarray(0, numbers.count),
  });
}

/** Numbers the shingles anew, the rare ones first, and puts each sample in that order. Linear: sorts by counting, twice. */
function orderByFrequency({ levels, starts, ids, hashes }: ShingleSamples): ShingleSamples {
  const frequencies = new Uint32Array(hashes.length);
  for (const id of ids) frequencies[id]!++;
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
  for (const value of values) starts[value + 1]!++;
  for (let value = 0; value + 1 < starts.length; value++) starts[value + 1]! += starts[value]!;
  const sorted = new Uint32Array(values.length);
  values.forEach((value, i) => {
    sorted[starts[value]!++] = i;
  });
  return sorted;
}
