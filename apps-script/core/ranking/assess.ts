import type { AwardData } from "../award/award.ts";
import type { Settings } from "../award/settings.ts";
import type { Decision, ReviewData } from "../review-book/read-review.ts";
import { isCancelledByDecision, type Rulings, readRulings, rulingOf } from "../review-book/rulings.ts";
import { type Aggregate, applyMethod } from "../scoring/aggregate.ts";
import { awardProbabilities, type Contest } from "../scoring/award-probability.ts";
import { awardLines } from "../scoring/awards.ts";
import type { Contender, RankedContender } from "../scoring/rank.ts";
import { groupKey, type RankingGroup, rankingGroupOf } from "../scoring/ranking-group.ts";
import { groupBy } from "../text/group-by.ts";
import { calibratedFraction, calibrateReview, type ReviewCalibration, standardErrorOf } from "./calibrate-review.ts";
import { compareMethods, fittedMethod, type MethodComparison, rankByMethods } from "./compare-methods.ts";
import { readStandings, type Standing } from "./standing.ts";

/** A submission that stands in a ranking group, with or without all its reviews. */
export interface Candidate {
  readonly standing: Standing;
  readonly group: RankingGroup;
  readonly decision: Decision | undefined;
}

/** One that has all its reviews. */
export interface ScoredCandidate extends Candidate {
  readonly standing: Standing & { readonly aggregate: Aggregate };
}

/** What the scores say of a ranked submission, whatever the method in force. */
export interface Evidence extends MethodComparison {
  /** In points; null where it is not known. */
  readonly standardError: number | null;
  /** Of an award, 0…1; null where it is not known. */
  readonly probability: number | null;
}

export interface RankedCandidate {
  readonly candidate: ScoredCandidate;
  /** Under the method in force. */
  readonly place: RankedContender;
  readonly evidence: Evidence;
}

/** A ranking group with everybody in it. */
export interface AssessedGroup {
  readonly group: RankingGroup;
  readonly scored: readonly ScoredCandidate[];
  /** Those that lack reviews. */
  readonly pending: readonly Candidate[];
  /** Best first; of `scored`, those that no ruling cancels. */
  readonly ranked: readonly RankedCandidate[];
}

/** Everything that has been scored, judged by the method in 参数. */
export interface Assessment {
  readonly standings: readonly Standing[];
  readonly calibration: ReviewCalibration;
  readonly rulings: Rulings;
  /** In the order of the notice. */
  readonly groups: readonly AssessedGroup[];
  /** Out of every group, or cancelled by a ruling before they were scored. */
  readonly outside: readonly OutsideCandidate[];
}

type OutsideCandidate = Omit<Candidate, "group"> & { readonly group: RankingGroup | undefined };
type Grouped = Pick<AssessedGroup, "group" | "scored" | "pending">;

/**
 * Brings together what has been scored. Every submission is aggregated once, every group ranked once under each method;
 * the ranking in force is one of these.
 */
export function assessReview(award: AwardData, review: ReviewData): Assessment {
  const { settings } = award;
  const asCollected = readStandings(award, review, settings);
  const fitted = fittedMethod(settings);
  const calibration = calibrateReview(asCollected, fitted === "robust");
  const standings =
    settings.method === fitted ? asCollected.map((s) => calibrateStanding(s, calibration, settings)) : asCollected;
  const rulings = readRulings(review, award);
  const { groups, outside } = groupStandings(standings, rulings, settings);
  const contests = groups.map((group) => contestOf(group, settings, calibration));
  const probabilities = awardProbabilities(calibration.fit, contests, settings.seed);
  const chanceOf = (key: string) => probabilities[calibration.indexOf.get(key) ?? -1] ?? Number.NaN;
  return {
    standings,
    calibration,
    rulings,
    outside,
    groups: groups.map((group) => ({
      ...group,
      ranked: rankCandidates(group.scored, settings, calibration, chanceOf),
    })),
  };
}

/** Its final score by the fit, which needs the scores of all submissions. */
function calibrateStanding(standing: Standing, calibration: ReviewCalibration, settings: Settings): Standing {
  const { aggregate, reviewed } = standing;
  if (!aggregate) return standing;
  return { ...standing, aggregate: applyMethod(aggregate, settings, calibratedFraction(calibration, reviewed.key)) };
}

/** Who stands in which ranking group, and who in none. */
function groupStandings(
  standings: readonly Standing[],
  rulings: Rulings,
  settings: Settings,
): { readonly groups: Grouped[]; readonly outside: OutsideCandidate[] } {
  const candidates: Candidate[] = [];
  const outside: OutsideCandidate[] = [];
  for (const standing of standings) {
    const group = standing.submission && rankingGroupOf(standing.submission, settings);
    const decision = rulings.inForce.get(standing.reviewed.key);
    const cancelledUnscored = isCancelledByDecision(decision) && !standing.aggregate;
    if (!group || !standing.inReview || cancelledUnscored) outside.push({ standing, group, decision });
    else candidates.push({ standing, group, decision });
  }
  const groups = [...groupBy(candidates, ({ group }) => groupKey(group)).values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    return [{ group: first.group, scored: members.filter(isScored), pending: members.filter((c) => !isScored(c)) }];
  });
  return { groups: groups.sort((a, b) => a.group.order - b.group.order), outside };
}

function isScored(candidate: Candidate): candidate is ScoredCandidate {
  return candidate.standing.aggregate !== undefined;
}

/** Those who compete for the awards of a group; an award that a ruling gives by hand is no matter of chance. */
function contestOf({ scored }: Grouped, { awards }: Settings, { indexOf }: ReviewCalibration): Contest {
  const competing = scored.filter(({ decision }) => !isCancelledByDecision(decision));
  const [lowestLine = 0] = awardLines(awards, scored.length).slice(-1);
  // Sorted, so that the draws do not follow the order of the rows.
  const submissions = competing
    .flatMap(({ standing }) => indexOf.get(standing.reviewed.key) ?? [])
    .sort((a, b) => a - b);
  return { submissions, awarded: Math.min(submissions.length, lowestLine) };
}

function rankCandidates(
  scored: readonly ScoredCandidate[],
  settings: Settings,
  calibration: ReviewCalibration,
  chanceOf: (key: string) => number,
): RankedCandidate[] {
  const contenders = scored.map(({ standing, decision }): Contender => {
    const ruling = decision && rulingOf(decision, settings.awards);
    return { id: standing.reviewed.key, aggregate: standing.aggregate, ruling };
  });
  const rankings = rankByMethods(contenders, settings, calibration);
  const comparisons = compareMethods(rankings);
  const byKey = new Map(scored.map((candidate) => [candidate.standing.reviewed.key, candidate]));
  return (rankings.get(settings.method) ?? []).flatMap((place): RankedCandidate[] => {
    const [candidate, comparison] = [byKey.get(place.id), comparisons.get(place.id)];
    if (!candidate || !comparison) return [];
    const chance = chanceOf(place.id);
    const evidence: Evidence = {
      ...comparison,
      standardError: standardErrorOf(calibration, place.id),
      probability: Number.isNaN(chance) ? null : chance,
    };
    return [{ candidate, place, evidence }];
  });
}
