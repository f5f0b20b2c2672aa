/** Arrays of which only some elements are calculated: those that are asked for, and of equal rows one. */
import { findFunction } from "./functions/index.ts";
import type { Node, ReferenceNode } from "./parse.ts";
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
    const numbers = count * own.count <= 4 * length ? new NumberTable(count * own.count) : new Map<number, number>();
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

/** A map from small whole numbers to others. */
class NumberTable {
  private readonly entries: Int32Array;
  size = 0;

  constructor(length: number) {
    this.entries = new Int32Array(length);
  }

  get(key: number): number | undefined {
    const entry = this.entries[key] as number;
    return entry === 0 ? undefined : entry - 1;
  }

  set(key: number, value: number): void {
    this.entries[key] = value + 1;
    this.size += 1;
  }
}

/** The references that a node takes element by element, by what they name. */
interface Leaves {
  readonly needed: ReadonlyMap<string, ReferenceNode>;
  /** Those of branches that may not be evaluated. */
  readonly spare: ReadonlySet<string>;
  readonly operations: number;
}

const noLeaves: Leaves = { needed: new Map(), spare: new Set(), operations: 0 };

/** Joins what parts of an operation look at; undefined where one of them takes other arrays element by element. */
function join(parts: readonly Node[], needs: (index: number) => boolean): Leaves | undefined {
  const needed = new Map<string, ReferenceNode>();
  const spare = new Set<string>();
  let operations = 1;
  for (const [i, part] of parts.entries()) {
    const found = leavesIn(part);
    if (!found) return undefined;
    for (const [key, leaf] of found.needed)
      if (needs(i)) needed.set(key, leaf);
      else spare.add(key);
    for (const key of found.spare) spare.add(key);
    operations += found.operations;
  }
  return { needed, spare, operations };
}

const leaves = new WeakMap<Node, { readonly found: Leaves | undefined }>();

function leavesIn(node: Node): Leaves | undefined {
  const known = leaves.get(node);
  if (known) return known.found;
  const found = findLeaves(node);
  leaves.set(node, { found });
  return found;
}

function findLeaves(node: Node): Leaves | undefined {
  switch (node.kind) {
    case "literal":
    case "missing":
      return noLeaves;
    case "reference":
      return { ...noLeaves, needed: new Map([[JSON.stringify(node), node]]) };
    case "unary":
      return join([node.operand], () => true);
    case "binary":
      return join([node.left, node.right], () => true);
    case "call": {
      const { elementwise } = findFunction(node.name) ?? {};
      if (!elementwise) return undefined;
      const taken = [...node.args.keys()].filter(elementwise.takes);
      return join(
        taken.map((i) => node.args[i] as Node),
        (i) => elementwise.needs(taken[i] as number),
      );
    }
    default:
      return undefined;
  }
}

/**
 * The references that an operation takes element by element; undefined where it takes other arrays so, where it may do
 * without one of them, or where it is too simple to group rows for.
 */
export function leavesOf(node: Node): Iterable<ReferenceNode> | undefined {
  const found = leavesIn(node);
  if (!found || found.operations < 3) return undefined;
  for (const key of found.spare) if (!found.needed.has(key)) return undefined;
  return found.needed.values();
}
