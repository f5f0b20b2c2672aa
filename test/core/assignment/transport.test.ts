import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { solveTransport, type TransportProblem } from "../../../apps-script/core/assignment/transport.ts";
import { enumerateLoads, selectGreatest, total } from "./exhaustive.ts";
import { makeProvincialInstance, toTransport } from "./provincial-instance.ts";

function pairsFrom(costs: readonly (readonly (number | undefined)[])[]) {
  const rows = costs.flatMap((row, s) => row.flatMap((cost, r) => (cost === undefined ? [] : [[s, r, cost] as const])));
  return {
    submission: Int32Array.from(rows, ([s]) => s),
    reviewer: Int32Array.from(rows, ([, r]) => r),
    cost: Int32Array.from(rows, ([, , cost]) => cost),
  };
}

const small = fc
  .record({ submissions: fc.integer({ min: 0, max: 5 }), reviewers: fc.integer({ min: 1, max: 5 }) })
  .chain(({ submissions, reviewers }) => {
    const perReviewer = (most: number) =>
      fc.array(fc.integer({ min: 0, max: most }), { minLength: reviewers, maxLength: reviewers });
    const cost = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined });
    return fc.record({
      demand: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: submissions, maxLength: submissions }),
      costs: fc.array(fc.array(cost, { minLength: reviewers, maxLength: reviewers }), {
        minLength: submissions,
        maxLength: submissions,
      }),
      units: perReviewer(3),
      least: perReviewer(2),
      extra: perReviewer(3),
    });
  });

describe("solveTransport", () => {
  test("reaches the known optimum of the provincial instance", () => {
    const instance = makeProvincialInstance();
    const problem = toTransport(instance, instance.eligible.cost);
    const { chosen, cost, filled, load } = solveTransport(problem);
    expect(problem.pairs.cost.length).toBe(879646);
    expect(cost).toBe(6276);
    expect(filled.every((count) => count === 3)).toBe(true);
    expect(load.every((l, r) => problem.minLoad[r]! <= l && l <= problem.maxLoad[r]!)).toBe(true);
    const cells = Array.from(chosen, (p) => {
      const unit = problem.unitOf[problem.pairs.reviewer[p]!]!;
      return problem.pairs.submission[p]! * 48 + unit;
    });
    expect(new Set(cells).size).toBe(18000);
  });

  test("agrees with trying everything: most demand, then least loads met, then least cost", () => {
    fc.assert(
      fc.property(small, ({ demand, costs, units, least, extra }) => {
        const most = least.map((low, r) => low + extra[r]!);
        const problem: TransportProblem = {
          demand: Int32Array.from(demand),
          unitOf: Int32Array.from(units),
          pairs: pairsFrom(costs),
          minLoad: Int32Array.from(least),
          maxLoad: Int32Array.from(most),
        };
        const solution = solveTransport(problem);
        const load = [...solution.load];
        const met = (loads: readonly number[]) => total(loads.map((l, r) => Math.min(l, least[r]!)));
        const rows = demand.map((d, s) => ({ demand: d, costs: costs[s]! }));
        const [best] = selectGreatest(enumerateLoads(rows, units, most), (plan) => [
          total(plan.loads),
          met(plan.loads),
          -plan.cost,
        ]);
        expect([total(load), met(load), solution.cost]).toEqual([total(best!.loads), met(best!.loads), best!.cost]);

        const pairs = [...solution.chosen].map(
          (p) => [problem.pairs.submission[p]!, problem.pairs.reviewer[p]!] as const,
        );
        expect(load).toEqual(units.map((_, r) => pairs.filter((pair) => pair[1] === r).length));
        expect([...solution.filled]).toEqual(demand.map((_, s) => pairs.filter((pair) => pair[0] === s).length));
        expect(solution.filled.every((count, s) => count <= demand[s]!)).toBe(true);
        expect(new Set(pairs.map(([s, r]) => `${s} ${units[r]}`)).size).toBe(pairs.length);
      }),
      { numRuns: 1500 },
    );
  });
});
