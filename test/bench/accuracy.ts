/**
 * How near five ways of aggregating come to the truth where the truth is known: simulated qualities, severities and
 * residuals. Kendall's τ of all submissions, and how many of the best 30 % are truly among the best 30 %.
 */
import { createDraw } from "../../apps-script/core/assignment/seeded-random.ts";
import type { Rating } from "../../apps-script/core/scoring/absorb.ts";
import { awardProbabilities } from "../../apps-script/core/scoring/award-probability.ts";
import { calibrateScores } from "../../apps-script/core/scoring/calibrate.ts";

export const methods = ["mean", "median", "zScore", "calibrated", "robust"] as const;
export type Method = (typeof methods)[number];

export interface Design {
  readonly submissions: number;
  readonly reviewers: number;
  readonly perSubmission: number;
  /** Standard deviations, in points. */
  readonly severity: number;
  readonly quality: number;
  readonly noise: number;
  /** Share of scores that have nothing to do with the submission. */
  readonly blunders: number;
  /** Reviewers share submissions only within blocks of this many; 0 for one block. */
  readonly block: number;
  /** Points the first reviewer is off by beside the severity drawn. */
  readonly extreme: number;
  /** What lies above is given as this. */
  readonly highest: number;
  /** Points between one score and the next. */
  readonly step: number;
}

export const region: Design = {
  submissions: 1200,
  reviewers: 92,
  perSubmission: 3,
  severity: 4,
  quality: 7,
  noise: 5,
  blunders: 0,
  block: 0,
  extreme: 0,
  highest: Number.POSITIVE_INFINITY,
  step: 0.5,
};

const share = 0.3;
const wholeRange = 4294967296;
/** Half the width of what a blunder may be off by, in points. */
const blunder = 30;

function makeChance(seed: number) {
  const draw = createDraw(seed);
  const uniform = () => (draw(wholeRange) + 0.5) / wholeRange;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { draw, uniform, normal };
}

export interface Simulation {
  readonly truth: Float64Array;
  readonly ratings: readonly Rating[];
}

/** Scores about 75. */
export function simulate(design: Design, seed: number): Simulation {
  const { draw, uniform, normal } = makeChance(seed);
  const truth = Float64Array.from({ length: design.submissions }, () => design.quality * normal());
  const severity = Float64Array.from({ length: design.reviewers }, () => design.severity * normal());
  severity[0] = (severity[0] ?? 0) + design.extreme;
  const size = design.block === 0 ? design.reviewers : design.block;
  const blocks = Math.floor(design.reviewers / size);
  const ratings: Rating[] = [];
  for (let submission = 0; submission < design.submissions; submission++) {
    const first = (submission % blocks) * size;
    const panel = new Set<number>();
    while (panel.size < design.perSubmission) panel.add(first + draw(size));
    for (const reviewer of panel) {
      const off = uniform() < design.blunders ? (uniform() * 2 - 1) * blunder : design.noise * normal();
      const points = 75 + truth[submission]! + severity[reviewer]! + off;
      const score = Math.min(design.highest, Math.round(points / design.step) * design.step);
      ratings.push({ submission, reviewer, score });
    }
  }
  return { truth, ratings };
}

const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The scores of each submission or of each reviewer. */
function groupScores(
  ratings: readonly Rating[],
  by: "submission" | "reviewer",
  score: (rating: Rating) => number = (rating) => rating.score,
): number[][] {
  const scores: number[][] = [];
  for (const rating of ratings) {
    const own = scores[rating[by]] ?? [];
    own.push(score(rating));
    scores[rating[by]] = own;
  }
  return scores;
}

/** Each reviewer's scores brought to mean 0 and standard deviation 1. */
function standardise(ratings: readonly Rating[]): (rating: Rating) => number {
  const scales = groupScores(ratings, "reviewer").map((scores) => {
    const middle = average(scores);
    const spread = Math.sqrt(average(scores.map((s) => (s - middle) ** 2)));
    return { middle, spread: spread > 0 ? spread : 1 };
  });
  return ({ reviewer, score }) => (score - scales[reviewer]!.middle) / scales[reviewer]!.spread;
}

