/** What a ranking came to, for people and programs outside the workbook. */
import type { AwardData } from "../award/award.ts";
import type { Description } from "../log/log.ts";
import type { Award } from "../notice/notice.ts";
import { describeUnsure, type PlacedReview } from "../review-book/find-reviewed.ts";
import { isCancelledByDecision } from "../review-book/rulings.ts";
import { pointsOf } from "../scoring/fraction.ts";
import { compareText } from "../text/compare.ts";
import type { Account, OrphanedScore, Waiting } from "./account.ts";
import type { AssessedGroup, Assessment, RankedCandidate } from "./assess.ts";
import { calibratedPoints, describeCalibration, type ReviewCalibration, rounded } from "./calibrate-review.ts";
import type { ExpertProfile } from "./expert-overview.ts";
import type { Tie } from "./open-matters.ts";
import { awardsByMethod, describeArbitration } from "./ranking-remarks.ts";
import type { SpareReview } from "./spare-reviews.ts";
import { attentionTo, describeDelivery, describeDoubts } from "./write-expert-overview.ts";

/** What `rank --json` prints; scores in points, unrounded; `award` is "" for none. */
export interface RankResult {
  readonly groups: readonly {
    readonly field: string;
    readonly track: string;
    readonly ranking: readonly {
      readonly id: string;
      readonly score: number;
      readonly rank: number;
      readonly award: string;
    }[];
  }[];
  readonly pending: readonly string[];
  /** Why each of `pending` is not ranked, in Chinese. */
  readonly waiting: readonly Waiting[];
  /** Of the review, those that 案例 or a ruling has cancelled. */
  readonly cancelled: readonly string[];
  /** Rows of 评分 that are not used, `row` as the spreadsheet shows it. */
  readonly orphaned: readonly OrphanedScore[];
  /** Rows of 评分 altogether, and those in use. */
  readonly scores: { readonly rows: number; readonly used: number };
  /** Submissions that were corrected since the last assignment, and how they are known all the same. */
  readonly found: readonly { readonly from: string; readonly to: string; readonly reason: string }[];
  /** Rows of 参评案例 of which it must be said which submission they are, in Chinese. */
  readonly unsure: readonly { readonly reviewId: string; readonly id: string; readonly reason: string }[];
  readonly arbitration: readonly { readonly id: string; readonly range: number }[];
  readonly ties: readonly Tie[];
  /** Rows of 裁定 that changed nothing: 1-based row, 案例编号 as typed, what is wrong and what to do. */
  readonly unappliedRulings: readonly { readonly row: number; readonly id: string; readonly reason: string }[];
  /** How each submission that got 复评 came to its score, in Chinese. */
  readonly arbitrated: readonly { readonly id: string; readonly score: number; readonly explanation: string }[];
  /** What the scores say of every ranked submission, whatever the method in force. */
  readonly evidence: readonly {
    readonly id: string;
    readonly mean: number;
    readonly calibrated: number;
    /** Of `calibrated`; null where it is not known. */
    readonly standardError: number | null;
    readonly rawRank: number;
    readonly calibratedRank: number;
    /** Of an award by the fitted model, 0…1; null where it is not known. */
    readonly probability: number | null;
  }[];
  readonly calibration: {
    /** The severities were taken out of the calibrated scores; else these are the means. */
    readonly applied: boolean;
    /** Groups of experts that share no submission with one another. */
    readonly components: number;
    /** Standard deviations in points. */
    readonly severitySd: number;
    readonly residualSd: number | null;
    /** The same in Chinese. */
    readonly summary: string;
  };
  /** Submissions whose award is not the same under all methods: label of the award ("" for none) by method. */
  readonly methodDependent: readonly { readonly id: string; readonly awards: Readonly<Record<string, string>> }[];
  /** Where the spare reviews of 参数 are worth most, the least certain first. */
  readonly proposal: readonly { readonly id: string; readonly probability: number }[];
  /** How each expert of 评审专家 scores; points. */
  readonly experts: readonly ExpertEntry[];
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => compareText(a.id, b.id);

export function buildRankResult(
  { settings: { awards } }: AwardData,
  review: PlacedReview,
  assessment: Assessment,
  { waiting, ruledOut, orphaned }: Account,
  spare: readonly SpareReview[],
  profiles: readonly ExpertProfile[],
): RankResult {
  const { groups, calibration, rulings } = assessment;
  const ranked = inOrderOfSheet(assessment);
  return {
    groups: groups.map((group) => listPlaces(group, awards)),
    pending: waiting.map(({ id }) => id),
    ties: groups.flatMap((group) => findTies(group, awards)),
    unappliedRulings: rulings.unapplied.map(({ row, id, reason }) => ({ row, id, reason })),
    orphaned,
    unsure: review.unsure.map((each) => ({
      reviewId: each.reviewed.reviewId,
      id: each.reviewed.id,
      reason: describeUnsure(each),
    })),
    waiting,
    cancelled: [...listCancelled(assessment), ...ruledOut.map(({ id }) => id)].sort(compareText),
    scores: { rows: review.scores.length, used: review.scores.length - orphaned.length },
    found: review.found.map(({ from, to, reason }) => ({ from, to, reason })),
    arbitration: findWide(assessment).map(({ standing: { reviewed, aggregate } }) => ({
      id: reviewed.id,
      range: aggregate.range / 2,
    })),
    arbitrated: listArbitrated(groups),
    evidence: listEvidence(ranked, calibration),
    calibration: summariseCalibration(calibration),
    methodDependent: ranked
      .filter(({ evidence }) => evidence.depends)
      .map(({ candidate, evidence }) => ({
        id: candidate.standing.reviewed.id,
        awards: awardsByMethod(evidence, awards),
      }))
      .sort(byId),
    proposal: spare.map(({ standing, probability }) => ({ id: standing.reviewed.id, probability })),
    experts: profiles.map((profile) => listExpert(profile, calibration.fit.severitySd)),
  };
}

function listPlaces({ group, ranked }: AssessedGroup, awards: readonly Award[]): RankResult["groups"][number] {
  return {
    field: group.field,
    track: group.track,
    ranking: ranked.map(({ candidate: { standing }, place }) => ({
      id: standing.reviewed.id,
      score: pointsOf(standing.aggregate.final),
      rank: place.rank,
      award: awards[place.award]?.label ?? "",
    })),
  };
}

/** The ties across an award line, the best first. */
function findTies({ group, ranked }: AssessedGroup, awards: readonly Award[]): Tie[] {
  const byRank = new Map<number, Tie>();
  for (const { candidate, place } of ranked) {
    if (!place.tie) continue;
    const { field, track } = group;
    const { award, places } = place.tie;
    const ids = [...(byRank.get(place.rank)?.ids ?? []), candidate.standing.reviewed.id].sort(compareText);
    byRank.set(place.rank, { field, track, award: awards[award]?.label ?? "", places, ids });
  }
  return [...byRank.values()];
}

/** The submissions whose scores lie too far apart, by 案例编号. */
export function findWide({ groups }: Pick<Assessment, "groups">) {
  return groups
    .flatMap(({ scored }) => scored)
    .filter(({ standing, decision }) => standing.arbitration && !isCancelledByDecision(decision))
    .sort((a, b) => byId(a.standing.reviewed, b.standing.reviewed));
}

function listCancelled({ groups, outside }: Assessment): string[] {
  return [...groups.flatMap(({ scored }) => scored), ...outside]
    .filter(({ standing: { submission }, decision }) =>
      submission ? submission.cancelled || isCancelledByDecision(decision) : false,
    )
    .map(({ standing }) => standing.reviewed.id);
}

function listArbitrated(groups: Assessment["groups"]): RankResult["arbitrated"] {
  return groups
    .flatMap(({ scored }) => scored)
    .flatMap(({ standing }) => {
      const explanation = describeArbitration(standing);
      if (explanation === undefined) return [];
      return [{ id: standing.reviewed.id, score: pointsOf(standing.aggregate.final), explanation }];
    })
    .sort(byId);
}

/** Everybody who is ranked, in the order of 参评案例. */
function inOrderOfSheet({ groups, standings }: Assessment): RankedCandidate[] {
  const ranked = new Map(groups.flatMap((group) => group.ranked.map((each) => [each.place.id, each] as const)));
  return standings.flatMap(({ reviewed }) => ranked.get(reviewed.key) ?? []);
}

function listEvidence(ranked: readonly RankedCandidate[], calibration: ReviewCalibration): RankResult["evidence"] {
  return ranked
    .map(({ candidate: { standing }, evidence }) => {
      const { rawRank, calibratedRank, standardError, probability } = evidence;
      const { reviewed, aggregate } = standing;
      const [mean, calibrated] = [pointsOf(aggregate.mean), calibratedPoints(calibration, reviewed.key)];
      return { id: reviewed.id, mean, calibrated, standardError, rawRank, calibratedRank, probability };
    })
    .sort(byId);
}

function summariseCalibration(calibration: ReviewCalibration): RankResult["calibration"] {
  const { refusal, components, severitySd, residualSd } = calibration.fit;
  return {
    applied: refusal === undefined,
    components,
    severitySd: rounded(severitySd),
    residualSd: Number.isNaN(residualSd) ? null : rounded(residualSd),
    summary: describeCalibration(calibration),
  };
}

/** A row of 专家情况; people are known by their 专家编号. */
type ExpertEntry = Omit<ExpertProfile, "name" | "stage" | "reviews"> & {
  readonly status: string;
  readonly doubts: string;
  readonly attention: ReturnType<typeof attentionTo>;
};

function listExpert(profile: ExpertProfile, severitySd: number): ExpertEntry {
  const { name: _name, stage: _stage, reviews: _reviews, ...entry } = profile;
  const [status, doubts] = [describeDelivery(profile, severitySd), describeDoubts(profile, severitySd)];
  return { ...entry, status, doubts, attention: attentionTo(profile, severitySd) };
}

export function summariseRanking(result: RankResult): string {
  const ranked = result.groups.reduce((sum, group) => sum + group.ranking.length, 0);
  const orphaned = result.orphaned.length > 0 ? `，没有归属的评分 ${result.orphaned.length} 行` : "";
  return `${result.groups.length} 组，已排名 ${ranked}，待评 ${result.pending.length}，需复评 ${result.arbitration.length}${orphaned}`;
}

export const rankAction = "汇总排名";

export function describeRanking(result: RankResult): Description {
  return { action: rankAction, parameters: "", outcome: summariseRanking(result) };
}
