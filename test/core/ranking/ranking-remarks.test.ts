import { expect, test } from "vitest";
import { defaultSettings } from "../../../apps-script/core/award/settings.ts";
import { calibrateReview } from "../../../apps-script/core/ranking/calibrate-review.ts";
import { describeArbitration } from "../../../apps-script/core/ranking/ranking-remarks.ts";
import type { Standing } from "../../../apps-script/core/ranking/standing.ts";
import { aggregateScores, type CompleteScore } from "../../../apps-script/core/scoring/aggregate.ts";
import { notice } from "../review-fixture.ts";

const dimensions = { innovativeness: 0, effectiveness: 0, transferability: 0, compliance: 0 };

/** @param points the scores of a panel, that of 复评 last */
function standing(points: readonly number[], arbitrationRule: "mean" | "median" | "closestTwo", key = "A") {
  const scores = points.map(
    (each, i): CompleteScore => ({ total: each * 2, dimensions, arbitration: i > 0 && i === points.length - 1 }),
  );
  const experts = points.map((_, i) => `E${i + 1}`);
  const aggregate =
    points.length === 0 ? undefined : aggregateScores(scores, { ...defaultSettings(notice), arbitrationRule });
  return { reviewed: { key }, scores, experts, aggregate } as unknown as Standing;
}

test.for([
  {
    ...{ points: [60, 70, 90.5, 80], rule: "mean" as const },
    says: "E1 60、E2 70、E3 90.5，相差 30.5 分；复评 E4 80；按“平均”取全部 4 个分数的平均，最终得分 75.13",
  },
  {
    ...{ points: [60, 80, 71], rule: "median" as const },
    says: "E1 60、E2 80，相差 20 分；复评 E3 71；按“中位数”取中间的分数 71，最终得分 71",
  },
  {
    ...{ points: [60, 80, 74], rule: "closestTwo" as const },
    says: "E1 60、E2 80，相差 20 分；复评 E3 74；按“相近两个”取差距最小的两个分数 74、80 的平均，最终得分 77",
  },
  {
    ...{ points: [60, 80, 70], rule: "closestTwo" as const },
    says: "E1 60、E2 80，相差 20 分；复评 E3 70；按“相近两个”计分，但差距最小的不止一对，取全部 3 个分数的平均，最终得分 70",
  },
  {
    ...{ points: [60, 70], rule: "median" as const },
    says: "E1 60；复评 E2 70；按“中位数”取中间两个分数 60、70 的平均，最终得分 65",
  },
])("复评 of $points by $rule", ({ points, rule, says }) =>
  expect(describeArbitration(standing(points, rule))).toBe(`已复评：${says}`),
);

test("without 复评, or without a score, there is nothing to say of it", () => {
  expect(describeArbitration(standing([60], "mean"))).toBeUndefined();
  expect(describeArbitration(standing([], "mean"))).toBeUndefined();
});

test("who has no score yet has no place in the calibration", () => {
  const scored = ["A", "B"].map((key) => standing([60, 70, 80], "mean", key));
  const fitted = calibrateReview([...scored, standing([], "mean", "C")], false);
  expect([...fitted.indexOf.keys()]).toEqual(["A", "B"]);
  expect(fitted).toEqual(calibrateReview(scored, false));
});
