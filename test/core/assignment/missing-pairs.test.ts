import fc from "fast-check";
import { expect, test } from "vitest";
import { findEligiblePairs } from "../../../apps-script/core/assignment/eligibility.ts";
import { SHORT_LEVEL } from "../../../apps-script/core/assignment/even-loads.ts";
import { findMissingPairs } from "../../../apps-script/core/assignment/missing-pairs.ts";
import { smallProblem } from "./small-problems.ts";

const level = 0x100000000;

test("the pairs that would gain most are found: those that a look at every pair finds", () => {
  fc.assert(
    fc.property(smallProblem, fc.array(fc.nat(), { minLength: 16, maxLength: 64 }), (problem, numbers) => {
      let at = 0;
      const draw = (below: number) => numbers[at++ % numbers.length]! % below;
      const eligible = findEligiblePairs({ ...problem, locked: [] });
      const { submissions, reviewers, allowed, unitOf, demand } = eligible;
      const some = (most: number) => Int32Array.from(reviewers, () => draw(most));
      const bySubmission = (most: number) => Int32Array.from(submissions, () => draw(most));
      const prices = { sink: draw(9), submission: bySubmission(9), reviewer: some(9) };
      const submissionLevel = bySubmission(3).map((each) => (each === 2 ? SHORT_LEVEL : each + 1));
      const reviewerLevel = some(4).map((each) => (each === 3 ? SHORT_LEVEL : each - 1));
      const [load, filled, costs] = [some(3), bySubmission(3), submissions.map(() => some(5))];
      const panels = submissions.map((_, s) => {
        const units = new Set<number>();
        return [...reviewers.keys()].filter((r) => {
          const taken = allowed.has(s, r) && draw(3) === 0 && !units.has(unitOf[r]!);
          if (taken) units.add(unitOf[r]!);
          return taken;
        });
      });
      const even = { demand: bySubmission(3), submissionLevel, reviewerLevel };
      const found = findMissingPairs(
        eligible,
        panels,
        even as unknown as Parameters<typeof findMissingPairs>[2],
        { prices, filled, load } as unknown as Parameters<typeof findMissingPairs>[3],
        costs,
      );

      const reviewerKey = (r: number) => {
        const own = reviewerLevel[r]!;
        if (own < 0) return (eligible.lockedLoad[r]! + load[r]! + 1) * level;
        return own * level + (own < SHORT_LEVEL ? prices.sink : 0) - prices.reviewer[r]!;
      };
      const wanted = submissions.flatMap((_, s) => {
        if (demand[s] === 0) return [];
        const own = submissionLevel[s]!;
        const open =
          own < SHORT_LEVEL
            ? own * level + prices.sink - prices.submission[s]!
            : own * level - (filled[s]! < even.demand[s]! ? 0 : prices.submission[s]!);
        const gainOf = (r: number) => {
          const holder = panels[s]!.find((each) => unitOf[each] === unitOf[r]);
          const held = holder === undefined ? open : costs[s]![holder]! + reviewerKey(holder);
          return held - reviewerKey(r) - costs[s]![r]!;
        };
        return [...reviewers.keys()]
          .filter((r) => allowed.has(s, r) && gainOf(r) > 0)
          .sort((a, b) => gainOf(b) - gainOf(a) || a - b)
          .slice(0, 8)
          .map((r) => [s, r]);
      });
      expect([...found.submission].map((s, i) => [s, found.reviewer[i]])).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});
