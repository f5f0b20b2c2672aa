import { broadcast, choose } from "../arrays.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Node } from "../parse.ts";
import { compare, errors, isError, Matrix, Reference, type Scalar, toBoolean, type Value } from "../values.ts";
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

/** Evaluates only the branches that some element needs. */
function branch(test: Value, yes: () => Value, no: () => Value, evaluation: Evaluation): Value {
  const tests = evaluation.elements(test);
  if (!(tests instanceof Matrix)) {
    const met = toBoolean(tests);
    return isError(met) ? met : met ? yes() : no();
  }
  const conditions = tests.values.map(toBoolean);
  const some = (wanted: boolean) => conditions.includes(wanted);
  return choose(
    new Matrix(tests.rows, tests.columns, conditions),
    some(true) ? evaluation.elements(yes()) : null,
    some(false) ? evaluation.elements(no()) : null,
  );
}

function runIf([test, yes, no]: readonly Node[], evaluation: Evaluation): Value {
  return branch(
    evaluation.evaluate(test as Node),
    () => evaluation.evaluate(yes as Node),
    () => (no ? evaluation.evaluate(no) : false),
    evaluation,
  );
}

function runIfs(args: readonly Node[], evaluation: Evaluation): Value {
  const [test, yes, ...rest] = args;
  if (!test || !yes) return errors.notAvailable;
  return branch(
    evaluation.evaluate(test),
    () => evaluation.evaluate(yes),
    () => runIfs(rest, evaluation),
    evaluation,
  );
}

function runSwitch([subject, ...cases]: readonly Node[], evaluation: Evaluation): Value {
  const value = evaluation.evaluate(subject as Node);
  const next = ([match, yes, ...rest]: readonly Node[]): Value => {
    if (!match) return errors.notAvailable;
    if (!yes) return evaluation.evaluate(match);
    const test = evaluation.each([value, evaluation.evaluate(match)], (a, b) => compare(a, b) === 0);
    return branch(
      test,
      () => evaluation.evaluate(yes),
      () => next(rest),
      evaluation,
    );
  };
  return next(cases);
}

function insteadOfErrors(replaces: (value: Scalar) => boolean): SpreadsheetFunction {
  return {
    least: 1,
    most: 2,
    run: ([node, otherwise], evaluation) => {
      const value = evaluation.evaluate(node as Node);
      const replacement = () => (otherwise ? evaluation.elements(evaluation.evaluate(otherwise)) : null);
      if (!evaluation.arrayMode && !(value instanceof Matrix)) {
        const one = value instanceof Reference ? evaluation.single(value) : value;
        return replaces(one) ? replacement() : value;
      }
      const values = evaluation.matrix(value);
      if (!values.values.some(replaces)) return value;
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
  IF: { least: 2, most: 3, run: runIf, size: sizeOfBranches },
  IFS: { least: 2, most: 255, run: runIfs, size: sizeOfBranches },
  SWITCH: { least: 3, most: 255, run: runSwitch, size: sizeOfBranches },
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
