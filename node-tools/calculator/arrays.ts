import { errors, isError, Matrix, type Scalar, type Value } from "./values.ts";

/** The values of a matrix laid over a larger rectangle: single rows and columns repeat, what is missing is #N/A. */
function expand(matrix: Matrix, rows: number, columns: number): readonly Scalar[] {
  if (matrix.rows === rows && matrix.columns === columns) return matrix.values;
  const values: Scalar[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const r = matrix.rows === 1 ? 0 : row;
      const c = matrix.columns === 1 ? 0 : column;
      values.push(r < matrix.rows && c < matrix.columns ? matrix.at(r, c) : errors.notAvailable);
    }
  }
  return values;
}

/**
 * Calls `f` once, or once for every element where arguments to be taken one by one are matrices.
 *
 * @param single which arguments are taken element by element; the others are handed on whole
 * @param seesErrors whether `f` wants to see errors; otherwise the first one is the result
 */
export function broadcast(
  args: readonly Value[],
  single: (index: number) => boolean,
  seesErrors: boolean,
  f: (args: readonly Value[]) => Value,
): Value {
  let rows = 0;
  let columns = 0;
  args.forEach((arg, i) => {
    if (!(arg instanceof Matrix && single(i))) return;
    rows = Math.max(rows, arg.rows);
    columns = Math.max(columns, arg.columns);
  });
  const singles = args.map((_, i) => single(i));
  const callOnce = (current: readonly Value[]): Value => {
    if (!seesErrors) {
      for (let i = 0; i < current.length; i += 1) {
        const arg = current[i];
        if (singles[i] && isError(arg)) return arg;
      }
    }
    return f(current);
  };
  if (rows === 0) return callOnce(args);
  const current = [...args];
  const spread = args.flatMap((arg, i) =>
    arg instanceof Matrix && singles[i] ? [{ i, values: expand(arg, rows, columns) }] : [],
  );
  const results = new Array<Scalar>(rows * columns);
  for (let k = 0; k < results.length; k += 1) {
    for (const { i, values } of spread) current[i] = values[k] as Scalar;
    results[k] = callOnce(current) as Scalar;
  }
  return new Matrix(rows, columns, results);
}

/** Chooses element by element between two values. */
export function choose(condition: Matrix, yes: Value, no: Value): Value {
  return broadcast(
    [condition, yes, no],
    () => true,
    true,
    ([test, left, right]) => (isError(test) ? test : ((test ? left : right) as Scalar)),
  );
}
