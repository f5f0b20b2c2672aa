// biome-ignore-all lint/style/noNonNullAssertion: vectors and matrices are read within the bounds of the loops
/** Symmetric positive definite systems, dense and row-major: entry (i, j) of an n × n matrix stands at i · n + j. */

/**
 * The lower triangular L with L·Lᵀ = `matrix`; what stands above the diagonal is left unread.
 *
 * @param matrix n × n, positive definite; stays as it is
 */
export function factorise(matrix: Float64Array, n: number): Float64Array {
  const lower = matrix.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = lower[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * n + k]! * lower[j * n + k]!;
      lower[i * n + j] = i === j ? Math.sqrt(rest) : rest / lower[j * n + j]!;
    }
    for (let j = i + 1; j < n; j++) lower[i * n + j] = 0;
  }
  return lower;
}

/** Solves L·x = `right`. */
function solveLower(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let rest = right[i]!;
    for (let k = 0; k < i; k++) rest -= lower[i * n + k]! * x[k]!;
    x[i] = rest / lower[i * n + i]!;
  }
  return x;
}

/** Solves Lᵀ·x = `right`; of independent standard normals it makes normals whose covariance is the inverse of L·Lᵀ. */
export function solveUpper(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = right.slice();
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i]! / lower[i * n + i]!;
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = x[k]! - lower[i * n + k]! * value;
  }
  return x;
}

/** Solves L·Lᵀ·x = `right`. */
export function solveFactored(lower: Float64Array, right: Float64Array): Float64Array {
  return solveUpper(lower, solveLower(lower, right));
}

/** The inverse of L·Lᵀ, n × n. */
export function invertFactored(lower: Float64Array, n: number): Float64Array {
  // Row j holds column j of L⁻¹, so that both loops below run along rows.
  const columns = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    columns[j * n + j] = 1 / lower[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += lower[i * n + k]! * columns[j * n + k]!;
      columns[j * n + i] = -sum / lower[i * n + i]!;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += columns[i * n + k]! * columns[j * n + k]!;
      inverse[i * n + j] = sum;
      inverse[j * n + i] = sum;
    }
  }
  return inverse;
}
