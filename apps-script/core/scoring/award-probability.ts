// biome-ignore-all lint/style/noNonNullAssertion: vectors and matrices are read within the bounds of the loops
import { createDraw } from "../assignment/seeded-random.ts";
import type { Calibration } from "./calibrate.ts";
import { solveUpper } from "./cholesky.ts";

/** Those who compete for the same awards. */
export interface Contest {
  /** Indices of submissions with a score. */
  readonly submissions: readonly number[];
  /** How many of them get an award. */
  readonly awarded: number;
}

/** At 1,000 draws a probability is known to within 0.016 (one standard error at ½). */
const draws = 1000;
const wholeRange = 4294967296;

/** Independent standard normals (Box and Muller, 1958). */
function createNormal(seed: number): () => number {
  const draw = createDraw(seed);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const length = Math.sqrt(-2 * Math.log((draw(wholeRange) + 1) / wholeRange));
    const angle = (2 * Math.PI * draw(wholeRange)) / wholeRange;
    spare = length * Math.sin(angle);
    return length * Math.cos(angle);
  };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Variance of the true qualities within a contest, all contests together: what the errors do not account for. */
function qualityVariance({ calibrated, standardError }: Calibration, contests: readonly Contest[]): number {
  let squares = 0;
  let degrees = 0;
  let errors = 0;
  let count = 0;
  for (const { submissions } of contests) {
    const middle = mean(submissions.map((s) => calibrated[s]!));
    for (const s of submissions) {
      squares += (calibrated[s]! - middle) ** 2;
      errors += standardError[s]! ** 2;
    }
    degrees += submissions.length - 1;
    count += submissions.length;
  }
  return degrees > 0 ? Math.max(0, squares / degrees - errors / count) : 0;
}

/** Severities as the scores leave them open, into `into`; one that was left in may be anything the variance allows. */
function drawSeverities(
  { severity, severitySd, residualSd, component, blocks }: Calibration,
  normal: () => number,
  into: Float64Array,
): void {
  for (let i = 0; i < into.length; i++) into[i] = component[i]! < 0 ? severitySd * normal() : 0;
  for (const { members, lower } of blocks) {
    const deviation = solveUpper(lower, Float64Array.from(members, normal));
    members.forEach((reviewer, i) => {
      into[reviewer] = severity[reviewer]! + residualSd * deviation[i]!;
    });
  }
}

/** The value that would stand at `rank` (from 0) among sorted `values`, which are put into another order (Hoare, 1961). */
function smallest(values: Float64Array, rank: number): number {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const pivot = values[(from + to) >> 1]!;
    let [i, j] = [from, to];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (rank <= j) to = j;
    else if (rank >= i) from = i;
    else break;
  }
  return values[rank]!;
}

/**
 * How probable it is, by the fitted model, that a submission truly belongs above the award line. Severities and true
 * qualities are drawn together many times from what the scores leave open: the severities as the fit has them, the same
 * for all submissions of a reviewer; the qualities shrunk towards the mean of the contest. The probability is the share
 * of the draws in which the submission stands above the line.
 *
 * @returns by submission, 0…1; NaN outside every contest or where the fit has no error
 */
export function awardProbabilities(calibration: Calibration, contests: readonly Contest[], seed: number): Float64Array {
  const { ratings, weights, severity, severitySd, residualSd, calibrated } = calibration;
  const probability = new Float64Array(calibrated.length).fill(Number.NaN);
  const spread = qualityVariance(calibration, contests);
  if (Number.isNaN(residualSd)) return probability;

  const noise = residualSd ** 2;
  const middles = contests.map(({ submissions }) => mean(submissions.map((s) => calibrated[s]!)));
  const weight = new Float64Array(calibrated.length);
  ratings.forEach((r, i) => {
    weight[r.submission] = weight[r.submission]! + weights[i]!;
  });
  const above = new Float64Array(calibrated.length);
  const normal = createNormal(seed);
  const drawn = new Float64Array(severity.length);
  const shift = new Float64Array(calibrated.length);
  const submissionOf = Int32Array.from(ratings, (r) => r.submission);
  const reviewerOf = Int32Array.from(ratings, (r) => r.reviewer);
  const qualities = contests.map(({ submissions }) => new Float64Array(submissions.length));

  for (let n = 0; n < draws; n++) {
    if (severitySd > 0) {
      drawSeverities(calibration, normal, drawn);
      shift.fill(0);
      for (let i = 0; i < submissionOf.length; i++) {
        const [s, r] = [submissionOf[i]!, reviewerOf[i]!];
        shift[s] = shift[s]! + weights[i]! * (drawn[r]! - severity[r]!);
      }
    }
    contests.forEach(({ submissions, awarded }, c) => {
      if (awarded <= 0 || submissions.length === 0) return;
      const quality = qualities[c]!;
      submissions.forEach((s, i) => {
        const w = weight[s]!;
        const share = spread === 0 ? 0 : spread / (spread + noise / w);
        const seen = calibrated[s]! - shift[s]! / w;
        // Where the qualities do not differ the scores say nothing, and everybody has the same chance.
        const uncertainty = spread === 0 ? 1 : Math.sqrt((share * noise) / w);
        quality[i] = middles[c]! + share * (seen - middles[c]!) + uncertainty * normal();
      });
      const line =
        awarded >= quality.length ? Number.NEGATIVE_INFINITY : smallest(quality.slice(), quality.length - awarded);
      submissions.forEach((s, i) => {
        if (quality[i]! >= line) above[s]!++;
      });
    });
  }
  for (const { submissions } of contests) for (const s of submissions) probability[s] = above[s]! / draws;
  return probability;
}
