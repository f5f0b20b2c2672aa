/** Nothing is published while anything is open: what still bars the lists that go out, each with the remedy. */
import type { Notice } from "../notice/notice.ts";
import type { OpenMatter } from "../ranking/open-matters.ts";
import { rankReview } from "../ranking/rank.ts";
import { compareStates, describeChanges, readState } from "../replay/sheet-state.ts";
import { readReview } from "../review-book/read-review.ts";
import { rankingFrame, resultsSheet } from "../schema/review.ts";
import { applyPatch } from "../workbook/apply-patch.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";

const published = [rankingFrame.key, resultsSheet.key];
const mostChanges = 3;

/**
 * Ranks anew what the two workbooks hold now: what that leaves open, and where 汇总 and 结果 differ. Cells are
 * compared, not files, so that a file saved by another program, or sorted, is the same.
 *
 * @throws WorkbookStructureError, ReviewBlockedError
 */
export function whatBarsPublishing(
  application: WorkbookSnapshot,
  review: WorkbookSnapshot,
  notice: Notice,
): readonly OpenMatter[] {
  const { open, patch } = rankReview(application, review, notice);
  const changed = (message: string): OpenMatter => ({ kind: "changed", ids: [], message });
  if (readReview(review, notice).tables.ranking.rows.length === 0)
    return [...open, changed("还没有汇总排名，请运行 casebook rank")];
  const ranked = readState(applyPatch(review, patch), notice, published);
  const changes = compareStates(ranked, readState(review, notice, published));
  if (changes.length === 0) return open;
  const first = describeChanges(changes, mostChanges, "按现在的数据应为").map((each) => each.replace(/。$/, ""));
  const where = first.slice(0, mostChanges).join("；");
  return [...open, changed(`上次汇总排名之后数据有改动，请再运行 casebook rank：${where}`)];
}
