import { describe, expect, test } from "vitest";
import type { ArbitrationRule, ScoreMethod } from "../../../apps-script/core/award/settings.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import {
  aggregateScores,
  type CompleteScore,
  completeScore,
  needsArbitration,
} from "../../../apps-script/core/scoring/aggregate.ts";
import { awardLines } from "../../../apps-script/core/scoring/awards.ts";
import { pointsOf } from "../../../apps-script/core/scoring/fraction.ts";
import { readItemScore } from "../../../apps-script/core/scoring/item-score.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";

describe("the score of one item", () => {
  test.for<{ cell: CellValue; max: number; halves?: number; reason?: string }>([
    { cell: 8, max: 10, halves: 16 },
    { cell: 0, max: 10, halves: 0 },
    { cell: 10, max: 10, halves: 20 },
    { cell: 8.5, max: 10, halves: 17 },
    { cell: "８．５", max: 10, halves: 17 },
    { cell: " 7 ", max: 10, halves: 14 },
    { cell: "12.50", max: 15, halves: 25 },
    { cell: { kind: "formula", formula: "8+0.5", result: 8.5 }, max: 10, halves: 17 },
    { cell: 10.5, max: 10, reason: "超出范围" },
    { cell: 11, max: 10, reason: "超出范围" },
    { cell: -0.5, max: 10, reason: "超出范围" },
    { cell: 7.3, max: 10, reason: "0.5 的整数倍" },
    { cell: "7.3", max: 10, reason: "0.5 的整数倍" },
    { cell: "优", max: 10, reason: "不是分数" },
    { cell: "8分", max: 10, reason: "不是分数" },
    { cell: true, max: 10, reason: "不是分数" },
    { cell: { kind: "date", iso: "2025-08-05" }, max: 10, reason: "不是分数" },
    { cell: { kind: "error", code: "#VALUE!" }, max: 10, reason: "不是分数" },
    { cell: null, max: 10 },
    { cell: "　", max: 10 },
  ])("$cell of $max", ({ cell, max, halves, reason }) => {
    const read = readItemScore(cell, max);
    if (halves !== undefined) expect(read).toEqual({ kind: "score", halves });
    else if (reason !== undefined) expect(read).toEqual({ kind: "invalid", reason: expect.stringContaining(reason) });
    else expect(read).toEqual({ kind: "empty" });
  });
});

const review = (points: number, arbitration = false): CompleteScore => ({
  total: points * 2,
  dimensions: { innovativeness: 0, effectiveness: 0, transferability: 0, compliance: 0 },
  arbitration,
});
const round = (value: number) => Math.round(value * 1e9) / 1e9;

