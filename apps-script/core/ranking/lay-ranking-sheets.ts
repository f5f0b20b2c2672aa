import type { Notice } from "../notice/notice.ts";
import { layRows } from "../review-book/generated-sheet.ts";
import { readReview } from "../review-book/read-review.ts";
import type { SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { overviewLook, readOverviewTable } from "./write-expert-overview.ts";
import { rankingLook, resultsLook } from "./write-ranking.ts";

/**
 * Lays 汇总, 结果 and 专家情况 out for as many rows as a ranking of this review can have, for a host in which that costs
 * too much to be done with every ranking.
 */
export function layRankingSheets(notice: Notice, snapshot: WorkbookSnapshot): SheetPatch[] {
  const { tables } = readReview(snapshot, notice);
  const overview = readOverviewTable(snapshot);
  const submissions = tables.reviewed.rows.length;
  return [
    layRows(notice, tables.ranking, rankingLook(notice), submissions),
    layRows(notice, tables.results, resultsLook, submissions),
    ...(overview ? [layRows(notice, overview, overviewLook, tables.reviewers.rows.length)] : []),
  ];
}
