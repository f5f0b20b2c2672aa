import fc from "fast-check";
import type { AssignmentProblem, Reviewer, ReviewSubmission } from "../../../apps-script/core/assignment/problem.ts";

const STAGES = ["小学", "初中"];
const FIELDS = ["教学革新", "教研创新"];

const submissionRow = fc.record({
  stage: fc.constantFrom(...STAGES),
  anyStage: fc.boolean(),
  field: fc.constantFrom(...FIELDS),
  unit: fc.nat({ max: 3 }),
  demand: fc.nat({ max: 3 }),
});

const reviewerRow = fc.record({
  stage: fc.constantFrom(...STAGES),
  anyStage: fc.boolean(),
  fields: fc.subarray(FIELDS),
  unit: fc.nat({ max: 3 }),
  capacity: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
  available: fc.boolean().map((off) => !off),
});

const table = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }), {
  minLength: 6,
  maxLength: 6,
});

export function makeSubmission(fields: Partial<ReviewSubmission> & { readonly id: string }): ReviewSubmission {
  const stage = fields.stage ?? "小学";
  return {
    stage,
    anyStage: false,
    field: "教学革新",
    track: "城市",
    group: "教学革新·城市",
    nominator: "甲区",
    demand: 3,
    ...fields,
  };
}

export function makeReviewer(fields: Partial<Reviewer> & { readonly id: string }): Reviewer {
  return { nominator: "乙区", stage: "小学", anyStage: false, fields: [], available: true, ...fields };
}

/** Problems of at most six submissions and six reviewers, with conflicts, capacities and locked pairs of any kind. */
export const smallProblem: fc.Arbitrary<AssignmentProblem> = fc
  .record({
    submissions: fc.array(submissionRow, { maxLength: 6 }),
    reviewers: fc.array(reviewerRow, { maxLength: 6 }),
    table,
    seed: fc.nat(),
  })
  .map(({ submissions, reviewers, table, seed }) => {
    const at = (submission: string, reviewer: string) =>
      table[Number(submission.slice(1))]![Number(reviewer.slice(1))]!;
    const ids = { s: submissions.map((_, i) => `s${i}`), r: reviewers.map((_, i) => `r${i}`) };
    return {
      submissions: submissions.map(({ unit, ...row }, i) =>
        makeSubmission({ ...row, id: `s${i}`, nominator: `u${unit}` }),
      ),
      reviewers: reviewers.map(({ unit, capacity, ...row }, i) =>
        makeReviewer({ ...row, id: `r${i}`, nominator: `u${unit}`, ...(capacity === undefined ? {} : { capacity }) }),
      ),
      conflict: (submission, reviewer) => (at(submission.id, reviewer.id) === 1 ? "回避声明" : undefined),
      locked: ids.s.flatMap((submission) =>
        ids.r.filter((reviewer) => at(submission, reviewer) === 2).map((reviewer) => ({ submission, reviewer })),
      ),
      seed,
    };
  });
