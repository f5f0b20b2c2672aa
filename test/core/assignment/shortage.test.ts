import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planAssignment } from "../../../apps-script/core/assignment/plan.ts";
import type { AssignmentProblem, Shortage } from "../../../apps-script/core/assignment/problem.ts";
import { makeReviewer, makeSubmission, smallProblem } from "./small-problems.ts";

/** The problem with that many more reviewers, each of a unit of its own and without conflict. */
function addReviewers(problem: AssignmentProblem, stage: string, count: number): AssignmentProblem {
  const more = Array.from({ length: count }, (_, i) =>
    makeReviewer({ id: `新${i}`, nominator: `新单位${i}`, stage, anyStage: stage === "" }),
  );
  return {
    ...problem,
    reviewers: [...problem.reviewers, ...more],
    conflict: (s, r) => (r.id.startsWith("新") ? undefined : problem.conflict(s, r)),
  };
}

function raiseCapacities(problem: AssignmentProblem, raises: Shortage["raises"]): AssignmentProblem {
  const by = new Map(raises.map((raise) => [raise.reviewer, raise.by]));
  const lockedLoad = (id: string) =>
    new Set(problem.locked.filter((p) => p.reviewer === id).map((p) => p.submission)).size;
  return {
    ...problem,
    // Where what is locked is over the capacity already, the raise counts from there.
    reviewers: problem.reviewers.map((r) =>
      by.has(r.id) ? { ...r, capacity: Math.max(r.capacity!, lockedLoad(r.id)) + by.get(r.id)! } : r,
    ),
  };
}

function missingOf(problem: AssignmentProblem, submissions: readonly string[]): number {
  const { unfilled } = planAssignment(problem);
  return unfilled.filter((u) => submissions.includes(u.submission)).reduce((sum, u) => sum + u.missing, 0);
}

function missingInAll(problem: AssignmentProblem): number {
  return planAssignment(problem).unfilled.reduce((sum, u) => sum + u.missing, 0);
}

/** Each remedy, applied to a problem that has no other shortage, ends it, and one less of it does not. */
function checkRemedies(problem: AssignmentProblem): void {
  const { unfilled, shortages } = planAssignment(problem);
  expect(shortages.flatMap((each) => each.submissions).sort()).toEqual(unfilled.map((u) => u.submission));
  for (const shortage of shortages) {
    const isElsewhere = (id: string) =>
      !shortage.submissions.includes(id) && unfilled.some(({ submission }) => submission === id);
    const alone = {
      ...problem,
      submissions: problem.submissions.map((s) => (isElsewhere(s.id) ? { ...s, demand: 0 } : s)),
    };
    expect(missingInAll(alone)).toBe(shortage.missing);
    const { count, stage } = shortage.moreReviewers;
    expect(missingInAll(addReviewers(alone, stage, count))).toBe(0);
    expect(missingInAll(addReviewers(alone, "", count - 1))).toBeGreaterThan(0);
    if (shortage.raises.length === 0) continue;
    expect(shortage.raises.reduce((sum, { by }) => sum + by, 0)).toBe(shortage.missing);
    expect(missingInAll(raiseCapacities(alone, shortage.raises))).toBe(0);
  }
}

