import { describe, expect, test } from "vitest";
import type { AssignmentProblem } from "../../../apps-script/core/assignment/problem.ts";
import { keepPairs } from "../../../apps-script/core/panel/keep-pairs.ts";
import type { Pair } from "../../../apps-script/core/review-book/read-review.ts";

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
