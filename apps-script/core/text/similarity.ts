// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
import { foldToUnits } from "./bare-texts.ts";
import { mostRowsKept } from "./per-object.ts";
import { perText } from "./per-text.ts";
import { ShingleOverlap } from "./shingle-overlap.ts";
import { levelOf, sampleShingles } from "./shingle-samples.ts";
import { hashShingles } from "./shingles.ts";

/** Two texts by their indexes, a < b, and the Jaccard similarity of their shingles. */
export interface NearDuplicate {
  a: number;
  b: number;
  similarity: number;
}

/** Shared shingles to be expected in the smallest samples of two texts on the threshold. */
const EXPECTED = 50;
/** Standard deviations by which an estimate may fall short of the threshold before the pair is given up. */
const DEVIATIONS = 5.7;
/**
 * Shingles that two texts must have in common among their rare ones to be counted in full. More of them count fewer pairs
 * in full and take more shingles for rare. Measured; it changes the time and never the result.
 */
const MATCHES = 8;

/**
 * Per sum of the sizes of two samples the least overlap with which their texts may reach the threshold.
 *
 * Of u shingles sampled from the union of two texts of Jaccard similarity J (u = sum - overlap), J·u are shared on
 * average (Broder: On the resemblance and containment of documents, SEQUENCES 1997; by hash limit: Irber et al. 2022).
 * Given u, the shared ones are hypergeometric, whose tails the binomial ones bound (Hoeffding, JASA 58, 1963). So with
 * J ≥ t the share is below t - z·s/√u with a probability of at most exp(-z²/2), where s² = t(1 - t) for t ≤ ½ (Okamoto,
 * Ann. Inst. Stat. Math. 10, 1958) and ¼ beyond (Hoeffding). z = 5.7 gives 9e-8 for one level and, summed over the eleven
 * levels that texts of up to 300,000 characters can have, less than 1e-6 for a pair.
 * Level 0 is no sample: there z = 0. One less is asked for, should two shingles of the overlap have one hash.
 */
function leastOverlaps(longest: number, threshold: number, deviations: number): Uint32Array {
  const margin = deviations * Math.sqrt(threshold <= 0.5 ? threshold * (1 - threshold) : 0.25);
  const least = new Uint32Array(longest + 1);
  let overlap = 1;
  for (let sum = 0; sum <= longest; sum++) {
    while (2 * overlap < sum && overlap + 1 < threshold * (sum - overlap) - margin * Math.sqrt(sum - overlap))
      overlap++;
    least[sum] = overlap;
  }
  return least;
}

/**
 * Per size of a sample how many of its rarest shingles hold at least `MATCHES` of those that it has in common with any
 * text on the threshold, or all of them where they are fewer.
 */
function prefixLengths(longest: number, least: Uint32Array): Uint32Array {
  const lengths = new Uint32Array(longest + 1);
  /** The smallest sample that has room for the overlap that is needed with it: the fewest shingles in common. */
  let partner = 0;
  for (let size = 1; size <= longest; size++) {
    while (partner < longest && least[size + partner]! > partner) partner++;
    lengths[size] = Math.min(size, Math.max(0, size + MATCHES - least[size + partner]!));
  }
  return lengths;
}

/**
 * All pairs of texts whose shingles have a Jaccard similarity of at least `threshold` (0 < threshold ≤ 1), ordered by
 * a, then b. The similarities are exact; a pair is missed with a probability below 1e-6, and only where one of its
 * texts is too long to be taken whole. Texts too short for a shingle are in no pair.
 *
 * Samples of the shingles select the pairs to compare. Texts are taken from the denser samples to the sparser, so that
 * what a text shares with one before it is counted at its own level, and from the smaller samples to the larger, so that
 * fewer of a text's shingles are indexed. Only the rare shingles of each are indexed and looked
 * up (prefix filtering: Chaudhuri, Ganti, Kaushik: A Primitive Operator for Similarity Joins, ICDE 2006): texts that have
 * only the common phrases of such papers in common never meet.
 */
export function findNearDuplicates(texts: readonly string[], threshold: number): readonly NearDuplicate[] {
  return findNearDuplicatesAmong(texts, (text) => text, threshold);
}

/** As `findNearDuplicates`, of texts that are put together when they are looked at: those of a region are never there at once. */
export function findNearDuplicatesAmong<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  threshold: number,
): readonly NearDuplicate[] {
  if (items.length > mostRowsKept) return compareTexts(items.length, (i) => textOf(items[i]!), threshold);
  const texts = items.map(textOf);
  const pairs =
    (last?.threshold === threshold && compareChanged(last, texts)) ||
    compareTexts(texts.length, (i) => texts[i]!, threshold);
  last = { texts, threshold, pairs };
  return pairs;
}

interface Compared {
  readonly texts: readonly string[];
  readonly threshold: number;
  readonly pairs: readonly NearDuplicate[];
}

