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
  const spread: { readonly i: number; values: readonly Scalar[] }[] = [];
  let hasError = false;
  args.forEach((arg, i) => {
    if (!single(i)) return;
    if (arg instanceof Matrix) {
      spread.push({ i, values: arg.values });
      rows = Math.max(rows, arg.rows);
      columns = Math.max(columns, arg.columns);
    } else if (!seesErrors && isError(arg)) hasError = true;
  });
  const firstError = (current: readonly Value[]) => current.find((arg, i) => single(i) && isError(arg));
  if (rows === 0) return (hasError && firstError(args)) || f(args);
  for (const each of spread) each.values = expand(args[each.i] as Matrix, rows, columns);
  const current = [...args];
  const results = new Array<Scalar>(rows * columns);
  for (let k = 0; k < results.length; k += 1) {
    let failed = hasError;
    for (const { i, values } of spread) {
      const value = values[k] as Scalar;
      current[i] = value;
      if (typeof value === "object" && value !== null && !seesErrors) failed = true;
    }
    results[k] = (failed ? firstError(current) : f(current)) as Scalar;
  }
  return new Matrix(rows, columns, results);
}

/** `broadcast` for an operator, the most frequent of all: without lists of arguments. */
export function combine(a: Scalar | Matrix, b: Scalar | Matrix, f: (a: Scalar, b: Scalar) => Scalar): Scalar | Matrix {
  const one = (left: Scalar, right: Scalar): Scalar => {
    if (typeof left === "object" && left !== null) return left;
    return typeof right === "object" && right !== null ? right : f(left, right);
  };
  if (!(a instanceof Matrix)) {
    return b instanceof Matrix
      ? new Matrix(
          b.rows,
          b.columns,
          b.values.map((value) => one(a, value)),
        )
      : one(a, b);
  }
  if (!(b instanceof Matrix))
    return new Matrix(
      a.rows,
      a.columns,
      a.values.map((value) => one(value, b)),
    );
  const rows = Math.max(a.rows, b.rows);
  const columns = Math.max(a.columns, b.columns);
  const left = expand(a, rows, columns);
  const right = expand(b, rows, columns);
  return new Matrix(
    rows,
    columns,
    left.map((value, i) => one(value, right[i] as Scalar)),
  );
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
