import { broadcast } from "../arrays.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Node } from "../parse.ts";
import type { Scalar, Value } from "../values.ts";

/** Rows and columns that a result has at most. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export const oneCell: Size = { rows: 1, columns: 1 };

export function largest(sizes: readonly Size[]): Size {
  return {
    rows: Math.max(1, ...sizes.map((size) => size.rows)),
    columns: Math.max(1, ...sizes.map((size) => size.columns)),
  };
}

export interface SpreadsheetFunction {
  readonly least: number;
  readonly most: number;
  readonly run: (args: readonly Node[], evaluation: Evaluation) => Value;
  /** How large the result can be; `sizeOf` answers for the arguments. */
  readonly size: (args: readonly Node[], sizeOf: (node: Node, arrayMode?: boolean) => Size, arrayMode: boolean) => Size;
  /** Gives something else at every calculation. */
  readonly volatile?: boolean;
  /**
   * In array mode every element of the result follows from the same elements of the arguments that are so taken, and `run`
   * evaluates the other arguments as wholes.
   */
  readonly elementwise?: { readonly takes: (index: number) => boolean; readonly needs: (index: number) => boolean };
}

export type FunctionTable = Readonly<Record<string, SpreadsheetFunction>>;

interface Options {
  /** Which arguments are taken one value at a time; the others are handed on whole. */
  readonly single: (index: number) => boolean;
  readonly seesErrors?: boolean;
  /** Its arguments are evaluated as inside ARRAYFORMULA. */
  readonly arrayArguments?: boolean;
}

export function define(
  least: number,
  most: number,
  { single, seesErrors = false, arrayArguments = false }: Options,
  f: (args: readonly Value[], evaluation: Evaluation) => Value,
): SpreadsheetFunction {
  return {
    least,
    most,
    ...(single(0) || single(1) ? { elementwise: { takes: single, needs: () => true } } : {}),
    run: (nodes, evaluation) => {
      const inner = arrayArguments ? evaluation.inArrayMode() : evaluation;
      const args = nodes.map((node, i) =>
        single(i) ? evaluation.elements(inner.evaluate(node)) : inner.whole.evaluate(node),
      );
      return broadcast(args, single, seesErrors, (current) => f(current, evaluation));
    },
    size: (nodes, sizeOf, arrayMode) =>
      arrayMode ? largest(nodes.filter((_, i) => single(i)).map((node) => sizeOf(node))) : oneCell,
  };
}

/** A function of single values; left-out optional arguments are undefined. */
export function ofSingles(
  least: number,
  most: number,
  f: (...args: Scalar[]) => Scalar,
  seesErrors = false,
): SpreadsheetFunction {
  const call =
    most > 4
      ? (args: readonly Value[]) => f(...(args as readonly Scalar[]))
      : (args: readonly Value[]) => f(args[0] as Scalar, args[1] as Scalar, args[2] as Scalar, args[3] as Scalar);
  return define(least, most, { single: () => true, seesErrors }, call);
}

/** A function of whole ranges that gives one value. */
export function ofRanges(
  least: number,
  most: number,
  f: (args: readonly Value[], evaluation: Evaluation) => Value,
  arrayArguments = false,
): SpreadsheetFunction {
  return define(least, most, { single: () => false, arrayArguments }, f);
}
