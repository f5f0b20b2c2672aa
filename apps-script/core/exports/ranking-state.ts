/** Whether there is a ranking to make lists of. */
import type { AwardData } from "../award/award.ts";
import type { LastRanking } from "../ranking/read-ranking.ts";
import { identifierKey } from "../text/identity.ts";
import { findCancelled } from "./circular.ts";

/** A ranking to print, or why there is none yet, with the remedy. */
export function rankingOrReason(ranking: LastRanking | undefined): LastRanking | string {
  if (!ranking) return "还没有评审工作簿，请先运行 casebook assign";
  return ranking.lines.length === 0 ? "还没有排名，请先收回评分并运行 casebook rank" : ranking;
}

/** Winners that were cancelled after the ranking: no list of winners may go out; undefined when there are none. */
export function whyStaleRanking(award: AwardData, { review, results }: LastRanking): string | undefined {
  // By the number alone, whatever the unit: rather a list too few than a winner too many.
  const cancelled = new Set(findCancelled(award, review).map(({ id }) => identifierKey(id)));
  const stale = results.filter(({ isWinner, id }) => isWinner && cancelled.has(identifierKey(id)));
  if (stale.length === 0) return undefined;
  return `${stale.map(({ id }) => id).join("、")} 在排名之后被取消资格，请重新运行 casebook rank，由后面的案例递补后再输出`;
}

/** A ranking whose winners may be published, or why there is none. */
export function winnersOrReason(award: AwardData, ranking: LastRanking | undefined): LastRanking | string {
  const found = rankingOrReason(ranking);
  return typeof found === "string" ? found : (whyStaleRanking(award, found) ?? found);
}

/** Cancelled submissions of which it is not known whether the circular names them; undefined when there are none. */
export function whyUndecided(undecided: readonly string[]): string | undefined {
  if (undecided.length === 0) return undefined;
  return `${undecided.join("、")} 已取消资格，但取消类别没有填写或无法识别，不能判断是否通报；请补填后重新输出`;
}
