/** A number as a quotient of whole numbers, `den` > 0: means are compared without rounding. */
export interface Fraction {
  readonly num: number;
  readonly den: number;
}

export function compareFractions(a: Fraction, b: Fraction): number {
  return a.num * b.den - b.num * a.den;
}

/** Half points to points, as a number to show. */
export function pointsOf(halves: Fraction): number {
  return halves.num / halves.den / 2;
}
