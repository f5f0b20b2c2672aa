// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { addCandidates, type CandidatePairs, growingPairs, listCandidates } from "./candidates.ts";
import { type EligiblePairs, findEligiblePairs } from "./eligibility.ts";
import { fixEvenLoads } from "./even-loads.ts";
import type { AssignmentProblem, LockedPair } from "./problem.ts";
import { solveTransport } from "./transport.ts";

export interface RepairProblem extends AssignmentProblem {
  /** Pairs of the former plan that may move: nobody has scored them yet. None of them is among `locked`. */
  readonly held: readonly LockedPair[];
  /** Even loads come before staying: as many pairs move as that takes, and no more. */
  readonly rebalance: boolean;
}

/**
 * Up to so many eligible pairs all of them are searched: one that is left out may cost a second move, or a review. It is
 * twice what 6,000 submissions and 460 reviewers have.
 */
const MOST_PAIRS = 2_000_000;

const keyOf = (submission: string, reviewer: string) => JSON.stringify([submission, reviewer]);

/**
 * The held pairs that stay, so that the most demand is met and then the fewest held pairs move; with `rebalance` the
 * loads come in between, lexicographically as even as the locked pairs allow. Held pairs that break a hard constraint
 * go in any case. What to add to them is for `planAssignment`, with these among its locked pairs: it can meet as much
 * demand, and loads as even, as if nothing had been held.
 *
 * A pair that was held costs nothing and a new one costs 1: as the number of pairs is what the greatest flow makes it,
 * the cheapest flow keeps the most. Beyond two million eligible pairs, which `listCandidates` thins out, the fewest
 * moves are those among the pairs it lists.
 */
export function chooseKeptPairs({ held, rebalance, ...problem }: RepairProblem): LockedPair[] {
  const eligible = findEligiblePairs(problem);
  const { submissions, reviewers, unitOf, capacity, lockedLoad } = eligible;
  const heldKeys = new Set(held.map((pair) => keyOf(pair.submission, pair.reviewer)));
  const isHeld = (s: number, r: number) => heldKeys.has(keyOf(submissions[s]!.id, reviewers[r]!.id));
  const rows = {
    ...eligible,
    pairs: withHeldPairs(listCandidates(eligible, MOST_PAIRS), eligible, held),
  };
  const scope = rebalance
    ? fixEvenLoads(rows)
    : {
        ...rows,
        submissionOf: Int32Array.from(submissions.keys()),
        minLoad: new Int32Array(reviewers.length),
        maxLoad: capacity.map((most, r) => Math.max(0, most - lockedLoad[r]!)),
      };
  const { submissionOf, demand, minLoad, maxLoad } = scope;
  const { submission, reviewer } = scope.pairs;
  const cost = submission.map((row, p) => (isHeld(submissionOf[row]!, reviewer[p]!) ? 0 : 1));
  const { chosen } = solveTransport({ demand, unitOf, pairs: { submission, reviewer, cost }, minLoad, maxLoad });
  const kept = new Set(
    Array.from(chosen, (p) => [submissionOf[submission[p]!]!, reviewer[p]!] as const)
      .filter(([s, r]) => isHeld(s, r))
      .map(([s, r]) => keyOf(submissions[s]!.id, reviewers[r]!.id)),
  );
  return held.filter((pair) => kept.has(keyOf(pair.submission, pair.reviewer)));
}

/** The candidates with those held pairs that are eligible but were thinned out. */
function withHeldPairs(
  candidates: CandidatePairs,
  { submissions, reviewers, allowed }: EligiblePairs,
  held: readonly LockedPair[],
): CandidatePairs {
  if (candidates.reviewer.length === allowed.size()) return candidates;
  const submissionIndex = new Map(submissions.map(({ id }, s) => [id, s]));
  const reviewerIndex = new Map(reviewers.map(({ id }, r) => [id, r]));
  const listed = new Set(Array.from(candidates.reviewer, (r, p) => candidates.submission[p]! * reviewers.length + r));
  const more = growingPairs(held.length);
  for (const pair of held) {
    const s = submissionIndex.get(pair.submission);
    const r = reviewerIndex.get(pair.reviewer);
    if (s === undefined || r === undefined || !allowed.has(s, r)) continue;
    if (!listed.has(s * reviewers.length + r)) more.push(s, r);
  }
  return addCandidates(candidates, more.take());
}