export function aggregateBy(method: Method, { ratings }: Simulation, design: Design): ArrayLike<number> {
  if (method === "mean") return groupScores(ratings, "submission").map(average);
  if (method === "median") return groupScores(ratings, "submission").map(median);
  if (method === "zScore") return groupScores(ratings, "submission", standardise(ratings)).map(average);
  return calibrateScores({ ratings, ...design }, method === "robust").calibrated;
}

/** Kendall's τ-a. */
export function kendallTau(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let agree = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = i + 1; j < a.length; j++) agree += Math.sign((a[i]! - a[j]!) * (b[i]! - b[j]!));
  }
  return agree / ((a.length * (a.length - 1)) / 2);
}

function best(values: ArrayLike<number>): Set<number> {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
  return new Set(order.slice(0, Math.round(values.length * share)));
}

export interface Accuracy {
  readonly tau: number;
  /** Of the best 30 % by the scores, the share that is truly among them. */
  readonly precision: number;
}

/** Means over simulations with the seeds 1 … `runs`. */
export function measureAccuracy(design: Design, runs: number): Record<Method, Accuracy> {
  const sums = Object.fromEntries(methods.map((m) => [m, { tau: 0, precision: 0 }])) as Record<
    Method,
    { tau: number; precision: number }
  >;
  for (let seed = 1; seed <= runs; seed++) {
    const simulation = simulate(design, seed);
    const truly = best(simulation.truth);
    for (const method of methods) {
      const scores = aggregateBy(method, simulation, design);
      sums[method].tau += kendallTau(scores, simulation.truth) / runs;
      sums[method].precision += [...best(scores)].filter((i) => truly.has(i)).length / truly.size / runs;
    }
  }
  return sums;
}

export interface ProbabilityBand {
  /** Probabilities in `from` ≤ p < `to`. */
  readonly from: number;
  readonly to: number;
  readonly submissions: number;
  /** How many of them truly stand above the line, 0…1. */
  readonly truly: number;
}

/** Award probabilities against the truth, in bands of a tenth, the groups being `groups` contests of equal size. */
export function measureProbabilities(design: Design, groups: number, runs: number, robust = false): ProbabilityBand[] {
  const given = new Array<number>(10).fill(0);
  const truly = new Array<number>(10).fill(0);
  for (let seed = 1; seed <= runs; seed++) {
    const { truth, ratings } = simulate(design, seed);
    const contests = Array.from({ length: groups }, (_, g) => {
      const submissions = [...truth.keys()].filter((s) => s % groups === g);
      return { submissions, awarded: Math.round(submissions.length * share) };
    });
    const probability = awardProbabilities(calibrateScores({ ratings, ...design }, robust), contests, seed);
    for (const { submissions, awarded } of contests) {
      const above = new Set([...submissions].sort((a, b) => truth[b]! - truth[a]!).slice(0, awarded));
      for (const s of submissions) {
        const band = Math.min(9, Math.floor(probability[s]! * 10));
        given[band]!++;
        if (above.has(s)) truly[band]!++;
      }
    }
  }
  return given.map((count, i) => ({ from: i / 10, to: (i + 1) / 10, submissions: count, truly: truly[i]! / count }));
}

/** Share of the submissions whose calibrated score lies within two standard errors of the truth: .95 if these are right. */
export function measureCoverage(design: Design, runs: number, robust: boolean): number {
  let covered = 0;
  for (let seed = 1; seed <= runs; seed++) {
    const { truth, ratings } = simulate(design, seed);
    const { calibrated, standardError } = calibrateScores({ ratings, ...design }, robust);
    const off = Array.from(truth, (quality, i) => calibrated[i]! - quality);
    // Nobody can tell how lenient all reviewers together are, nor need it be known for a ranking.
    const middle = average(off);
    covered += off.filter((value, i) => Math.abs(value - middle) <= 2 * standardError[i]!).length / off.length / runs;
  }
  return covered;
}
