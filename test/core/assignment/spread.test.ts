import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planAssignment } from "../../../apps-script/core/assignment/plan.ts";
import { createDraw } from "../../../apps-script/core/assignment/seeded-random.ts";
import { verifyCertificate } from "../../../apps-script/core/assignment/verify-certificate.ts";
import { findViolations } from "./find-violations.ts";
import { measureGroups, median, shufflePlan } from "./random-plan.ts";
import { makeRegionalProblem, type RegionalOptions } from "./regional-problem.ts";
import { makeReviewer, makeSubmission, smallProblem } from "./small-problems.ts";

const region = { submissions: 600, units: 20, reviewers: 60, seed: 1 };

describe("reviewers of one field and stage", () => {
  test.for<RegionalOptions & { readonly name: string }>([
    { name: "no field stated", ...region },
    { name: "half of the fields stated", ...region, stated: 0.5 },
    { name: "every field stated", ...region, stated: 1 },
    { name: "several reviewers of each unit", ...region, units: 8 },
    { name: "every third pair in conflict", ...region, conflicts: 0.33 },
    { name: "few reviewers", ...region, reviewers: 30, units: 10 },
    { name: "capacities just enough", ...region, capacity: 1.05 },
    { name: "half of the reviews locked", ...region, locked: 0.5 },
    { name: "ten submissions a group", submissions: 120, units: 8, reviewers: 40, seed: 6 },
    { name: "reviewers of one or two reviews a group", submissions: 90, units: 28, reviewers: 77, seed: 7 },
    { name: "two in five pairs in conflict", submissions: 300, units: 12, reviewers: 60, conflicts: 0.4, seed: 2 },
  ])("$name: share as evenly as chance would have it, and hang together", (options) => {
    const problem = makeRegionalProblem(options);
    const plan = planAssignment(problem);
    expect(plan.unfilled).toEqual([]);
    expect(findViolations(problem, plan)).toEqual([]);
    expect(verifyCertificate(problem, plan, plan.certificate)).toEqual([]);

    const draw = createDraw(7);
    const chance = Array.from({ length: 20 }, () => measureGroups(problem, shufflePlan(problem, plan, draw)));
    const own = measureGroups(problem, plan.pairs);
    for (const [i, { sd, max, components }] of own.entries()) {
      expect(sd).toBeLessThanOrEqual(median(chance.map((groups) => groups[i]!.sd)));
      expect(max).toBeLessThanOrEqual(median(chance.map((groups) => groups[i]!.max)));
      // One, but where nobody else may take a case: then chance does not link it either.
      expect(components).toBe(Math.min(...chance.map((groups) => groups[i]!.components)));
    }
    expect(plan.cost.groups).toBe(own.length);
    expect(plan.cost.components).toBe(own.reduce((sum, group) => sum + group.components, 0));
  });

  test("no island stays that an exchange could link", () => {
    const submissions = Array.from({ length: 12 }, (_, i) => makeSubmission({ id: `A${i}`, demand: 2 }));
    const reviewers = Array.from({ length: 6 }, (_, i) => makeReviewer({ id: `E${i}`, nominator: `乙${i}` }));
    for (let seed = 1; seed <= 20; seed++) {
      const plan = planAssignment({ submissions, reviewers, conflict: () => undefined, locked: [], seed });
      expect(plan.cost).toMatchObject({ groups: 1, components: 1 });
    }
  });

  test.for<RegionalOptions & { readonly name: string }>([
    { name: "many units", submissions: 1800, units: 40, reviewers: 240, seed: 1 },
    { name: "several reviewers of each unit", submissions: 1800, units: 16, reviewers: 240, seed: 2 },
    { name: "every third pair in conflict", submissions: 1800, units: 40, reviewers: 240, conflicts: 0.33, seed: 3 },
    { name: "five in eight pairs in conflict", submissions: 1200, units: 28, reviewers: 240, conflicts: 0.62, seed: 1 },
    { name: "more reviewers than they need", submissions: 300, units: 28, reviewers: 420, seed: 4 },
  ])("$name: 95 % stay in one field where none is stated", (options) => {
    const { loaded, oneField } = planAssignment(makeRegionalProblem(options)).cost;
    expect(oneField / loaded).toBeGreaterThanOrEqual(0.95);
  });

  test("facts are what an independent count finds", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const plan = planAssignment(problem);
        const known = new Set(problem.submissions.map((s) => s.id));
        const pairs = plan.pairs.filter(
          (p) => known.has(p.submission) && problem.reviewers.some((r) => r.id === p.reviewer),
        );
        const groups = measureGroups(problem, pairs);
        expect(plan.cost.groups).toBe(groups.length);
        expect(plan.cost.components).toBe(groups.reduce((sum, group) => sum + group.components, 0));
        const fields = problem.reviewers.map(({ id }) => {
          const own = pairs.filter((pair) => pair.reviewer === id).map((pair) => pair.submission);
          return new Set(own.map((submission) => problem.submissions.find((s) => s.id === submission)!.field)).size;
        });
        expect(plan.cost.loaded).toBe(fields.filter((count) => count > 0).length);
        expect(plan.cost.oneField).toBe(fields.filter((count) => count === 1).length);
        expect(plan.cost.fieldMismatchFloor).toBeLessThanOrEqual(plan.cost.fieldMismatch);
      }),
      { numRuns: 500 },
    );
  });
});
