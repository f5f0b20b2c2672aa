// biome-ignore-all lint/style/noNonNullAssertion: vectors and matrices are read within the bounds of the loops
import { type Absorbed, absorbSubmissions, type Rating, tridiagonalBlocks } from "./absorb.ts";
import { factorise, invertFactored, solveFactored } from "./cholesky.ts";
import { findComparableReviewers } from "./comparable.ts";
import { findComponents } from "./components.ts";
import { fitVariances, type VarianceFit } from "./reml.ts";

export interface CalibrationInput {
  /** In any order. */
  readonly ratings: readonly Rating[];
  readonly submissions: number;
  readonly reviewers: number;
}

/** Severities of one component after the scores have been seen: normal, with this mean and scale. */
export interface SeverityBlock {
  readonly members: readonly number[];
  /** Lower triangular L, n × n: the covariance is residual variance × (L·Lᵀ)⁻¹. */
  readonly lower: Float64Array;
}

/** What becomes of the scores, in points. */
export interface Calibration {
  /** Why the severities were left in; undefined where they are taken out. */
  readonly refusal: "tooFewScores" | "noSeverityDifferences" | undefined;
  /** By reviewer: points above (lenient) or below (severe) the others of the component; 0 where left in. */
  readonly severity: Float64Array;
  /** By reviewer; NaN where the severity is left in. */
  readonly severityError: Float64Array;
  /** By submission: the mean with the severities taken out; NaN without a score. */
  readonly calibrated: Float64Array;
  /** By submission; NaN where it is not known. */
  readonly standardError: Float64Array;
  /** Standard deviation of the severities; 0 where left in. */
  readonly severitySd: number;
  /** Standard deviation of one score about the submission's and the reviewer's; NaN where no submission has two. */
  readonly residualSd: number;
  /** By reviewer: number of its component from 0, -1 where its severity is not known. */
  readonly component: Int32Array;
  readonly components: number;
  /** Sorted by submission and reviewer, with the weight of each. */
  readonly ratings: readonly Rating[];
  readonly weights: Float64Array;
  /** Empty where the severities are left in. */
  readonly blocks: readonly SeverityBlock[];
}

/** Where the likelihood ratio of no severity at all, ½χ²₀ + ½χ²₁ (Self and Liang, 1987), is exceeded by chance at 5 %. */
const leastLikelihoodRatio = 2.71;
/** Huber's constant: 95 % efficiency where the scores are normal. */
const huber = 1.345;
const reweightings = 8;

interface Fit {
  readonly absorbed: Absorbed;
  readonly variances: VarianceFit;
  readonly blocks: readonly SeverityBlock[];
  readonly severity: Float64Array;
}

function fitSeverities(ratings: readonly Rating[], weights: Float64Array, componentOf: Int32Array): Fit {
  const absorbed = absorbSubmissions(ratings, weights, componentOf);
  const variances = fitVariances(tridiagonalBlocks(absorbed));
  const severity = new Float64Array(componentOf.length);
  const blocks = absorbed.blocks.map(({ members, matrix, right }): SeverityBlock => {
    const n = members.length;
    for (let i = 0; i < n; i++) matrix[i * n + i] = matrix[i * n + i]! + variances.ratio;
    const lower = factorise(matrix, n);
    solveFactored(lower, right).forEach((value, i) => {
      severity[members[i]!] = value;
    });
    return { members, lower };
  });
  return { absorbed, variances, blocks, severity };
}

/** Weighted means by submission of the scores less severities; NaN without a score. */
function meansWithout(input: CalibrationInput, weights: Float64Array, severity: Float64Array): Float64Array {
  const sum = new Float64Array(input.submissions);
  const weight = new Float64Array(input.submissions);
  input.ratings.forEach(({ submission, reviewer, score }, i) => {
    sum[submission] = sum[submission]! + weights[i]! * (score - severity[reviewer]!);
    weight[submission] = weight[submission]! + weights[i]!;
  });
  return sum.map((value, i) => value / weight[i]!);
}

/** Weights that fall off for scores further from the fit than `huber` standard deviations (Huber, 1964). */
function huberWeights(input: CalibrationInput, weights: Float64Array, fit: Fit): Float64Array {
  const means = meansWithout(input, weights, fit.severity);
  const bound = huber * Math.sqrt(fit.variances.residualVariance);
  return Float64Array.from(input.ratings, ({ submission, reviewer, score }) => {
    const off = Math.abs(score - means[submission]! - fit.severity[reviewer]!);
    return off <= bound ? 1 : bound / off;
  });
}

/**
 * By how much the residual variance of a robust fit is too small for its standard errors: outlying scores are cut, and
 * those that are left speak as if nothing had been (Huber, Annals of Statistics 1, 1973, with its correction for many
 * parameters: there is one for every few scores).
 */
function varianceHidden(input: CalibrationInput, weights: Float64Array, fit: Fit): number {
  const means = meansWithout(input, weights, fit.severity);
  let [weight, squares, cut, whole] = [0, 0, 0, 0];
  input.ratings.forEach(({ submission, reviewer, score }, i) => {
    const off = weights[i]! * (score - means[submission]! - fit.severity[reviewer]!) ** 2;
    weight += weights[i]!;
    squares += off;
    cut += weights[i]! * off;
    if (weights[i] === 1) whole++;
  });
  if (squares === 0 || whole === 0) return 1;
  const count = input.ratings.length;
  const uncut = whole / count;
  const correction = 1 + ((1 - fit.absorbed.degrees / count) * (1 - uncut)) / uncut;
  return ((cut / squares) * (weight / count) * correction ** 2) / uncut ** 2;
}

