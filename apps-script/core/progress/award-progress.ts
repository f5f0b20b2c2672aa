/** How far an award has come, read from its two workbooks alone. */
import type { AwardData, Submission } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import { checkAction, recommendAction } from "../check/describe-check.ts";
import { draftWord } from "../exports/draft.ts";
import { everyForm, findForm } from "../exports/forms/index.ts";
import { publicNoticeForm } from "../exports/forms/published-lists.ts";
import { readLog, wasGivenNothing } from "../log/log.ts";
import type { DateWindow, Notice } from "../notice/notice.ts";
import { assignAction } from "../panel/describe-assignment.ts";
import { gatherExperts } from "../panel/reviewers.ts";
import type { OpenMatter } from "../ranking/open-matters.ts";
import { rankAction } from "../ranking/rank-result.ts";
import { spareProposal } from "../ranking/ranking-remarks.ts";
import { readStandings } from "../ranking/standing.ts";
import { exportAction } from "../replay/replay.ts";
import { placeReviewed } from "../review-book/find-reviewed.ts";
import { type Pair, readReview } from "../review-book/read-review.ts";
import { withMovedExperts } from "../review-book/review-experts.ts";
import { isInForce } from "../rules/quota/clean-rows.ts";
import { decisionsSheet } from "../schema/review.ts";
import { packetsAction } from "../score-sheets/packets.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";
import { type ExpertProgress, readExpertProgress } from "./expert-progress.ts";
import { readUnitProgress, type UnitProgress } from "./unit-progress.ts";

/** What is being done, in the order of an award. */
export const stageLabels = {
  prepare: "准备",
  submission: "征集",
  recommendation: "推荐",
  review: "评审",
  ranking: "定奖",
  publication: "公布",
} as const;
export type Stage = keyof typeof stageLabels;

export interface ReviewProgress {
  /** Those that have pairs in force, as `readExpertProgress` orders them. */
  readonly experts: readonly ExpertProgress[];
  /** Pairs in force, and those of them that need nothing more. */
  readonly pairs: number;
  readonly settled: number;
  /** 案例编号 of submissions in review that have fewer experts than they need. */
  readonly short: readonly string[];
  /** 案例编号 of recommended submissions that are not in review: added since, or with errors. */
  readonly unassigned: readonly string[];
  /** Score sheets were made after the last assignment, as 日志 tells. */
  readonly handedOut: boolean;
  /** 汇总 holds a ranking, of whatever day. */
  readonly ranked: boolean;
  /** 案例编号 of submissions that the last ranking proposes another expert for. */
  readonly spare: readonly string[];
  /** A ruling is what was done last, as 日志 tells. */
  readonly ruling: boolean;
  /** 公示名单 was made after the last ranking, and as no draft, as 日志 tells. */
  readonly published: boolean;
}

/** What only some commands have found out; absent where nobody has looked. */
export interface Known {
  /** Errors of a check of what stands in the workbook now. */
  readonly errors?: number;
  /** What bars the ranking from being published. */
  readonly open?: readonly OpenMatter[];
}

export interface AwardProgress extends Known {
  /** As 参数 has it. */
  readonly notice: Notice;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly stage: Stage;
  readonly units: readonly UnitProgress[];
  /** Submissions in force, those of them with 初评得分, and those that are recommended. */
  readonly submissions: number;
  readonly scored: number;
  readonly recommended: number;
  /** Recommendations were proposed within the quotas, as 日志 tells. */
  readonly proposed: boolean;
  /** The forms with what is to be mended went out after the last check, as 日志 tells. */
  readonly reported: boolean;
  /** undefined before the first assignment. */
  readonly review: ReviewProgress | undefined;
}

/** The days in which the notice wants a stage done; undefined for what it has no days for. */
export function windowOf(stage: Stage, { windows }: Notice): DateWindow | undefined {
  const of: Readonly<Record<Stage, DateWindow | undefined>> = {
    prepare: undefined,
    submission: windows.submission.value,
    recommendation: windows.recommendation.value,
    review: windows.review.value,
    ranking: windows.review.value,
    publication: windows.results.value,
  };
  return of[stage];
}

