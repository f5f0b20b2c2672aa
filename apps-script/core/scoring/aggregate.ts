import type { ArbitrationRule, ScoreMethod } from "../award/settings.ts";
import type { RubricItem } from "../notice/notice.ts";
import type { Fraction } from "./fraction.ts";

/** One complete review, in half points. */
export interface CompleteScore {
  readonly total: number;
  /** By the key of the dimension. */
  readonly dimensions: Readonly<Record<string, number>>;
  /** Given in the round 复评. */
  readonly arbitration: boolean;
}

/** What the reviews of one submission come to, in half points. */
export interface Aggregate {
  readonly count: number;
  readonly mean: Fraction;
  readonly trimmed: Fraction;
  /** Highest total less lowest, over all reviews. */
  readonly range: number;
  /** Means over all reviews, by the key of the dimension. */
  readonly dimensions: Readonly<Record<string, Fraction>>;
  readonly final: Fraction;
  /** How `final` was taken from the totals; undefined where there was no 复评. */
  readonly arbitration: Arbitration | undefined;
}

/** What became of the totals of a submission after 复评. */
export interface Arbitration {
  /** undefined where the calibrated score stands. */
  readonly rule: ArbitrationRule | undefined;
  /** The totals whose mean is the final score, ascending, in half points; empty where the calibrated score stands. */
  readonly used: readonly number[];
}

/** The complete review that the scores of all items make, or undefined while one is missing. Half points. */
export function completeScore(
  items: readonly RubricItem[],
  halves: readonly (number | undefined)[],
  arbitration: boolean,
): CompleteScore | undefined {
  const dimensions: Record<string, number> = {};
  let total = 0;
  for (const [i, item] of items.entries()) {
    const value = halves[i];
    if (value === undefined) return undefined;
    dimensions[item.dimension] = (dimensions[item.dimension] ?? 0) + value;
    total += value;
  }
  return { total, dimensions, arbitration };
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** One highest and one lowest total are dropped from five reviews up. */
const trimmedFrom = 5;

function trimmedMean(ascending: readonly number[]): Fraction {
  const kept = ascending.length >= trimmedFrom ? ascending.slice(1, -1) : ascending;
  return { num: sum(kept), den: kept.length };
}

/** The median: the middle total, or the two in the middle. */
function middle(ascending: readonly number[]): readonly number[] {
  const half = ascending.length >> 1;
  return ascending.slice(ascending.length % 2 === 1 ? half : half - 1, half + 1);
}

/** The two closest totals; of equal gaps all totals, or the higher two. */
function closestTwo(ascending: readonly number[], ofEqualGaps: "all" | "higher"): readonly number[] {
  const gaps = ascending.slice(1).map((total, i) => total - ascending[i]!);
  const least = Math.min(...gaps);
  const at = gaps.lastIndexOf(least);
  return gaps.length === 0 || (ofEqualGaps === "all" && gaps.indexOf(least) !== at)
    ? ascending
    : ascending.slice(at, at + 2);
}

const arbitrate: Readonly<Record<ArbitrationRule, (ascending: readonly number[]) => readonly number[]>> = {
  median: middle,
  closestTwo: (ascending) => closestTwo(ascending, "all"),
  mean: (ascending) => ascending,
  higherTwo: (ascending) => closestTwo(ascending, "higher"),
};

/** By what the totals of a submission become its final score. */
export interface Scoring {
  readonly method: ScoreMethod;
  readonly arbitrationRule: ArbitrationRule;
}

const meanOf = (totals: readonly number[]): Fraction => ({ num: sum(totals), den: totals.length });

/**
 * Aggregates the complete reviews of a submission (DESIGN §5, Scores).
 * @param scores at least one
 * @param calibrated mean with the severities taken out; the plain mean stands in where there is none
 */
export function aggregateScores(
  scores: readonly CompleteScore[],
  { method, arbitrationRule }: Scoring,
  calibrated?: Fraction,
): Aggregate {
  const totals = scores.map((s) => s.total).sort((a, b) => a - b);
  const mean = meanOf(totals);
  const trimmed = trimmedMean(totals);
  const fitted = method === "calibrated" || method === "robust" ? calibrated : undefined;
  const byMethod = fitted ?? (method === "trimmed" ? trimmed : mean);
  const dimension = (key: string) => ({ num: sum(scores.map((s) => s.dimensions[key] ?? 0)), den: scores.length });
  const aggregate = {
    count: scores.length,
    mean,
    trimmed,
    range: totals[totals.length - 1]! - totals[0]!,
    dimensions: Object.fromEntries(Object.keys(scores[0]!.dimensions).map((key) => [key, dimension(key)])),
  };
  if (!scores.some((s) => s.arbitration)) return { ...aggregate, final: byMethod, arbitration: undefined };
  // A model that weighs every score needs no rule; up to 0.1.0 the rule overrode it.
  if (fitted && arbitrationRule !== "higherTwo")
    return { ...aggregate, final: fitted, arbitration: { rule: undefined, used: [] } };
  const used = arbitrate[arbitrationRule](totals);
  return { ...aggregate, final: meanOf(used), arbitration: { rule: arbitrationRule, used } };
}

/** Whether the reviews of a submission lie so far apart that one more expert is asked, once. `threshold` in points. */
export function needsArbitration(aggregate: Aggregate, scores: readonly CompleteScore[], threshold: number): boolean {
  return aggregate.range > threshold * 2 && !scores.some((s) => s.arbitration);
}
