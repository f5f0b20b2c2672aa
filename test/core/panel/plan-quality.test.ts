import { describe, expect, test } from "vitest";
import { planAssignment } from "../../../apps-script/core/assignment/plan.ts";
import type { AssignmentProblem, PlanCost } from "../../../apps-script/core/assignment/problem.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { describeAssignment } from "../../../apps-script/core/panel/describe-assignment.ts";
import { assessPlan, summarisePlanQuality } from "../../../apps-script/core/panel/plan-quality.ts";
import { makeReviewer, makeSubmission } from "../assignment/small-problems.ts";
import { defaultExperts, notice, shared } from "../review-fixture.ts";

const submissions = ["A1", "A2"].map((id) => makeSubmission({ id, demand: 2 }));
const reviewers = ["乙区", "丙县", "丁县", "戊县"].map((nominator, i) => makeReviewer({ id: `E${i}`, nominator }));
const problem: AssignmentProblem = { submissions, reviewers, conflict: () => undefined, locked: [], seed: 1 };

describe("the certificate", () => {
  test("holds for the plan as it was made", () => {
    const { proved, lines } = assessPlan(problem, planAssignment(problem));
    expect(proved).toBe(true);
    expect(lines[0]).toMatch(/^最优性证书：成立。/);
  });

  test("does not hold when a review is taken out, and the first fault is told", () => {
    const plan = planAssignment(problem);
    const { proved, lines } = assessPlan(problem, { ...plan, pairs: plan.pairs.slice(1) });
    expect(proved).toBe(false);
    expect(lines[0]).toMatch(/^最优性证书：不成立，请不要采用本方案，并告诉维护人员：案例 A1 缺专家/);
  });
});

describe("what is told of the soft aims", () => {
  const cost: PlanCost = {
    fieldMismatch: 0,
    fieldMismatchFloor: 0,
    loaded: 200,
    oneField: 199,
    sharedMax: 4,
    sharedSd: 0.704,
    groups: 12,
    components: 12,
  };
  const linesOf = (changes: Partial<PlanCost>) =>
    assessPlan(problem, { ...planAssignment(problem), cost: { ...cost, ...changes } }).lines.slice(1);

  test.for<{ name: string; changes: Partial<PlanCost>; told: string }>([
    { name: "shared reviews", changes: {}, told: "标准差为 0.70；任意两名专家最多共评 4 个案例。" },
    { name: "linked groups", changes: {}, told: "12 组（学段 × 领域）各自由共评案例连成一片" },
    { name: "a group that falls apart", changes: { components: 14 }, told: "有的未能连成一片，共 14 片" },
    { name: "no mismatch", changes: {}, told: "200 名有评审任务的专家中 199 名（99.5 %）只评一个领域；没有案例" },
    { name: "a share just short of 95 %", changes: { loaded: 10_000, oneField: 9499 }, told: "（94.9 %）" },
    {
      name: "the price of even loads",
      changes: { fieldMismatch: 9, fieldMismatchFloor: 4 },
      told: "9 份评审与专家所填的擅长领域不符。评审量均衡优先于领域相符：如不要求均衡，领域不符至多可减少 5 份。",
    },
    {
      name: "mismatches that no loads avoid",
      changes: { fieldMismatch: 4, fieldMismatchFloor: 4 },
      told: "不符，即使不要求评审量均衡，也不能再少。",
    },
  ])("$name", ({ changes, told }) => {
    expect(linesOf(changes).join("\n")).toContain(told);
  });

  test("what earlier pairs cause is not called unavoidable", () => {
    const locked = [{ submission: "A1", reviewer: "E0" }];
    const plan = {
      ...planAssignment({ ...problem, locked }),
      cost: { ...cost, fieldMismatch: 4, fieldMismatchFloor: 4 },
    };
    expect(assessPlan({ ...problem, locked }, plan).lines.join("\n")).toContain("不符，在保留的分派之下，即使");
  });

  test("nothing where nobody reviews", () => {
    expect(linesOf({ loaded: 0, oneField: 0, groups: 0, components: 0 })).toEqual([]);
    expect(summarisePlanQuality({ ...cost, loaded: 0, proved: true })).not.toContain("只评一个领域");
  });
});

test("日志 tells shared reviews, links, fields and whether the plan is proved", () => {
  const plan = planReview(shared(), undefined, notice);
  expect(plan.quality).toHaveLength(4);
  expect(plan.shortages).toEqual([]);
  expect(describeAssignment(plan).outcome).toMatch(
    /领域不符 \d+，只评一个领域的专家 [\d.]+ %，两名专家最多共评 \d+ 个案例（同组标准差 \d\.\d\d），\d+ 组连成 \d+ 片，最优性证书成立$/,
  );
});

test("a shortage is told once for its cause, with the least change that ends it", () => {
  const plan = planReview(shared({ experts: defaultExperts().filter((e) => e.stage !== "高中") }), undefined, notice);
  expect(plan.shortages).toHaveLength(1);
  expect(plan.shortages[0]).toMatch(/^高中：\d+ 个案例共缺 \d+ 人次评审；.*至少再增 \d 个单位的 \d 名高中专家/);
});

test("prices are listed by 案例编号 and 专家编号", () => {
  const { certificate, result } = planReview(shared(), undefined, notice);
  expect(certificate.experts.map(({ expert }) => expert)).toEqual(result.experts.map(({ id }) => id).sort());
  expect(certificate.submissions.map(({ submission }) => submission)).toEqual(
    [...new Set(result.pairs.map(({ submission }) => submission))].sort(),
  );
});