/**
 * @param today `YYYY-MM-DD`
 * @throws WorkbookStructureError when a sheet or column is missing
 */
export function readProgress(
  application: WorkbookSnapshot,
  reviewBook: WorkbookSnapshot | undefined,
  baseNotice: Notice,
  today: string,
  known: Known = {},
): AwardProgress {
  const award = readAward(reviewBook ? withMovedExperts(application, reviewBook) : application, baseNotice);
  const { notice } = award.settings;
  const inForce = award.submissions.filter(isInForce);
  const recommended = inForce.filter((s) => s.recommended);
  const review = reviewBook && readReviewProgress(award, recommended, reviewBook);
  const started = review && review.pairs > 0 ? review : undefined;
  const log = readLog(application).rows;
  const actions = log.map((row) => row.text("action"));
  const sentReports = log.map((row) => row.text("action") === exportAction && wasGivenNothing(row.text("parameters")));
  return {
    ...known,
    notice,
    today,
    stage: stageOf(award, recommended.length, started, known),
    units: readUnitProgress(award, today),
    submissions: inForce.length,
    scored: inForce.filter((s) => s.firstScore !== undefined).length,
    recommended: recommended.length,
    proposed: actions.includes(recommendAction),
    reported: sentReports.lastIndexOf(true) > actions.lastIndexOf(checkAction),
    review: started,
  };
}

function stageOf(award: AwardData, recommended: number, review: ReviewProgress | undefined, { open }: Known): Stage {
  if (review) {
    if (review.settled < review.pairs || review.short.length > 0) return "review";
    return review.ranked && open?.length === 0 ? "publication" : "ranking";
  }
  if (recommended > 0) return "recommendation";
  return award.units.length === 0 ? "prepare" : "submission";
}

/** Whether 公示名单 was among the lists that were made, and was no draft. @param parameters of the action in 日志 */
function holdsPublicNotice(parameters: string): boolean {
  const words = parameters.split(/[、；]/);
  if (words.includes(draftWord)) return false;
  const asked = words.some((word) => word === everyForm || findForm(word) === publicNoticeForm);
  return asked || wasGivenNothing(parameters);
}

function readReviewProgress(
  award: AwardData,
  recommended: readonly Submission[],
  reviewBook: WorkbookSnapshot,
): ReviewProgress {
  const { notice } = award.settings;
  const review = placeReviewed(award, readReview(reviewBook, notice));
  const gone = new Set(gatherExperts(award, review).experts.flatMap(({ id, available }) => (available ? [] : [id])));
  const experts = readExpertProgress(review, notice).map((each) => ({
    ...each,
    // 专家 may tell of it before 评审专家 does.
    withdrawn: each.withdrawn || gone.has(each.expert),
  }));
  const pairs = experts.reduce((sum, { assigned }) => sum + assigned, 0);
  const open = experts.reduce((sum, expert) => sum + expert.open.length, 0);
  const standings = readStandings(award, review, award.settings).filter(({ inReview }) => inReview);
  const inReview = new Set(standings.map(({ reviewed }) => reviewed.key));
  const active = (pairs: readonly Pair[]) => pairs.filter((pair) => pair.active).length;
  const log = readLog(reviewBook).rows;
  const actions = log.map((row) => row.text("action"));
  const wentOut = log.map((row) => row.text("action") === exportAction && holdsPublicNotice(row.text("parameters")));
  return {
    experts,
    pairs,
    settled: pairs - open,
    short: standings.filter((each) => active(each.pairs) < each.required).map(({ reviewed }) => reviewed.id),
    unassigned: recommended.filter(({ key }) => !inReview.has(key)).map(({ id }) => id),
    handedOut: actions.lastIndexOf(packetsAction) > actions.lastIndexOf(assignAction),
    ranked: review.tables.ranking.rows.length > 0,
    spare: review.tables.ranking.rows
      .filter((row) => row.text("remark").includes(spareProposal))
      .map((row) => row.text("id")),
    ruling: actions[actions.length - 1] === decisionsSheet.label,
    published: wentOut.lastIndexOf(true) > actions.lastIndexOf(rankAction),
  };
}
