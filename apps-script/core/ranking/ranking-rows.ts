/** The lines of 汇总: who stands where, or why not. */
import type { AwardData, Submission } from "../award/award.ts";
import type { Award } from "../notice/notice.ts";
import type { PlacedReview } from "../review-book/find-reviewed.ts";
import { describeCancellation, isCancelledByDecision } from "../review-book/rulings.ts";
import { type RankingGroup, rankingGroupOf } from "../scoring/ranking-group.ts";
import type { Account } from "./account.ts";
import type { AssessedGroup, Assessment, Evidence } from "./assess.ts";
import { remarkOf, whyOutside } from "./ranking-remarks.ts";
import { type Standing, standingOfUnassigned } from "./standing.ts";

/** A line of 汇总; without a rank it is pending, cancelled or outside the ranking, and `remark` says which. */
export interface RankingRow {
  readonly standing: Standing;
  readonly group?: RankingGroup;
  readonly rank?: number;
  readonly award?: string;
  readonly evidence?: Evidence;
  readonly remark: string;
}

const unsureRemark = "未参加排名：案例表中的哪个案例是它，不能确定";

/**
 * Every submission under review or waiting for it: group by group the ranked, those that lack reviews, those cancelled
 * by a ruling, those nobody reviews yet; then those outside every group.
 *
 * @param proposed keys of those that a spare review is proposed for
 */
export function listRankingRows(
  award: AwardData,
  review: PlacedReview,
  { groups, outside, rulings }: Assessment,
  { unassigned, ruledOut }: Pick<Account, "unassigned" | "ruledOut">,
  proposed: ReadonlySet<string>,
): RankingRow[] {
  const { settings } = award;
  const rows = groups.flatMap((group) => rowsOfGroup(group, settings.awards, proposed));
  const add = (submission: Submission, remark: string) => {
    const group = rankingGroupOf(submission, settings);
    const row = { standing: standingOfUnassigned(submission), remark };
    insertInGroup(rows, group ? { ...row, group } : row);
  };
  for (const { submission, reason } of unassigned) add(submission, `待评：${reason}`);
  for (const submission of ruledOut) {
    const decision = rulings.inForce.get(submission.key);
    if (decision) add(submission, describeCancellation(decision));
  }
  const unsure = new Set(review.unsure.map((each) => each.reviewed.reviewId));
  const rest = outside.map(({ standing, group, decision }): RankingRow => {
    if (group && standing.inReview && decision) return { standing, group, remark: describeCancellation(decision) };
    return { standing, remark: unsure.has(standing.reviewed.reviewId) ? unsureRemark : whyOutside(standing) };
  });
  return withCorrections([...rows, ...rest], review);
}

function rowsOfGroup(
  { ranked, pending, scored }: AssessedGroup,
  awards: readonly Award[],
  proposed: ReadonlySet<string>,
): RankingRow[] {
  /** How many stand at each rank. */
  const tied = new Map<number, number>();
  for (const { place } of ranked) tied.set(place.rank, (tied.get(place.rank) ?? 0) + 1);
  const places = ranked.map((each): RankingRow => {
    const { candidate, place, evidence } = each;
    return {
      standing: candidate.standing,
      group: candidate.group,
      rank: place.rank,
      award: awards[place.award]?.label ?? "",
      evidence,
      remark: remarkOf(each, awards, tied.get(place.rank) ?? 1, proposed.has(place.id)),
    };
  });
  const waiting = pending.map(({ standing, group }): RankingRow => {
    const { scores, required } = standing;
    return { standing, group, remark: `待评：已收到 ${scores.length} 份完整评分，需 ${required} 份` };
  });
  const cancelled = scored.flatMap(({ standing, group, decision }): RankingRow[] =>
    decision && isCancelledByDecision(decision) ? [{ standing, group, remark: describeCancellation(decision) }] : [],
  );
  return [...places, ...waiting, ...cancelled];
}

/** Behind the last row of its group; at the end where the group has none. */
function insertInGroup(rows: RankingRow[], row: RankingRow): void {
  const order = row.group?.order;
  const last = rows.reduce((found, other, i) => (other.group?.order === order ? i : found), rows.length - 1);
  rows.splice(last + 1, 0, row);
}

/** What was corrected since the last assignment stands behind the remarks. */
function withCorrections(rows: readonly RankingRow[], { found }: Pick<PlacedReview, "found">): RankingRow[] {
  const corrected = new Map(found.map((each) => [each.reviewId, `更正：${each.reason}，评审编号和评分不变`]));
  return rows.map((row) => {
    const correction = corrected.get(row.standing.reviewed.reviewId);
    if (correction === undefined) return row;
    return { ...row, remark: [row.remark, correction].filter((part) => part !== "").join("；") };
  });
}
