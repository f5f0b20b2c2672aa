// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { type CandidatePairs, growingPairs } from "./candidates.ts";
import { type EligiblePairs, stagesMeet } from "./eligibility.ts";
import { type EvenLoads, SHORT_LEVEL } from "./even-loads.ts";
import type { Panels } from "./panels.ts";
import type { ReviewSubmission } from "./problem.ts";
import type { TransportSolution } from "./transport.ts";

/** Pairs of a submission that are added at once. */
const MOST_OF_EACH = 8;
/** A level is worth more than any price. */
const LEVEL = 0x100000000;

/**
 * Eligible pairs that would improve a plan found without them (column generation): those that are cheaper, at the
 * plan's dual prices, than what the submission has. The cheapest few of each submission; none when the plan is an
 * optimum among all eligible pairs.
 *
 * @param costs by submission and reviewer, not negative
 */
export function findMissingPairs(
  eligible: EligiblePairs,
  panels: Panels,
  even: EvenLoads,
  { prices, filled, load }: TransportSolution,
  costs: readonly Int32Array[],
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
  /** The reviewers from the cheapest on: behind the first that would gain nothing even at no cost, nobody does. */
  const cheapestFirst = [...reviewers.keys()].sort((a, b) => reviewerKey[a]! - reviewerKey[b]!);
  const ofStage = new Map<string | undefined, Int32Array>();
  const candidates = (submission: ReviewSubmission): Int32Array => {
    const stage = submission.anyStage ? undefined : submission.stage;
    const known = ofStage.get(stage);
    if (known !== undefined) return known;
    const meeting = Int32Array.from(cheapestFirst.filter((r) => stagesMeet(submission, reviewers[r]!)));
    ofStage.set(stage, meeting);
    return meeting;
  };
  const missing = growingPairs(submissions.length);
  /** By unit: what its reviewer on the panel costs, of the submission that is looked at. */
  const heldAt = new Float64Array(1 + unitOf.reduce((most, unit) => Math.max(most, unit), 0));
  for (const [s, panel] of panels.entries()) {
    if (demand[s] === 0) continue;
    const own = costs[s]!;
    const open = submissionKey[s]!;
    const held = panel.slice(lockedReviewers[s]!.length);
    heldAt.fill(open);
    let most = open;
    for (const r of held) {
      const cost = own[r]! + reviewerKey[r]!;
      heldAt[unitOf[r]!] = cost;
      most = Math.max(most, cost);
    }
    const gains: { readonly reviewer: number; readonly gain: number }[] = [];
    for (const reviewer of candidates(submissions[s]!)) {
      const key = reviewerKey[reviewer]!;
      if (key >= most) break;
      const gain = heldAt[unitOf[reviewer]!]! - key - own[reviewer]!;
      if (gain > 0 && allowed.has(s, reviewer)) gains.push({ reviewer, gain });
    }
    gains.sort((a, b) => b.gain - a.gain || a.reviewer - b.reviewer);
    for (const { reviewer } of gains.slice(0, MOST_OF_EACH)) missing.push(s, reviewer);
  }
  return missing.take();
}
