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

/** What the reviews of one submission come to whatever the method, in half points. */
interface ScoreSummary {
  readonly count: number;
  /** Ascending. */
  readonly totals: readonly number[];
  readonly mean: Fraction;
  readonly trimmed: Fraction;
  /** Highest total less lowest, over all reviews. */
  readonly range: number;
  /** Means over all reviews, by the key of the dimension. */
  readonly dimensions: Readonly<Record<string, Fraction>>;
  /** A review of the round 复评 is among them. */
  readonly hasArbitration: boolean;
}

/** What the reviews of one submission come to under a method, in half points. */
export interface Aggregate extends ScoreSummary {
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
  const gaps = ascending.slice(1).map((total, i) => total - (ascending[i] ?? 0));
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

function summarise(scores: readonly CompleteScore[]): ScoreSummary {
  const totals = scores.map((s) => s.total).sort((a, b) => a - b);
  const keys = Object.keys(scores[0]?.dimensions ?? {});
  const dimension = (key: string) => ({ num: sum(scores.map((s) => s.dimensions[key] ?? 0)), den: scores.length });
  return {
    count: scores.length,
    totals,
    mean: meanOf(totals),
    trimmed: trimmedMean(totals),
    range: Math.max(...totals) - Math.min(...totals),
    dimensions: Object.fromEntries(keys.map((key) => [key, dimension(key)])),
    hasArbitration: scores.some((s) => s.arbitration),
  };
}

/**
 * The same reviews under another method: what is summed up already is not summed up again.
 * @param calibrated mean with the severities taken out; the plain mean stands in where there is none
 */
export function applyMethod(
  summary: ScoreSummary,
  { method, arbitrationRule }: Scoring,
  calibrated?: Fraction,
): Aggregate {
  const fitted = method === "calibrated" || method === "robust" ? calibrated : undefined;
  const byMethod = fitted ?? (method === "trimmed" ? summary.trimmed : summary.mean);
  if (!summary.hasArbitration) return { ...summary, final: byMethod, arbitration: undefined };
  // A model that weighs every score needs no rule; up to 0.1.0 the rule overrode it.
  if (fitted && arbitrationRule !== "higherTwo")
    return { ...summary, final: fitted, arbitration: { rule: undefined, used: [] } };
  const used = arbitrate[arbitrationRule](summary.totals);
  return { ...summary, final: meanOf(used), arbitration: { rule: arbitrationRule, used } };
}

/**
 * Aggregates the complete reviews of a submission (DESIGN §5, Scores).
 * @param scores at least one
 * @param calibrated as for `applyMethod`
 */
export function aggregateScores(scores: readonly CompleteScore[], scoring: Scoring, calibrated?: Fraction): Aggregate {
  return applyMethod(summarise(scores), scoring, calibrated);
}

/** Whether the reviews of a submission lie so far apart that one more expert is asked, once. `threshold` in points. */
export function needsArbitration({ range, hasArbitration }: ScoreSummary, threshold: number): boolean {
  return range > threshold * 2 && !hasArbitration;
}
