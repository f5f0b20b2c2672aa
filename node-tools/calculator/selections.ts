/** Arrays of which only some elements are calculated: those that are asked for, and of equal rows one. */
import { findFunction } from "./functions/index.ts";
import type { Node } from "./parse.ts";
import type { ReferenceNode } from "./references.ts";
import { Matrix, type Scalar } from "./values.ts";

/** Elements of arrays of one shape. */
export interface Selection {
  readonly rows: number;
  readonly columns: number;
  /** From 0, row by row. */
  readonly places: ArrayLike<number>;
  /** No two of them agree in what is looked at, as far as that is known. */
  readonly isDistinct: boolean;
}

/** The elements at some places, below each other. */
export function gather({ values }: Matrix, places: ArrayLike<number>): Matrix {
  const chosen = new Array<Scalar>(places.length);
  for (let i = 0; i < chosen.length; i += 1) chosen[i] = values[places[i] as number] as Scalar;
  return new Matrix(chosen.length, 1, chosen);
}

/** Numbers for values, the same for equal ones. */
interface Codes {
  readonly ids: Int32Array;
  readonly count: number;
}

/** Matrices are never changed. */
const codes = new WeakMap<Matrix, Codes>();

function codesOf(matrix: Matrix): Codes {
  const known = codes.get(matrix);
  if (known) return known;
  const numbers = new Map<Scalar, number>();
  const ids = new Int32Array(matrix.values.length);
  for (let i = 0; i < ids.length; i += 1) {
    const value = matrix.values[i] as Scalar;
    let id = numbers.get(value);
    if (id === undefined) {
      id = numbers.size;
      numbers.set(value, id);
    }
    ids[i] = id;
  }
  const made = { ids, count: numbers.size };
  codes.set(matrix, made);
  return made;
}

/** Rows that agree in every matrix. */
interface Groups {
  readonly rows: number;
  readonly columns: number;
  /** The first row of each group. */
  readonly places: Int32Array;
  /** The group of every element that counts. */
  readonly ids: Int32Array;
}

/** Grouping pays where at most this share of the rows is left. */
const worthwhile = 0.6;

/** Groups rows of matrices of one shape; undefined where that would spare too few. */
export function groupRows(matrices: readonly Matrix[], selection: Selection | undefined): Groups | undefined {
  const [first] = matrices;
  if (!first) return undefined;
  const { rows, columns } = selection ?? first;
  const length = selection ? selection.places.length : rows * columns;
  if (length < 32) return undefined;
  const most = Math.floor(length * worthwhile);
  let ids: Int32Array | undefined;
  let count = 1;
  for (const matrix of matrices) {
    if (matrix.rows !== rows || matrix.columns !== columns) {
      if (matrix.rows === 1 && matrix.columns === 1) continue;
      return undefined;
    }
    const own = codesOf(matrix);
    if (!selection && own.count > most) return undefined;
    const next = new Int32Array(length);
    const numbers = new Map<number, number>();
    for (let i = 0; i < length; i += 1) {
      const place = selection ? (selection.places[i] as number) : i;
      const key = (ids ? (ids[i] as number) : 0) * own.count + (own.ids[place] as number);
      let id = numbers.get(key);
      if (id === undefined) {
        id = numbers.size;
        if (id >= most) return undefined;
        numbers.set(key, id);
      }
      next[i] = id;
    }
    ids = next;
    count = numbers.size;
  }
  if (!ids) return undefined;
  const places = new Int32Array(count).fill(-1);
  for (let i = length - 1; i >= 0; i -= 1) places[ids[i] as number] = selection ? (selection.places[i] as number) : i;
  return { rows, columns, places, ids };
}

const leaves = new WeakMap<Node, readonly ReferenceNode[] | null>();

/**
 * The references that an operation takes element by element; undefined where it takes other arrays so, where it may do
 * without one of them, or where it is too simple to group rows for.
 */
export function leavesOf(node: Node): readonly ReferenceNode[] | undefined {
  const known = leaves.get(node);
  if (known !== undefined) return known ?? undefined;
  const needed = new Map<string, ReferenceNode>();
  const spare = new Set<string>();
  let operations = 0;
  const visit = (part: Node, isNeeded: boolean): boolean => {
    switch (part.kind) {
      case "literal":
      case "missing":
        return true;
      case "reference": {
        const key = JSON.stringify(part);
        if (isNeeded) needed.set(key, part);
        else spare.add(key);
        return true;
      }
      case "unary":
        operations += 1;
        return visit(part.operand, isNeeded);
      case "binary":
        operations += 1;
        return visit(part.left, isNeeded) && visit(part.right, isNeeded);
      case "call": {
        const found = findFunction(part.name);
        if (!found?.elementwise) return false;
        operations += 1;
        const { takes, needs } = found.elementwise;
        return part.args.every((arg, i) => !takes(i) || visit(arg, isNeeded && needs(i)));
      }
      default:
        return false;
    }
  };
  const isPlain = visit(node, true) && operations > 2 && [...spare].every((key) => needed.has(key));
  const found = isPlain ? [...needed.values()] : null;
  leaves.set(node, found);
  return found ?? undefined;
}