describe("the final score", () => {
  test.for<{ name: string; totals: number[]; method?: "mean" | "trimmed"; final: number }>([
    { name: "mean", totals: [80, 90, 85.5], final: 85.166666667 },
    { name: "one review", totals: [80], final: 80 },
    { name: "below five nothing is dropped", totals: [60, 80, 80, 100], method: "trimmed", final: 80 },
    { name: "from five up one of each end is dropped", totals: [60, 80, 81, 82, 90], method: "trimmed", final: 81 },
    { name: "mean of five", totals: [60, 80, 81, 82, 90], final: 78.6 },
  ])("$name", ({ totals, method = "mean", final }) => {
    const scores = totals.map((total) => review(total));
    const aggregate = aggregateScores(scores, { method, arbitrationRule: "median" });
    expect(round(pointsOf(aggregate.final))).toBe(final);
    expect(aggregate.arbitration).toBeUndefined();
  });

  test.for<{
    totals: [first: number[], arbitration: number];
    median: number;
    closestTwo: number;
    mean: number;
    higherTwo: number;
  }>([
    { totals: [[60, 85, 70], 83], median: 76.5, closestTwo: 84, mean: 74.5, higherTwo: 84 },
    { totals: [[60, 90], 62], median: 62, closestTwo: 61, mean: 70.666666667, higherTwo: 61 },
    { totals: [[60, 90], 75], median: 75, closestTwo: 75, mean: 75, higherTwo: 82.5 },
    { totals: [[60, 90, 80], 70], median: 75, closestTwo: 75, mean: 75, higherTwo: 85 },
    { totals: [[60, 90, 62, 88], 70], median: 70, closestTwo: 74, mean: 74, higherTwo: 89 },
    { totals: [[90], 60], median: 75, closestTwo: 75, mean: 75, higherTwo: 75 },
    { totals: [[60.5, 90, 90], 61], median: 75.5, closestTwo: 90, mean: 75.375, higherTwo: 90 },
  ])("after 复评 of $totals", ({ totals: [first, arbitration], ...expected }) => {
    const scores = [review(arbitration, true), ...first.map((total) => review(total))];
    for (const [rule, final] of Object.entries(expected)) {
      for (const method of ["mean", "trimmed"] as const) {
        const aggregate = aggregateScores(scores, { method, arbitrationRule: rule as ArbitrationRule });
        expect([rule, round(pointsOf(aggregate.final))]).toEqual([rule, final]);
        expect(aggregate.arbitration?.rule).toBe(rule);
      }
    }
  });

  test.for<{ method: ScoreMethod; rule: ArbitrationRule; fitted: boolean; final: number }>([
    { method: "calibrated", rule: "median", fitted: true, final: 71 },
    { method: "robust", rule: "mean", fitted: true, final: 71 },
    { method: "calibrated", rule: "median", fitted: false, final: 76.5 },
    { method: "mean", rule: "median", fitted: true, final: 76.5 },
    { method: "calibrated", rule: "higherTwo", fitted: true, final: 84 },
  ])("a fitted model's value stands: $method, $rule, fitted $fitted", ({ method, rule, fitted, final }) => {
    const scores = [60, 70, 85].map((total) => review(total)).concat(review(83, true));
    const calibrated = fitted ? { num: 142, den: 1 } : undefined;
    expect(pointsOf(aggregateScores(scores, { method, arbitrationRule: rule }, calibrated).final)).toBe(final);
  });

  test.for([
    { totals: [60, 80], arbitrated: false, needed: false },
    { totals: [60, 80.5], arbitrated: false, needed: true },
    { totals: [60, 90], arbitrated: true, needed: false },
  ])("复评 for $totals, arbitrated $arbitrated: $needed", ({ totals, arbitrated, needed }) => {
    const scores = totals.map((total, i) => review(total, arbitrated && i === 0));
    const aggregate = aggregateScores(scores, { method: "mean", arbitrationRule: "median" });
    expect(needsArbitration(aggregate, 20)).toBe(needed);
  });
});

describe("a complete score", () => {
  const { items } = ningxia2025.rubric;
  const halves = [10, 11, 12, 13, 14, 15, 16, 17, 18];
  test("adds the items up by dimension", () => {
    expect(completeScore(items, halves, false)).toEqual({
      total: 126,
      dimensions: { innovativeness: 33, effectiveness: 27, transferability: 31, compliance: 35 },
      arbitration: false,
    });
  });
  test.for(items.map((item, i) => ({ item: item.label, i })))("is none without $item", ({ i }) => {
    expect(
      completeScore(
        items,
        halves.map((h, n) => (n === i ? undefined : h)),
        false,
      ),
    ).toBeUndefined();
  });
});

describe("award lines", () => {
  test.for([
    { shares: [0.3], size: 10, lines: [3] },
    { shares: [0.3], size: 15, lines: [5] },
    { shares: [0.3], size: 14, lines: [4] },
    { shares: [0.29], size: 50, lines: [15] },
    { shares: [0.3], size: 0, lines: [0] },
    { shares: [1], size: 7, lines: [7] },
    { shares: [0.1, 0.2], size: 10, lines: [1, 3] },
    { shares: [0.1, 0.1, 0.1], size: 5, lines: [1, 1, 2] },
    { shares: [0.15], size: 10, lines: [2] },
  ])("$shares of $size", ({ shares, size, lines }) => {
    expect(
      awardLines(
        shares.map((share, i) => ({ label: `第${i + 1}等`, share })),
        size,
      ),
    ).toEqual(lines);
  });
});
