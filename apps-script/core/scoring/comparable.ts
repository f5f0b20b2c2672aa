// biome-ignore-all lint/style/noNonNullAssertion: vectors and matrices are read within the bounds of the loops
import type { Rating } from "./absorb.ts";

/** Scores beside others' scores that a reviewer needs before anything is said about their severity. */
export const leastComparable = 5;

/**
 * The reviewers whose severity can be estimated: each has at least `leastComparable` scores on submissions that another of
 * them has scored too. The largest such set, whatever the order of the ratings.
 *
 * @returns by reviewer, 1 or 0
 */
export function findComparableReviewers(
  ratings: readonly Rating[],
  submissions: number,
  reviewers: number,
): Uint8Array {
  const comparable = new Uint8Array(reviewers).fill(1);
  for (;;) {
    const panel = new Int32Array(submissions);
    for (const r of ratings) if (comparable[r.reviewer] === 1) panel[r.submission]!++;
    const beside = new Int32Array(reviewers);
    for (const r of ratings) if (panel[r.submission]! > 1) beside[r.reviewer]!++;
    let dropped = false;
    for (let i = 0; i < reviewers; i++) {
      if (comparable[i] !== 1 || beside[i]! >= leastComparable) continue;
      comparable[i] = 0;
      dropped = true;
    }
    if (!dropped) return comparable;
  }
}