/** A unit's form is judged after each change, which seldom is of more than one text. */
let last: Compared | undefined;

/** Texts that cost less to be compared with each of the others than all with all. */
const mostChanged = 5;

/**
 * The pairs where a few texts that stand together are new, gone or changed; undefined where more are. Whatever by its hashes may
 * be a pair is compared in full.
 */
function compareChanged(before: Compared, texts: readonly string[]): readonly NearDuplicate[] | undefined {
  const shorter = Math.min(texts.length, before.texts.length);
  let start = 0;
  while (start < shorter && texts[start] === before.texts[start]) start++;
  const shift = texts.length - before.texts.length;
  let end = texts.length;
  while (end > Math.max(start, start + shift) && texts[end - 1] === before.texts[end - 1 - shift]) end--;
  if (end - start > mostChanged) return undefined;
  if (end === start && shift === 0) return before.pairs;
  const placeNow = (i: number) => (i < start ? i : i >= end - shift ? i + shift : undefined);
  const pairs = before.pairs.flatMap(({ a, b, similarity }) => {
    const [one, two] = [placeNow(a), placeNow(b)];
    return one === undefined || two === undefined ? [] : [{ a: one, b: two, similarity }];
  });
  for (let changed = start; changed < end; changed++) {
    const own = shingleHashes(texts[changed]!);
    const held = new HashSet(own.length);
    for (const hash of own) held.add(hash);
    for (let other = 0; other < texts.length; other++) {
      if (other >= changed && other < end) continue;
      if (!mayReach(before.threshold, held, own.length, shingleHashes(texts[other]!))) continue;
      const [a, b] = [Math.min(changed, other), Math.max(changed, other)];
      const similarity = new ShingleOverlap(texts.length, (i) => texts[i]!).compare(a, b);
      if (similarity >= before.threshold) pairs.push({ a, b, similarity });
    }
  }
  return pairs.sort((p, q) => p.a - q.a || p.b - q.b);
}

/** Whether texts with these hashes may be that similar, told as soon as too many are missing. */
function mayReach(threshold: number, held: HashSet, count: number, hashes: Int32Array): boolean {
  // A text loses a shingle where two of its own collide.
  const least = Math.max(1, (threshold / (1 + threshold)) * (count + hashes.length) - 8);
  let missing = hashes.length - least;
  for (let k = 0; k < hashes.length && missing >= 0; k++) if (!held.has(hashes[k]!)) missing--;
  return missing >= 0;
}

/** Hashes of 32 bits, several times as fast as a Set of numbers. */
class HashSet {
  readonly #slots: Int32Array;
  #holdsZero = false;

  /** @param most how many are added at most */
  constructor(most: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most + 2)));
  }

  /** Whether it was not there. */
  add(hash: number): boolean {
    if (this.has(hash)) return false;
    if (hash === 0) this.#holdsZero = true;
    else this.#slots[this.#slotOf(hash)] = hash;
    return true;
  }

  has(hash: number): boolean {
    return hash === 0 ? this.#holdsZero : this.#slots[this.#slotOf(hash)] === hash;
  }

  #slotOf(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }
}

/** The distinct hashes of a text's shingles. */
const shingleHashes = perText((text: string): Int32Array => {
  const all = hashShingles(foldToUnits(text));
  const distinct = new Int32Array(all.length);
  const held = new HashSet(all.length);
  let count = 0;
  for (let i = 0; i < all.length; i++) if (held.add(all[i]! | 0)) distinct[count++] = all[i]! | 0;
  return distinct.slice(0, count);
});

/**
 * Counts one more in `shared` for each text in `index` from `from` to `to` that stands before `end`.
 *
 * @param met gets those of which `fewest` have been counted, from `count` on
 * @returns how many these are, with those before
 */
function countHolders(
  index: Uint32Array,
  from: number,
  to: number,
  end: number,
  shared: Uint32Array,
  fewest: number,
  met: Uint32Array,
  count: number,
): number {
  let found = count;
  for (let n = from; n < to && index[n]! < end; n++) {
    const text = index[n]!;
    if (++shared[text]! === fewest) met[found++] = text;
  }
  return found;
}

