import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planAssignment } from "../../../apps-script/core/assignment/plan.ts";
import type { AssignmentProblem } from "../../../apps-script/core/assignment/problem.ts";
import { enumerateLoads, selectGreatest, total } from "./exhaustive.ts";
import { findViolations } from "./find-violations.ts";
import { makeSubmission, smallProblem } from "./small-problems.ts";

function countLocked({ submissions, reviewers, locked }: AssignmentProblem) {
  return {
    bySubmission: submissions.map((s) => locked.filter((pair) => pair.submission === s.id)),
    load: reviewers.map((r) => locked.filter((pair) => pair.reviewer === r.id).length),
  };
}

/** The most even loads of greatest demand, and the fewest new reviews outside stated fields among such plans. */
function solveByTrying(problem: AssignmentProblem) {
  const { submissions, reviewers, conflict } = problem;
  const locked = countLocked(problem);
  const units = reviewers.map((r) => Number(r.nominator.slice(1)));
  const rows = submissions.map((s, i) => {
    const held = locked.bySubmission[i]!.map((pair) => reviewers.find((r) => r.id === pair.reviewer)!.nominator);
    const costs = reviewers.map((r) => {
      const stage = s.anyStage || r.anyStage || s.stage === r.stage;
      const allowed = r.available && stage && s.nominator !== r.nominator && !held.includes(r.nominator);
      if (!allowed || conflict(s, r) !== undefined) return undefined;
      return r.fields.length > 0 && !r.fields.includes(s.field) ? 1 : 0;
    });
    return { demand: Math.max(0, s.demand - held.length), costs };
  });
  const room = reviewers.map((r, i) => Math.max(0, (r.capacity ?? 99) - locked.load[i]!));
  const sorted = (loads: readonly number[]) => loads.map((l, r) => l + locked.load[r]!).sort((a, b) => b - a);
  const best = selectGreatest(enumerateLoads(rows, units, room), ({ loads }) => [
    total(loads),
    ...sorted(loads).map((load) => -load),
  ]);
  return {
    filled: total(best[0]!.loads),
    loads: sorted(best[0]!.loads),
    mismatches: Math.min(...best.map((plan) => plan.cost)),
  };
}

function shuffle(problem: AssignmentProblem, by: (i: number) => number): AssignmentProblem {
  const mix = <T>(rows: readonly T[]): T[] =>
    rows
      .map((row, i) => [by(i), row] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, row]) => row);
  return {
    ...problem,
    submissions: mix(problem.submissions),
    reviewers: mix(problem.reviewers),
    locked: mix(problem.locked),
  };
}

describe("planAssignment, on any small problem", () => {
  test("keeps every hard constraint and every locked pair", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        expect(findViolations(problem, planAssignment(problem))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("meets the most demand, with the loads lexicographically least", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const plan = planAssignment(problem);
        const best = solveByTrying(problem);
        expect(plan.pairs.length - problem.locked.length).toBe(best.filled);
        expect([...plan.loads.values()].sort((a, b) => b - a)).toEqual(best.loads);
      }),
      { numRuns: 3000 },
    );
  });

  test("then has the fewest reviews outside stated fields", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const best = solveByTrying(problem);
        const lockedMismatches = planAssignment({
          ...problem,
          submissions: problem.submissions.map((s) => ({ ...s, demand: 0 })),
        }).cost.fieldMismatch;
        expect(planAssignment(problem).cost.fieldMismatch - lockedMismatches).toBe(best.mismatches);
      }),
      { numRuns: 1000 },
    );
  });

  test("does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(smallProblem, fc.func(fc.nat()), (problem, by) => {
        const [plan, shuffled] = [planAssignment(problem), planAssignment(shuffle(problem, by))];
        expect(shuffled).toEqual(plan);
        expect([...shuffled.loads]).toEqual([...plan.loads]);
      }),
      { numRuns: 500 },
    );
  });

  test("asks about a pair at most once, and only where stage and unit allow it", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const asked: string[] = [];
        planAssignment({
          ...problem,
          conflict: (s, r) => {
            expect(s.anyStage || r.anyStage || s.stage === r.stage).toBe(true);
            expect(s.nominator).not.toBe(r.nominator);
            asked.push(`${s.id} ${r.id}`);
            return problem.conflict(s, r);
          },
        });
        expect(new Set(asked).size).toBe(asked.length);
      }),
    );
  });

  test("a top-up moves nothing", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const first = planAssignment(problem);
        const again = planAssignment({ ...problem, locked: first.pairs });
        expect(again.pairs).toEqual(first.pairs.map((pair) => ({ ...pair, locked: true })));

        const grown = {
          ...problem,
          submissions: [
            ...problem.submissions.map((s) => ({ ...s, demand: s.demand + 1 })),
            makeSubmission({ id: "s5", anyStage: true, nominator: "u9" }),
          ].filter((s, i, all) => all.findIndex((other) => other.id === s.id) === i),
          locked: first.pairs,
        };
        expect(findViolations(grown, planAssignment(grown))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
