// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
/**
 * What is kept of an earlier text instead of the text: a sample of the hashes of its shingles, enough to tell how much of
 * it stands in another text.
 *
 * One shingle in eight is kept, chosen by its hash alone and alike for every text, so that two samples are a sample of
 * both texts together (FracMinHash: Irber et al., bioRxiv 2022; see shingle-samples.ts) however much longer one of them
 * is. No hash tells a character, and between two that are kept lie eight characters on an average that nothing tells:
 * the text cannot be put together again from one shingle to the next, as it can where all are kept.
 */
import { foldToUnits } from "./bare-texts.ts";
import { addToGroup } from "./group-by.ts";
import { hashShingles, SHINGLE_LENGTH } from "./shingles.ts";

export interface TextSample {
  /** The upper 24 bits of the sampled hashes, ascending, each once; all below 2^21. */
  readonly hashes: Uint32Array;
}

const hashBits = 24;
/** The binary logarithm of the spacing. */
const finest = 3;
/** Of fewer shingles the sample tells too little, and a short text is soon guessed. */
const fewestWindows = 400;
const limitOf = (level: number) => 2 ** (hashBits - level);

/** Samples of texts; undefined for one too short to tell anything. */
export const sampleTexts = (texts: readonly string[]): (TextSample | undefined)[] => texts.map(sampleText);

/** The sample of one text. */
export function sampleText(text: string): TextSample | undefined {
  const units = foldToUnits(text);
  if (units.length - SHINGLE_LENGTH + 1 < fewestWindows) return undefined;
  const sorted = hashShingles(units, finest).slice().sort();
  let kept = 0;
  for (let i = 0; i < sorted.length; i++) {
    const hash = sorted[i]! >>> (32 - hashBits);
    if (kept === 0 || hash !== sorted[kept - 1]) sorted[kept++] = hash;
  }
  return { hashes: sorted.subarray(0, kept) };
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const digitsOfHash = 4;

/** What a cell holds; the rest of a text longer than any paper is left out. */
const mostHashes = 8_000;

/** As text for a cell: a letter for the spacing, four digits of base 64 for each hash; half as long as the text. */
export function writeSample({ hashes }: TextSample): string {
  let text = digits.charAt(finest);
  for (const hash of hashes.subarray(0, mostHashes))
    for (let shift = hashBits - 6; shift >= 0; shift -= 6) text += digits.charAt((hash >>> shift) & 63);
  return text;
}

const digitValues = new Uint8Array(128).fill(64);
for (let i = 0; i < digits.length; i++) digitValues[digits.charCodeAt(i)] = i;

/** @returns undefined for a text that `writeSample` did not make */
export function readSample(text: string): TextSample | undefined {
  if (text.charAt(0) !== digits.charAt(finest) || (text.length - 1) % digitsOfHash !== 0) return undefined;
  const hashes = new Uint32Array((text.length - 1) / digitsOfHash);
  for (let i = 0, at = 1; i < hashes.length; i++) {
    for (let digit = 0; digit < digitsOfHash; digit++) {
      const value = digitValues[text.charCodeAt(at++)] ?? 64;
      if (value === 64) return undefined;
      hashes[i] = (hashes[i]! << 6) | value;
    }
  }
  return { hashes };
}

/** A text and an earlier one by their indexes. */
export interface Copied {
  readonly text: number;
  readonly earlier: number;
  /** How much of the shorter of the two stands in the other, 0 … 1: an estimate. */
  readonly share: number;
}

/** What more of the texts hold, and more than a fifteenth of them, is a common phrase of such papers: it counts nowhere. */
const mostHolders = (texts: number) => Math.max(200, texts / 15);
/** So are the words of a form, which most of one earlier year hold; of this year's, many may have copied one text. */
const mostOfYear = (texts: number) => Math.max(5, 0.15 * texts);
/** Hashes that are looked at first, of a text as long as most; of a longer one fewer of its hashes, of a shorter one all. */
const fewest = 64;
/** Fewer shared hashes are chance, or a phrase. */
const leastShared = 10;
/** Pairs that share this much of `least` among the hashes that are looked at first are compared in all of them. */
const promising = 0.65;

/** A bit for each hash that is a common phrase of the texts or of the earlier texts of one year. */
function findCommon(
  texts: readonly (TextSample | undefined)[],
  earlier: ReadonlyMap<number, readonly TextSample[]>,
): Uint32Array {
  const common = new Uint32Array(limitOf(finest) >>> 5);
  const holders = new Uint16Array(limitOf(finest));
  const count = (samples: readonly (TextSample | undefined)[], most: number) => {
    holders.fill(0);
    for (const sample of samples) {
      if (!sample) continue;
      const { hashes } = sample;
      for (let i = 0; i < hashes.length; i++) {
        const hash = hashes[i]!;
        if (++holders[hash]! > most) common[hash >>> 5]! |= 1 << (hash & 31);
      }
    }
  };
  count(texts, mostHolders(texts.length));
  for (const samples of earlier.values()) count(samples, mostOfYear(samples.length));
  return common;
}

/** A sample without common phrases. */
interface Rare {
  readonly hashes: Uint32Array;
  /** Of its hashes, those below `limitOf(level)` are looked at first: from the start, `size` of them. */
  readonly level: number;
  readonly size: number;
}

/** @param room for as many hashes as the sample has */
function withoutCommon({ hashes }: TextSample, common: Uint32Array, room: Uint32Array): Rare {
  let count = 0;
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i]!;
    room[count] = hash;
    // Without a branch that nobody can foretell.
    count += ~(common[hash >>> 5]! >>> (hash & 31)) & 1;
  }
  const rare = room.subarray(0, count);
  const level = finest + Math.max(0, Math.floor(Math.log2(rare.length / fewest)));
  const limit = limitOf(level);
  let size = 0;
  while (size < rare.length && rare[size]! < limit) size++;
  return { hashes: rare, level, size };
}

