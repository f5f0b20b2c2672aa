import { compareText, type EligiblePairs, findEligiblePairs } from "./eligibility.ts";
import { fixEvenLoads } from "./even-loads.ts";
import { priceFields } from "./field-preference.ts";
import type { AssignedPair, AssignmentPlan, AssignmentProblem } from "./problem.ts";
import { measureShared, type Panels, spreadSharedReviews } from "./spread.ts";
import { solveTransport } from "./transport.ts";
import { explainUnfilled } from "./unfilled.ts";

/**
 * Assigns reviewers to submissions. In this order:
 * 1. hard constraints hold for every pair that is added; locked pairs stay, whatever they violate;
 * 2. as much demand as possible is met;
 * 3. total loads, sorted from the highest, are lexicographically least;
 * 4. the fewest reviews fall outside stated fields, then the fewest outside the reviewers' home fields;
 * 5. two reviewers share few submissions (a local search, no proven optimum).
 *
 * The same rows and seed give the same plan, whatever the order of the rows.
 * @throws Error when two submissions or two reviewers have the same id.
 */
export function planAssignment(problem: AssignmentProblem): AssignmentPlan {
  const eligible = findEligiblePairs(problem);
  const panels = assignPanels(eligible, problem.seed);
  spreadSharedReviews(panels, eligible, problem.seed);

  const pairs = listPairs(eligible, panels);
  const loads = new Map(eligible.reviewers.map((r) => [r.id, 0]));
  for (const { reviewer } of pairs) loads.set(reviewer, (loads.get(reviewer) ?? 0) + 1);
  const shared = measureShared(panels, eligible);
  return {
    pairs,
    loads,
    unfilled: explainUnfilled(eligible, panels, loads).sort((a, b) => compareText(a.submission, b.submission)),
    cost: { fieldMismatch: countMismatches(eligible, panels), sharedMax: shared.max, sharedSd: shared.sd },
  };
}

/** Steps 2 to 4: the reviewers of each submission, locked ones first. */
function assignPanels(eligible: EligiblePairs, seed: number): Panels {
  const { pairSubmission, pairReviewer } = eligible;
  const priceOf = priceFields(eligible, seed);
  const pairs = {
    submission: pairSubmission,
    reviewer: pairReviewer,
    cost: pairSubmission.map((s, p) => priceOf(s, pairReviewer[p]!)),
  };
  const even = fixEvenLoads({ ...eligible, pairs });
  const panels = eligible.lockedReviewers.map((members) => [...members]);
  for (const p of solveTransport(even).chosen) {
    panels[even.submissionOf[even.pairs.submission[p]!]!]!.push(even.pairs.reviewer[p]!);
  }
  return panels;
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

function countMismatches({ submissions, reviewers }: EligiblePairs, panels: Panels): number {
  const stated = reviewers.map((r) => (r.fields.length === 0 ? undefined : new Set(r.fields)));
  return panels.reduce(
    (sum, panel, s) => sum + panel.filter((r) => stated[r]?.has(submissions[s]!.field) === false).length,
    0,
  );
}
