import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rating } from "../../../apps-script/core/scoring/absorb.ts";
import { awardProbabilities } from "../../../apps-script/core/scoring/award-probability.ts";
import { calibrateScores } from "../../../apps-script/core/scoring/calibrate.ts";
import { type Design, region, simulate } from "../../bench/accuracy.ts";
import { fitDense } from "./dense-mixed-model.ts";

const small: Design = { ...region, submissions: 24, reviewers: 6, perSubmission: 3 };
const rate = (design: Design, seed: number) => ({ ...design, ...simulate(design, seed) });
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe("the fit", () => {
  const input = rate(small, 3);
  const fit = calibrateScores(input);
  const variances = [fit.severitySd ** 2, fit.residualSd ** 2] as const;
  const dense = fitDense(input.ratings, small.submissions, small.reviewers, ...variances);

  test("is the generalised least squares of the mixed model, errors included", () => {
    expect(fit.refusal).toBeUndefined();
    for (let i = 0; i < small.submissions; i++) {
      expect(fit.calibrated[i]).toBeCloseTo(dense.qualities[i]!, 6);
      expect(fit.standardError[i]).toBeCloseTo(dense.errors[i]!, 6);
    }
    fit.severity.forEach((severity, i) => {
      expect(severity).toBeCloseTo(dense.severities[i]!, 6);
    });
  });

  test.for([
    [1.05, 1],
    [0.95, 1],
    [1, 1.05],
    [1, 0.95],
  ] as const)("its variances are more likely than × %s, × %s", ([severity, residual]) => {
    const other = fitDense(
      input.ratings,
      small.submissions,
      small.reviewers,
      variances[0] * severity,
      variances[1] * residual,
    );
    expect(other.likelihood).toBeLessThan(dense.likelihood);
  });

  test("finds the severities that were put in", () => {
    const big = calibrateScores(rate({ ...region, submissions: 600, reviewers: 20 }, 1));
    expect(big.severitySd).toBeGreaterThan(2.5);
    expect(big.severitySd).toBeLessThan(6);
    expect(big.residualSd).toBeCloseTo(region.noise, 0);
  });
});

describe("the published fit of the Dyestuff data (Davies and Goldsmith, 1972; Bates et al., lme4, 2015)", () => {
  // Yields of five samples from each of six batches: one submission, six reviewers, five scores each.
  const yields = [
    [1545, 1440, 1440, 1520, 1580],
    [1540, 1555, 1490, 1560, 1495],
    [1595, 1550, 1605, 1510, 1560],
    [1445, 1440, 1595, 1465, 1545],
    [1595, 1630, 1515, 1635, 1625],
    [1520, 1455, 1450, 1480, 1445],
  ];
  const ratings = yields.flatMap((batch, reviewer) => batch.map((score) => ({ submission: 0, reviewer, score })));
  const fit = calibrateScores({ ratings, submissions: 1, reviewers: 6 });

  test.for([
    { what: "variance of the batches", found: fit.severitySd ** 2, published: 1764.05, within: 0.02 },
    { what: "residual variance", found: fit.residualSd ** 2, published: 2451.25, within: 0.02 },
    { what: "mean", found: fit.calibrated[0]!, published: 1527.5, within: 0.001 },
    { what: "standard error of the mean", found: fit.standardError[0]!, published: 19.383, within: 0.001 },
    ...[-17.6069, 0.3913, 28.5622, -23.0845, 56.7332, -44.9953].map((published, i) => ({
      what: `batch ${"ABCDEF"[i]}`,
      found: fit.severity[i]!,
      published,
      within: 0.001,
    })),
  ])("$what: $published", ({ found, published, within }) => {
    expect(Math.abs(found - published)).toBeLessThan(within);
  });
});

