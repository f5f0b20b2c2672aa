import { expect, test } from "vitest";
import { factorise, invertFactored, solveFactored, solveUpper } from "../../../apps-script/core/scoring/cholesky.ts";

const matrix = Float64Array.from([4, 2, 2, 2, 5, 3, 2, 3, 6]);
const given = Float64Array.from(matrix);

/** Rows of `a` times columns of `b`, n × n. */
const times = (a: Float64Array, b: Float64Array, n = 3) =>
  Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return Array.from({ length: n }, (_, k) => (a[i * n + k] ?? 0) * (b[k * n + j] ?? 0)).reduce((x, y) => x + y);
  });
const close = (found: Iterable<number>, wanted: Iterable<number>) => {
  const expected = [...wanted];
  expect([...found].map((value, i) => value - (expected[i] ?? 0)).every((off) => Math.abs(off) < 1e-12)).toBe(true);
};

test("a factor times its transpose is the matrix, which stays as it is", () => {
  const lower = factorise(matrix, 3);
  expect(matrix).toEqual(given);
  expect([lower[1], lower[2], lower[5]]).toEqual([0, 0, 0]);
  const transposed = Float64Array.from({ length: 9 }, (_, at) => lower[(at % 3) * 3 + Math.floor(at / 3)] ?? 0);
  close(times(lower, transposed), matrix);
});

test("solutions fit, and the right side stays as it is", () => {
  const lower = factorise(matrix, 3);
  const right = Float64Array.from([1, 2, 3]);
  const x = solveFactored(lower, right);
  close(
    [0, 1, 2].map((i) => [0, 1, 2].reduce((sum, k) => sum + (matrix[i * 3 + k] ?? 0) * (x[k] ?? 0), 0)),
    right,
  );
  const upper = solveUpper(lower, right);
  close(
    [0, 1, 2].map((i) => [0, 1, 2].reduce((sum, k) => sum + (lower[k * 3 + i] ?? 0) * (upper[k] ?? 0), 0)),
    right,
  );
  expect([...right]).toEqual([1, 2, 3]);
});

test("the inverse times the matrix is one", () =>
  close(times(invertFactored(factorise(matrix, 3), 3), matrix), [1, 0, 0, 0, 1, 0, 0, 0, 1]));
