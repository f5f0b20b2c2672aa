import { groupShingles } from "./shingle-groups.ts";
import { makeShingleSets } from "./shingles.ts";

/** Two texts by their indexes, a < b, and the Jaccard similarity of their shingles. */
export interface NearDuplicate {
  a: number;
  b: number;
  similarity: number;
}

/**
 * The share of the overlap a pair needs that must show up among the rarer shingles of the smaller text, which are
 * indexed, before the pair is compared in full. A larger share indexes more shingles, a smaller one compares more pairs.
 * Near a low threshold unrelated texts of one template come close to the overlap needed, and counting it all is cheaper.
 * Measured on such texts; it changes the time and never the result.
 */
const shareToShow = (threshold: number) => Math.min(1, Math.max(0.15, 0.15 * (0.5 / threshold) ** 3));
/** Keeps rounding from ruling out a pair that lies exactly on the threshold. */
const ROUNDING = 1e-6;

/**
 * All pairs of texts whose shingles have a Jaccard similarity of at least `threshold` (0 < threshold ≤ 1), ordered by
 * a, then b. The similarities are exact and no pair is missed. Texts too short for a shingle are in no pair.
 *
 * Prefix filtering (after Chaudhuri, Ganti, Kaushik: A Primitive Operator for Similarity Joins, ICDE 2006) with
 * weighted groups of shingles: texts are taken from short to long; each is counted against the rarer groups of
 * those before it, and what the rest of the groups could add at most decides whether a pair is compared in full.
 */
export function findNearDuplicates(texts: readonly string[], threshold: number): NearDuplicate[] {
  const sets = makeShingleSets(texts);
  const { sizes } = sets;
  const { weights, starts, groups } = groupShingles(sets);
  const order = new Uint32Array(texts.length).map((_, i) => i).filter((i) => starts[i + 1]! > starts[i]!);
  order.sort((a, b) => sizes[a]! - sizes[b]! || a - b);

  /** Per place in `order`: where the groups that are not indexed begin, and what they weigh. */
  const tails = new Uint32Array(order.length);
  const tailWeights = new Uint32Array(order.length);
  const indexStarts = new Uint32Array(weights.length + 1);
  order.forEach((text, place) => {
    const allowed = Math.floor(((2 * threshold) / (1 + threshold)) * sizes[text]! * (1 - shareToShow(threshold)));
    let tail = starts[text + 1]!;
    let weight = 0;
    while (tail > starts[text]! && weight + weights[groups[tail - 1]!]! <= allowed) weight += weights[groups[--tail]!]!;
    tails[place] = tail;
    tailWeights[place] = weight;
    for (let k = starts[text]!; k < tail; k++) indexStarts[groups[k]! + 1]!++;
  });
  for (let g = 0; g < weights.length; g++) indexStarts[g + 1]! += indexStarts[g]!;

  const index = new Uint32Array(indexStarts[weights.length]!);
  const heads = indexStarts.slice(0, weights.length);
  const ends = heads.slice();
  const shared = new Uint32Array(order.length);
  const touched = new Uint32Array(order.length);
  const holder = new Uint32Array(weights.length);
  const pairs: NearDuplicate[] = [];
  let firstPlace = 0;

  for (let place = 0; place < order.length; place++) {
    const text = order[place]!;
    const size = sizes[text]!;
    while (sizes[order[firstPlace]!]! < threshold * size - ROUNDING) firstPlace++;
    let touchedCount = 0;
    for (let k = starts[text]!; k < starts[text + 1]!; k++) {
      const group = groups[k]!;
      const weight = weights[group]!;
      holder[group] = place + 1;
      const end = ends[group]!;
      let head = heads[group]!;
      while (head < end && index[head]! < firstPlace) head++;
      heads[group] = head;
      for (; head < end; head++) {
        const other = index[head]!;
        if (shared[other] === 0) touched[touchedCount++] = other;
        shared[other]! += weight;
      }
    }
    for (let n = 0; n < touchedCount; n++) {
      const other = touched[n]!;
      const otherText = order[other]!;
      const needed = (threshold / (1 + threshold)) * (size + sizes[otherText]!) - ROUNDING;
      let overlap = shared[other]!;
      shared[other] = 0;
      if (overlap + tailWeights[other]! < needed) continue;
      for (let k = tails[other]!; k < starts[otherText + 1]!; k++) {
        if (holder[groups[k]!] === place + 1) overlap += weights[groups[k]!]!;
      }
      const similarity = overlap / (size + sizes[otherText]! - overlap);
      if (similarity < threshold) continue;
      pairs.push({ a: Math.min(text, otherText), b: Math.max(text, otherText), similarity });
    }
    for (let k = starts[text]!; k < tails[place]!; k++) index[ends[groups[k]!]!++] = place;
  }
  return pairs.sort((p, q) => p.a - q.a || p.b - q.b);
}
