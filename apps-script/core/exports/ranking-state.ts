import type { AwardData } from "../award/award.ts";
import type { ReviewData } from "../review-book/read-review.ts";
import { findCancelled } from "./circular.ts";
import { isWinner } from "./public-notice.ts";

/** Why there is no ranking to print yet, with the remedy; undefined when there is one. */
export function whyNoRanking(review: ReviewData | undefined): string | undefined {
  if (!review) return "还没有评审工作簿，请先运行 casebook assign";
  return review.tables.ranking.rows.length === 0 ? "还没有排名，请先收回评分并运行 casebook rank" : undefined;
}

/** Winners that were cancelled after the ranking: no list of winners may go out; undefined when there are none. */
export function whyStaleRanking(award: AwardData, review: ReviewData): string | undefined {
  const cancelled = new Set(findCancelled(award, review).map((c) => c.id));
  const stale = review.tables.results.rows
    .filter((r) => isWinner(r) && cancelled.has(r.text("id")))
    .map((r) => r.text("id"));
  if (stale.length === 0) return undefined;
  return `${stale.join("、")} 在排名之后被取消资格，请重新运行 casebook rank，由后面的案例递补后再输出`;
}

/** Cancelled submissions of which nobody can tell whether the circular names them; undefined when there are none. */
export function whyUndecided(undecided: readonly string[]): string | undefined {
  if (undecided.length === 0) return undefined;
  return `${undecided.join("、")} 已取消资格，但取消类别没有填写或无法识别，不能判断是否通报；请补填后重新输出`;
}
