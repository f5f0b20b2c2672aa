import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planAssignment } from "../../../apps-script/core/assignment/plan.ts";
import type { AssignmentProblem, LockedPair } from "../../../apps-script/core/assignment/problem.ts";
import { chooseKeptPairs } from "../../../apps-script/core/assignment/repair.ts";
import { enumerateLoads, selectGreatest, total } from "./exhaustive.ts";
import { findViolations } from "./find-violations.ts";
import { makeReviewer, makeSubmission, smallProblem } from "./small-problems.ts";

const keyOf = (pair: LockedPair) => `${pair.submission} ${pair.reviewer}`;

/** A small problem with pairs of a former plan: any, possible or not, none of them locked. */
const repairProblem = fc
  .record({ problem: smallProblem, picks: fc.array(fc.nat({ max: 35 }), { maxLength: 12 }) })
  .map(({ problem, picks }) => {
    const locked = new Set(problem.locked.map(keyOf));
    const all = problem.submissions.flatMap((s) =>
      problem.reviewers.map((r) => ({ submission: s.id, reviewer: r.id })),
    );
    const held = [...new Set(picks)].flatMap((i) => all[i] ?? []).filter((pair) => !locked.has(keyOf(pair)));
    return { ...problem, held };
  });

/** The most demand that can be met, and the fewest new pairs among such plans, by trying every plan. */
function solveByTrying(problem: AssignmentProblem, held: readonly LockedPair[], rebalance: boolean) {
  const { submissions, reviewers, locked, conflict } = problem;
  const heldKeys = new Set(held.map(keyOf));
  const lockedLoad = reviewers.map((r) => locked.filter((pair) => pair.reviewer === r.id).length);
  const rows = submissions.map((s) => {
    const taken = locked.filter((pair) => pair.submission === s.id);
    const units = taken.map((pair) => reviewers.find((r) => r.id === pair.reviewer)!.nominator);
    const costs = reviewers.map((r) => {
      const stage = s.anyStage || r.anyStage || s.stage === r.stage;
      if (!r.available || !stage || s.nominator === r.nominator || units.includes(r.nominator)) return undefined;
      if (conflict(s, r) !== undefined) return undefined;
      return heldKeys.has(keyOf({ submission: s.id, reviewer: r.id })) ? 0 : 1;
    });
    return { demand: Math.max(0, s.demand - taken.length), costs };
  });
  const room = reviewers.map((r, i) => Math.max(0, (r.capacity ?? 99) - lockedLoad[i]!));
  const units = reviewers.map((r) => Number(r.nominator.slice(1)));
  const sorted = (loads: readonly number[]) => loads.map((l, i) => l + lockedLoad[i]!).sort((a, b) => b - a);
  const best = selectGreatest(enumerateLoads(rows, units, room), ({ loads, cost }) => [
    total(loads),
    ...(rebalance ? sorted(loads).map((load) => -load) : []),
    -cost,
  ])[0]!;
  return { filled: total(best.loads), added: best.cost, loads: sorted(best.loads) };
}

describe.each([false, true])("a repair on any small problem, rebalance: %s", (rebalance) => {
  test("meets the most demand, then moves the fewest pairs", () => {
    fc.assert(
      fc.property(repairProblem, ({ held, ...problem }) => {
        const kept = chooseKeptPairs({ ...problem, held, rebalance });
        const plan = planAssignment({ ...problem, locked: [...problem.locked, ...kept] });
        const best = solveByTrying(problem, held, rebalance);
        expect(plan.pairs.length - problem.locked.length).toBe(best.filled);
        expect(kept.length).toBe(best.filled - best.added);
        if (rebalance) expect([...plan.loads.values()].sort((a, b) => b - a)).toEqual(best.loads);
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps every hard constraint", () => {
    fc.assert(
      fc.property(repairProblem, ({ held, ...problem }) => {
        const kept = new Set(chooseKeptPairs({ ...problem, held, rebalance }).map(keyOf));
        const { locked } = problem;
        const plan = planAssignment({ ...problem, locked: [...locked, ...held.filter((p) => kept.has(keyOf(p)))] });
        const pairs = plan.pairs.map((p) => ({ ...p, locked: p.locked && !kept.has(keyOf(p)) }));
        expect(findViolations(problem, { ...plan, pairs })).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("with no change moves nothing", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const plan = planAssignment(problem);
        const held = plan.pairs.filter((pair) => !pair.locked);
        expect(chooseKeptPairs({ ...problem, held, rebalance })).toEqual(held);
      }),
      { numRuns: 1000 },
    );
  });

  test("does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(repairProblem, ({ held, ...problem }) => {
        const turned = {
          ...problem,
          submissions: [...problem.submissions].reverse(),
          reviewers: [...problem.reviewers].reverse(),
        };
        const kept = chooseKeptPairs({ ...problem, held, rebalance });
        const again = chooseKeptPairs({ ...turned, held: [...held].reverse(), rebalance });
        expect(again.map(keyOf).sort()).toEqual(kept.map(keyOf).sort());
      }),
      { numRuns: 300 },
    );
  });
});

describe("what moves", () => {
  const submissions = ["s1", "s2"].map((id) => makeSubmission({ id, demand: 1, nominator: "甲区" }));
  const problem = (reviewers: AssignmentProblem["reviewers"], conflicts: readonly string[] = []) => ({
    submissions,
    reviewers,
    conflict: (s: { id: string }, r: { id: string }) => (conflicts.includes(`${s.id} ${r.id}`) ? "回避" : undefined),
    locked: [],
    seed: 1,
  });
  const held = (...keys: string[]) =>
    keys.map((key) => ({ submission: key.split(" ")[0]!, reviewer: key.split(" ")[1]! }));

  test("one gives way where another cannot be served otherwise", () => {
    const reviewers = ["r1", "r2"].map((id) => makeReviewer({ id, capacity: 1 }));
    // s2 can only have r1, who has s1.
    const kept = chooseKeptPairs({ ...problem(reviewers, ["s2 r2"]), held: held("s1 r1"), rebalance: false });
    expect(kept).toEqual([]);
  });

  test("an expert added takes over only to even loads", () => {
    const reviewers = ["r1", "r2"].map((id) => makeReviewer({ id }));
    const both = held("s1 r1", "s2 r1");
    expect(chooseKeptPairs({ ...problem(reviewers), held: both, rebalance: false })).toHaveLength(2);
    expect(chooseKeptPairs({ ...problem(reviewers), held: both, rebalance: true })).toHaveLength(1);
  });

  test("of hundreds of thousands of eligible pairs none is left out that saves a review", () => {
    const [cases, experts] = [1600, 200];
    const large = {
      ...problem([]),
      submissions: Array.from({ length: cases + 1 }, (_, i) => makeSubmission({ id: `s${i}`, demand: 1 })),
      reviewers: Array.from({ length: experts + 1 }, (_, i) =>
        makeReviewer({ id: `r${i}`, nominator: `u${i}`, capacity: i === experts ? 1 : cases / experts }),
      ),
      // The late submission can only have r0, who is full; of his, s0 alone can go to the expert who has room.
      conflict: (s: { id: string }, r: { id: string }) =>
        (s.id === `s${cases}` && r.id !== "r0") || (r.id === `r${experts}` && s.id !== "s0") ? "回避" : undefined,
    };
    const former = held(...Array.from({ length: cases }, (_, i) => `s${i} r${i % experts}`));
    const kept = chooseKeptPairs({ ...large, held: former, rebalance: false });
    expect(former.filter((pair) => !kept.includes(pair)).map(keyOf)).toEqual(["s0 r0"]);
  });
});
