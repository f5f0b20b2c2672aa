import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listCandidates } from "../../../apps-script/core/assignment/candidates.ts";
import { type EligiblePairs, findEligiblePairs } from "../../../apps-script/core/assignment/eligibility.ts";
import { findOptimum } from "../../../apps-script/core/assignment/optimum.ts";
import type { AssignmentProblem } from "../../../apps-script/core/assignment/problem.ts";
import { verifyCertificate } from "../../../apps-script/core/assignment/verify-certificate.ts";
import { makeRegionalProblem } from "./regional-problem.ts";
import { smallProblem } from "./small-problems.ts";

function solve(problem: AssignmentProblem, first: (eligible: EligiblePairs) => ReturnType<typeof listCandidates>) {
  const eligible = findEligiblePairs(problem);
  const { panels, certificate } = findOptimum(eligible, problem.seed, first(eligible));
  const fresh = panels.flatMap((panel, s) =>
    panel.slice(eligible.lockedReviewers[s]!.length).map((r) => ({
      submission: eligible.submissions[s]!.id,
      reviewer: eligible.reviewers[r]!.id,
      locked: false,
    })),
  );
  const pairs = [...fresh, ...eligible.locked.map((pair) => ({ ...pair, locked: true }))];
  return { pairs, wrong: verifyCertificate(problem, { pairs }, certificate) };
}

describe("from a few of the eligible pairs", () => {
  test("the plan found is an optimum among all of them", () => {
    fc.assert(
      fc.property(smallProblem, fc.integer({ min: 0, max: 2 }), (problem, each) => {
        expect(solve(problem, (eligible) => listCandidates(eligible, 0, each)).wrong).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test.for([
    { name: "no field stated" },
    { name: "every field stated", stated: 1 },
    { name: "capacities just enough", capacity: 1.05, stated: 0.5 },
  ])("$name: all demand of a region is met", ({ name: _, ...options }) => {
    const problem = makeRegionalProblem({ submissions: 600, units: 20, reviewers: 60, seed: 1, ...options });
    const { pairs, wrong } = solve(problem, (eligible) => listCandidates(eligible, 0, 4));
    expect(pairs.length).toBe(1800);
    expect(wrong).toEqual([]);
  });
});
