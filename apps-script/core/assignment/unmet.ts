import { listCandidates } from "./candidates.ts";
import { findEligiblePairs } from "./eligibility.ts";
import { fillMost } from "./even-loads.ts";
import type { AssignmentProblem } from "./problem.ts";

/** The reviews that no plan can supply, however uneven: demand less the greatest flow. */
export function countUnmet(problem: AssignmentProblem): number {
  const eligible = findEligiblePairs(problem);
  const filled = fillMost({ ...eligible, pairs: listCandidates(eligible, Number.POSITIVE_INFINITY) });
  return eligible.demand.reduce((sum, demand, s) => sum + demand - (filled[s] ?? 0), 0);
}
