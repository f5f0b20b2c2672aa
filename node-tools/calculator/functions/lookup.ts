import { wildcardPattern } from "../criteria.ts";
import type { Evaluation } from "../evaluation.ts";
import { toNumber } from "../typed-text.ts";
import { lastNotAbove, positionsOf } from "../value-index.ts";
import { compare, errors, isError, Matrix, Reference, type Scalar, toBoolean, type Value } from "../values.ts";
import {
  define,
  type FunctionTable,
  largest,
  ofRanges,
  ofSingles,
  oneCell,
  type SpreadsheetFunction,
} from "./define.ts";

/** Position (from 0) of the first equal value; texts may hold wildcards; -1 where there is none. */
function firstEqual(values: readonly Scalar[], wanted: Scalar): number {
  if (wanted === null || isError(wanted)) return -1;
  const pattern = typeof wanted === "string" ? wildcardPattern(wanted) : undefined;
  if (pattern) return values.findIndex((value) => typeof value === "string" && pattern.test(value));
  return positionsOf(values, wanted)[0] ?? -1;
}

/** Position (from 0) of the last value that is not below, in values sorted downwards. */
function lastNotBelow(values: readonly Scalar[], wanted: Scalar): number {
  const beyond = values.findIndex((value) => typeof value === typeof wanted && compare(value, wanted) < 0);
  return (beyond < 0 ? values.length : beyond) - 1;
}

function approximate(values: readonly Scalar[], wanted: Scalar): number {
  return wanted === null || isError(wanted) ? -1 : lastNotAbove(values, wanted);
}

const match = define(2, 3, { single: (i) => i !== 1 }, ([wanted, range, way = 1], evaluation) => {
  const { values } = evaluation.matrix(range as Value);
  const direction = toNumber(way as Scalar);
  if (typeof direction !== "number") return direction;
  const key = wanted as Scalar;
  const position =
    direction === 0 ? firstEqual(values, key) : direction > 0 ? approximate(values, key) : lastNotBelow(values, key);
  return position < 0 ? errors.notAvailable : position + 1;
});

/** LOOKUP takes the last column (or row) of a table as the result when none is given. */
const lookup = define(
  2,
  3,
  { single: (i) => i === 0, arrayArguments: true },
  ([wanted, table, results], evaluation) => {
    const searched = evaluation.matrix(table as Value);
    const byRow = searched.rows >= searched.columns;
    const key = (matrix: Matrix, last: boolean): readonly Scalar[] => {
      if (matrix.rows === 1 || matrix.columns === 1) return matrix.values;
      return byRow ? columnOf(matrix, last ? matrix.columns - 1 : 0) : rowOf(matrix, last ? matrix.rows - 1 : 0);
    };
    const position = approximate(key(searched, false), wanted as Scalar);
    if (position < 0) return errors.notAvailable;
    const found = results === undefined ? key(searched, true) : evaluation.matrix(results).values;
    return found[position] ?? (position < found.length ? null : errors.notAvailable);
  },
);

function columnOf(matrix: Matrix, column: number): Scalar[] {
  return Array.from({ length: matrix.rows }, (_, row) => matrix.at(row, column));
}

function rowOf(matrix: Matrix, row: number): Scalar[] {
  return Array.from({ length: matrix.columns }, (_, column) => matrix.at(row, column));
}

/** The first line of a range, as a range of its own so that its index is made once. */
function firstLine(table: Value, byRow: boolean, evaluation: Evaluation): readonly Scalar[] {
  if (table instanceof Reference) {
    const { sheet, top, left, bottom, right } = table;
    const line = byRow ? new Reference(sheet, top, left, bottom, left) : new Reference(sheet, top, left, top, right);
    return evaluation.matrix(line).values;
  }
  const matrix = evaluation.matrix(table);
  return byRow ? columnOf(matrix, 0) : rowOf(matrix, 0);
}

