// biome-ignore-all lint/style/noNonNullAssertion: vectors and matrices are read within the bounds of the loops
/** A symmetric matrix A = Q·T·Qᵀ with T tridiagonal, and a vector seen from there. */
export interface Tridiagonal {
  /** n entries. */
  readonly diagonal: Float64Array;
  /** n − 1 entries beside the diagonal. */
  readonly beside: Float64Array;
  /** Qᵀ·vector, n entries. */
  readonly vector: Float64Array;
}

/**
 * Brings a symmetric matrix to tridiagonal form by Householder reflections (Householder, 1958), so that for any λ the
 * determinant of A + λI and a form in its inverse cost n steps instead of n³.
 *
 * @param matrix n × n, row-major, symmetric; stays as it is
 */
export function tridiagonalise(matrix: Float64Array, vector: Float64Array): Tridiagonal {
  const n = vector.length;
  const a = matrix.slice();
  const turned = vector.slice();
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(Math.max(0, n - 1));
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k]!;
    if (k === n - 1) break;
    let square = 0;
    for (let i = k + 1; i < n; i++) square += a[i * n + k]! ** 2;
    const first = a[(k + 1) * n + k]!;
    const length = Math.sqrt(square);
    const alpha = first > 0 ? -length : length;
    beside[k] = alpha;
    // |v|² of the reflection vector v = column − alpha·e.
    const norm = 2 * (square - alpha * first);
    if (norm <= 0) continue;
    for (let i = k + 1; i < n; i++) v[i] = a[i * n + k]!;
    v[k + 1] = first - alpha;
    const scale = 2 / norm;
    let along = 0;
    let seen = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j]! * v[j]!;
      p[i] = scale * sum;
      along += p[i]! * v[i]!;
      seen += turned[i]! * v[i]!;
    }
    const half = (scale * along) / 2;
    for (let i = k + 1; i < n; i++) {
      p[i] = p[i]! - half * v[i]!;
      turned[i] = turned[i]! - scale * seen * v[i]!;
    }
    for (let i = k + 1; i < n; i++) {
      const [vi, pi] = [v[i]!, p[i]!];
      for (let j = k + 1; j < n; j++) a[i * n + j] = a[i * n + j]! - vi * p[j]! - pi * v[j]!;
    }
  }
  return { diagonal, beside, vector: turned };
}

/** ln |T + λI| and vectorᵀ·(T + λI)⁻¹·vector, for λ that makes T + λI positive definite. */
export function shiftedForm(
  { diagonal, beside, vector }: Tridiagonal,
  lambda: number,
): { logDeterminant: number; form: number } {
  let logDeterminant = 0;
  let form = 0;
  let pivot = 0;
  let rest = 0;
  for (let i = 0; i < diagonal.length; i++) {
    const ratio = i === 0 ? 0 : beside[i - 1]! / pivot;
    pivot = diagonal[i]! + lambda - (i === 0 ? 0 : ratio * beside[i - 1]!);
    rest = vector[i]! - ratio * rest;
    logDeterminant += Math.log(pivot);
    form += (rest * rest) / pivot;
  }
  return { logDeterminant, form };
}