/** Which of some texts hold which of the hashes below a limit. */
class Holders {
  private readonly starts: Uint32Array;
  private readonly holders: Uint32Array;

  constructor(texts: readonly Rare[], numbers: readonly number[], level: number) {
    const limit = limitOf(level);
    const starts = new Uint32Array(limit + 1);
    for (const number of numbers) {
      const { hashes } = texts[number]!;
      for (let i = 0; i < hashes.length && hashes[i]! < limit; i++) starts[hashes[i]! + 1]!++;
    }
    for (let hash = 0; hash < limit; hash++) starts[hash + 1]! += starts[hash]!;
    const ends = starts.slice(0, limit);
    const holders = new Uint32Array(starts[limit]!);
    for (const number of numbers) {
      const { hashes } = texts[number]!;
      for (let i = 0; i < hashes.length && hashes[i]! < limit; i++) holders[ends[hashes[i]!]!++] = number;
    }
    this.starts = starts;
    this.holders = holders;
  }

  /**
   * Adds to `shared`, by text, how many of the first `size` hashes it holds.
   *
   * @param met gets the texts that hold at least `leastShared`, from `count` on
   * @returns how many these are, with those before
   */
  count(hashes: Uint32Array, size: number, shared: Uint16Array, met: Uint32Array, count: number): number {
    const { starts, holders } = this;
    let found = count;
    for (let k = 0; k < size; k++) {
      const hash = hashes[k]!;
      for (let i = starts[hash]!, end = starts[hash + 1]!; i < end; i++) {
        const text = holders[i]!;
        if (++shared[text]! === leastShared) met[found++] = text;
      }
    }
    return found;
  }
}

/**
 * Texts by how densely they are looked at first. A pair is looked at as densely as the shorter of the two needs: an earlier
 * text in all texts as long as itself and longer, and in the shorter ones as these need.
 */
class HoldersByLevel {
  private readonly known = new Map<string, Holders>();
  private readonly levels: readonly number[];

  constructor(private readonly texts: readonly Rare[]) {
    this.levels = [...new Set(texts.map(({ level }) => level))];
  }

  private get(level: number, isOf: (text: Rare) => boolean, kind: string): Holders {
    const key = kind + level;
    let holders = this.known.get(key);
    if (!holders) {
      const numbers = this.texts.flatMap((text, i) => (isOf(text) ? i : []));
      holders = new Holders(this.texts, numbers, level);
      this.known.set(key, holders);
    }
    return holders;
  }

  /** As `Holders.count`. */
  count({ hashes, level, size }: Rare, shared: Uint16Array, met: Uint32Array): number {
    let count = this.get(level, (text) => text.level >= level, "from").count(hashes, size, shared, met, 0);
    for (const lower of this.levels) {
      if (lower >= level) continue;
      const limit = limitOf(lower);
      let more = size;
      while (more < hashes.length && hashes[more]! < limit) more++;
      count = this.get(lower, (text) => text.level === lower, "at").count(hashes, more, shared, met, count);
    }
    return count;
  }
}

/** How many numbers two ascending lists have in common. */
function countCommon(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i]!;
    const y = b[j]!;
    if (x === y) count++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return count;
}

/**
 * Pairs of a text and an earlier one that share at least `least` of the shorter of them, by text and the share.
 *
 * @param yearOf tells of each earlier text which of them were written for one form
 */
export function findCopied(
  texts: readonly (TextSample | undefined)[],
  earlier: readonly (TextSample | undefined)[],
  least: number,
  yearOf: (earlier: number) => number = () => 0,
): Copied[] {
  const years = new Map<number, TextSample[]>();
  earlier.forEach((sample, i) => {
    if (sample) addToGroup(years, yearOf(i), sample);
  });
  const common = findCommon(texts, years);
  const numbers = texts.flatMap((sample, i) => (sample ? i : []));
  const own = texts.flatMap((sample) =>
    sample ? withoutCommon(sample, common, new Uint32Array(sample.hashes.length)) : [],
  );
  const holders = new HoldersByLevel(own);
  const shared = new Uint16Array(own.length);
  const met = new Uint32Array(own.length);
  const longest = earlier.reduce((most, sample) => Math.max(most, sample?.hashes.length ?? 0), 0);
  const room = new Uint32Array(longest);
  const found: Copied[] = [];
  earlier.forEach((sample, number) => {
    if (!sample) return;
    const old = withoutCommon(sample, common, room);
    shared.fill(0);
    const count = holders.count(old, shared, met);
    for (let i = 0; i < count; i++) {
      const at = met[i]!;
      const text = own[at]!;
      const size =
        text.level === old.level ? Math.min(text.size, old.size) : (text.level < old.level ? text : old).size;
      if (shared[at]! < promising * least * size) continue;
      const share = countCommon(text.hashes, old.hashes) / Math.min(text.hashes.length, old.hashes.length);
      if (share >= least) found.push({ text: numbers[at]!, earlier: number, share });
    }
  });
  return found.sort((a, b) => a.text - b.text || b.share - a.share || a.earlier - b.earlier);
}
