import type { ScoreMethod, Settings } from "../award/settings.ts";
import { applyMethod } from "../scoring/aggregate.ts";
import { type Contender, type RankedContender, rankGroup } from "../scoring/rank.ts";
import { calibratedFraction, type ReviewCalibration } from "./calibrate-review.ts";

/** Which of the two fits takes the severities out: the robust one only where 参数 asks for it. */
export const fittedMethod = ({ method }: Pick<Settings, "method">) => (method === "robust" ? "robust" : "calibrated");

export type Rankings = ReadonlyMap<ScoreMethod, readonly RankedContender[]>;

/**
 * Ranks one group under the mean, the trimmed mean and the calibrated score, rulings and 复评 applied in each. The
 * method in force is always among them.
 */
export function rankByMethods(
  contenders: readonly Contender[],
  settings: Settings,
  calibration: ReviewCalibration,
): Rankings {
  const { awards, arbitrationRule, notice } = settings;
  const methods: readonly ScoreMethod[] = ["mean", "trimmed", fittedMethod(settings)];
  return new Map(
    methods.map((method) => {
      const under = contenders.map((contender): Contender => {
        const fraction = calibratedFraction(calibration, contender.id);
        return { ...contender, aggregate: applyMethod(contender.aggregate, { method, arbitrationRule }, fraction) };
      });
      return [method, rankGroup(under, awards, notice.rubric.tieOrder)];
    }),
  );
}

/** How one submission fares under every method. */
export interface MethodComparison {
  readonly rawRank: number;
  readonly calibratedRank: number;
  /** Index into the awards under each method compared; awards.length = none. */
  readonly awards: ReadonlyMap<ScoreMethod, number>;
  /** The award is not the same under all of them. */
  readonly depends: boolean;
}

/** @returns by `Contender.id` */
export function compareMethods(rankings: Rankings): Map<string, MethodComparison> {
  const ranksOf = (places: readonly RankedContender[] = []) => new Map(places.map(({ id, rank }) => [id, rank]));
  const raw = ranksOf(rankings.get("mean"));
  const fitted = ranksOf(rankings.get("robust") ?? rankings.get("calibrated"));
  const given = [...rankings].map(([method, places]) => ({
    method,
    awards: new Map(places.map(({ id, award }) => [id, award])),
  }));
  return new Map(
    [...raw].map(([id, rawRank]) => {
      const awards = new Map(given.map(({ method, awards }) => [method, awards.get(id) ?? 0]));
      const depends = new Set(awards.values()).size > 1;
      return [id, { rawRank, calibratedRank: fitted.get(id) ?? rawRank, awards, depends }];
    }),
  );
}
