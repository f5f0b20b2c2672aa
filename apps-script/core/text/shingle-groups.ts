import type { ShingleSets } from "./shingles.ts";

/**
 * Shingles that stand in exactly the same texts, taken as one with a weight. A sentence that two texts share is one
 * group instead of a dozen shingles, so counting what texts share costs a fraction. Shingles of one text only are left
 * out: no overlap can contain them.
 *
 * Groups are numbered by texts a unit of weight, the rare and heavy first; those of text i are
 * `groups[starts[i]] … groups[starts[i + 1] - 1]`, ascending.
 */
export interface ShingleGroups {
  weights: Uint32Array;
  starts: Uint32Array;
  groups: Uint32Array;
}

/** Partition refinement: each text splits every group into its shingles inside and outside of the text. */
function partitionByTexts({ count, starts, ids, frequencies }: ShingleSets): { groupOf: Uint32Array; limit: number } {
  const groupOf = new Uint32Array(count);
  const shared = frequencies.reduce((sum, frequency) => sum + (frequency > 1 ? 1 : 0), 0);
  const sizes = new Uint32Array(2 * shared + 2);
  const splitBy = new Uint32Array(sizes.length);
  const splitInto = new Uint32Array(sizes.length);
  const free: number[] = [];
  let limit = 1;
  sizes[0] = shared;
  for (let text = 0; text + 1 < starts.length; text++) {
    for (let k = starts[text]!; k < starts[text + 1]!; k++) {
      const id = ids[k]!;
      if (frequencies[id]! < 2) continue;
      const from = groupOf[id]!;
      if (splitBy[from] !== text + 1) {
        const fresh = free.pop() ?? limit++;
        splitBy[from] = text + 1;
        splitInto[from] = fresh;
      }
      const to = splitInto[from]!;
      groupOf[id] = to;
      sizes[to]!++;
      if (--sizes[from]! === 0) free.push(from);
    }
  }
  return { groupOf, limit };
}

/** Running sums of counts: where each of n consecutive blocks begins, and the end of the last. */
function toStarts(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
  return starts;
}

/** Groups the shingles of all texts; linear in their number. */
export function groupShingles(sets: ShingleSets): ShingleGroups {
  const { ids, starts, frequencies } = sets;
  const textCount = starts.length - 1;
  const { groupOf, limit } = partitionByTexts(sets);

  const weightOf = new Uint32Array(limit);
  const frequencyOf = new Uint32Array(limit);
  for (let id = 0; id < sets.count; id++) {
    if (frequencies[id]! < 2) continue;
    weightOf[groupOf[id]!]!++;
    frequencyOf[groupOf[id]!] = frequencies[id]!;
  }
  const ranked = new Uint32Array(limit).map((_, group) => group).filter((group) => weightOf[group]! > 0);
  ranked.sort((a, b) => frequencyOf[a]! / weightOf[a]! - frequencyOf[b]! / weightOf[b]! || a - b);
  const rankOf = new Uint32Array(limit);
  ranked.forEach((group, rank) => {
    rankOf[group] = rank;
  });

  const postingStarts = toStarts(ranked.map((group) => frequencyOf[group]!));
  const postings = new Uint32Array(postingStarts[ranked.length]!);
  const next = postingStarts.slice();
  const counts = new Uint32Array(textCount);
  const lastText = new Uint32Array(ranked.length);
  for (let text = 0; text < textCount; text++) {
    for (let k = starts[text]!; k < starts[text + 1]!; k++) {
      const id = ids[k]!;
      if (frequencies[id]! < 2) continue;
      const rank = rankOf[groupOf[id]!]!;
      if (lastText[rank] === text + 1) continue;
      lastText[rank] = text + 1;
      postings[next[rank]!++] = text;
      counts[text]!++;
    }
  }

  const groupStarts = toStarts(counts);
  const groups = new Uint32Array(postings.length);
  const fill = groupStarts.slice();
  for (let rank = 0; rank < ranked.length; rank++) {
    for (let k = postingStarts[rank]!; k < postingStarts[rank + 1]!; k++) groups[fill[postings[k]!]!++] = rank;
  }
  return { weights: ranked.map((group) => weightOf[group]!), starts: groupStarts, groups };
}
