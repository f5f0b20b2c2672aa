// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
/**
 * What is kept of an earlier text instead of the text: a sample of the hashes of its shingles, enough to tell how much of
 * it stands in another text, and no word of it can be read back.
 *
 * One shingle in 2^level is kept, chosen by its hash alone, so that two samples at one level are a sample of both texts
 * together (FracMinHash: Irber et al., bioRxiv 2022; see shingle-samples.ts). `fewest` to twice as many are kept of a text
 * of whatever length: where half of the shingles are shared, the estimate is off by 0.05 (one standard deviation) at most.
 */
import { joinBareTexts } from "./bare-texts.ts";
import { rollHash, SHINGLE_LENGTH, spreadHash } from "./shingles.ts";

export interface TextSample {
  readonly level: number;
  /** The upper 24 bits of the sampled hashes, ascending, each once; all below 2^(24 - level). */
  readonly hashes: Uint32Array;
}

const fewest = 96;
const hashBits = 24;
/** At twice as much text a sample would no longer grow beyond a cell. */
const highestLevel = 12;

const limitOf = (level: number) => 2 ** (hashBits - level);

/** Samples of texts; undefined for one too short to tell anything. */
export function sampleTexts(texts: readonly string[]): (TextSample | undefined)[] {
  const { units, starts } = joinBareTexts(texts);
  return texts.map((_, text) => sampleUnits(units, starts[text]!, starts[text + 1]!));
}

