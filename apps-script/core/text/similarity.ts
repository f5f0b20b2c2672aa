// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
import { joinBareTexts } from "./bare-texts.ts";
import { ShingleOverlap } from "./shingle-overlap.ts";
import { levelOf, sampleShingles } from "./shingle-samples.ts";

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
 * The share of the overlap needed that the most frequent shingles of a text, which are not indexed, may hold. A larger
 * share counts less and completes more pairs. Measured; it changes the time and never the result.
 */
const TAIL = 0.4;

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
 * All pairs of texts whose shingles have a Jaccard similarity of at least `threshold` (0 < threshold ≤ 1), ordered by
 * a, then b. The similarities are exact; a pair is missed with a probability below 1e-6, and only where one of its
 * texts is too long to be taken whole. Texts too short for a shingle are in no pair.
 *
 * Samples of the shingles select the pairs to compare. Texts are taken from the denser samples to the sparser, so that
 * what a text shares with one before it is counted at its own level. The frequent shingles of each are not indexed
 * (after Chaudhuri, Ganti, Kaushik: A Primitive Operator for Similarity Joins, ICDE 2006), only allowed for.
 */
export function findNearDuplicates(texts: readonly string[], threshold: number): NearDuplicate[] {
  const bare = joinBareTexts(texts);
  const samples = sampleShingles(bare, Math.ceil(EXPECTED / threshold));
  const { levels, starts, ids } = samples;
  const order = new Uint32Array(texts.length).map((_, i) => i).filter((i) => starts[i + 1]! > starts[i]!);
  order.sort((a, b) => levels[a]! - levels[b]! || a - b);
  const levelCount = order.length === 0 ? 0 : levels[order[order.length - 1]!]! + 1;
  const longest = order.reduce((most, text) => Math.max(most, starts[text + 1]! - starts[text]!), 0);
  const exactLeast = leastOverlaps(2 * longest, threshold, 0);
  const sampledLeast = leastOverlaps(2 * longest, threshold, DEVIATIONS);

  const indexStarts = new Uint32Array(samples.hashes.length + 1);
  /** Per level and place in `order`: the size of the sample, and of its part that is not indexed. */
  const sizes = Array.from({ length: levelCount }, () => new Uint32Array(order.length));
  const tails = Array.from({ length: levelCount }, () => new Uint32Array(order.length));
  const tailStarts = new Uint32Array(order.length);
  order.forEach((text, place) => {
    const size = starts[text + 1]! - starts[text]!;
    const least = levels[text] === 0 ? exactLeast : sampledLeast;
    const tail = starts[text + 1]! - Math.min(size, Math.floor(TAIL * least[2 * size]!));
    tailStarts[place] = tail;
    for (let k = starts[text]!; k < starts[text + 1]!; k++) {
      const id = ids[k]!;
      if (k < tail) indexStarts[id + 1]!++;
      for (let level = Math.min(levelCount - 1, levelOf(samples.hashes[id]!)); level >= 0; level--) {
        sizes[level]![place]!++;
        if (k >= tail) tails[level]![place]!++;
      }
    }
  });
  for (let id = 0; id < samples.hashes.length; id++) indexStarts[id + 1]! += indexStarts[id]!;

  const index = new Uint32Array(indexStarts[samples.hashes.length]!);
  const ends = indexStarts.slice(0, samples.hashes.length);
  const holder = new Uint32Array(samples.hashes.length);
  const shared = new Uint32Array(order.length);
  /** Per level the sizes met so far, and the largest part of a sample of each that is not indexed. */
  const sizesMet = Array.from({ length: levelCount }, (): number[] => []);
  const largestTails = Array.from({ length: levelCount }, () => new Int32Array(longest + 1).fill(-1));
  const overlap = new ShingleOverlap(bare);
  const pairs: NearDuplicate[] = [];

  for (let place = 0; place < order.length; place++) {
    const text = order[place]!;
    const level = levels[text]!;
    const least = level === 0 ? exactLeast : sampledLeast;
    const sizesHere = sizes[level]!;
    const tailsHere = tails[level]!;
    const size = sizesHere[place]!;
    shared.fill(0, 0, place);
    for (let k = starts[text]!; k < starts[text + 1]!; k++) {
      const id = ids[k]!;
      holder[id] = place + 1;
      const end = ends[id]!;
      for (let n = indexStarts[id]!; n < end; n++) shared[index[n]!]!++;
    }
    // As if every shingle that is not indexed were shared: fewer than these are too few, whichever the other text is.
    let fewest = longest;
    for (const each of sizesMet[level]!) fewest = Math.min(fewest, least[size + each]! - largestTails[level]![each]!);
    for (let other = 0; other < place; other++) {
      if (shared[other]! < fewest) continue;
      const needed = least[size + sizesHere[other]!]!;
      if (shared[other]! + tailsHere[other]! < needed) continue;
      const otherText = order[other]!;
      let found = shared[other]!;
      for (let k = tailStarts[other]!; k < starts[otherText + 1]!; k++) if (holder[ids[k]!] === place + 1) found++;
      if (found < needed) continue;
      const similarity = overlap.compare(text, otherText);
      if (similarity >= threshold)
        pairs.push({ a: Math.min(text, otherText), b: Math.max(text, otherText), similarity });
    }
    for (let k = starts[text]!; k < tailStarts[place]!; k++) index[ends[ids[k]!]!++] = place;
    for (let each = level; each < levelCount; each++) {
      const own = sizes[each]![place]!;
      if (largestTails[each]![own] === -1) sizesMet[each]!.push(own);
      largestTails[each]![own] = Math.max(largestTails[each]![own]!, tails[each]![place]!);
    }
  }
  return pairs.sort((p, q) => p.a - q.a || p.b - q.b);
}
