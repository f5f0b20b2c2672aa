/** Where every recommended submission and every row of 评分 has gone: nothing drops out of a ranking without a word. */
import type { AwardData, Submission } from "../award/award.ts";
import type { PlacedReview } from "../review-book/find-reviewed.ts";
import { isCancelledByDecision } from "../review-book/rulings.ts";
import type { Participants } from "../rules/eligible.ts";
import { pairStatus } from "../schema/choices.ts";
import { assignmentSheet, reviewedSheet } from "../schema/review.ts";
import { rankingGroupOf } from "../scoring/ranking-group.ts";
import { compareText } from "../text/compare.ts";
import { pairKey } from "../text/identity.ts";
import type { Assessment } from "./assess.ts";
import { whyOutside } from "./ranking-remarks.ts";
import { type Standing, scoresByPair } from "./standing.ts";

/** A row of 评分 that no ranking uses. */
export interface OrphanedScore {
  readonly reviewId: string;
  readonly expert: string;
  /** 1-based row of 评分. */
  readonly row: number;
  /** In Chinese: why it is not used. */
  readonly reason: string;
}

/** A submission that is not ranked yet. */
export interface Waiting {
  readonly id: string;
  /** In Chinese. */
  readonly reason: string;
}

export interface Account {
  /** Recommended and clean, but in no row of 参评案例. */
  readonly unassigned: readonly Unassigned[];
  /** Of these, those that a ruling has cancelled. */
  readonly ruledOut: readonly Submission[];
  /** By 案例编号. */
  readonly waiting: readonly Waiting[];
  readonly orphaned: readonly OrphanedScore[];
}

/**
 * Accounts for every recommended submission and every row of 评分.
 *
 * @param participants recommended and clean submissions; asked for only where some are not under review
 */
export function accountFor(
  award: AwardData,
  review: PlacedReview,
  { groups, rulings, standings }: Assessment,
  participants: () => Participants,
): Account {
  const unreviewed = isComplete(award, review) ? [] : findUnassigned(award, review, participants());
  const isRuledOut = ({ submission }: Unassigned) => isCancelledByDecision(rulings.inForce.get(submission.key));
  const unassigned = unreviewed.filter((each) => !isRuledOut(each));
  const lacking = groups
    .flatMap(({ pending }) => pending)
    .map(({ standing: { reviewed, scores, required } }) => ({
      id: reviewed.id,
      reason: `缺 ${Math.max(1, required) - scores.length} 份评分`,
    }));
  return {
    unassigned,
    ruledOut: unreviewed.filter(isRuledOut).map(({ submission }) => submission),
    waiting: [...lacking, ...unassigned.map(({ submission, reason }) => ({ id: submission.id, reason }))].sort((a, b) =>
      compareText(a.id, b.id),
    ),
    orphaned: findOrphanedScores(award, review, standings),
  };
}

/** Whether every recommended submission in force stands in 参评案例. */
export function isComplete(award: AwardData, review: PlacedReview): boolean {
  const reviewed = new Set(review.reviewed.map((r) => r.key));
  return award.submissions.every((s) => !s.recommended || s.cancelled || reviewed.has(s.key));
}

const unsureReason = (id: string) => `评审编号 ${id} 的案例现在是哪一个不能确定`;

/** The rows of 评分 that belong to no submission, or to no assignment in force, in the order of the sheet. */
function findOrphanedScores(award: AwardData, review: PlacedReview, standings: readonly Standing[]): OrphanedScore[] {
  const byReviewId = new Map(standings.map((standing) => [standing.reviewed.reviewId, standing]));
  const unsure = new Set(review.unsure.map((each) => each.reviewed.reviewId));
  const pairs = new Map(review.pairs.map((pair) => [pairKey(pair.reviewId, pair.expert), pair]));
  const counted = scoresByPair(review);
  const why = (reviewId: string, expert: string): string | undefined => {
    const standing = byReviewId.get(reviewId);
    if (!standing) return `“${reviewedSheet.label}”表里没有这个评审编号`;
    if (unsure.has(reviewId)) return unsureReason(reviewId);
    const { submission } = standing;
    const isOutside = !submission || (!submission.recommended && !submission.cancelled);
    if (isOutside || (!submission.cancelled && !rankingGroupOf(submission, award.settings))) {
      return whyOutside(standing).replace(/^未参加排名：/, "");
    }
    const pair = pairs.get(pairKey(reviewId, expert));
    if (!pair) return `“${assignmentSheet.label}”表里没有这次分派`;
    // Standing aside is what such a row says.
    if (pair.active || pair.status === pairStatus.conflicted) return undefined;
    return pair.status === "" ? "这次分派没有状态" : `这次分派的状态是“${pair.status}”`;
  };
  return review.scores.flatMap((row): OrphanedScore[] => {
    const { reviewId, expert } = row;
    const isFirst = counted.get(pairKey(reviewId, expert)) === row;
    const reason = why(reviewId, expert) ?? (isFirst ? undefined : "同一评审编号和专家已有一行评分，这一行是重复的");
    return reason === undefined ? [] : [{ reviewId, expert, row: row.record.row, reason }];
  });
}

export interface Unassigned {
  readonly submission: Submission;
  /** `new` is taken up by the next assignment. */
  readonly kind: "new" | "beyondQuota" | "unsure";
  /** In Chinese: why nobody reviews it. */
  readonly reason: string;
}

/**
 * The recommended, clean submissions that no row of 参评案例 stands for; of them, those beyond the quota get no experts
 * at the next assignment either.
 */
function findUnassigned(award: AwardData, review: PlacedReview, { eligible, clean }: Participants): Unassigned[] {
  const reviewed = new Set(review.reviewed.map((r) => r.key));
  const [mayBeAssigned, isClean] = [new Set(eligible), new Set(clean)];
  const maybe = new Map(review.unsure.flatMap((each) => each.candidates.map((s) => [s, each.reviewed] as const)));
  return award.submissions
    .filter((s) => s.recommended && isClean.has(s.key) && !reviewed.has(s.key))
    .map((submission): Unassigned => {
      const former = maybe.get(submission);
      if (former)
        return {
          submission,
          kind: "unsure",
          reason: `编号已改或内容已换：可能是 ${former.reviewId}（原案例编号 ${former.id}），不能确定`,
        };
      return mayBeAssigned.has(submission.key)
        ? { submission, kind: "new", reason: "未分派" }
        : { submission, kind: "beyondQuota", reason: "未分派：超出名额" };
    })
    .sort((a, b) => compareText(a.submission.id, b.submission.id));
}
