import { type Criterion, readCriterion } from "../criteria.ts";
import type { Evaluation } from "../evaluation.ts";
import { toNumber } from "../typed-text.ts";
import { positionsOf } from "../value-index.ts";
import { type CellError, errors, isError, Matrix, Reference, type Scalar, type Value } from "../values.ts";
import { define, type FunctionTable, ofRanges, type SpreadsheetFunction } from "./define.ts";

/** The numbers among the arguments: of ranges the number cells, of single values what can be read as a number. */
function numbersIn(args: readonly Value[], evaluation: Evaluation): number[] | CellError {
  const numbers: number[] = [];
  for (const arg of args) {
    if (arg instanceof Matrix || arg instanceof Reference) {
      for (const value of evaluation.matrix(arg).values) {
        if (typeof value === "number") numbers.push(value);
        else if (isError(value)) return value;
      }
      continue;
    }
    const number = toNumber(arg);
    if (typeof number !== "number") return number;
    numbers.push(number);
  }
  return numbers;
}

function ofAllNumbers(f: (numbers: readonly number[]) => Scalar): SpreadsheetFunction {
  return ofRanges(1, 255, (args, evaluation) => {
    const numbers = numbersIn(args, evaluation);
    return isError(numbers) ? numbers : f(numbers);
  });
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
const mean = (numbers: readonly number[]): Scalar =>
  numbers.length === 0 ? errors.divide : total(numbers) / numbers.length;

function quantile(sorted: readonly number[], share: number): Scalar {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low === undefined || high === undefined ? errors.number : low + (high - low) * (place - Math.floor(place));
}

const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

/** Square root of the mean squared distance from the mean; `spare` is 1 for a sample. */
function deviation(spare: 0 | 1): SpreadsheetFunction {
  return ofAllNumbers((numbers) => {
    const divisor = numbers.length - spare;
    if (divisor <= 0) return errors.divide;
    const middle = total(numbers) / numbers.length;
    return Math.sqrt(total(numbers.map((number) => (number - middle) ** 2)) / divisor);
  });
}

function ranked(pick: (sorted: readonly number[], k: number) => number | undefined): SpreadsheetFunction {
  return define(2, 2, { single: (i) => i === 1 }, ([range, k], evaluation) => {
    const numbers = numbersIn([range as Value], evaluation);
    const place = toNumber(k as Scalar);
    if (isError(numbers)) return numbers;
    return typeof place === "number" ? (pick(ascending(numbers), Math.trunc(place)) ?? errors.number) : place;
  });
}

const rank = define(2, 3, { single: (i) => i !== 1 }, ([value, range, upwards], evaluation) => {
  const own = toNumber(value as Scalar);
  const numbers = numbersIn([range as Value], evaluation);
  if (typeof own !== "number") return own;
  if (isError(numbers)) return numbers;
  if (!numbers.includes(own)) return errors.notAvailable;
  return 1 + numbers.filter((number) => (upwards ? number < own : number > own)).length;
});

function count(counts: (value: Scalar) => boolean): SpreadsheetFunction {
  return ofRanges(1, 255, (args, evaluation) =>
    args.reduce<number>((sum, arg) => sum + evaluation.matrix(arg).values.filter(counts).length, 0),
  );
}

/** Positions (from 0) that meet every pair of range and criterion; an error where the ranges differ in size. */
function positionsMeeting(pairs: readonly Value[], evaluation: Evaluation): readonly number[] | CellError {
  const conditions: { values: readonly Scalar[]; criterion: Criterion }[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const { values } = evaluation.matrix(pairs[i] as Value);
    conditions.push({ values, criterion: readCriterion((pairs[i + 1] ?? null) as Scalar) });
  }
  const size = conditions[0]?.values.length ?? 0;
  if (conditions.some(({ values }) => values.length !== size)) return errors.value;
  const indexed = conditions.find(({ criterion }) => criterion.equals !== undefined);
  const found = (indexed?.criterion.equals ?? []).flatMap((wanted) => positionsOf(indexed?.values ?? [], wanted));
  const start = indexed ? found.sort((a, b) => a - b) : Array.from({ length: size }, (_, i) => i);
  return start.filter((i) => conditions.every(({ values, criterion }) => criterion.matches(values[i] as Scalar)));
}

/** Criteria stand at the odd places after the `leading` ranges; errors among them are looked for, not passed on. */
function conditional(
  least: number,
  most: number,
  leading: 0 | 1,
  f: (positions: readonly number[], summed: readonly Scalar[]) => Scalar,
): SpreadsheetFunction {
  const single = (i: number) => i >= leading && (i - leading) % 2 === 1;
  return define(least, most, { single, seesErrors: true }, (args, evaluation) => {
    const positions = positionsMeeting(args.slice(leading), evaluation);
    if (isError(positions)) return positions;
    return f(positions, leading === 1 ? evaluation.matrix(args[0] as Value).values : []);
  });
}

/** SUMIF and AVERAGEIF: range, criterion and, when it is another, the range to sum up. */
function ofMatching(f: (numbers: readonly number[]) => Scalar): SpreadsheetFunction {
  return define(2, 3, { single: (i) => i === 1, seesErrors: true }, ([range, criterion, summed], evaluation) => {
    const positions = positionsMeeting([range as Value, criterion as Value], evaluation);
    if (isError(positions)) return positions;
    return f(numbersAt(positions, evaluation.matrix((summed ?? range) as Value).values));
  });
}

function numbersAt(positions: readonly number[], values: readonly Scalar[]): number[] {
  return positions.flatMap((i) => (typeof values[i] === "number" ? [values[i]] : []));
}

const sumProduct = ofRanges(
  1,
  255,
  (args, evaluation) => {
    const matrices = args.map((arg) => evaluation.matrix(arg));
    const first = matrices[0] as Matrix;
    if (matrices.some((m) => m.rows !== first.rows || m.columns !== first.columns)) return errors.value;
    let sum = 0;
    for (let i = 0; i < first.values.length; i += 1) {
      let product = 1;
      for (const { values } of matrices) {
        const value = values[i] as Scalar;
        if (isError(value)) return value;
        product *= typeof value === "number" ? value : 0;
      }
      sum += product;
    }
    return sum;
  },
  true,
);

/** How many numbers lie above the next lower bound and not above each bound; the last counts those above all. */
function countByBounds(numbers: readonly number[], bounds: readonly number[]): Matrix {
  const order = bounds.map((_, i) => i).sort((a, b) => (bounds[a] as number) - (bounds[b] as number) || a - b);
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const number of numbers) {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[order[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    const place = order[low] ?? bounds.length;
    counts[place] = (counts[place] as number) + 1;
  }
  return new Matrix(counts.length, 1, counts);
}

const frequency: SpreadsheetFunction = {
  ...ofRanges(
    2,
    2,
    ([range, classes], evaluation) => {
      const numbers = numbersIn([range as Value], evaluation);
      if (isError(numbers)) return numbers;
      const bounds = numbersIn([classes as Value], evaluation);
      return isError(bounds) ? bounds : countByBounds(numbers, bounds);
    },
    true,
  ),
  size: ([, classes], sizeOf) => {
    const size = classes ? sizeOf(classes, true) : { rows: 0, columns: 0 };
    return { rows: size.rows * size.columns + 1, columns: 1 };
  },
};

export const statisticsFunctions: FunctionTable = {
  SUM: ofAllNumbers(total),
  PRODUCT: ofAllNumbers((numbers) => numbers.reduce((product, number) => product * number, 1)),
  MAX: ofAllNumbers((numbers) => numbers.reduce((a, b) => Math.max(a, b), numbers[0] ?? 0)),
  MIN: ofAllNumbers((numbers) => numbers.reduce((a, b) => Math.min(a, b), numbers[0] ?? 0)),
  AVERAGE: ofAllNumbers(mean),
  MEDIAN: ofAllNumbers((numbers) => quantile(ascending(numbers), 0.5)),
  STDEV: deviation(1),
  STDEVP: deviation(0),
  LARGE: ranked((sorted, k) => sorted[sorted.length - k]),
  SMALL: ranked((sorted, k) => sorted[k - 1]),
  RANK: rank,
  COUNT: count((value) => typeof value === "number"),
  COUNTA: count((value) => value !== null),
  COUNTBLANK: count((value) => value === null || value === ""),
  COUNTIF: conditional(2, 2, 0, (positions) => positions.length),
  COUNTIFS: conditional(2, 254, 0, (positions) => positions.length),
  SUMIF: ofMatching(total),
  AVERAGEIF: ofMatching(mean),
  SUMIFS: conditional(3, 255, 1, (positions, summed) => total(numbersAt(positions, summed))),
  AVERAGEIFS: conditional(3, 255, 1, (positions, summed) => mean(numbersAt(positions, summed))),
  SUMPRODUCT: sumProduct,
  FREQUENCY: frequency,
};