function sampleUnits(units: Uint16Array, start: number, stop: number): TextSample | undefined {
  const windows = stop - start - SHINGLE_LENGTH + 1;
  if (windows < leastShared) return undefined;
  const level = Math.min(highestLevel, Math.max(0, Math.floor(Math.log2(windows / fewest))));
  const limit = limitOf(level);
  const hashes: number[] = [];
  let rolled = 0;
  for (let at = start; at < stop; at++) {
    rolled = rollHash(rolled, units, start, at);
    const hash = spreadHash(rolled) >>> (32 - hashBits);
    if (hash < limit && at - start + 1 >= SHINGLE_LENGTH) hashes.push(hash);
  }
  const sorted = Uint32Array.from(hashes).sort();
  return { level, hashes: sorted.filter((hash, i) => i === 0 || sorted[i - 1] !== hash) };
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const digitsOfHash = 4;

/** As text for a cell: a letter for the level, four digits of base 64 for each hash; some 600 characters, never over 800. */
export function writeSample({ level, hashes }: TextSample): string {
  let text = digits.charAt(level);
  for (const hash of hashes)
    for (let shift = hashBits - 6; shift >= 0; shift -= 6) text += digits.charAt((hash >>> shift) & 63);
  return text;
}

const digitValues = new Uint8Array(128).fill(64);
for (let i = 0; i < digits.length; i++) digitValues[digits.charCodeAt(i)] = i;

/** @returns undefined for a text that `writeSample` did not make */
export function readSample(text: string): TextSample | undefined {
  const level = digits.indexOf(text.charAt(0));
  if (text === "" || level < 0 || level > highestLevel || (text.length - 1) % digitsOfHash !== 0) return undefined;
  const hashes = new Uint32Array((text.length - 1) / digitsOfHash);
  for (let i = 0, at = 1; i < hashes.length; i++) {
    for (let digit = 0; digit < digitsOfHash; digit++) {
      const value = digitValues[text.charCodeAt(at++)] ?? 64;
      if (value === 64) return undefined;
      hashes[i] = (hashes[i]! << 6) | value;
    }
  }
  return { level, hashes };
}

/** A text and an earlier one by their indexes. */
export interface Copied {
  readonly text: number;
  readonly earlier: number;
  /** How much of the shorter of the two stands in the other, 0 … 1: an estimate. */
  readonly share: number;
}

/** Fewer shared hashes are chance, or a phrase. */
const leastShared = 16;
/** What more of the texts hold, and more than a fifteenth of them, is a common phrase of such papers: it counts nowhere. */
const mostHolders = (texts: number) => Math.max(200, texts / 15);

/** Which of the texts hold which hash, but for common phrases. */
class Holders {
  /** Numbers of the hashes, plus 1, and the hashes: an open table. */
  private readonly numbers: Uint32Array;
  private readonly keys: Uint32Array;
  /** 1 by number for a common phrase. */
  private readonly common: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly texts: Uint32Array;

  constructor(samples: readonly (TextSample | undefined)[]) {
    const total = samples.reduce((sum, sample) => sum + (sample?.hashes.length ?? 0), 0);
    const capacity = 2 ** Math.ceil(Math.log2(2 * total + 2));
    this.numbers = new Uint32Array(capacity);
    this.keys = new Uint32Array(capacity);
    const counts = new Uint32Array(total);
    const numbered = new Uint32Array(total);
    let count = 0;
    let at = 0;
    for (const sample of samples) {
      for (const hash of sample?.hashes ?? []) {
        const slot = this.slotOf(hash);
        if (this.numbers[slot] === 0) {
          this.numbers[slot] = ++count;
          this.keys[slot] = hash;
        }
        const number = this.numbers[slot]! - 1;
        counts[number]!++;
        numbered[at++] = number;
      }
    }
    const most = mostHolders(samples.length);
    this.common = Uint8Array.from(counts.subarray(0, count), (holders) => (holders > most ? 1 : 0));
    this.starts = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) this.starts[i + 1] = this.starts[i]! + (this.common[i] === 1 ? 0 : counts[i]!);
    this.texts = new Uint32Array(this.starts[count]!);
    const ends = this.starts.slice(0, count);
    at = 0;
    samples.forEach((sample, text) => {
      for (const end = at + (sample?.hashes.length ?? 0); at < end; at++) {
        const number = numbered[at]!;
        if (this.common[number] === 0) this.texts[ends[number]!++] = text;
      }
    });
  }

  private slotOf(hash: number): number {
    const mask = this.numbers.length - 1;
    // The upper bits of a sampled hash are 0.
    let slot = hash & mask;
    while (this.numbers[slot] !== 0 && this.keys[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  /**
   * Adds to `shared`, by text, how many of the hashes it holds.
   *
   * @param met gets the texts that hold at least `leastShared`
   * @returns how many these are
   */
  count({ hashes }: TextSample, shared: Uint16Array, met: Uint32Array): number {
    const { texts, starts } = this;
    let count = 0;
    for (let k = 0; k < hashes.length; k++) {
      const number = this.numbers[this.slotOf(hashes[k]!)]!;
      if (number === 0) continue;
      for (let i = starts[number - 1]!, end = starts[number]!; i < end; i++) {
        const text = texts[i]!;
        if (++shared[text]! === leastShared) met[count++] = text;
      }
    }
    return count;
  }

  /** How many of a sample's hashes below a limit are no common phrases. */
  sizeBelow({ hashes }: TextSample, limit: number): number {
    let size = 0;
    for (const hash of hashes) {
      if (hash >= limit) break;
      const number = this.numbers[this.slotOf(hash)]!;
      if (number === 0 || this.common[number - 1] === 0) size++;
    }
    return size;
  }
}

/** Pairs of a text and an earlier one that share at least `least` of the shorter of them, by text and the share. */
export function findCopied(
  texts: readonly (TextSample | undefined)[],
  earlier: readonly (TextSample | undefined)[],
  least: number,
): Copied[] {
  const holders = new Holders(texts);
  const shared = new Uint16Array(texts.length);
  const met = new Uint32Array(texts.length);
  const found: Copied[] = [];
  earlier.forEach((sample, number) => {
    if (!sample) return;
    shared.fill(0);
    const count = holders.count(sample, shared, met);
    for (let i = 0; i < count; i++) {
      const text = met[i]!;
      const overlap = shared[text]!;
      const own = texts[text];
      if (!own) continue;
      const limit = limitOf(Math.max(own.level, sample.level));
      const share = overlap / Math.min(holders.sizeBelow(own, limit), holders.sizeBelow(sample, limit));
      if (share >= least) found.push({ text, earlier: number, share });
    }
  });
  return found.sort((a, b) => a.text - b.text || b.share - a.share || a.earlier - b.earlier);
}
