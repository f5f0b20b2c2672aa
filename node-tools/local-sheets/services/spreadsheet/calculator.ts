import { Calculation, type FormulaSource, type Result } from "../../../calculator/index.ts";

export type { FormulaSource, Result };

/** What the model needs of the calculation; a test puts a stub in its place. */
export type Calculator = Pick<Calculation, "valueOf" | "evaluate" | "invalidate">;

/** @param now milliseconds since 1970, for TODAY and NOW */
export type MakeCalculator = (source: FormulaSource, now: () => number) => Calculator;

export const makeCalculation: MakeCalculator = (source, now) => new Calculation(source, now);