function tableLookup(byRow: boolean): SpreadsheetFunction {
  return define(3, 4, { single: (i) => i !== 1 }, ([wanted, table, index, sorted = true], evaluation) => {
    const offset = toNumber(index as Scalar);
    const isSorted = toBoolean(sorted as Scalar);
    if (typeof offset !== "number") return offset;
    if (isError(isSorted)) return isSorted;
    const range = table as Value;
    const whole = range instanceof Reference ? range : evaluation.matrix(range);
    const place = Math.trunc(offset) - 1;
    if (place < 0) return errors.value;
    if (place >= (byRow ? whole.columns : whole.rows)) return errors.reference;
    const keys = firstLine(range, byRow, evaluation);
    const position = isSorted ? approximate(keys, wanted as Scalar) : firstEqual(keys, wanted as Scalar);
    if (position < 0) return errors.notAvailable;
    const [row, column] = byRow ? [position, place] : [place, position];
    if (whole instanceof Matrix) return whole.at(row, column);
    return evaluation.surroundings.cell(whole.sheet, whole.top + row, whole.left + column);
  });
}

/** A part of a range stays a range, so that nothing but the cell wanted is calculated. */
const index = ofRanges(1, 3, ([range, row = 0, column], evaluation) => {
  if (isError(range)) return range;
  const whole = range instanceof Reference ? range : evaluation.matrix(range as Value);
  const first = toNumber(evaluation.single(row));
  if (typeof first !== "number") return first;
  const given = column === undefined ? 0 : toNumber(evaluation.single(column));
  if (typeof given !== "number") return given;
  const alongRow = column === undefined && whole.rows === 1;
  const r = Math.trunc(alongRow ? 0 : first);
  const c = Math.trunc(alongRow ? first : given);
  if (r < 0 || c < 0 || r > whole.rows || c > whole.columns) return errors.reference;
  const [top, bottom] = r === 0 ? [1, whole.rows] : [r, r];
  const [left, right] = c === 0 ? [1, whole.columns] : [c, c];
  if (whole instanceof Reference) {
    const { sheet } = whole;
    const at = { row: whole.top - 1, column: whole.left - 1 };
    return new Reference(sheet, at.row + top, at.column + left, at.row + bottom, at.column + right);
  }
  if (top === bottom && left === right) return whole.at(top - 1, left - 1);
  const values: Scalar[] = [];
  for (let y = top; y <= bottom; y += 1) for (let x = left; x <= right; x += 1) values.push(whole.at(y - 1, x - 1));
  return new Matrix(bottom - top + 1, right - left + 1, values);
});

/** ROW and COLUMN: numbers of all rows of a range in array mode, else of its first. */
function place(axis: "row" | "column"): SpreadsheetFunction {
  return {
    least: 0,
    most: 1,
    run: ([node], evaluation) => {
      if (!node) return evaluation.place[axis];
      const range = evaluation.evaluate(node);
      if (isError(range)) return range;
      if (!(range instanceof Reference)) return errors.notAvailable;
      const first = axis === "row" ? range.top : range.left;
      const length = axis === "row" ? range.rows : range.columns;
      if (!evaluation.arrayMode || length === 1) return first;
      const numbers = Array.from({ length }, (_, i) => first + i);
      return axis === "row" ? new Matrix(length, 1, numbers) : new Matrix(1, length, numbers);
    },
    size: ([node], sizeOf, arrayMode) => {
      if (!node || !arrayMode) return oneCell;
      const { rows, columns } = sizeOf(node);
      return axis === "row" ? { rows, columns: 1 } : { rows: 1, columns };
    },
  };
}

const extent = (axis: "rows" | "columns") =>
  ofRanges(1, 1, ([range], evaluation) => {
    if (isError(range)) return range;
    return range instanceof Reference ? range[axis] : evaluation.matrix(range as Value)[axis];
  });

const chooseOne: SpreadsheetFunction = {
  least: 2,
  most: 255,
  run: ([which, ...choices], evaluation) => {
    const number = which ? toNumber(evaluation.single(evaluation.evaluate(which))) : errors.notAvailable;
    if (typeof number !== "number") return number;
    const chosen = choices[Math.trunc(number) - 1];
    return chosen ? evaluation.evaluate(chosen) : errors.number;
  },
  size: ([, ...choices], sizeOf, arrayMode) => (arrayMode ? largest(choices.map((node) => sizeOf(node))) : oneCell),
};

export const lookupFunctions: FunctionTable = {
  MATCH: match,
  LOOKUP: lookup,
  VLOOKUP: tableLookup(true),
  HLOOKUP: tableLookup(false),
  INDEX: index,
  CHOOSE: chooseOne,
  ROW: place("row"),
  COLUMN: place("column"),
  ROWS: extent("rows"),
  COLUMNS: extent("columns"),
  HYPERLINK: ofSingles(1, 2, (address, label) => label ?? (address as Scalar)),
};
