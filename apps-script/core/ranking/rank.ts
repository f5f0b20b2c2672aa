import type { AwardData, Submission } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Settings } from "../award/settings.ts";
import type { Description } from "../log/log.ts";
import type { Award, Notice } from "../notice/notice.ts";
import { describeUnsure, type PlacedReview, placeReviewed } from "../review-book/find-reviewed.ts";
import { readReview } from "../review-book/read-review.ts";
import { describeCancellation } from "../review-book/rulings.ts";
import { writeRulings } from "../review-book/write-rulings.ts";
import { findParticipants, type Participants, requireValidSettings } from "../rules/eligible.ts";
import { decisions, scoreMethods } from "../schema/choices.ts";
import { pointsOf } from "../scoring/fraction.ts";
import { type RankedContender, rankGroup } from "../scoring/rank.ts";
import { rankingGroupOf } from "../scoring/ranking-group.ts";
import { compareText } from "../text/compare.ts";
import { groupBy } from "../text/group-by.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { findOrphanedScores, findUnassigned, type OrphanedScore } from "./account.ts";
import { assessReview, type Candidate, contenderOf } from "./assess.ts";
import { calibratedPoints, describeCalibration, rounded } from "./calibrate-review.ts";
import { describeArbitration } from "./describe-arbitration.ts";
import { type ExpertProfile, profileExperts } from "./expert-overview.ts";
import { listOpenMatters, type OpenMatter, type Tie } from "./open-matters.ts";
import { awardsByMethod, remarkOf, whyOutside } from "./ranking-remarks.ts";
import { proposeSpareReviews } from "./spare-reviews.ts";
import { standingOfUnassigned } from "./standing.ts";
import { attentionTo, describeDelivery, describeDoubts, writeExpertOverview } from "./write-expert-overview.ts";
import { type RankingRow, writeRanking } from "./write-ranking.ts";

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
  readonly waiting: readonly { readonly id: string; readonly reason: string }[];
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
    /** Of `calibrated`; null where it cannot be told. */
    readonly standardError: number | null;
    readonly rawRank: number;
    readonly calibratedRank: number;
    /** Of an award by the fitted model, 0…1; null where it cannot be told. */
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

export interface RankOutcome {
  readonly result: RankResult;
  readonly patch: WorkbookPatch;
  /** What the method in force could not do, in Chinese. */
  readonly notes: readonly string[];
  /** What bars the ranking from being published. */
  readonly open: readonly OpenMatter[];
}

const unsureRemark = "未参加排名：案例表中的哪个案例是它，不能确定";

/**
 * Ranks what has been scored (DESIGN §5) and fills 汇总, 结果 and 专家情况. In the ranking stands every submission of 参评案例
 * that is still recommended, not cancelled, and has all its reviews.
 *
 * @param fixed choices that override 参数, for the rankings of earlier versions
 * @param participants recommended and clean submissions; found out where absent
 * @throws WorkbookStructureError, ReviewBlockedError
 */
