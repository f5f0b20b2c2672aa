import { describe, expect, test } from "vitest";
import { planAssignment } from "../../../apps-script/core/assignment/plan.ts";
import type { AssignmentProblem, LockedPair } from "../../../apps-script/core/assignment/problem.ts";
import { solveTransport } from "../../../apps-script/core/assignment/transport.ts";
import { findViolations } from "./find-violations.ts";
import { makeProvincialInstance, toTransport } from "./provincial-instance.ts";
import { makeReviewer, makeSubmission } from "./small-problems.ts";

function problemOf(fields: Partial<AssignmentProblem>): AssignmentProblem {
  return { submissions: [], reviewers: [], conflict: () => undefined, locked: [], seed: 1, ...fields };
}

describe("unfilled demand is told with its reason", () => {
  const units = (...nominators: string[]) =>
    nominators.map((nominator, i) => makeReviewer({ id: `E00${i + 1}`, nominator }));
  const one = [makeSubmission({ id: "A1" })];

  test.for<{ name: string; problem: Partial<AssignmentProblem>; missing: number; reason: string }>([
    {
      name: "no reviewer of the stage",
      problem: { submissions: one, reviewers: [makeReviewer({ id: "E001", stage: "高中" })] },
      missing: 3,
      reason:
        "小学：可用专家 0 名；回避后可用专家 0 名、来自 0 个推荐单位，需 3 个不同单位，缺 3 名。至少再增 3 个单位的 3 名小学专家（各来自一个新单位，无须回避，评审件数不限）。",
    },
    {
      name: "too few units, the own unit among them",
      problem: { submissions: one, reviewers: units("甲区", "乙区", "乙区", "丙县") },
      missing: 1,
      reason:
        "小学：可用专家 4 名，须回避：推荐单位相同 1 名；回避后可用专家 3 名、来自 2 个推荐单位，需 3 个不同单位，缺 1 名。至少再增 1 个单位的 1 名小学专家（各来自一个新单位，无须回避，评审件数不限）。",
    },
    {
      name: "conflicts counted by kind, one withdrawn",
      problem: {
        submissions: one,
        reviewers: [
          ...units("乙区", "丙县", "丁县", "戊县"),
          makeReviewer({ id: "E005", nominator: "己县", available: false }),
        ],
        conflict: (_, { nominator }) => ({ 丙县: "回避声明", 丁县: "作者单位", 戊县: "回避声明" })[nominator],
      },
      missing: 2,
      reason:
        "小学：可用专家 4 名（另有 1 名已退出），须回避：回避声明 2 名、作者单位 1 名；回避后可用专家 1 名、来自 1 个推荐单位，需 3 个不同单位，缺 2 名。至少再增 2 个单位的 2 名小学专家（各来自一个新单位，无须回避，评审件数不限）。",
    },
    {
      name: "the first three suspicions of a kind one by one",
      problem: {
        submissions: one,
        reviewers: units("乙区", "丙县", "丁县", "戊县"),
        conflict: (_, { id }) => `疑似同名：${id} 与作者`,
      },
      missing: 3,
      reason:
        "小学：可用专家 4 名，须回避：疑似同名 4 名（E001 与作者；E002 与作者；E003 与作者等）；回避后可用专家 0 名、来自 0 个推荐单位，需 3 个不同单位，缺 3 名。至少再增 3 个单位的 3 名小学专家（各来自一个新单位，无须回避，评审件数不限）。",
    },
    {
      name: "capacity used up",
      problem: {
        submissions: [makeSubmission({ id: "A1", anyStage: true, stage: "", demand: 2 })],
        reviewers: [
          makeReviewer({ id: "E001", nominator: "乙区", capacity: 0 }),
          makeReviewer({ id: "E002", nominator: "丙县" }),
        ],
      },
      missing: 1,
      reason:
        "不限学段：可用专家 2 名；回避后可用专家 2 名、来自 2 个推荐单位，需 2 个不同单位，其中 1 名评审件数已达上限，缺 1 名。至少再增 1 个单位的 1 名不限学段的专家（各来自一个新单位，无须回避，评审件数不限），或把评审上限合计提高 1 份（E001 提高 1 份）。",
    },
    {
      name: "a locked reviewer holds the unit",
      problem: {
        submissions: [makeSubmission({ id: "A1", demand: 2 })],
        reviewers: units("乙区", "乙区"),
        locked: [{ submission: "A1", reviewer: "E001" }],
      },
      missing: 1,
      reason:
        "小学：可用专家 1 名（已分派的 1 名除外），须回避：与已分派专家的推荐单位相同 1 名；回避后可用专家 0 名、来自 0 个推荐单位，还需 1 个不同单位，缺 1 名。至少再增 1 个单位的 1 名小学专家（各来自一个新单位，无须回避，评审件数不限）。",
    },
  ])("$name", ({ problem, missing, reason }) => {
    expect(planAssignment(problemOf(problem)).unfilled).toEqual([{ submission: "A1", missing, reason }]);
  });
});

