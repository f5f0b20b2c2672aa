import type { AwardData } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Settings } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import { type PlacedReview, placeReviewed } from "../review-book/find-reviewed.ts";
import { readReview } from "../review-book/read-review.ts";
import { writeRulings } from "../review-book/write-rulings.ts";
import { findParticipants, type Participants, requireValidSettings } from "../rules/eligible.ts";
import { scoreMethods } from "../schema/choices.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { accountFor } from "./account.ts";
import { assessReview } from "./assess.ts";
import { describeCalibration, type ReviewCalibration } from "./calibrate-review.ts";
import { type ExpertProfile, profileExperts } from "./expert-overview.ts";
import { type GroupProfile, profileGroups, writeGroupOverview } from "./group-overview.ts";
import { listOpenMatters, type OpenMatter } from "./open-matters.ts";
import { buildRankResult, findWide, type RankResult } from "./rank-result.ts";
import { listRankingRows } from "./ranking-rows.ts";
import { proposeSpareReviews } from "./spare-reviews.ts";
import { writeExpertOverview } from "./write-expert-overview.ts";
import { writeRanking } from "./write-ranking.ts";

export interface RankOutcome {
  readonly result: RankResult;
  readonly patch: WorkbookPatch;
  /** What the method in force could not do, in Chinese. */
  readonly notes: readonly string[];
  /** What bars the ranking from being published. */
  readonly open: readonly OpenMatter[];
  /** As 各组情况 and 专家情况 show them. */
  readonly profiles: { readonly groups: readonly GroupProfile[]; readonly experts: readonly ExpertProfile[] };
}

/**
 * Ranks what has been scored (DESIGN §5) and fills 汇总, 结果, 各组情况 and 专家情况. In the ranking stands every submission of 参评案例
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
  const award = readForRanking(awardSnapshot, notice, fixed);
  const { settings } = award;
  const review = placeReviewed(award, readReview(reviewSnapshot, settings.notice));
  const assessment = assessReview(award, review);
  const { calibration, rulings } = assessment;
  const account = accountFor(award, review, assessment, () => participants ?? findParticipants(award));
  const spare = proposeSpareReviews(assessment, settings);
  const proposed = new Set(spare.map(({ standing }) => standing.reviewed.key));
  const rows = listRankingRows(award, review, assessment, account, proposed);
  const experts = profileExperts(review, calibration, settings.notice);
  const groups = profileGroups(assessment, account, settings);
  const result = buildRankResult(award, review, assessment, account, spare, experts);
  const undecided = findWide(assessment).filter(({ decision }) => decision === undefined);
  return {
    result,
    profiles: { groups, experts },
    patch: {
      sheets: [
        ...writeRanking(settings.notice, reviewSnapshot, review, calibration, rows),
        writeGroupOverview(settings.notice, reviewSnapshot, groups),
        writeExpertOverview(settings.notice, reviewSnapshot, experts, calibration),
        writeRulings(reviewSnapshot, review.tables, settings, rulings.unapplied),
      ],
    },
    notes: listNotes(settings, calibration, review),
    open: listOpenMatters(
      result,
      account.unassigned,
      undecided.map(({ standing }) => standing.reviewed.id),
    ),
  };
}

function readForRanking(snapshot: WorkbookSnapshot, notice: Notice, fixed: Partial<Settings>): AwardData {
  const award = readAward(snapshot, notice);
  requireValidSettings(award);
  return { ...award, settings: { ...award.settings, ...fixed } };
}

function listNotes({ method }: Settings, calibration: ReviewCalibration, { found }: PlacedReview): string[] {
  const isRefused = (method === "calibrated" || method === "robust") && calibration.fit.refusal !== undefined;
  return [
    ...(isRefused ? [`计分方法为“${scoreMethods[method]}”，但${describeCalibration(calibration)}。`] : []),
    ...found.map(({ to, reason }) => `${to} ${reason}：评审编号和评分不变。`),
  ];
}
