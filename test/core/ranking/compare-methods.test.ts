import { expect, test } from "vitest";
import { defaultSettings } from "../../../apps-script/core/award/settings.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { calibrateReview } from "../../../apps-script/core/ranking/calibrate-review.ts";
import { compareMethods, rankByMethods } from "../../../apps-script/core/ranking/compare-methods.ts";
import type { Standing } from "../../../apps-script/core/ranking/standing.ts";
import { aggregateScores, type CompleteScore } from "../../../apps-script/core/scoring/aggregate.ts";

const dimensions = { innovativeness: 0, effectiveness: 0, transferability: 0, compliance: 0 };
const settings = { ...defaultSettings(ningxia2025), awards: [{ label: "优秀案例", share: 0.5 }] };

/** @param totals points */
function contender(id: string, totals: readonly number[], arbitrated = false) {
  const scores = totals.map((points, i): CompleteScore => {
    return { total: points * 2, dimensions, arbitration: arbitrated && i === totals.length - 1 };
  });
  const experts = totals.map((_, i) => `E${i}`);
  const standing = { reviewed: { key: id }, scores, experts } as unknown as Standing;
  return { id, aggregate: aggregateScores(scores, settings), ruling: undefined, standing };
}

test.for([
  { name: "the same order under both", a: [80, 81, 82, 83, 84], b: [70, 71, 72, 73, 74], depends: false },
  { name: "one score far off, five reviews", a: [80, 81, 82, 83, 30], b: [72, 72, 72, 72, 72], depends: true },
  { name: "one score far off, four reviews", a: [80, 81, 82, 30], b: [72, 72, 72, 72], depends: false },
  {
    name: "after 复评 no method decides",
    a: [80, 81, 82, 83, 30],
    b: [72, 72, 72, 72, 72],
    arbitrated: true,
    depends: false,
  },
])("$name", ({ a, b, arbitrated = false, depends }) => {
  const contenders = [contender("a", a, arbitrated), contender("b", b)];
  const calibration = calibrateReview(
    contenders.map((c) => c.standing),
    false,
  );
  const compared = compareMethods(rankByMethods(contenders, settings, calibration));
  expect([...compared.values()].map((c) => c.depends)).toEqual([depends, depends]);
});
