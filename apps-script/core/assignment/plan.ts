// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { compareText } from "../text/compare.ts";
import { listCandidates } from "./candidates.ts";
import { type EligiblePairs, findEligiblePairs } from "./eligibility.ts";
import { measurePlan } from "./measure.ts";
import { findOptimum } from "./optimum.ts";
import type { Panels } from "./panels.ts";
import type { AssignedPair, AssignmentPlan, AssignmentProblem } from "./problem.ts";
import { explainShortages } from "./shortage.ts";
import { spreadSharedReviews } from "./spread.ts";
import { explainUnfilled } from "./unfilled.ts";

/**
 * Assigns reviewers to submissions. In this order:
 * 1. hard constraints hold for every pair that is added; locked pairs stay, whatever they violate;
 * 2. as much demand as possible is met;
 * 3. total loads, sorted from the highest, are lexicographically least;
 * 4. the fewest reviews fall outside stated fields, then the fewest outside the reviewers' home fields;
 * 5. two reviewers of a field and stage share few submissions, and chains of shared submissions link all of them (a
 *    local search, no proven optimum).
 *
 * The certificate proves 2 to 4 up to home fields; see `verifyCertificate`. The same rows and seed give the same plan,
 * whatever the order of the rows.
 * @throws Error when two submissions or two reviewers have the same id.
 */
export function planAssignment(problem: AssignmentProblem): AssignmentPlan {
  const eligible = findEligiblePairs(problem);
  const { panels, even, certificate } = findOptimum(eligible, problem.seed, listCandidates(eligible));
  spreadSharedReviews(panels, eligible, problem.seed);

  const pairs = listPairs(eligible, panels);
  const loads = new Map(eligible.reviewers.map((r) => [r.id, 0]));
  for (const { reviewer } of pairs) loads.set(reviewer, (loads.get(reviewer) ?? 0) + 1);
  const shortages = explainShortages(eligible, panels, even);
  return {
    pairs,
    loads,
    unfilled: explainUnfilled(eligible, panels, loads, shortages).sort((a, b) =>
      compareText(a.submission, b.submission),
    ),
    shortages,
    cost: measurePlan(eligible, panels),
    certificate,
  };
}

function listPairs({ submissions, reviewers, locked, lockedReviewers }: EligiblePairs, panels: Panels): AssignedPair[] {
  const pairs: AssignedPair[] = locked.map((pair) => ({ ...pair, locked: true }));
  for (const [s, panel] of panels.entries()) {
    for (const r of panel.slice(lockedReviewers[s]!.length)) {
      pairs.push({ submission: submissions[s]!.id, reviewer: reviewers[r]!.id, locked: false });
    }
  }
  return pairs.sort((a, b) => compareText(a.submission, b.submission) || compareText(a.reviewer, b.reviewer));
}
