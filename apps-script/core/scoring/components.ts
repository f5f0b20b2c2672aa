// biome-ignore-all lint/style/noNonNullAssertion: vectors and matrices are read within the bounds of the loops
/** Reviewers that are linked: they share a submission, or share one with somebody who is linked to the other. */
export interface Components {
  /** By reviewer: the number of its component from 0, counted in the order of the reviewers; -1 without a link. */
  readonly of: Int32Array;
  readonly count: number;
}

/**
 * Connected components of the co-review graph. A reviewer without a pair is in none.
 *
 * @param pairs indices of submission and reviewer
 */
export function findComponents(
  pairs: readonly { readonly submission: number; readonly reviewer: number }[],
  reviewers: number,
): Components {
  const parent = Int32Array.from({ length: reviewers }, (_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root]! !== root) root = parent[root]!;
    for (let at = i; parent[at]! !== root; ) {
      const next = parent[at]!;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const firstOf = new Map<number, number>();
  const reviews = new Uint8Array(reviewers);
  for (const { submission, reviewer } of pairs) {
    reviews[reviewer] = 1;
    const first = firstOf.get(submission);
    if (first === undefined) firstOf.set(submission, reviewer);
    else parent[rootOf(reviewer)] = rootOf(first);
  }
  const numbers = new Map<number, number>();
  const of = new Int32Array(reviewers).fill(-1);
  for (let i = 0; i < reviewers; i++) {
    if (reviews[i] !== 1) continue;
    const root = rootOf(i);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    of[i] = numbers.get(root)!;
  }
  return { of, count: numbers.size };
}