describe("locked pairs", () => {
  const reviewers = ["乙区", "乙区", "丙县"].map((nominator, i) => makeReviewer({ id: `E00${i + 1}`, nominator }));
  const pairsOf = (locked: LockedPair[], demand: number) =>
    planAssignment(problemOf({ submissions: [makeSubmission({ id: "A1", demand })], reviewers, locked })).pairs.map(
      (pair) => `${pair.submission} ${pair.reviewer}${pair.locked ? " locked" : ""}`,
    );

  test.for<{ name: string; locked: [string, string][]; demand: number; pairs: string[] }>([
    {
      name: "two of one unit stay, and the third comes from another",
      locked: [
        ["A1", "E001"],
        ["A1", "E002"],
      ],
      demand: 3,
      pairs: ["A1 E001 locked", "A1 E002 locked", "A1 E003"],
    },
    {
      name: "a pair locked twice counts once",
      locked: [
        ["A1", "E001"],
        ["A1", "E001"],
      ],
      demand: 2,
      pairs: ["A1 E001 locked", "A1 E003"],
    },
    {
      name: "more than the demand stay",
      locked: [
        ["A1", "E001"],
        ["A1", "E003"],
      ],
      demand: 1,
      pairs: ["A1 E001 locked", "A1 E003 locked"],
    },
    {
      name: "a reviewer and a submission that are gone stay, and the reviewer fills demand",
      locked: [
        ["A1", "E009"],
        ["A9", "E001"],
      ],
      demand: 1,
      pairs: ["A1 E009 locked", "A9 E001 locked"],
    },
  ])("$name", ({ locked, demand, pairs }) => {
    const rows = locked.map(([submission, reviewer]) => ({ submission, reviewer }));
    expect(pairsOf(rows, demand)).toEqual(pairs);
  });

  test("an id that stands twice is an error", () => {
    const submissions = [makeSubmission({ id: "A1" }), makeSubmission({ id: "A1" })];
    expect(() => planAssignment(problemOf({ submissions }))).toThrow('"A1" stands twice');
  });
});

test("even loads come before fields: nobody takes more because the field would match", () => {
  const submissions = [
    ...["A1", "A2", "A3"].map((id) => makeSubmission({ id, stage: "小学", field: "教学革新", demand: 1 })),
    makeSubmission({ id: "B1", stage: "初中", field: "教研创新", demand: 1 }),
  ];
  const reviewers = [
    ...["E1", "E2"].map((id) => makeReviewer({ id, anyStage: true, fields: ["教学革新", "教研创新"] })),
    ...["E3", "E4"].map((id) => makeReviewer({ id, stage: "初中", fields: ["教学革新"] })),
  ];
  const { loads, cost } = planAssignment(problemOf({ submissions, reviewers }));
  expect([...loads.values()].sort()).toEqual([0, 1, 1, 2]);
  expect(cost.fieldMismatch).toBe(1);
});

describe("reviewers without a stated field", () => {
  test.for([
    { name: "each stays in one field", demand: 2 },
    { name: "each stays in one field, one review a submission", demand: 1 },
    { name: "each stays in one field, submissions of any stage", demand: 2, stage: "其他", anyStage: true },
  ])("$name", ({ name: _, demand, ...stage }) => {
    const fields = ["教学革新", "教研创新", "教育治理升级", "评价改革"];
    const submissions = fields.flatMap((field, f) =>
      Array.from({ length: 12 }, (_, i) => makeSubmission({ id: `A${f}${i}`, field, demand, ...stage })),
    );
    const reviewers = Array.from({ length: 16 }, (_, i) => makeReviewer({ id: `E${i}`, nominator: `乙${i % 8}` }));
    const { pairs } = planAssignment(problemOf({ submissions, reviewers }));
    const fieldOf = new Map(submissions.map((s) => [s.id, s.field]));
    for (const { id } of reviewers) {
      const own = pairs.filter((pair) => pair.reviewer === id).map((pair) => fieldOf.get(pair.submission));
      expect(own.length).toBe(3 * demand);
      expect(new Set(own).size).toBe(1);
    }
  });

  test("reviewers of one unit get different fields, since they cannot review together", () => {
    const submissions = ["教学革新", "教研创新"].flatMap((field, f) =>
      Array.from({ length: 4 }, (_, i) => makeSubmission({ id: `A${f}${i}`, field, demand: 2 })),
    );
    const reviewers = [1, 2, 3, 4].map((i) => makeReviewer({ id: `E${i}`, nominator: `乙${i % 2}` }));
    for (let seed = 1; seed <= 16; seed++) {
      const { pairs } = planAssignment(problemOf({ submissions, reviewers, seed }));
      const fields = new Set(pairs.map((pair) => `${pair.reviewer} ${pair.submission.slice(0, 2)}`));
      expect(fields.size).toBe(4);
    }
  });

  test("a reviewer goes on in the field of the reviews that stand", () => {
    const submissions = ["教学革新", "教研创新"].flatMap((field, f) =>
      Array.from({ length: 4 }, (_, i) => makeSubmission({ id: `A${f}${i}`, field, demand: 1 })),
    );
    const reviewers = ["E1", "E2"].map((id) => makeReviewer({ id }));
    for (let seed = 1; seed <= 16; seed++) {
      const locked = [{ submission: "A00", reviewer: "E2" }];
      const { pairs } = planAssignment(problemOf({ submissions, reviewers, locked, seed }));
      const own = pairs.filter((pair) => pair.reviewer === "E2").map((pair) => pair.submission);
      expect(own).toEqual(["A00", "A01", "A02", "A03"]);
    }
  });
});

