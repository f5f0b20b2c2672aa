/** The mixed model of the calibration by the book: whole covariance matrices and Gaussian elimination, nothing absorbed. */
import type { Rating } from "../../../apps-script/core/scoring/absorb.ts";

type Matrix = number[][];

const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
const transpose = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));

/** Inverse and ln |determinant| by elimination with pivots. */
function invert(matrix: Matrix): { inverse: Matrix; logDeterminant: number } {
  const n = matrix.length;
  const a = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  let logDeterminant = 0;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c; r < n; r++) if (Math.abs(a[r]![c]!) > Math.abs(a[pivot]![c]!)) pivot = r;
    [a[c], a[pivot]] = [a[pivot]!, a[c]!];
    const head = a[c]![c]!;
    logDeterminant += Math.log(Math.abs(head));
    a[c] = a[c]!.map((value) => value / head);
    for (let r = 0; r < n; r++) {
      const factor = a[r]![c]!;
      if (r !== c) a[r] = a[r]!.map((value, j) => value - factor * a[c]![j]!);
    }
  }
  return { inverse: a.map((row) => row.slice(n)), logDeterminant };
}

export interface DenseFit {
  /** Restricted log-likelihood up to a constant. */
  readonly likelihood: number;
  /** Generalised least squares of the submissions, with standard errors. */
  readonly qualities: readonly number[];
  readonly errors: readonly number[];
  readonly severities: readonly number[];
}

export function fitDense(
  ratings: readonly Rating[],
  submissions: number,
  reviewers: number,
  severityVariance: number,
  residualVariance: number,
): DenseFit {
  const y = ratings.map((r) => [r.score]);
  const x = ratings.map((r) => Array.from({ length: submissions }, (_, s) => (r.submission === s ? 1 : 0)));
  const z = ratings.map((r) => Array.from({ length: reviewers }, (_, e) => (r.reviewer === e ? 1 : 0)));
  const v = ratings.map((a, i) =>
    ratings.map((b, j) => (a.reviewer === b.reviewer ? severityVariance : 0) + (i === j ? residualVariance : 0)),
  );
  const { inverse, logDeterminant } = invert(v);
  const weighted = multiply(transpose(x), inverse);
  const information = invert(multiply(weighted, x));
  const qualities = multiply(information.inverse, multiply(weighted, y));
  const fitted = multiply(x, qualities);
  const rest = y.map((row, i) => [row[0]! - fitted[i]![0]!]);
  const form = multiply(multiply(transpose(rest), inverse), rest)[0]![0]!;
  return {
    likelihood: -(logDeterminant + information.logDeterminant + form) / 2,
    qualities: qualities.map((row) => row[0]!),
    errors: information.inverse.map((row, i) => Math.sqrt(row[i]!)),
    severities: multiply(transpose(z), multiply(inverse, rest)).map((row) => row[0]! * severityVariance),
  };
}
