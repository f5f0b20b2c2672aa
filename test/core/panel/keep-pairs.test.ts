import { describe, expect, test } from "vitest";
import type { AssignmentProblem } from "../../../apps-script/core/assignment/problem.ts";
import type { Submission } from "../../../apps-script/core/award/award.ts";
import { conflictKinds } from "../../../apps-script/core/panel/conflicts.ts";
import { keepPairs, sortPairs } from "../../../apps-script/core/panel/keep-pairs.ts";
import type { Pair, ReviewData } from "../../../apps-script/core/review-book/read-review.ts";

const pair = (reviewId: string, expert: string) => ({ reviewId, expert }) as unknown as Pair;
const lock = ({ reviewId, expert }: Pair) => ({ submission: reviewId, reviewer: expert });

/** Submissions of 甲局, one reviewer a unit, each with a demand of one. */
function problemOf(reviewers: readonly { readonly id: string; readonly capacity?: number }[]): AssignmentProblem {
  return {
    seed: 1,
    submissions: ["P1", "P2"].map((id) => ({
      id,
      stage: "小学",
      anyStage: false,
      field: "teaching",
      track: "",
      group: "",
      nominator: "甲局",
      demand: 1,
    })),
    reviewers: reviewers.map((reviewer) => ({
      ...reviewer,
      nominator: `${reviewer.id} 局`,
      stage: "小学",
      anyStage: false,
      fields: [],
      available: true,
    })),
    locked: [],
    conflict: () => undefined,
  };
}

const open = [pair("P1", "E001"), pair("P2", "E001")];
const sorted = { scored: [], open, dropped: [] };

describe("two pairs of one expert, nothing scored", () => {
  test.for([
    { name: "nothing forces them apart", capacity: undefined, rebalance: false, kept: 2, why: [] },
    { name: "even loads are asked for", capacity: undefined, rebalance: true, kept: 1, why: ["为使评审量均衡"] },
    { name: "the expert takes both, even loads", capacity: 2, rebalance: true, kept: 1, why: ["为使评审量均衡"] },
    { name: "the expert takes one", capacity: 1, rebalance: false, kept: 1, why: ["超过该专家的评审上限"] },
    {
      name: "the expert takes one, even loads too",
      capacity: 1,
      rebalance: true,
      kept: 1,
      why: ["超过该专家的评审上限"],
    },
  ])("$name: $kept stay", ({ capacity, rebalance, kept, why }) => {
    const problem = problemOf([{ id: "E001", ...(capacity === undefined ? {} : { capacity }) }, { id: "E002" }]);
    const found = keepPairs(sorted, problem, lock, rebalance);
    expect(found.kept).toHaveLength(kept);
    expect(found.gaveWay).toBe(2 - kept);
    expect(found.dropped.map(({ reason }) => reason)).toEqual(why.map((each) => `作废：${each}，改由其他专家评审`));
  });

  test("what was dropped before is dropped still, and what is scored stays", () => {
    const gone = { pair: pair("P9", "E009"), status: "作废", reason: "作废：专家已退出" };
    const scored = [pair("P1", "E001")];
    const problem = { ...problemOf([{ id: "E001" }, { id: "E002" }]), locked: scored.map(lock) };
    const found = keepPairs({ scored, open: [pair("P2", "E002")], dropped: [gone] }, problem, lock, false);
    expect(found).toEqual({ kept: [...scored, pair("P2", "E002")], dropped: [gone], gaveWay: 0 });
  });
});

describe("what may become of a pair in force", () => {
  const [asked] = problemOf([]).submissions;
  const reviewers = new Map(problemOf([{ id: "E001" }]).reviewers.map((reviewer) => [reviewer.id, reviewer]));
  const [reviewer] = reviewers.values();
  const fate = (change: {
    readonly status?: string;
    readonly active?: boolean;
    readonly items?: readonly (number | undefined)[];
    readonly isGone?: boolean;
    readonly expert?: string;
    readonly reviewer?: object;
    readonly conflict?: string;
  }) => {
    const held = {
      ...pair("P1", change.expert ?? "E001"),
      status: change.status ?? "已分派",
      active: change.active ?? true,
    };
    const scores = change.items ? [{ reviewId: "P1", expert: held.expert, items: change.items }] : [];
    const { scored, open, dropped } = sortPairs({ pairs: [held], scores } as unknown as ReviewData, {
      submissionOf: () => (change.isGone ? undefined : ({} as Submission)),
      problemSubmission: () => asked!,
      reviewers: change.reviewer ? new Map([["E001", { ...reviewer!, ...change.reviewer }]]) : reviewers,
      conflict: () => change.conflict,
    });
    const told = dropped.map(({ status, reason }) => `${status} ${reason}`);
    return [...scored.map(() => "scored"), ...open.map(() => "open"), ...told].join();
  };

  test.for([
    { name: "nobody has scored it", change: {}, becomes: "open" },
    { name: "begun", change: { items: [undefined, 3] }, becomes: "scored" },
    { name: "a row without a score", change: { items: [undefined, undefined] }, becomes: "open" },
    { name: "scored, whatever has changed", change: { status: "已评分", isGone: true }, becomes: "scored" },
    { name: "not in force", change: { active: false }, becomes: "" },
    { name: "the submission is gone", change: { isGone: true }, becomes: "作废 作废：案例已不在参评范围" },
    { name: "the expert is gone", change: { expert: "E009" }, becomes: "作废 作废：评审专家表中已没有该专家" },
    { name: "withdrawn", change: { reviewer: { available: false } }, becomes: "作废 作废：专家已退出" },
    {
      name: "begun by one who withdrew",
      change: { items: [3], reviewer: { available: false } },
      becomes: "作废 作废：专家已退出",
    },
    { name: "another stage", change: { reviewer: { stage: "高中" } }, becomes: "作废 作废：学段不符" },
    { name: "in conflict", change: { conflict: "本人是作者" }, becomes: "作废 作废：本人是作者" },
    {
      name: "stands aside",
      change: { conflict: conflictKinds.declared },
      becomes: `回避 回避：${conflictKinds.declared}`,
    },
  ])("$name", ({ change, becomes }) => expect(fate(change)).toBe(becomes));
});