export function rankReview(
  awardSnapshot: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot,
  notice: Notice,
  fixed: Partial<Settings> = {},
  participants?: Participants,
): RankOutcome {
  const read = readAward(awardSnapshot, notice);
  requireValidSettings(read);
  const award = { ...read, settings: { ...read.settings, ...fixed } };
  const { settings } = award;
  const review = placeReviewed(award, readReview(reviewSnapshot, settings.notice));
  const assessment = assessReview(award, review);
  const { standings, calibration, rulings, evidence } = assessment;
  const spare = proposeSpareReviews(assessment, settings);
  const spareKeys = new Set(spare.map(({ standing }) => standing.reviewed.key));
  const profiles = profileExperts(review, calibration, settings.notice);
  const calibrates = settings.method === "calibrated" || settings.method === "robust";
  const notes =
    calibrates && calibration.fit.refusal !== undefined
      ? [`计分方法为“${scoreMethods[settings.method]}”，但${describeCalibration(calibration)}。`]
      : [];
  for (const { to, reason } of review.found) notes.push(`${to} ${reason}：评审编号和评分不变。`);

  const outOfReview = isComplete(award, review)
    ? []
    : findUnassigned(award, review, participants ?? findParticipants(award));
  const isRuledOut = (key: string) => rulings.inForce.get(key)?.decision === decisions.cancel;
  const unassigned = outOfReview.filter(({ submission }) => !isRuledOut(submission.key));
  const ruledOut = outOfReview.flatMap(({ submission }) => (isRuledOut(submission.key) ? [submission] : []));
  const corrected = new Map(review.found.map((each) => [each.reviewId, `更正：${each.reason}，评审编号和评分不变`]));
  const rows: RankingRow[] = [];
  const pending: Candidate[] = [];
  const jsonGroups: RankResult["groups"][number][] = [];
  const ties: Tie[] = [];
  for (const group of assessment.groups) {
    const scored = group.filter((c) => c.standing.aggregate);
    pending.push(...group.filter((c) => !c.standing.aggregate));
    const byKey = new Map(scored.map((c) => [c.standing.reviewed.key, c]));
    const ranked = rankGroup(
      scored.map((c) => contenderOf(c, award)),
      settings.awards,
      settings.notice.rubric.tieOrder,
    );
    const { field, track } = group[0]!.group;
    jsonGroups.push({
      field,
      track,
      ranking: ranked.map((r) => {
        const { reviewed, aggregate } = byKey.get(r.id)!.standing;
        return {
          id: reviewed.id,
          score: pointsOf(aggregate!.final),
          rank: r.rank,
          award: settings.awards[r.award]?.label ?? "",
        };
      }),
    });
    ties.push(
      ...findTies(ranked, settings.awards, (key) => byKey.get(key)!.standing.reviewed.id).map((tie) => ({
        field,
        track,
        ...tie,
      })),
    );
    for (const place of ranked) {
      const candidate = byKey.get(place.id)!;
      const awardLabel = settings.awards[place.award]?.label ?? "";
      const known = evidence.get(place.id)!;
      const remark = remarkOf(candidate, place, settings.awards, ranked, known, spareKeys.has(place.id));
      rows.push({
        standing: candidate.standing,
        group: candidate.group,
        rank: place.rank,
        award: awardLabel,
        evidence: known,
        remark,
      });
    }
    for (const c of group.filter((c) => !c.standing.aggregate)) {
      const { scores, required } = c.standing;
      rows.push({
        standing: c.standing,
        group: c.group,
        remark: `待评：已收到 ${scores.length} 份完整评分，需 ${required} 份`,
      });
    }
    for (const c of scored.filter((c) => c.decision?.decision === decisions.cancel)) {
      rows.push({ standing: c.standing, group: c.group, remark: describeCancellation(c.decision!) });
    }
  }

  const wide = assessment.groups
    .flat()
    .filter((c) => c.standing.arbitration && c.decision?.decision !== decisions.cancel)
    .sort((a, b) => compareText(a.standing.reviewed.id, b.standing.reviewed.id));
  const arbitration = wide.map(({ standing }) => ({
    id: standing.reviewed.id,
    range: standing.aggregate!.range / 2,
  }));
  const unsure = new Set(review.unsure.map((each) => each.reviewed.reviewId));
  const outside = assessment.outside.map(
    ({ standing, group, decision }): RankingRow =>
      group && standing.inReview && decision
        ? { standing, group, remark: describeCancellation(decision) }
        : { standing, remark: unsure.has(standing.reviewed.reviewId) ? unsureRemark : whyOutside(standing) },
  );
  const addUnassigned = (submission: Submission, remark: string) => {
    const group = rankingGroupOf(submission, settings);
    const last = rows.reduce((found, row, i) => (row.group?.order === group?.order ? i : found), rows.length - 1);
    const row = { standing: standingOfUnassigned(submission), remark };
    rows.splice(last + 1, 0, group ? { ...row, group } : row);
  };
  for (const { submission, reason } of unassigned) addUnassigned(submission, `待评：${reason}`);
  for (const submission of ruledOut)
    addUnassigned(submission, describeCancellation(rulings.inForce.get(submission.key)!));
  const waiting = [
    ...pending.map(({ standing: { reviewed, scores, required } }) => ({
      id: reviewed.id,
      reason: `缺 ${Math.max(1, required) - scores.length} 份评分`,
    })),
    ...unassigned.map(({ submission, reason }) => ({ id: submission.id, reason })),
  ].sort((a, b) => compareText(a.id, b.id));
  const orphaned = findOrphanedScores(award, review, standings);
  const remarked = [...rows, ...outside].map((row): RankingRow => {
    const told = corrected.get(row.standing.reviewed.reviewId);
    return told === undefined ? row : { ...row, remark: [row.remark, told].filter((part) => part !== "").join("；") };
  });
  const decided = {
    pending: waiting.map(({ id }) => id),
    ties,
    unappliedRulings: rulings.unapplied.map(({ row, id, reason }) => ({ row, id, reason })),
    orphaned,
    unsure: review.unsure.map((each) => ({
      reviewId: each.reviewed.reviewId,
      id: each.reviewed.id,
      reason: describeUnsure(each),
    })),
  };
  return {
    result: {
      groups: jsonGroups,
      ...decided,
      waiting,
      cancelled: [
        ...[...assessment.groups.flat(), ...assessment.outside].filter(isCancelled).map((c) => c.standing.reviewed.id),
        ...ruledOut.map((submission) => submission.id),
      ].sort(compareText),
      scores: { rows: review.scores.length, used: review.scores.length - orphaned.length },
      found: review.found.map(({ from, to, reason }) => ({ from, to, reason })),
      arbitration,
      arbitrated: assessment.groups
        .flat()
        .flatMap(({ standing }) => {
          const explanation = describeArbitration(standing);
          if (explanation === undefined) return [];
          return [{ id: standing.reviewed.id, score: pointsOf(standing.aggregate!.final), explanation }];
        })
        .sort((a, b) => compareText(a.id, b.id)),
      evidence: standings
        .flatMap(({ reviewed, aggregate }) => {
          const known = evidence.get(reviewed.key);
          if (!known || !aggregate) return [];
          const { rawRank, calibratedRank, standardError, probability } = known;
          const [mean, calibrated] = [pointsOf(aggregate.mean), calibratedPoints(calibration, reviewed.key)];
          return [{ id: reviewed.id, mean, calibrated, standardError, rawRank, calibratedRank, probability }];
        })
        .sort((a, b) => compareText(a.id, b.id)),
      calibration: {
        applied: calibration.fit.refusal === undefined,
        components: calibration.fit.components,
        severitySd: rounded(calibration.fit.severitySd),
        residualSd: numberOrNull(rounded(calibration.fit.residualSd)),
        summary: describeCalibration(calibration),
      },
      methodDependent: standings
        .filter((s) => evidence.get(s.reviewed.key)?.depends)
        .map((s) => ({ id: s.reviewed.id, awards: awardsByMethod(evidence.get(s.reviewed.key)!, settings.awards) }))
        .sort((a, b) => compareText(a.id, b.id)),
      proposal: spare.map(({ standing, probability }) => ({ id: standing.reviewed.id, probability })),
      experts: profiles.map((profile) => listExpert(profile, calibration.fit.severitySd)),
    },
    patch: {
      sheets: [
        ...writeRanking(settings.notice, reviewSnapshot, review, calibration, remarked),
        writeExpertOverview(settings.notice, reviewSnapshot, profiles, calibration),
        writeRulings(reviewSnapshot, review.tables, settings, rulings.unapplied),
      ],
    },
    notes,
    open: listOpenMatters(
      decided,
      wide.filter((c) => c.decision === undefined).map((c) => c.standing.reviewed.id),
    ),
  };
}

