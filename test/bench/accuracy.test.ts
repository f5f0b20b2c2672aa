import { describe, expect, test } from "vitest";
import {
  aggregateBy,
  type Design,
  kendallTau,
  type Method,
  measureAccuracy,
  measureProbabilities,
  region,
  simulate,
} from "./accuracy.ts";
import { measureArbitration } from "./arbitration.ts";

/** Half the region: quick, and enough for the margins. */
const half: Design = { ...region, submissions: 600, reviewers: 46 };
const runs = 3;

describe("Kendall's τ against the truth", () => {
  test("severity SD 4, three reviews: at least .04 above the mean", () => {
    const { mean, calibrated } = measureAccuracy(half, runs);
    expect(calibrated.tau - mean.tau).toBeGreaterThanOrEqual(0.04);
    expect(calibrated.precision).toBeGreaterThan(mean.precision);
  });

  test("no severity differences: at most .006 lost", () => {
    const { mean, calibrated, robust } = measureAccuracy({ ...half, severity: 0 }, runs);
    expect(mean.tau - calibrated.tau).toBeLessThanOrEqual(0.006);
    expect(mean.tau - robust.tau).toBeLessThanOrEqual(0.006);
  });

  test.for([2, 4, 6, 23].flatMap((block) => [0, 2, 4].map((severity) => ({ block, severity }))))(
    "reviewers who meet only in blocks of $block, SD $severity: never more than .006 below the mean",
    (change) => {
      const design = { ...half, ...change, perSubmission: Math.min(3, change.block) };
      for (let seed = 1; seed <= runs; seed++) {
        const simulation = simulate(design, seed);
        const tau = (method: Method) => kendallTau(aggregateBy(method, simulation, design), simulation.truth);
        expect(tau("mean") - tau("calibrated")).toBeLessThanOrEqual(0.006);
      }
    },
  );

  test("5 % blunders, five reviews: the robust variant is above the plain one", () => {
    const { calibrated, robust } = measureAccuracy({ ...half, perSubmission: 5, blunders: 0.05 }, runs);
    expect(robust.tau).toBeGreaterThan(calibrated.tau);
  });
});

test.for<{ name: string; change: Partial<Design> }>([
  { name: "one reviewer 25 points more severe than the others", change: { extreme: -25 } },
  { name: "two reviews a submission", change: { perSubmission: 2 } },
  { name: "scores in steps of five points", change: { step: 5 } },
  { name: "six scores a reviewer", change: { submissions: 92 } },
  { name: "scores heaped at the highest", change: { highest: 80 } },
])("not below the mean: $name", ({ change }) => {
  const { mean, calibrated, robust } = measureAccuracy({ ...half, ...change }, runs);
  expect(calibrated.tau).toBeGreaterThan(mean.tau);
  expect(robust.tau).toBeGreaterThan(mean.tau);
});

test.for<{ name: string; change: Partial<Design>; groups: number; robust?: boolean }>([
  { name: "eight groups", change: {}, groups: 8 },
  { name: "small groups", change: {}, groups: 60 },
  { name: "no severity differences", change: { severity: 0 }, groups: 8 },
  { name: "more noise than quality", change: { quality: 4, noise: 8 }, groups: 8 },
  { name: "separate blocks", change: { block: 23 }, groups: 8 },
  { name: "one reviewer far off", change: { extreme: -25 }, groups: 8 },
  { name: "two reviews a submission", change: { perSubmission: 2 }, groups: 8 },
  { name: "robust", change: {}, groups: 8, robust: true },
  { name: "robust, 5 % blunders", change: { perSubmission: 5, blunders: 0.05 }, groups: 8, robust: true },
])("of submissions given 70–80 %, 65–85 % truly stand above the line: $name", ({ change, groups, robust }) => {
  const { submissions, truly } = measureProbabilities({ ...half, ...change }, groups, 4, robust)[7]!;
  expect(submissions).toBeGreaterThan(50);
  expect(truly).toBeGreaterThanOrEqual(0.65);
  expect(truly).toBeLessThanOrEqual(0.85);
});

describe("复评 by the rule of 参数", () => {
  const world: Design = { ...region, submissions: 400, reviewers: 40 };
  test.for([
    { blunders: 0, perSubmission: 3, medianIsBest: false },
    { blunders: 0.05, perSubmission: 3, medianIsBest: true },
    { blunders: 0.1, perSubmission: 3, medianIsBest: true },
    { blunders: 0.05, perSubmission: 2, medianIsBest: true },
  ])("$blunders blunders, $perSubmission reviews", ({ medianIsBest, ...change }) => {
    const { arbitrated, byRule } = measureArbitration({ ...world, ...change }, 20, 6);
    expect(arbitrated).toBeGreaterThan(20);
    const error = (rule: "mean" | "median" | "closestTwo" | "higherTwo") => byRule.get(rule)!.error;
    expect(error("median")).toBeLessThan(error("closestTwo"));
    expect(error("median")).toBeLessThan(error("higherTwo"));
    expect(error("median") < error("mean")).toBe(medianIsBest);
  });
});
