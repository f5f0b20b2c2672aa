import type { Settings } from "../award/settings.ts";
import { decisions } from "../schema/choices.ts";
import { compareText } from "../text/compare.ts";
import type { Assessment } from "./assess.ts";
import type { ReviewCalibration } from "./calibrate-review.ts";
import type { Standing } from "./standing.ts";

/** A submission for which one more review is worth most. */
export interface SpareReview {
  readonly standing: Standing;
  /** Of an award, 0…1. */
  readonly probability: number;
}

/**
 * Where the spare reviews of 参数 are worth most: the submissions whose award is least certain, those with the
 * probability nearest to ½ first; each gets one. Reviews in the round 加评 that are already asked for count against the
 * number; a submission that gets 复评 anyway, or whose award a ruling has fixed, needs none.
 */
export function proposeSpareReviews(
  { groups, standings }: Pick<Assessment, "groups" | "standings">,
  settings: Settings,
): SpareReview[] {
  const asked = standings.reduce((sum, s) => sum + s.pairs.filter((pair) => pair.active && pair.spare).length, 0);
  const left = Math.max(0, settings.spareReviews - asked);
  const ranked = groups.flatMap((group) => group.ranked);
  const open = ranked.flatMap(({ candidate: { standing, decision }, evidence: { probability } }): SpareReview[] => {
    const settled =
      standing.arbitration ||
      standing.pairs.some((pair) => pair.active && (pair.spare || pair.arbitration)) ||
      (decision !== undefined && decision.decision !== decisions.uphold);
    return probability === null || probability <= 0 || probability >= 1 || settled ? [] : [{ standing, probability }];
  });
  const doubt = ({ probability }: SpareReview) => Math.abs(probability - 0.5);
  const name = ({ standing }: SpareReview) => standing.reviewed.key;
  return open.sort((a, b) => doubt(a) - doubt(b) || compareText(name(a), name(b))).slice(0, left);
}

/** Experts of middling severity: the half nearest to 0. undefined where severities are not known, and anybody will do. */
export function findMiddlingExperts({ fit, experts }: ReviewCalibration): ReadonlySet<string> | undefined {
  if (fit.refusal !== undefined) return undefined;
  const compared = experts.flatMap((expert, i) =>
    (fit.component[i] ?? -1) < 0 ? [] : [{ expert, i, size: Math.abs(fit.severity[i] ?? 0) }],
  );
  const order = compared.sort((a, b) => a.size - b.size || a.i - b.i);
  return new Set(order.slice(0, Math.ceil(order.length / 2)).map(({ expert }) => expert));
}
