import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planAssignment } from "../../../apps-script/core/assignment/plan.ts";
import type { AssignmentPlan, AssignmentProblem, Price } from "../../../apps-script/core/assignment/problem.ts";
import { verifyCertificate } from "../../../apps-script/core/assignment/verify-certificate.ts";
import { makeReviewer, makeSubmission, smallProblem } from "./small-problems.ts";

function verify(problem: AssignmentProblem, plan: AssignmentPlan): string[] {
  return verifyCertificate(problem, plan, plan.certificate);
}

/** How good a plan is, the more important first: demand met, loads from the highest, mismatches; less is better. */
function judge({ reviewers, submissions }: AssignmentProblem, pairs: AssignmentPlan["pairs"]): number[] {
  const loads = reviewers.map((r) => pairs.filter((pair) => pair.reviewer === r.id).length).sort((a, b) => b - a);
  const mismatches = pairs.filter((pair) => {
    const reviewer = reviewers.find((r) => r.id === pair.reviewer);
    const submission = submissions.find((s) => s.id === pair.submission);
    return reviewer && submission && reviewer.fields.length > 0 && !reviewer.fields.includes(submission.field);
  });
  return [-pairs.length, ...loads, mismatches.length];
}

describe("verifyCertificate", () => {
  test("accepts every plan that the solver makes", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        expect(verify(problem, planAssignment(problem))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  test("accepts another plan under the same prices only when it is as good", () => {
    let [accepted, rejected] = [0, 0];
    fc.assert(
      fc.property(smallProblem, fc.nat(), fc.nat(), (problem, at, to) => {
        const plan = planAssignment(problem);
        const free = plan.pairs.filter((pair) => !pair.locked);
        fc.pre(free.length > 0);
        const moved = free[at % free.length]!;
        const reviewer = problem.reviewers[to % problem.reviewers.length]!.id;
        const others = plan.pairs.filter((pair) => pair !== moved);
        fc.pre(reviewer !== moved.reviewer);
        const pairs = [...others, { ...moved, reviewer }];
        const wrong = verifyCertificate(problem, { pairs }, plan.certificate);
        if (wrong.length > 0) rejected++;
        else {
          accepted++;
          expect(judge(problem, pairs)).toEqual(judge(problem, plan.pairs));
        }
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(accepted, rejected)).toBeGreaterThan(10);
  });

  test("finds a review that was taken out, and one that was put in twice", () => {
    fc.assert(
      fc.property(smallProblem, fc.nat(), (problem, at) => {
        const plan = planAssignment(problem);
        fc.pre(plan.pairs.length > 0);
        const i = at % plan.pairs.length;
        const without = plan.pairs.filter((_, k) => k !== i);
        expect(verifyCertificate(problem, { pairs: without }, plan.certificate)).not.toEqual([]);
        expect(verifyCertificate(problem, { pairs: [...plan.pairs, plan.pairs[i]!] }, plan.certificate)).not.toEqual(
          [],
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("finds a price that proves nothing", () => {
    const parts = ["shortage", "load"] as const;
    fc.assert(
      fc.property(smallProblem, fc.constantFrom(...parts), fc.constantFrom(-50, 50), (problem, part, by) => {
        const plan = planAssignment(problem);
        const capacity = new Map(problem.reviewers.map((r) => [r.id, r.capacity ?? 99]));
        // A reviewer at capacity may have any price, however high.
        const used = plan.pairs.find((p) => !p.locked && plan.loads.get(p.reviewer)! < capacity.get(p.reviewer)!);
        fc.pre(used !== undefined);
        const change = (prices: ReadonlyMap<string, Price>, id: string) => {
          const price = prices.get(id)!;
          return new Map(prices).set(id, { ...price, [part]: price[part] + by });
        };
        const submissions = change(plan.certificate.submissions, used!.submission);
        const reviewers = change(plan.certificate.reviewers, used!.reviewer);
        if (by < 0) {
          expect(verifyCertificate(problem, plan, { ...plan.certificate, submissions })).not.toEqual([]);
        } else expect(verifyCertificate(problem, plan, { ...plan.certificate, reviewers })).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  const submissions = ["A1", "A2"].map((id) => makeSubmission({ id, demand: 1 }));
  const reviewers = ["E1", "E2"].map((id) => makeReviewer({ id, nominator: `乙${id}`, fields: ["教学革新"] }));
  const problem: AssignmentProblem = { submissions, reviewers, conflict: () => undefined, locked: [], seed: 1 };
  const certificate = planAssignment(problem).certificate;
  const pair = (submission: string, reviewer: string) => ({ submission, reviewer, locked: false });

  test.for<{ name: string; problem?: Partial<AssignmentProblem>; pairs: string[][]; told: string }>([
    {
      name: "uneven loads",
      pairs: [
        ["A1", "E1"],
        ["A2", "E1"],
      ],
      told: "专家 E1 的价格 （0，1，0） 低于最后一份评审的代价 2。",
    },
    { name: "unmet demand", pairs: [["A1", "E1"]], told: "案例 A2 缺专家，价格 （0，1，0） 却低于缺一名专家的代价。" },
    { name: "an unknown expert", pairs: [["A1", "E9"]], told: '["A1","E9"]：案例或专家不存在。' },
    {
      name: "a mismatch that another would not have",
      problem: {
        reviewers: [reviewers[0]!, { ...reviewers[1]!, fields: ["教研创新"] }, { ...reviewers[1]!, id: "E3" }],
      },
      pairs: [
        ["A1", "E1"],
        ["A2", "E2"],
      ],
      told: "案例 A2 用了专家 E2，代价 （0，1，1） 高于 （0，1，0）。",
    },
    {
      name: "a conflict",
      problem: { conflict: (s, r) => (s.id === "A1" && r.id === "E1" ? "回避声明" : undefined) },
      pairs: [
        ["A1", "E1"],
        ["A2", "E2"],
      ],
      told: "案例 A1 不可由专家 E1 评审。",
    },
    {
      name: "a locked pair that is gone",
      problem: { locked: [pair("A1", "E2")] },
      pairs: [
        ["A1", "E1"],
        ["A2", "E2"],
      ],
      told: '已有的分派 ["A1","E2"] 不在方案中。',
    },
  ])("tells $name in words", ({ problem: changes, pairs, told }) => {
    const changed = { ...problem, ...changes };
    const prices = {
      ...certificate,
      reviewers: new Map(certificate.reviewers).set("E3", certificate.reviewers.get("E2")!),
    };
    const wrong = verifyCertificate(changed, { pairs: pairs.map(([s, r]) => pair(s!, r!)) }, prices);
    expect(wrong).toContain(told);
  });
});
