import type { AwardData } from "../award/award.ts";
import type { ScoreMethod } from "../award/settings.ts";
import type { Decision, ReviewData } from "../review-book/read-review.ts";
import { type Rulings, readRulings, rulingOf } from "../review-book/rulings.ts";
import { decisions } from "../schema/choices.ts";
import { aggregateScores } from "../scoring/aggregate.ts";
import { awardProbabilities, type Contest } from "../scoring/award-probability.ts";
import { awardLines } from "../scoring/awards.ts";
import type { Contender } from "../scoring/rank.ts";
import { groupKey, type RankingGroup, rankingGroupOf } from "../scoring/ranking-group.ts";
import { addToGroup } from "../text/group-by.ts";
import { calibratedFraction, calibrateReview, type ReviewCalibration, standardErrorOf } from "./calibrate-review.ts";
import { compareMethods } from "./compare-methods.ts";
import { readStandings, type Standing } from "./standing.ts";

/** A submission that stands in a ranking group, with or without all its reviews. */
export interface Candidate {
  readonly standing: Standing;
  readonly group: RankingGroup;
  readonly decision: Decision | undefined;
}

/** What the scores say of a ranked submission, whatever the method in force. */
export interface Evidence {
  readonly rawRank: number;
  readonly calibratedRank: number;
  /** In points; null where it cannot be told. */
  readonly standardError: number | null;
  /** Of an award, 0…1; null where it cannot be told. */
  readonly probability: number | null;
  /** Index into the awards by method, awards.length = none. */
  readonly awards: ReadonlyMap<ScoreMethod, number>;
  readonly depends: boolean;
}

/** Everything that has been scored, judged by the method in 参数. */
export interface Assessment {
  readonly standings: readonly Standing[];
  readonly calibration: ReviewCalibration;
  readonly rulings: Rulings;
  /** One list a ranking group, in the order of the notice. */
  readonly groups: readonly (readonly Candidate[])[];
  /** Out of every group, or cancelled by a ruling before they were scored. */
  readonly outside: readonly (Omit<Candidate, "group"> & { readonly group: RankingGroup | undefined })[];
  /** By `Reviewed.key`, of the submissions that are ranked. */
  readonly evidence: ReadonlyMap<string, Evidence>;
}

export function contenderOf({ standing, decision }: Candidate, award: AwardData): Contender & { standing: Standing } {
  const ruling = decision && rulingOf(decision, award.settings.awards);
  return { id: standing.reviewed.key, aggregate: standing.aggregate!, ruling, standing };
}

/** Brings together what has been scored: calibration, groups, chances. */
export function assessReview(award: AwardData, review: ReviewData): Assessment {
  const { settings } = award;
  const raw = readStandings(award, review, settings);
  const variant = settings.method === "robust" ? "robust" : "calibrated";
  const calibration = calibrateReview(raw, variant === "robust");
  const standings = raw.map((standing): Standing => {
    if (!standing.aggregate || settings.method !== variant) return standing;
    const calibrated = calibratedFraction(calibration, standing.reviewed.key);
    return { ...standing, aggregate: aggregateScores(standing.scores, settings, calibrated) };
  });

  const rulings = readRulings(review, award);
  const byGroup = new Map<string, Candidate[]>();
  const outside: Assessment["outside"][number][] = [];
  for (const standing of standings) {
    const group = standing.submission && rankingGroupOf(standing.submission, settings);
    const decision = rulings.inForce.get(standing.reviewed.key);
    const cancelledUnscored = decision?.decision === decisions.cancel && !standing.aggregate;
    if (!group || !standing.inReview || cancelledUnscored) outside.push({ standing, group, decision });
    else addToGroup(byGroup, groupKey(group), { standing, group, decision });
  }
  const groups = [...byGroup.values()].sort((a, b) => a[0]!.group.order - b[0]!.group.order);

  const probabilities = awardProbabilities(calibration.fit, contestsOf(groups, award, calibration), settings.seed);
  const evidence = new Map<string, Evidence>();
  for (const group of groups) {
    const contenders = group.filter((c) => c.standing.aggregate).map((c) => contenderOf(c, award));
    for (const [key, comparison] of compareMethods(contenders, settings, calibration, variant)) {
      const probability = probabilities[calibration.indexOf.get(key)!]!;
      evidence.set(key, {
        ...comparison,
        standardError: standardErrorOf(calibration, key),
        probability: Number.isNaN(probability) ? null : probability,
      });
    }
  }
  return { standings, calibration, rulings, groups, outside, evidence };
}

/** Those who compete for the awards of each group; an award that a ruling gives by hand is no matter of chance. */
function contestsOf(
  groups: Assessment["groups"],
  { settings }: AwardData,
  calibration: ReviewCalibration,
): readonly Contest[] {
  return groups.map((group) => {
    const scored = group.filter((c) => c.standing.aggregate);
    const standing = scored.filter((c) => c.decision?.decision !== decisions.cancel);
    const lines = awardLines(settings.awards, scored.length);
    // Sorted, so that the draws do not follow the order of the rows.
    const submissions = standing.map((c) => calibration.indexOf.get(c.standing.reviewed.key)!).sort((a, b) => a - b);
    return { submissions, awarded: Math.min(submissions.length, lines[lines.length - 1] ?? 0) };
  });
}
