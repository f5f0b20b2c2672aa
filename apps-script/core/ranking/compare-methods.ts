import type { ScoreMethod, Settings } from "../award/settings.ts";
import { aggregateScores } from "../scoring/aggregate.ts";
import { type Contender, rankGroup } from "../scoring/rank.ts";
import { calibratedFraction, type ReviewCalibration } from "./calibrate-review.ts";
import type { Standing } from "./standing.ts";

/** How one submission would fare under every method. */
export interface MethodComparison {
  readonly rawRank: number;
  readonly calibratedRank: number;
  /** Index into the awards under each method compared; awards.length = none. */
  readonly awards: ReadonlyMap<ScoreMethod, number>;
  /** The award is not the same under all of them. */
  readonly depends: boolean;
}

/**
 * Ranks one group under the mean, the trimmed mean and the calibrated score, rulings and 复评 applied in each.
 *
 * @param calibrated the variant that was fitted
 * @returns by `Contender.id`
 */
export function compareMethods(
  contenders: readonly (Contender & { readonly standing: Standing })[],
  { awards, arbitrationRule, notice }: Settings,
  calibration: ReviewCalibration,
  calibrated: "calibrated" | "robust",
): Map<string, MethodComparison> {
  const methods = ["mean", "trimmed", calibrated] as const;
  const rankings = methods.map((method) => {
    const under = contenders.map(({ id, ruling, standing }): Contender => {
      const fraction = calibratedFraction(calibration, standing.reviewed.key);
      return { id, ruling, aggregate: aggregateScores(standing.scores, { method, arbitrationRule }, fraction) };
    });
    return new Map(rankGroup(under, awards, notice.rubric.tieOrder).map((place) => [place.id, place]));
  });
  const [raw, , fitted] = rankings;
  return new Map(
    [...raw!.keys()].map((id) => {
      const given = new Map(methods.map((method, i) => [method as ScoreMethod, rankings[i]!.get(id)!.award]));
      return [
        id,
        {
          rawRank: raw!.get(id)!.rank,
          calibratedRank: fitted!.get(id)!.rank,
          awards: given,
          depends: new Set(given.values()).size > 1,
        },
      ];
    }),
  );
}
