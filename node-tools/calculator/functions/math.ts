import { power } from "../operators.ts";
import { toNumber } from "../typed-text.ts";
import { errors, type Scalar } from "../values.ts";
import { type FunctionTable, ofSingles, type SpreadsheetFunction } from "./define.ts";

/** A function of one to three numbers; those left out are undefined. */
function ofNumbers(
  least: number,
  most: number,
  f: (a: number, b: number | undefined, c: number | undefined) => Scalar,
): SpreadsheetFunction {
  return ofSingles(least, most, (...args) => {
    const numbers: (number | undefined)[] = [];
    for (const arg of args.slice(0, most)) {
      if (arg === undefined) break;
      const number = toNumber(arg);
      if (typeof number !== "number") return number;
      numbers.push(number);
    }
    return f(numbers[0] as number, numbers[1], numbers[2]);
  });
}

/** Rounds to decimal places; 15 digits count, so that 1.005 is what it looks like. */
function roundBy(rounding: (value: number) => number): SpreadsheetFunction {
  return ofNumbers(1, 2, (value, places = 0) => {
    const factor = 10 ** Math.trunc(places);
    const scaled = Number((Math.abs(value) * factor).toPrecision(15));
    return (Math.sign(value) * rounding(scaled)) / factor;
  });
}

const toMultiple = (rounding: (value: number) => number): SpreadsheetFunction =>
  ofNumbers(1, 2, (value, step = 1) => (step === 0 ? 0 : rounding(Number((value / step).toPrecision(15))) * step));

export const mathFunctions: FunctionTable = {
  ABS: ofNumbers(1, 1, Math.abs),
  SIGN: ofNumbers(1, 1, Math.sign),
  INT: ofNumbers(1, 1, Math.floor),
  TRUNC: roundBy(Math.trunc),
  ROUND: roundBy(Math.round),
  ROUNDUP: roundBy(Math.ceil),
  ROUNDDOWN: roundBy(Math.floor),
  CEILING: toMultiple(Math.ceil),
  FLOOR: toMultiple(Math.floor),
  MOD: ofNumbers(2, 2, (a, b = 0) => (b === 0 ? errors.divide : a - b * Math.floor(a / b))),
  POWER: ofNumbers(2, 2, (a, b = 0) => power(a, b)),
  SQRT: ofNumbers(1, 1, (a) => (a < 0 ? errors.number : Math.sqrt(a))),
};
