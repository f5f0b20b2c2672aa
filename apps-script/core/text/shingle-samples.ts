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

/** Tells which hashes of a text have been met; the samples of most texts are small. */
class Met {
  private hashes = new Uint32Array(1 << 9);
  private passes = new Uint32Array(1 << 9);
  private pass = 0;

  /** Moves the distinct ones of some hashes to the front. @returns how many these are */
  distinct(sample: Uint32Array): number {
    if (this.hashes.length < 2 * sample.length) {
      const length = 2 ** Math.ceil(Math.log2(2 * sample.length));
      this.hashes = new Uint32Array(length);
      this.passes = new Uint32Array(length);
      this.pass = 0;
    }
    const { hashes, passes } = this;
    const mask = hashes.length - 1;
    const pass = ++this.pass;
    let count = 0;
    for (let i = 0; i < sample.length; i++) {
      const hash = sample[i]!;
      // The upper bits of a sampled hash are 0.
      let slot = hash & mask;
      while (passes[slot] === pass && hashes[slot] !== hash) slot = (slot + 1) & mask;
      if (passes[slot] === pass) continue;
      passes[slot] = pass;
      hashes[slot] = hash;
      sample[count++] = hash;
    }
    return count;
  }
}

/** Samples of at least `least` shingles, or all shingles of a text that has fewer. */
export function sampleShingles(textCount: number, textAt: (i: number) => string, least: number): ShingleSamples {
  const levels = new Uint8Array(textCount);
  const starts = new Uint32Array(textCount + 1);
  const met = new Met();
  let sampled = new Uint32Array(1 << 12);
  for (let text = 0; text < textCount; text++) {
    const units = foldToUnits(textAt(text));
    const windows = units.length - SHINGLE_LENGTH + 1;
    let level = Math.min(MAX_LEVEL, Math.max(0, Math.floor(Math.log2(windows / (1.5 * least)))));
    let sample = hashShingles(units, level);
    let size = met.distinct(sample);
    // A text that repeats itself has fewer shingles than places for them.
    while (level > 0 && size < least) {
      sample = hashShingles(units, --level);
      size = met.distinct(sample);
    }
    const start = starts[text]!;
    const end = start + size;
    if (end > sampled.length) {
      const longer = new Uint32Array(2 * end);
      longer.set(sampled);
      sampled = longer;
    }
    sampled.set(sample.subarray(0, size), start);
    levels[text] = level;
    starts[text + 1] = end;
  }
  return orderByFrequency(levels, starts, sampled);
}

/** Numbers the shingles, the rare ones first, and puts each sample in that order. Linear: sorts by counting. */
function orderByFrequency(levels: Uint8Array, starts: Uint32Array, sampled: Uint32Array): ShingleSamples {
  const textCount = levels.length;
  const total = starts[textCount]!;
  const holders = new Uint32Array(total);
  for (let text = 0; text < textCount; text++) holders.fill(text, starts[text], starts[text + 1]);
  const sorted = sortByHash(sampled.subarray(0, total), holders);
  let count = 0;
  for (let k = 0; k < total; k++) if (k === 0 || sorted.hashes[k] !== sorted.hashes[k - 1]) count++;
  /** Where in `sorted` each hash begins. */
  const begins = new Uint32Array(count + 1);
  begins[count] = total;
  for (let k = total - 1, hash = count; k >= 0; k--)
    if (k === 0 || sorted.hashes[k] !== sorted.hashes[k - 1]) begins[--hash] = k;
  const byFrequency = sortByCounting(new Uint32Array(count).map((_, hash) => begins[hash + 1]! - begins[hash]!));
  const ids = new Uint32Array(total);
  const hashes = new Uint32Array(count);
  const next = starts.slice();
  for (let rank = 0; rank < count; rank++) {
    const hash = byFrequency[rank]!;
    hashes[rank] = sorted.hashes[begins[hash]!]!;
    for (let k = begins[hash]!; k < begins[hash + 1]!; k++) ids[next[sorted.holders[k]!]!++] = rank;
  }
  return { levels, starts, ids, hashes };
}

const digitBits = 11;

/** Hashes and beside each its text, by ascending hash; both arrays are written over. */
function sortByHash(hashes: Uint32Array, holders: Uint32Array): { hashes: Uint32Array; holders: Uint32Array } {
  let from: ReturnType<typeof sortByHash> = { hashes, holders };
  let to: typeof from = { hashes: new Uint32Array(hashes.length), holders: new Uint32Array(holders.length) };
  const next = new Uint32Array(1 << digitBits);
  for (let shift = 0; shift < 32; shift += digitBits) {
    countDigits(from.hashes, shift, next);
    moveByDigit(from.hashes, from.holders, to.hashes, to.holders, shift, next);
    [from, to] = [to, from];
  }
  return from;
}

/** Where the hashes of each digit begin. */
function countDigits(hashes: Uint32Array, shift: number, begins: Uint32Array): void {
  const mask = begins.length - 1;
  begins.fill(0);
  for (let i = 0; i < hashes.length; i++) begins[(hashes[i]! >>> shift) & mask]!++;
  for (let digit = 0, sum = 0; digit < begins.length; digit++) {
    const count = begins[digit]!;
    begins[digit] = sum;
    sum += count;
  }
}

function moveByDigit(
  hashes: Uint32Array,
  holders: Uint32Array,
  toHashes: Uint32Array,
  toHolders: Uint32Array,
  shift: number,
  next: Uint32Array,
): void {
  const mask = next.length - 1;
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i]!;
    const place = next[(hash >>> shift) & mask]!++;
    toHashes[place] = hash;
    toHolders[place] = holders[i]!;
  }
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