describe("the robust fit", () => {
  const design = { ...region, submissions: 600, reviewers: 46 };
  const covered = (change: Partial<Design>, robust: boolean) => {
    const { truth, ratings } = simulate({ ...design, ...change }, 7);
    const fit = calibrateScores({ ...design, ratings }, robust);
    const off = truth.map((t, i) => fit.calibrated[i]! - t);
    const shift = sum(off) / truth.length;
    return off.filter((o, i) => Math.abs(o - shift) < 2 * fit.standardError[i]!).length / truth.length;
  };
  test.for([
    { name: "normal scores, three each", change: {} },
    { name: "normal scores, five each", change: { perSubmission: 5 } },
    { name: "outlying scores, five each", change: { perSubmission: 5, blunders: 0.05 } },
  ])("its standard errors cover the truth: $name", ({ change }) => {
    for (const robust of [true, false]) {
      expect(covered(change, robust)).toBeGreaterThan(0.93);
      expect(covered(change, robust)).toBeLessThan(0.98);
    }
  });
});

describe("properties", () => {
  const designs = fc.record({ seed: fc.nat(1000), robust: fc.boolean(), block: fc.constantFrom(0, 6) });

  test("the order of the scores changes nothing", () => {
    fc.assert(
      fc.property(designs, fc.nat(), ({ seed, robust, block }, rotation) => {
        const input = rate({ ...small, submissions: 60, reviewers: 12, block }, seed);
        const at = rotation % input.ratings.length;
        const turned = [...input.ratings.slice(at), ...input.ratings.slice(0, at)].reverse();
        const fit = calibrateScores(input, robust);
        expect(calibrateScores({ ...input, ratings: turned }, robust)).toEqual(fit);
      }),
      { numRuns: 20 },
    );
  });

  test("the severities of every component add up to 0", () => {
    fc.assert(
      fc.property(designs, ({ seed, robust, block }) => {
        const design = { ...small, submissions: 60, reviewers: 12, block };
        const { component, components, severity } = calibrateScores(rate(design, seed), robust);
        expect(components).toBe(block === 0 ? 1 : 2);
        for (let c = 0; c < components; c++) {
          expect(sum(severity.filter((_, i) => component[i] === c))).toBeCloseTo(0, 6);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("points given to everybody in one component are in its calibrated scores, and nowhere else", () => {
    const input = rate({ ...small, submissions: 60, reviewers: 12, block: 6 }, 5);
    const raised = input.ratings.map((r) => (r.submission % 2 === 0 ? { ...r, score: r.score + 10 } : r));
    const [before, after] = [calibrateScores(input), calibrateScores({ ...input, ratings: raised })];
    after.calibrated.forEach((value, i) => {
      expect(value).toBeCloseTo(before.calibrated[i]! + (i % 2 === 0 ? 10 : 0), 6);
    });
  });
});

describe("what cannot be told is left in", () => {
  const even = rate({ ...region, submissions: 200, reviewers: 16, severity: 0 }, 2);
  const lonely = even.ratings.filter((r, i) => even.ratings.findIndex((o) => o.submission === r.submission) === i);
  const same = even.ratings.map((r) => ({ ...r, score: 80 }));
  const few = rate({ ...small, submissions: 6, reviewers: 6 }, 1);
  test.for<{ name: string; ratings: readonly Rating[]; refusal: string }>([
    { name: "no severity differences", ratings: even.ratings, refusal: "noSeverityDifferences" },
    { name: "the same score everywhere", ratings: same, refusal: "noSeverityDifferences" },
    { name: "one score a submission", ratings: lonely, refusal: "tooFewScores" },
    { name: "hardly any scores", ratings: few.ratings, refusal: "tooFewScores" },
    { name: "no score at all", ratings: [], refusal: "tooFewScores" },
  ])("$name", ({ ratings, refusal }) => {
    const fit = calibrateScores({ ratings, submissions: 200, reviewers: 16 });
    expect(fit.refusal).toBe(refusal);
    expect(fit.severity.every((s) => s === 0)).toBe(true);
    for (let s = 0; s < 200; s++) {
      const scores = ratings.filter((r) => r.submission === s).map((r) => r.score);
      expect(fit.calibrated[s]).toBe(scores.length === 0 ? Number.NaN : sum(scores) / scores.length);
    }
  });

  test("chance alone is taken for severity in about one review of twenty", () => {
    const refused = Array.from({ length: 60 }, (_, seed) =>
      calibrateScores(rate({ ...region, submissions: 120, reviewers: 12, severity: 0 }, seed)),
    ).filter((fit) => fit.refusal === "noSeverityDifferences");
    expect(refused.length).toBeGreaterThanOrEqual(53);
    expect(refused.length).toBeLessThan(60);
  });

  test("a reviewer with too few scores keeps them as they are, and makes the score less certain", () => {
    const input = rate({ ...region, submissions: 300, reviewers: 20 }, 4);
    const guest = [0, 1].map((submission) => ({ submission, reviewer: 20, score: 100 }));
    const without = calibrateScores({ ...input, reviewers: 21 });
    const fit = calibrateScores({ ...input, reviewers: 21, ratings: [...input.ratings, ...guest] });
    expect(fit.severity[20]).toBe(0);
    expect(fit.component[20]).toBe(-1);
    expect(fit.severity).toEqual(without.severity);
    expect(fit.calibrated[0]).toBeCloseTo((3 * without.calibrated[0]! + 100) / 4, 9);
    const told = fit.residualSd ** 2 / 4;
    expect(fit.standardError[0]! ** 2).toBeGreaterThan(told + fit.severitySd ** 2 / 16);
  });
});

describe("award probabilities", () => {
  const input = rate({ ...region, submissions: 90, reviewers: 12 }, 6);
  const fit = calibrateScores(input);
  const contest = (awarded: number) => ({ submissions: [...Array(60).keys()], awarded });

  test("add up to the number of awards, and follow the calibrated scores", () => {
    const probability = awardProbabilities(fit, [contest(18)], 1);
    expect(sum(probability.slice(0, 60))).toBeCloseTo(18, 9);
    expect(probability.slice(60).every(Number.isNaN)).toBe(true);
    const order = contest(18).submissions.sort((a, b) => fit.calibrated[b]! - fit.calibrated[a]!);
    expect(probability[order[0]!]).toBeGreaterThan(0.95);
    expect(probability[order[59]!]).toBeLessThan(0.05);
    expect(probability[order[17]!]).toBeGreaterThan(0.2);
    expect(probability[order[18]!]).toBeLessThan(0.8);
  });

  test("nobody is sure of an award where the submissions do not differ", () => {
    const equal = calibrateScores(rate({ ...region, submissions: 90, reviewers: 12, quality: 0 }, 8));
    const probability = awardProbabilities(equal, [{ submissions: [...Array(90).keys()], awarded: 27 }], 1);
    expect(Math.max(...probability)).toBeLessThan(0.7);
    expect(Math.min(...probability)).toBeGreaterThan(0.05);
  });

  test("severities are drawn where they differ, however little, and left alone where they do not", () => {
    const slight = { ...fit, severitySd: 0.5 };
    const none = { ...fit, severitySd: 0 };
    const unread = {
      ...none,
      blocks: fit.blocks.map((block) => ({ ...block, lower: block.lower.map(() => Number.NaN) })),
    };
    const [some, without] = [slight, none].map((each) => awardProbabilities(each, [contest(18)], 1).slice(0, 60));
    expect(some).not.toEqual(without);
    expect(awardProbabilities(unread, [contest(18)], 1).slice(0, 60)).toEqual(without);
  });

  test("the seed alone decides the draws", () => {
    expect(awardProbabilities(fit, [contest(18)], 1)).toEqual(awardProbabilities(fit, [contest(18)], 1));
    expect(awardProbabilities(fit, [contest(18)], 2)).not.toEqual(awardProbabilities(fit, [contest(18)], 1));
  });

  test.for([
    { awarded: 0, all: 0 },
    { awarded: 60, all: 1 },
  ])("$awarded awards for 60: $all for everybody", ({ awarded, all }) => {
    expect([...awardProbabilities(fit, [contest(awarded)], 1).slice(0, 60)]).toEqual(Array(60).fill(all));
  });

  test("cannot be told where every submission has one score", () => {
    const first = input.ratings.filter((r, i) => input.ratings.findIndex((o) => o.submission === r.submission) === i);
    const bare = calibrateScores({ ...input, ratings: first });
    expect(awardProbabilities(bare, [contest(18)], 1).every(Number.isNaN)).toBe(true);
  });
});