describe("shortages", () => {
  test("each remedy suffices, and a smaller one does not", () => {
    fc.assert(fc.property(smallProblem, checkRemedies), { numRuns: 1500 });
  });

  test("a raise is told wherever one would help", () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const unlimited = { ...problem, reviewers: problem.reviewers.map((r) => ({ ...r, capacity: 99 })) };
        for (const { raises, submissions } of planAssignment(problem).shortages) {
          if (raises.length === 0) expect(missingOf(unlimited, submissions)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  const units = (...nominators: string[]) =>
    nominators.map((nominator, i) => makeReviewer({ id: `E00${i + 1}`, nominator, stage: "高中" }));
  const three = ["A1", "A2", "A3"].map((id) => makeSubmission({ id, stage: "高中" }));
  const more = (count: number, experts = "高中专家") =>
    `至少再增 ${count} 个单位的 ${count} 名${experts}（各来自一个新单位，无须回避，评审件数不限）`;

  test.for<{ name: string; problem: Partial<AssignmentProblem>; explanation: string }>([
    {
      name: "too few units",
      problem: { reviewers: units("乙区", "乙区", "乙区", "丙县", "丙县", "丙县", "丙县") },
      explanation: `高中：3 个案例共缺 3 人次评审；回避后每案仅余 7 名专家、来自 2 个推荐单位，每案需 3 个不同单位；${more(1)}。`,
    },
    {
      name: "no reviewer of the stage",
      problem: { reviewers: [makeReviewer({ id: "E001" })] },
      explanation: `高中：3 个案例共缺 9 人次评审；回避后每案仅余 0 名专家、来自 0 个推荐单位，每案需 3 个不同单位；${more(3)}。`,
    },
    {
      name: "conflicts",
      problem: {
        reviewers: units("乙区", "丙县", "丁县", "戊县"),
        conflict: (s, r) => (s.id === "A1" && r.nominator !== "乙区" ? "回避声明" : undefined),
      },
      explanation: `高中：1 个案例共缺 2 人次评审；回避后每案仅余 1 名专家、来自 1 个推荐单位，每案需 3 个不同单位；${more(2)}。`,
    },
    {
      name: "withdrawn reviewers",
      problem: { reviewers: units("乙区", "丙县", "丁县").map((r, i) => ({ ...r, available: i < 2 })) },
      explanation: `高中：3 个案例共缺 3 人次评审；回避后每案仅余 2 名专家、来自 2 个推荐单位，每案需 3 个不同单位；${more(1)}。`,
    },
    {
      name: "capacity used up",
      problem: { reviewers: units("乙区", "丙县", "丁县").map((r, i) => (i < 2 ? { ...r, capacity: 2 } : r)) },
      explanation: `高中：1 个案例共缺 2 人次评审；回避后每案仅余 3 名专家、来自 3 个推荐单位，每案需 3 个不同单位；其中 2 名已达评审上限（合计还可评 4 份，须由 3 个案例分用）；${more(1)}，或把评审上限合计提高 2 份（E001 提高 1 份、E002 提高 1 份）。`,
    },
    {
      name: "the unit of a locked reviewer",
      problem: {
        reviewers: units("乙区", "乙区", "丙县"),
        submissions: three.slice(0, 1),
        locked: [{ submission: "A1", reviewer: "E001" }],
      },
      explanation: `高中：1 个案例共缺 1 人次评审；除已分派的以外，回避后每案仅余 1 名专家、来自 1 个推荐单位，每案还需 2 个不同单位；${more(1)}。`,
    },
    {
      name: "two stages that share reviewers at capacity",
      problem: {
        submissions: [makeSubmission({ id: "A1", stage: "高中", demand: 1 }), makeSubmission({ id: "A2", demand: 2 })],
        reviewers: [
          makeReviewer({ id: "E001", anyStage: true, capacity: 1 }),
          makeReviewer({ id: "E002", nominator: "丙县" }),
        ],
      },
      explanation: `小学：1 个案例共缺 1 人次评审；回避后每案仅余 2 名专家、来自 2 个推荐单位，每案需 2 个不同单位；其中 1 名已达评审上限（合计还可评 1 份，须由 2 个案例分用）；${more(1, "小学专家")}，或把评审上限合计提高 1 份（E001 提高 1 份）。`,
    },
  ])("$name: told, and ended by the change told", ({ problem: changes, explanation }) => {
    const problem = { submissions: three, reviewers: [], conflict: () => undefined, locked: [], seed: 1, ...changes };
    expect(planAssignment(problem).shortages.map((each) => each.explanation)).toEqual([explanation]);
    checkRemedies(problem);
  });
});
