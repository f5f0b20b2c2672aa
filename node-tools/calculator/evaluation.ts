import type { Node, ReferenceNode } from "./parse.ts";
import type { Matrix, Reference, Scalar, Value } from "./values.ts";

/** A value that a custom function gets or gives: one, or rows of them. */
export type CustomValue = string | number | boolean | null;
export type CustomFunction = (...args: (CustomValue | CustomValue[][])[]) => unknown;

/** What a formula sees of its workbook. */
export interface Surroundings {
  cell(sheet: string, row: number, column: number): Scalar;
  range(reference: Reference): Matrix;
  /** The cells that a reference names; undefined where there are none. */
  locate(node: ReferenceNode, place: Place): Reference | undefined;
  isFormula(sheet: string, row: number, column: number): boolean;
  /** Size of a sheet; undefined where there is none of this name. */
  extent(sheet: string): { readonly rows: number; readonly columns: number } | undefined;
  /** Serial number of this moment in the award's time zone. */
  now(): number;
  readonly functions: Readonly<Record<string, CustomFunction>>;
}

/** Where a formula stands, and by how much its relative references are shifted. */
export interface Place {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly rowShift: number;
  readonly columnShift: number;
}

/** A formula being evaluated, as its functions see it. */
export interface Evaluation {
  readonly surroundings: Surroundings;
  readonly place: Place;
  /** Ranges in the place of single values count element by element. */
  readonly arrayMode: boolean;
  /** The same place in array mode. */
  inArrayMode(): Evaluation;
  /** The same place with all elements, for what functions take as a whole. */
  readonly whole: Evaluation;
  evaluate(node: Node): Value;
  /**
   * What a node gives for some elements of a matrix alone, below each other; undefined where it has arrays of another
   * shape than the matrix.
   */
  evaluateSome(node: Node, of: Matrix, places: readonly number[]): Scalar | Matrix | undefined;
  /** What stands for a value where single values are wanted: a matrix only in array mode. */
  elements(value: Value): Scalar | Matrix;
  /** One value: of a range the cell in the formula's own row or column, of an array the first. */
  single(value: Value): Scalar;
  matrix(value: Value): Matrix;
}
