import type { BinaryOperator } from "./parse.ts";
import { toNumber } from "./typed-text.ts";
import { compare, errors, isError, type Scalar, toText } from "./values.ts";

function arithmetic(f: (a: number, b: number) => Scalar): (a: Scalar, b: Scalar) => Scalar {
  return (a, b) => {
    const left = typeof a === "number" ? a : toNumber(a);
    if (typeof left !== "number") return left;
    const right = typeof b === "number" ? b : toNumber(b);
    return typeof right === "number" ? f(left, right) : right;
  };
}

export function power(base: number, exponent: number): Scalar {
  const result = base ** exponent;
  return Number.isFinite(result) ? result : errors.number;
}

/** What each operator gives for two values, neither of them an error. */
export const operators: Readonly<Record<BinaryOperator, (a: Scalar, b: Scalar) => Scalar>> = {
  "+": arithmetic((a, b) => a + b),
  "-": arithmetic((a, b) => a - b),
  "*": arithmetic((a, b) => a * b),
  "/": arithmetic((a, b) => (b === 0 ? errors.divide : a / b)),
  "^": arithmetic(power),
  "&": (a, b) => (isError(a) ? a : isError(b) ? b : toText(a) + toText(b)),
  "=": (a, b) => compare(a, b) === 0,
  "<>": (a, b) => compare(a, b) !== 0,
  "<": (a, b) => compare(a, b) < 0,
  ">": (a, b) => compare(a, b) > 0,
  "<=": (a, b) => compare(a, b) <= 0,
  ">=": (a, b) => compare(a, b) >= 0,
};