/** The ties across an award line, by the award. */
function findTies(ranked: readonly RankedContender[], awards: readonly Award[], idOf: (key: string) => string) {
  const open = ranked.filter((place) => place.tiedAtLine !== undefined);
  return [...groupBy(open, (place) => `${place.tiedAtLine} ${place.rank}`).values()].map((tied) => ({
    award: awards[tied[0]!.tiedAtLine!]!.label,
    places: tied[0]!.placesLeft!,
    ids: tied.map((place) => idOf(place.id)).sort(compareText),
  }));
}

/** Whether every recommended submission in force stands in 参评案例. */
export function isComplete(award: AwardData, review: PlacedReview): boolean {
  const reviewed = new Set(review.reviewed.map((r) => r.key));
  return award.submissions.every((s) => !s.recommended || s.cancelled || reviewed.has(s.key));
}

function isCancelled({ standing, decision }: Pick<Candidate, "standing" | "decision">): boolean {
  const { submission } = standing;
  return submission !== undefined && (submission.cancelled || decision?.decision === decisions.cancel);
}

/** A row of 专家情况; people are known by their 专家编号. */
type ExpertEntry = Omit<ExpertProfile, "name" | "stage"> & {
  readonly status: string;
  readonly doubts: string;
  readonly attention: ReturnType<typeof attentionTo>;
};

function listExpert(profile: ExpertProfile, severitySd: number): ExpertEntry {
  const { name: _name, stage: _stage, ...entry } = profile;
  const [status, doubts] = [describeDelivery(profile, severitySd), describeDoubts(profile, severitySd)];
  return { ...entry, status, doubts, attention: attentionTo(profile, severitySd) };
}

const numberOrNull = (value: number) => (Number.isNaN(value) ? null : value);

export function summariseRanking(result: RankResult): string {
  const ranked = result.groups.reduce((sum, group) => sum + group.ranking.length, 0);
  const orphaned = result.orphaned.length > 0 ? `，没有归属的评分 ${result.orphaned.length} 行` : "";
  return `${result.groups.length} 组，已排名 ${ranked}，待评 ${result.pending.length}，需复评 ${result.arbitration.length}${orphaned}`;
}

export function describeRanking(result: RankResult): Description {
  return { action: "汇总排名", parameters: "", outcome: summariseRanking(result) };
}
