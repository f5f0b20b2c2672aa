// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { type CandidatePairs, growingPairs } from "./candidates.ts";
import type { EligiblePairs } from "./eligibility.ts";
import { type EvenLoads, SHORT_LEVEL } from "./even-loads.ts";
import type { Panels } from "./panels.ts";
import type { TransportSolution } from "./transport.ts";

/** Pairs of a submission that are added at once. */
const MOST_OF_EACH = 8;
/** A level is worth more than any price. */
const LEVEL = 0x100000000;

/**
 * Eligible pairs that would improve a plan found without them (column generation): those that are cheaper, at the
 * plan's dual prices, than what the submission has. The cheapest few of each submission; none when the plan is an
 * optimum among all eligible pairs.
 */
export function findMissingPairs(
  eligible: EligiblePairs,
  panels: Panels,
  even: EvenLoads,
  { prices, filled, load }: TransportSolution,
  costOf: (submission: number, reviewer: number) => number,
): CandidatePairs {
  const { submissions, reviewers, allowed, unitOf, demand, lockedReviewers, lockedLoad } = eligible;
  const submissionKey = Float64Array.from(submissions, (_, s) => {
    const level = even.submissionLevel[s]!;
    if (level < SHORT_LEVEL) return level * LEVEL + prices.sink - prices.submission[s]!;
    return level * LEVEL - (filled[s]! < even.demand[s]! ? 0 : prices.submission[s]!);
  });
  const reviewerKey = Float64Array.from(reviewers, (_, r) => {
    const level = even.reviewerLevel[r]!;
    if (level < 0) return (lockedLoad[r]! + load[r]! + 1) * LEVEL;
    return level * LEVEL + (level < SHORT_LEVEL ? prices.sink : 0) - prices.reviewer[r]!;
  });
  const missing = growingPairs(submissions.length);
  const row = new Int32Array(reviewers.length);
  for (const [s, panel] of panels.entries()) {
    if (demand[s] === 0) continue;
    const heldAt = new Map<number, number>();
    for (const r of panel.slice(lockedReviewers[s]!.length)) heldAt.set(unitOf[r]!, costOf(s, r) + reviewerKey[r]!);
    const gains: { readonly reviewer: number; readonly gain: number }[] = [];
    const count = allowed.list(s, row);
    for (let i = 0; i < count; i++) {
      const reviewer = row[i]!;
      const gain = (heldAt.get(unitOf[reviewer]!) ?? submissionKey[s]!) - reviewerKey[reviewer]! - costOf(s, reviewer);
      if (gain > 0) gains.push({ reviewer, gain });
    }
    gains.sort((a, b) => b.gain - a.gain || a.reviewer - b.reviewer);
    for (const { reviewer } of gains.slice(0, MOST_OF_EACH)) missing.push(s, reviewer);
  }
  return missing.take();
}