test("nobody is favoured by the id: the seed decides who takes the odd review", () => {
  const reviewers = ["E1", "E2", "E3"].map((id) => makeReviewer({ id }));
  const submissions = [makeSubmission({ id: "A1", demand: 1 })];
  const takers = Array.from({ length: 30 }, (_, seed) => planAssignment(problemOf({ submissions, reviewers, seed })));
  expect(new Set(takers.map((plan) => plan.pairs[0]!.reviewer)).size).toBe(3);
});

test("locked reviews stay where they are while the others are spread", () => {
  const submissions = Array.from({ length: 40 }, (_, i) => makeSubmission({ id: `A${i}` }));
  const reviewers = Array.from({ length: 8 }, (_, i) => makeReviewer({ id: `E${i}`, nominator: `乙${i}` }));
  const locked = submissions.map((s, i) => ({ submission: s.id, reviewer: `E${i % 2}` }));
  const problem = problemOf({ submissions, reviewers, locked: locked.slice(0, 30) });
  const plan = planAssignment(problem);
  expect(findViolations(problem, plan)).toEqual([]);
  expect([...plan.loads.values()]).toEqual(reviewers.map(() => 15));
  expect(plan.cost.sharedMax).toBeLessThanOrEqual(6);
});

describe("the provincial instance", () => {
  const instance = makeProvincialInstance();
  const { submissions, reviewers, eligible } = instance;
  const name = (letter: string, index: number) => `${letter}${`${index}`.padStart(4, "0")}`;
  const allowed = new Set(eligible.submission.map((s, p) => s * reviewers.length + eligible.reviewer[p]!));
  const indexOf = (row: { readonly id: string }) => Number(row.id.slice(1));
  const problem = problemOf({
    submissions: submissions.map((s, i) =>
      makeSubmission({ id: name("S", i), stage: `${s.stage}`, field: `${s.field}`, nominator: `${s.unit}` }),
    ),
    reviewers: reviewers.map((r, i) =>
      makeReviewer({ id: name("R", i), stage: `${r.stage}`, fields: [`${r.field}`], nominator: `${r.unit}` }),
    ),
    conflict: (s, r) => (allowed.has(indexOf(s) * reviewers.length + indexOf(r)) ? undefined : "回避声明"),
  });
  const plan = planAssignment(problem);

  test("all demand is met, from eligible pairs and three units", () => {
    expect(plan.unfilled).toEqual([]);
    const pairs = plan.pairs.map((pair) => [Number(pair.submission.slice(1)), Number(pair.reviewer.slice(1))] as const);
    expect(pairs.length).toBe(18000);
    expect(pairs.every(([s, r]) => allowed.has(s * reviewers.length + r))).toBe(true);
    expect(new Set(pairs.map(([s, r]) => s * 48 + reviewers[r]!.unit)).size).toBe(18000);
  });

  test("loads are floor or ceil in each stage, with the fewest reviews outside stated fields", () => {
    const mismatches = eligible.submission.map((s, p) =>
      submissions[s]!.field === reviewers[eligible.reviewer[p]!]!.field ? 0 : 1,
    );
    const bounded = toTransport(instance, mismatches);
    for (const [r, least] of bounded.minLoad.entries()) {
      const load = plan.loads.get(name("R", r))!;
      expect(load === least || load === bounded.maxLoad[r]).toBe(true);
    }
    expect(plan.cost.fieldMismatch).toBe(solveTransport(bounded).cost);
  });

  test("nobody judges more than the stated field and one besides", () => {
    const fields = reviewers.map(() => new Set<number>());
    for (const pair of plan.pairs) {
      fields[Number(pair.reviewer.slice(1))]!.add(submissions[Number(pair.submission.slice(1))]!.field);
    }
    expect(Math.max(...fields.map((own) => own.size))).toBe(2);
  });

  test("two reviewers share about as few submissions as chance would have it", () => {
    const shared = new Map<string, number>();
    for (let i = 0; i < plan.pairs.length; i += 3) {
      const [a, b, c] = plan.pairs.slice(i, i + 3).map((pair) => pair.reviewer);
      for (const key of [`${a} ${b}`, `${a} ${c}`, `${b} ${c}`]) shared.set(key, (shared.get(key) ?? 0) + 1);
    }
    expect(Math.max(...shared.values())).toBe(plan.cost.sharedMax);
    expect(plan.cost.sharedMax).toBeLessThanOrEqual(5);
    expect(plan.cost.sharedSd).toBeLessThan(1);
  });

  test("another seed gives another plan that is as good", () => {
    const other = planAssignment({ ...problem, seed: 2 });
    expect(other.cost.fieldMismatch).toBe(plan.cost.fieldMismatch);
    expect(other.pairs).not.toEqual(plan.pairs);
  });
});
