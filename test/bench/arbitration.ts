/**
 * What 复评 does to the submissions that get it, by each rule of 参数, where the truth is known: one more score where the
 * first ones lie further apart than the threshold, then the final score against the true quality.
 */
import type { ArbitrationRule } from "../../apps-script/core/award/settings.ts";
import { aggregateScores, type CompleteScore, needsArbitration } from "../../apps-script/core/scoring/aggregate.ts";
import { pointsOf } from "../../apps-script/core/scoring/fraction.ts";
import { type Design, kendallTau, simulate } from "./accuracy.ts";

export const arbitrationRules: readonly ArbitrationRule[] = ["mean", "median", "closestTwo", "higherTwo"];

export interface ArbitrationAccuracy {
  /** Root mean square of what the final scores of the arbitrated submissions are off by, in points. */
  readonly error: number;
  /** Kendall's τ of all submissions. */
  readonly tau: number;
}

/** The middle of the simulated scores. */
const middle = 75;

function scoresOf(totals: readonly number[]): CompleteScore[] {
  return totals.map((points, i) => ({ total: points * 2, dimensions: {}, arbitration: i === totals.length - 1 }));
}

/**
 * @param design `perSubmission` counts the first reviews alone
 * @returns means over simulations with the seeds 1 … `runs`; `arbitrated` is how many submissions there were of them
 */
export function measureArbitration(design: Design, threshold: number, runs: number) {
  const errors = new Map<ArbitrationRule, { squares: number; tau: number }>();
  let arbitrated = 0;
  for (let seed = 1; seed <= runs; seed++) {
    const { truth, ratings } = simulate({ ...design, perSubmission: design.perSubmission + 1 }, seed);
    const totals: number[][] = Array.from(truth, () => []);
    for (const { submission, score } of ratings) totals[submission]!.push(score);
    for (const arbitrationRule of arbitrationRules) {
      const known = errors.get(arbitrationRule) ?? { squares: 0, tau: 0 };
      errors.set(arbitrationRule, known);
      const scoring = { method: "mean", arbitrationRule } as const;
      const finals = totals.map((all, i) => {
        const scores = scoresOf(all);
        const first = scores.slice(0, -1);
        if (!needsArbitration(aggregateScores(first, scoring), threshold))
          return pointsOf(aggregateScores(first, scoring).final);
        const final = pointsOf(aggregateScores(scores, scoring).final);
        known.squares += (final - middle - truth[i]!) ** 2;
        if (arbitrationRule === arbitrationRules[0]) arbitrated++;
        return final;
      });
      known.tau += kendallTau(finals, truth) / runs;
    }
  }
  const accuracy = (rule: ArbitrationRule): ArbitrationAccuracy => {
    const { squares, tau } = errors.get(rule)!;
    return { error: Math.sqrt(squares / arbitrated), tau };
  };
  return { arbitrated, byRule: new Map(arbitrationRules.map((rule) => [rule, accuracy(rule)])) };
}
