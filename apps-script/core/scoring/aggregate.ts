import type { ScoreMethod } from "../award/settings.ts";
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
  readonly basis: ScoreMethod | "closestTwo";
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

/** The mean of the two closest totals; of equal gaps the higher two. */
function closestTwoMean(ascending: readonly number[]): Fraction {
  let best: Fraction = { num: sum(ascending), den: ascending.length };
  let bestGap = Number.POSITIVE_INFINITY;
  for (let i = 1; i < ascending.length; i++) {
    const [lower, higher] = [ascending[i - 1]!, ascending[i]!];
    if (higher - lower > bestGap) continue;
    bestGap = higher - lower;
    best = { num: lower + higher, den: 2 };
  }
  return best;
}

/**
 * Aggregates the complete reviews of a submission (DESIGN §5, Scores).
 * @param scores at least one
 * @param calibrated mean with the severities taken out; the plain mean stands in where there is none
 */
export function aggregateScores(
  scores: readonly CompleteScore[],
  method: ScoreMethod,
  calibrated?: Fraction,
): Aggregate {
  const totals = scores.map((s) => s.total).sort((a, b) => a - b);
  const mean = { num: sum(totals), den: totals.length };
  const trimmed = trimmedMean(totals);
  const arbitrated = scores.some((s) => s.arbitration);
  const byMethod = { mean, trimmed, calibrated: calibrated ?? mean, robust: calibrated ?? mean }[method];
  const dimension = (key: string) => ({ num: sum(scores.map((s) => s.dimensions[key] ?? 0)), den: scores.length });
  return {
    count: scores.length,
    mean,
    trimmed,
    range: totals[totals.length - 1]! - totals[0]!,
    dimensions: Object.fromEntries(Object.keys(scores[0]!.dimensions).map((key) => [key, dimension(key)])),
    final: arbitrated ? closestTwoMean(totals) : byMethod,
    basis: arbitrated ? "closestTwo" : method,
  };
}

/** Whether the reviews of a submission lie so far apart that one more expert is asked, once. `threshold` in points. */
export function needsArbitration(aggregate: Aggregate, scores: readonly CompleteScore[], threshold: number): boolean {
  return aggregate.range > threshold * 2 && !scores.some((s) => s.arbitration);
}