function compareTexts(textCount: number, textAt: (i: number) => string, threshold: number): NearDuplicate[] {
  const { levels, starts, ids, hashes } = sampleShingles(textCount, textAt, Math.ceil(EXPECTED / threshold));
  const sampleSize = (text: number) => starts[text + 1]! - starts[text]!;
  const order = new Uint32Array(textCount).map((_, i) => i).filter((i) => sampleSize(i) > 0);
  order.sort((a, b) => levels[a]! - levels[b]! || sampleSize(a) - sampleSize(b) || a - b);
  const levelCount = order.length === 0 ? 0 : levels[order[order.length - 1]!]! + 1;
  const longest = order.reduce((most, text) => Math.max(most, sampleSize(text)), 0);
  const exactLeast = leastOverlaps(2 * longest, threshold, 0);
  const sampledLeast = leastOverlaps(2 * longest, threshold, DEVIATIONS);
  const exactPrefixes = prefixLengths(longest, exactLeast);
  const sampledPrefixes = prefixLengths(longest, sampledLeast);
  const leastAt = (level: number) => (level === 0 ? exactLeast : sampledLeast);
  const prefixesAt = (level: number) => (level === 0 ? exactPrefixes : sampledPrefixes);

  const shingleLevels = new Uint8Array(hashes.length).map((_, id) => Math.min(levelCount - 1, levelOf(hashes[id]!)));
  /** Per level and place in `order`: the size of the sample; of levels below the text's own nothing. */
  const sizes = Array.from({ length: levelCount }, () => new Uint32Array(order.length));
  /** 1 where the shingle is a rare one of its text at one of the levels at which the text is compared. */
  const indexed = new Uint8Array(ids.length);
  const indexStarts = new Uint32Array(hashes.length + 1);
  const prefixes = new Uint32Array(levelCount);
  const counted = new Uint32Array(levelCount);
  order.forEach((text, place) => {
    const own = levels[text]!;
    counted.fill(0);
    for (let k = starts[text]!; k < starts[text + 1]!; k++)
      for (let level = shingleLevels[ids[k]!]!; level >= own; level--) counted[level]!++;
    for (let level = own; level < levelCount; level++) {
      const size = counted[level]!;
      sizes[level]![place] = size;
      // Whoever is compared with it at its own level comes later, and its sample is as large or larger.
      prefixes[level] = level === own ? size + MATCHES - leastAt(own)[2 * size]! : prefixesAt(level)[size]!;
    }
    counted.fill(0);
    for (let k = starts[text]!; k < starts[text + 1]!; k++) {
      for (let level = shingleLevels[ids[k]!]!; level >= own; level--) {
        if (counted[level]!++ < prefixes[level]!) indexed[k] = 1;
      }
      if (indexed[k] === 1) indexStarts[ids[k]! + 1]!++;
    }
  });
  for (let id = 0; id < hashes.length; id++) indexStarts[id + 1]! += indexStarts[id]!;

  const index = new Uint32Array(indexStarts[hashes.length]!);
  const ends = indexStarts.slice(0, hashes.length);
  const holder = new Uint32Array(hashes.length);
  const shared = new Uint32Array(order.length);
  const met = new Uint32Array(order.length);
  const overlap = new ShingleOverlap(textCount, textAt);
  const pairs: NearDuplicate[] = [];
  /** The place of the text whose shingles stand in `holder`. */
  let held = -1;
  /** Where in `order` the texts of this level begin, and where those end whose samples are at most so large. */
  let levelStart = 0;
  const endOfSize = new Uint32Array(longest + 1);

  for (let place = 0; place < order.length; place++) {
    const text = order[place]!;
    const level = levels[text]!;
    const least = leastAt(level);
    const sizesHere = sizes[level]!;
    const size = sizesHere[place]!;
    const start = starts[text]!;
    if (place === 0 || levels[order[place - 1]!] !== level) {
      levelStart = place;
      endOfSize.fill(place);
    }
    const prefix = prefixesAt(level)[size]!;
    const fewest = Math.min(MATCHES, least[size + 1]!);
    let count = 0;
    let largest = size;
    for (let k = 0; k < prefix; k++) {
      // The later a shingle stands in this sample, the smaller the samples for which it is among the rare ones.
      while (largest > 0 && k >= size + MATCHES - least[size + largest]!) largest--;
      const end = largest === 0 ? levelStart : endOfSize[largest]!;
      const id = ids[start + k]!;
      count = countHolders(index, indexStarts[id]!, ends[id]!, end, shared, fewest, met, count);
    }
    for (let i = 0; i < count; i++) {
      const other = met[i]!;
      const needed = least[size + sizesHere[other]!]!;
      if (shared[other]! < Math.min(MATCHES, needed)) continue;
      const otherText = order[other]!;
      if (held !== place) {
        held = place;
        for (let k = start; k < starts[text + 1]!; k++) holder[ids[k]!] = place + 1;
      }
      let found = 0;
      for (let k = starts[otherText]!; k < starts[otherText + 1]!; k++) if (holder[ids[k]!] === place + 1) found++;
      if (found < needed) continue;
      const similarity = overlap.compare(text, otherText);
      if (similarity >= threshold)
        pairs.push({ a: Math.min(text, otherText), b: Math.max(text, otherText), similarity });
    }
    shared.fill(0, 0, place);
    for (let k = start; k < starts[text + 1]!; k++) if (indexed[k] === 1) index[ends[ids[k]!]!++] = place;
    endOfSize.fill(place + 1, size);
  }
  return pairs.sort((p, q) => p.a - q.a || p.b - q.b);
}
