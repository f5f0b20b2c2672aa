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

/** The weight that the formula of `addTextNumbers` gives for a text; 0 for none. */
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

/** What the texts of a column stand for, as high as they are. */
interface TextNumbers {
  /** The number of a known text; 0 where it is not known; 1 for none. */
  readonly known: CalculationColumn;
  /** Where a text that is not known first stands in its own column, from 2 on; 1 for the others. */
  readonly first: CalculationColumn;
}

/**
 * Numbers texts. Each is weighed: the sum of its character codes, each by the weight of its place; 0 where it is empty.
 * Two different texts of 30,000 weigh the same with a chance below one in a thousand. Known weights are found by halving a
 * sorted list.
 *
 * Programs search an unsorted range by going through it, which takes a minute at 30,000 author entries. Sorted lists are
 * searched in no time, but no function that all programs have sorts quickly: so the list is written by us.
 *
 * @param texts formulas for the texts, each an equal share of the rows
 */
export function addTextNumbers(
  sheet: CalculationSheet,
  label: string,
  height: number,
  texts: readonly string[],
  { weights: knownWeights, numbers: knownNumbers }: KnownTexts,
): TextNumbers {
  // Whoever types changes one share: the others are not calculated again.
  const add = (part: string, formula: (share: number) => string, neutral?: number) => {
    const formulas = texts.map((_, share) => formula(share));
    const column = sheet.add(`${label}${part}`, height, formulas, neutral);
    return { column, of: (share: number) => sheet.share(column, share, height / texts.length) };
  };
  const text = add("", (share) => `LOWER(${texts[share]})`);
  const padded = add("补齐", (share) => `${text.of(share)}&REPT(" ",${characters})`);
  const term = (weight: number, i: number, share: number) =>
    `${i < characters ? `UNICODE(MID(${padded.of(share)},${i + 1},1))` : `LEN(${text.of(share)})`}*${weight}`;
  const sum = (share: number) => weights.map((weight, i) => term(weight, i, share)).join("+");
  const weight = add("权", (share) => `IFERROR((${text.of(share)}<>"")*(${sum(share)}),0)`, 0);
  const heavy = sheet.addCells(`${label}已知权`, [0, ...knownWeights]);
  const numbers = sheet.addCells(`${label}已知号`, [1, ...knownNumbers]);
  const whole = (place: Parameters<typeof sheet.cells>[0]) => sheet.cells(place, knownWeights.length + 1);
  const found = (share: number, results: Parameters<typeof whole>[0]) =>
    `LOOKUP(${weight.of(share)},${whole(heavy)},${whole(results)})`;
  const known = add(
    "已知",
    (share) => `IFERROR(IF(${found(share, heavy)}=${weight.of(share)},${found(share, numbers)},0),1)`,
    1,
  );
  const sought = (share: number) => `IF(${known.of(share)}=0,${weight.of(share)},0)`;
  const first = add("新", (share) => `IFERROR(MATCH(${sought(share)},${weight.column.lookupRange},0),1)`, 1);
  return { known: known.column, first: first.column };
}
