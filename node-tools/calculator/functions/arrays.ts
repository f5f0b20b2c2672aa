import { toNumber } from "../typed-text.ts";
import { compare, errors, isError, Matrix, type Scalar, toBoolean, type Value } from "../values.ts";
import { type FunctionTable, ofRanges, type SpreadsheetFunction } from "./define.ts";

type Row = readonly Scalar[];

function rowsOf(matrix: Matrix): Row[] {
  return Array.from({ length: matrix.rows }, (_, row) =>
    matrix.values.slice(row * matrix.columns, (row + 1) * matrix.columns),
  );
}

function ofRows(rows: readonly Row[]): Value {
  const columns = rows[0]?.length ?? 0;
  return columns === 0 ? errors.notAvailable : new Matrix(rows.length, columns, rows.flat());
}

const sizeOfFirst: SpreadsheetFunction["size"] = ([first], sizeOf) =>
  first ? sizeOf(first, true) : { rows: 1, columns: 1 };

/** ARRAYFORMULA: everything inside counts element by element. */
const arrayFormula: SpreadsheetFunction = {
  least: 1,
  most: 1,
  run: ([node], evaluation) => {
    const value = node ? evaluation.inArrayMode().evaluate(node) : null;
    return evaluation.inArrayMode().elements(value);
  },
  size: sizeOfFirst,
};

/** At most so many rows and columns of an array. */
const constrain: SpreadsheetFunction = {
  ...ofRanges(3, 3, ([range, height, width], evaluation) => {
    const matrix = evaluation.matrix(range as Value);
    const wanted = [toNumber(evaluation.single(height as Value)), toNumber(evaluation.single(width as Value))];
    const broken = wanted.find(isError);
    if (broken) return broken;
    const [rows = 0, columns = 0] = wanted.map((number) => Math.trunc(number as number));
    if (rows < 1 || columns < 1) return errors.number;
    if (columns >= matrix.columns && rows >= matrix.rows) return matrix;
    const all = rowsOf(matrix);
    return ofRows(all.slice(0, rows).map((row) => row.slice(0, columns)));
  }),
  size: ([range, height, width], sizeOf) => {
    const inner = range ? sizeOf(range) : { rows: 1, columns: 1 };
    const limit = (node: typeof height) =>
      node?.kind === "literal" && typeof node.value === "number" ? node.value : Number.POSITIVE_INFINITY;
    return { rows: Math.min(inner.rows, limit(height)), columns: Math.min(inner.columns, limit(width)) };
  },
};

const transpose: SpreadsheetFunction = {
  ...ofRanges(1, 1, ([range], evaluation) => {
    const matrix = evaluation.matrix(range as Value);
    const values: Scalar[] = [];
    for (let c = 0; c < matrix.columns; c += 1) for (let r = 0; r < matrix.rows; r += 1) values.push(matrix.at(r, c));
    return new Matrix(matrix.columns, matrix.rows, values);
  }),
  size: ([range], sizeOf) => {
    const size = range ? sizeOf(range) : { rows: 1, columns: 1 };
    return { rows: size.columns, columns: size.rows };
  },
};

const unique: SpreadsheetFunction = {
  ...ofRanges(1, 1, ([range], evaluation) => {
    const seen = new Set<string>();
    const rows = rowsOf(evaluation.matrix(range as Value)).filter((row) => {
      const key = JSON.stringify(row);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    return ofRows(rows);
  }),
  size: sizeOfFirst,
};

/** Rows that meet all conditions. */
const filter: SpreadsheetFunction = {
  ...ofRanges(
    2,
    255,
    ([range, ...conditions], evaluation) => {
      const matrix = evaluation.matrix(range as Value);
      const tests = conditions.map((condition) => evaluation.matrix(condition));
      if (tests.some((test) => test.columns !== 1 || test.rows !== matrix.rows)) return errors.notAvailable;
      return ofRows(rowsOf(matrix).filter((_, i) => tests.every((test) => toBoolean(test.at(i, 0)) === true)));
    },
    true,
  ),
  size: sizeOfFirst,
};

/** SORT(range, column, ascending, …); empty cells come last. */
const sort: SpreadsheetFunction = {
  ...ofRanges(
    1,
    255,
    ([range, ...keys], evaluation) => {
      const orders: { column: number; direction: number }[] = [];
      for (let i = 0; i < Math.max(2, keys.length); i += 2) {
        const column = toNumber(evaluation.single(keys[i] ?? 1));
        const upwards = toBoolean(evaluation.single(keys[i + 1] ?? true));
        if (isError(column)) return column;
        if (isError(upwards)) return upwards;
        orders.push({ column: Math.trunc(column) - 1, direction: upwards ? 1 : -1 });
      }
      const order = (a: Row, b: Row): number => {
        for (const { column, direction } of orders) {
          const [left = null, right = null] = [a[column], b[column]];
          if (left === null || right === null) {
            if (left !== right) return left === null ? 1 : -1;
            continue;
          }
          const difference = isError(left) || isError(right) ? 0 : compare(left, right);
          if (difference !== 0) return difference * direction;
        }
        return 0;
      };
      return ofRows(rowsOf(evaluation.matrix(range as Value)).sort(order));
    },
    true,
  ),
  size: sizeOfFirst,
};

const unbounded = Number.POSITIVE_INFINITY;

const sequence: SpreadsheetFunction = {
  ...ofRanges(1, 4, (args, evaluation) => {
    const [rows = 1, columns = 1, start = 1, step = 1] = args.map((arg) => toNumber(evaluation.single(arg)));
    for (const number of [rows, columns, start, step]) if (isError(number)) return number;
    const length = Math.trunc(rows as number) * Math.trunc(columns as number);
    if (!(length >= 1)) return errors.number;
    const values = Array.from({ length }, (_, i) => (start as number) + i * (step as number));
    return new Matrix(Math.trunc(rows as number), Math.trunc(columns as number), values);
  }),
  size: (args) => {
    const literal = (i: number) => {
      const node = args[i];
      if (!node) return 1;
      return node.kind === "literal" && typeof node.value === "number" ? node.value : unbounded;
    };
    return { rows: literal(0), columns: literal(1) };
  },
};

export const arrayFunctions: FunctionTable = {
  ARRAYFORMULA: arrayFormula,
  ARRAY_CONSTRAIN: constrain,
  TRANSPOSE: transpose,
  UNIQUE: unique,
  FILTER: filter,
  SORT: sort,
  SEQUENCE: sequence,
};