/**
 * Takes the severity of the reviewers out of the scores.
 *
 * score = submission (fixed) + severity of the reviewer (random) + residual. The variances are chosen by restricted
 * maximum likelihood; severities are best linear unbiased predictions (Robinson, Statistical Science 6, 1991), shrunk
 * towards 0 the more, the fewer scores speak for them. Because the submissions are fixed, the severities of every
 * connected component add up to 0 by themselves, so between components the raw means speak.
 *
 * Severities are left in, and `refusal` says why, where fewer than two reviewers have enough scores beside others' or
 * their variance cannot be distinguished from 0. The severity of a single reviewer with too few scores is left in too, and its
 * uncertainty counts in the standard errors.
 *
 * @param robust gives outlying scores less weight
 */
export function calibrateScores(input: CalibrationInput, robust = false): Calibration {
  const ratings = [...input.ratings].sort(
    (a, b) => a.submission - b.submission || a.reviewer - b.reviewer || a.score - b.score,
  );
  const sorted = { ...input, ratings };
  const comparable = findComparableReviewers(ratings, input.submissions, input.reviewers);
  const isTold = ratings.map((r) => comparable[r.reviewer] === 1);
  const told = ratings.filter((_, i) => isTold[i]);
  const { of: component, count: components } = findComponents(told, input.reviewers);
  let weights: Float64Array = new Float64Array(ratings.length).fill(1);
  const toldWeights = () => weights.filter((_, i) => isTold[i]);

  const { squares, degrees } = absorbSubmissions(told, toldWeights(), component);
  if (degrees === 0 || squares === 0) {
    return leaveSeverities(sorted, degrees === 0 ? "tooFewScores" : "noSeverityDifferences", component, components);
  }
  let fit = fitSeverities(told, toldWeights(), component);
  if (robust) {
    for (let i = 0; i < reweightings; i++) {
      weights = huberWeights(sorted, weights, fit);
      fit = fitSeverities(told, toldWeights(), component);
    }
  }
  if (fit.variances.likelihoodRatio < leastLikelihoodRatio) {
    return leaveSeverities(sorted, "noSeverityDifferences", component, components);
  }
  const severityVariance = fit.variances.residualVariance / fit.variances.ratio;
  const residualVariance = fit.variances.residualVariance * (robust ? varianceHidden(sorted, weights, fit) : 1);
  const severityError = new Float64Array(input.reviewers).fill(Number.NaN);
  const inverses = fit.blocks.map(({ members, lower }) => {
    const inverse = invertFactored(lower, members.length);
    members.forEach((reviewer, i) => {
      severityError[reviewer] = Math.sqrt(residualVariance * inverse[i * members.length + i]!);
    });
    return inverse;
  });
  const place = new Int32Array(input.reviewers);
  for (const { members } of fit.blocks) {
    members.forEach((reviewer, i) => {
      place[reviewer] = i;
    });
  }
  return {
    refusal: undefined,
    severity: fit.severity,
    severityError,
    calibrated: meansWithout(sorted, weights, fit.severity),
    standardError: standardErrors(
      sorted,
      weights,
      (a, b) => {
        const block = component[a]!;
        if (block < 0 || component[b] !== block) return a === b ? severityVariance : 0;
        const n = fit.blocks[block]!.members.length;
        return residualVariance * inverses[block]![place[a]! * n + place[b]!]!;
      },
      residualVariance,
    ),
    severitySd: Math.sqrt(severityVariance),
    residualSd: Math.sqrt(residualVariance),
    component,
    components,
    ratings,
    weights,
    blocks: fit.blocks,
  };
}

/**
 * Standard errors of the weighted means: their residuals and what is uncertain about the severities, which the
 * reviewers of one submission share.
 *
 * @param covariance of the severities of two reviewers, once the scores have been seen
 */
function standardErrors(
  { ratings, submissions }: CalibrationInput,
  weights: Float64Array,
  covariance: (a: number, b: number) => number,
  residualVariance: number,
): Float64Array {
  const errors = new Float64Array(submissions).fill(Number.NaN);
  for (let from = 0; from < ratings.length; ) {
    const { submission } = ratings[from]!;
    let to = from;
    let weight = 0;
    for (; to < ratings.length && ratings[to]!.submission === submission; to++) weight += weights[to]!;
    let variance = residualVariance / weight;
    for (let i = from; i < to; i++) {
      for (let j = from; j < to; j++) {
        const share = (weights[i]! * weights[j]!) / (weight * weight);
        variance += share * covariance(ratings[i]!.reviewer, ratings[j]!.reviewer);
      }
    }
    errors[submission] = Math.sqrt(variance);
    from = to;
  }
  return errors;
}

/** The raw means, with the spread of all scores about the mean of their submission. */
function leaveSeverities(
  input: CalibrationInput,
  refusal: "tooFewScores" | "noSeverityDifferences",
  component: Int32Array,
  components: number,
): Calibration {
  const weights = new Float64Array(input.ratings.length).fill(1);
  const severity = new Float64Array(input.reviewers);
  const calibrated = meansWithout(input, weights, severity);
  const scored = calibrated.reduce((count, mean) => count + (Number.isNaN(mean) ? 0 : 1), 0);
  const squares = input.ratings.reduce((sum, r) => sum + (r.score - calibrated[r.submission]!) ** 2, 0);
  const degrees = input.ratings.length - scored;
  const variance = degrees > 0 ? squares / degrees : Number.NaN;
  return {
    refusal,
    severity,
    severityError: new Float64Array(input.reviewers).fill(Number.NaN),
    calibrated,
    standardError: standardErrors(input, weights, () => 0, variance),
    severitySd: 0,
    residualSd: Math.sqrt(variance),
    component,
    components,
    ratings: input.ratings,
    weights,
    blocks: [],
  };
}
