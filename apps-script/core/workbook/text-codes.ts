import type { CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";

/** How long the texts are, and how large the code of a character is: together they must fit 15 digits. */
export interface TextShape {
  readonly characters: number;
  readonly largestCharacter: number;
}

/** Accounts and numbers: digits and Latin letters. */
export const identifierShape: TextShape = { characters: 24, largestCharacter: 127 };
/** Names and units: mostly Chinese. */
export const nameShape: TextShape = { characters: 40, largestCharacter: 0xffff };

/** The digits that every program keeps of a number. */
const exactNumbers = 1e15;
/** Multiplier and increment of a full-period sequence modulo 2³². */
const [multiplier, increment, modulus] = [1664525, 1013904223, 2 ** 32];

/** Weights without a pattern: texts that differ in several characters must not weigh the same. */
function weightsOf({ characters, largestCharacter }: TextShape): number[] {
  const largest = Math.floor(exactNumbers / (characters * largestCharacter));
  let state = characters;
  return Array.from({ length: characters }, () => {
    // Split products keep the arithmetic exact.
    state = (((multiplier * (state & 0xffff)) % modulus) + ((multiplier * (state >>> 16)) % 65536) * 65536 + increment) % modulus;
    return 1 + Math.floor((state / modulus) * (largest - 1));
  });
}

/**
 * Gives equal texts equal numbers: 1 where the text is empty, else 1 + how many of all texts come before it in the order
 * of their weights, so 2 … height + 1.
 *
 * Programs search unsorted text by going through it, which at 30,000 author entries takes a minute. So every text
 * is weighed (the sum of its character codes, each by the weight of its place), the weights are sorted once, and each is
 * found by halving. Two different texts of 30,000 weigh the same with a chance below one in ten thousand.
 *
 * @param positions 1 … height + 1, the neutral row included
 */
export function addTextCodes(
  sheet: CalculationSheet,
  label: string,
  height: number,
  text: CalculationColumn,
  positions: CalculationColumn,
  shape: TextShape,
): CalculationColumn {
  const { characters } = shape;
  const padded = sheet.add(`${label}补齐`, height, [`LEFT(LOWER(${text.range})&REPT(" ",${characters}),${characters})`]);
  const sum = weightsOf(shape).map((weight, i) => `UNICODE(MID(${padded.range},${i + 1},1))*${weight}`);
  const weight = sheet.add(`${label}权`, height, [`IFERROR(IF(${text.range}="",0,${sum.join("+")}),0)`], 0);
  const sorted = addSorted(sheet, `${label}权排序`, height, weight, positions);
  const below = `LOOKUP(${weight.range}-0.5,${sorted.lookupRange},${positions.lookupRange})`;
  return sheet.add(`${label}号`, height, [`IF(${weight.range}=0,1,1+IFERROR(${below},0))`], 1);
}

/** The numbers of a column and of its neutral cell, in rising order. */
export function addSorted(
  sheet: CalculationSheet,
  label: string,
  height: number,
  numbers: CalculationColumn,
  positions: CalculationColumn,
): CalculationColumn {
  return sheet.addWithNeutral(label, height, `SMALL(IFERROR(${numbers.lookupRange},0),${positions.lookupRange})`);
}
