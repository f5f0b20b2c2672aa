import { broadcast, choose } from "../arrays.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Node } from "../parse.ts";
import { errors, isError, Matrix, Reference, type Scalar, toBoolean, type Value } from "../values.ts";
import {
  type FunctionTable,
  largest,
  ofRanges,
  ofSingles,
  oneCell,
  type Size,
  type SpreadsheetFunction,
} from "./define.ts";

/** Branches may be ranges of which one cell is meant, or arrays. */
const sizeOfBranches: SpreadsheetFunction["size"] = (args, sizeOf, arrayMode) =>
  largest(args.map((node): Size => (arrayMode || node.kind !== "reference" ? sizeOf(node) : oneCell)));

/** Evaluates only the branches that some element needs, and each for these elements alone. */
function runIf([test, yes, no]: readonly Node[], evaluation: Evaluation): Value {
  const tests = evaluation.elements(evaluation.evaluate(test as Node));
  const branch = (met: boolean): Node => (met ? yes : no) ?? { kind: "literal", value: false };
  if (!(tests instanceof Matrix)) {
    const met = toBoolean(tests);
    return isError(met) ? met : evaluation.evaluate(branch(met));
  }
  const results = new Array<Scalar>(tests.values.length);
  const places: Readonly<Record<"yes" | "no", number[]>> = { yes: [], no: [] };
  for (let i = 0; i < results.length; i += 1) {
    const met = toBoolean(tests.values[i] as Scalar);
    if (isError(met)) results[i] = met;
    else places[met ? "yes" : "no"].push(i);
  }
  if (
    fillIn(results, places.yes, tests, branch(true), evaluation) &&
    fillIn(results, places.no, tests, branch(false), evaluation)
  ) {
    return new Matrix(tests.rows, tests.columns, results);
  }
  const value = (met: boolean) =>
    places[met ? "yes" : "no"].length > 0 ? evaluation.elements(evaluation.evaluate(branch(met))) : null;
  return choose(new Matrix(tests.rows, tests.columns, tests.values.map(toBoolean)), value(true), value(false));
}

function placesOf(values: readonly Scalar[], isMeant: (value: Scalar) => boolean): number[] {
  const places: number[] = [];
  for (let i = 0; i < values.length; i += 1) if (isMeant(values[i] as Scalar)) places.push(i);
  return places;
}

/** Puts what a node gives at some places into the results; false where it has arrays of another shape. */
function fillIn(results: Scalar[], places: readonly number[], of: Matrix, node: Node, evaluation: Evaluation): boolean {
  if (places.length === 0) return true;
  const some = evaluation.evaluateSome(node, of, places);
  if (some === undefined) return false;
  places.forEach((place, i) => {
    results[place] = some instanceof Matrix ? (some.values[i] as Scalar) : some;
  });
  return true;
}

const notAvailable: Node = { kind: "literal", value: errors.notAvailable };

/** IFS as an IF in an IF. */
function nestTests([test, yes, ...rest]: readonly Node[]): Node {
  return test && yes ? { kind: "call", name: "IF", args: [test, yes, nestTests(rest)] } : notAvailable;
}

/** SWITCH as an IF in an IF. */
function nestCases(subject: Node, [match, yes, ...rest]: readonly Node[]): Node {
  if (!match) return notAvailable;
  if (!yes) return match;
  const test: Node = { kind: "binary", operator: "=", left: subject, right: match };
  return { kind: "call", name: "IF", args: [test, yes, nestCases(subject, rest)] };
}

/** Only the first argument is needed in any case. */
const branches = { takes: () => true, needs: (index: number) => index === 0 };

function insteadOfErrors(replaces: (value: Scalar) => boolean): SpreadsheetFunction {
  return {
    least: 1,
    most: 2,
    elementwise: branches,
    run: ([node, otherwise], evaluation) => {
      const value = evaluation.evaluate(node as Node);
      const replacement = () => (otherwise ? evaluation.elements(evaluation.evaluate(otherwise)) : null);
      if (!evaluation.arrayMode && !(value instanceof Matrix)) {
        const one = value instanceof Reference ? evaluation.single(value) : value;
        return replaces(one) ? replacement() : value;
      }
      const values = evaluation.matrix(value);
      const places = placesOf(values.values, replaces);
      if (places.length === 0) return value;
      if (evaluation.arrayMode && otherwise) {
        const results = [...values.values];
        if (fillIn(results, places, values, otherwise, evaluation)) {
          return new Matrix(values.rows, values.columns, results);
        }
      }
      return broadcast(
        [values, replacement()],
        () => true,
        true,
        ([own, other]) => (replaces(own as Scalar) ? other : own) as Scalar,
      );
    },
    size: sizeOfBranches,
  };
}

/** AND, OR and XOR look at all values; texts in ranges do not count. */
function combine(f: (values: readonly boolean[]) => boolean): SpreadsheetFunction {
  return ofRanges(1, 255, (args, evaluation) => {
    const values: boolean[] = [];
    for (const arg of args) {
      const whole = arg instanceof Matrix || arg instanceof Reference;
      for (const value of evaluation.matrix(arg).values) {
        if (whole && (value === null || typeof value === "string")) continue;
        const truth = toBoolean(value);
        if (isError(truth)) return truth;
        values.push(truth);
      }
    }
    return values.length === 0 ? errors.value : f(values);
  });
}

export const logicFunctions: FunctionTable = {
  IF: { least: 2, most: 3, elementwise: branches, run: runIf, size: sizeOfBranches },
  IFS: {
    least: 2,
    most: 255,
    elementwise: branches,
    run: (args, evaluation) => evaluation.evaluate(nestTests(args)),
    size: sizeOfBranches,
  },
  SWITCH: {
    least: 3,
    most: 255,
    elementwise: branches,
    run: ([subject, ...cases], evaluation) => evaluation.evaluate(nestCases(subject as Node, cases)),
    size: sizeOfBranches,
  },
  IFERROR: insteadOfErrors(isError),
  IFNA: insteadOfErrors((value) => value === errors.notAvailable),
  AND: combine((values) => values.every(Boolean)),
  OR: combine((values) => values.some(Boolean)),
  XOR: combine((values) => values.filter(Boolean).length % 2 === 1),
  NOT: ofSingles(1, 1, (value) => {
    const truth = toBoolean(value as Scalar);
    return isError(truth) ? truth : !truth;
  }),
  TRUE: ofSingles(0, 0, () => true),
  FALSE: ofSingles(0, 0, () => false),
};
