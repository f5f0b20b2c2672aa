import type { CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";

/** Longer texts are told by their beginning and their length. */
const characters = 32;
/** Digits are few and alike: large weights keep their sums apart. The last digits of a sum of Chinese text are rounded. */
const largestWeight = 3e11;

/** Weights without a pattern: texts that differ in several characters must not weigh the same. The last is the length's. */
const weights: readonly number[] = makeWeights();

function makeWeights(): number[] {
  let state = characters;
  return Array.from({ length: characters + 1 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 1 + Math.floor((state / 2 ** 32) * (largestWeight - 1));
  });
}

/** The number that the formula of `addWeights` gives for a text; 0 for none. */
export function weighText(text: string): number {
  if (text === "") return 0;
  const padded = text.toLowerCase().padEnd(characters, " ");
  // Added up in the order of the formula, so that both round alike.
  return weights.reduce((sum, weight, i) => sum + (i < characters ? padded.charCodeAt(i) : text.length) * weight, 0);
}

/** Texts that were there when the sheet was written, by rising weight, and the number that each stands for. */
export interface KnownTexts {
  readonly weights: readonly number[];
  /** 2 and more. */
  readonly numbers: readonly number[];
}

/** Of two texts that weigh the same the first counts. */
export function knownTexts(texts: ReadonlyMap<string, number>): KnownTexts {
  const byWeight = new Map<number, number>();
  for (const [text, number] of texts) {
    const weight = weighText(text);
    if (weight > 0 && !byWeight.has(weight)) byWeight.set(weight, number);
  }
  const sorted = [...byWeight].sort(([a], [b]) => a - b);
  return { weights: sorted.map(([weight]) => weight), numbers: sorted.map(([, number]) => number) };
}

/**
 * Weighs texts: the sum of the character codes, each by the weight of its place; 0 where the text is empty. Two
 * different texts of 30,000 weigh the same with a chance below one in a thousand.
 *
 * @param texts formulas for the texts, each an equal share of the rows
 */
export function addWeights(
  sheet: CalculationSheet,
  label: string,
  height: number,
  texts: readonly string[],
): CalculationColumn {
  const text = sheet.add(
    label,
    height,
    texts.map((t) => `LOWER(${t})`),
  );
  const padded = sheet.add(`${label}补齐`, height, [`${text.range}&REPT(" ",${characters})`]);
  const terms = weights.map((weight, i) => {
    const character = i < characters ? `UNICODE(MID(${padded.range},${i + 1},1))` : `LEN(${text.range})`;
    return `${character}*${weight}`;
  });
  return sheet.add(`${label}权`, height, [`IFERROR(IF(${text.range}="",0,${terms.join("+")}),0)`], 0);
}

/**
 * The number of each weight: of known texts by halving the sorted list; 0 where the weight is not known; 1 for none.
 *
 * Programs search an unsorted range by going through it, which takes a minute at 30,000 author entries. Sorted lists are
 * searched in no time, but no function that all programs have sorts quickly: so the list is written by us.
 */
export function addKnownNumbers(
  sheet: CalculationSheet,
  label: string,
  height: number,
  weight: CalculationColumn,
  known: KnownTexts,
): CalculationColumn {
  const weights = sheet.addCells(`${label}已知权`, [0, ...known.weights]);
  const numbers = sheet.addCells(`${label}已知号`, [1, ...known.numbers]);
  const whole = (column: number) => `${sheet.cell(column, 0)}:${sheet.cell(column, known.weights.length)}`;
  const found = (results: number) => `LOOKUP(${weight.range},${whole(weights)},${whole(results)})`;
  return sheet.add(`${label}已知`, height, [`IFERROR(IF(${found(weights)}=${weight.range},${found(numbers)},0),1)`], 1);
}

/** Where each weight that is not `known` first stands in its own column, from 2 on; 1 for the others. */
export function addFirstOfUnknown(
  sheet: CalculationSheet,
  label: string,
  height: number,
  weight: CalculationColumn,
  known: CalculationColumn,
): CalculationColumn {
  const sought = `IF(${known.range}=0,${weight.range},0)`;
  return sheet.add(`${label}新`, height, [`IFERROR(MATCH(${sought},${weight.lookupRange},0),1)`], 1);
}
