/** The official lists, as new workbooks and CSV text. */

import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { readRanking } from "../ranking/read-ranking.ts";
import { placeReviewed } from "../review-book/find-reviewed.ts";
import { readReview } from "../review-book/read-review.ts";
import { layOutPrintedTable, type PrintedTable } from "../tables/printed-table.ts";
import { safeFileName } from "../text/file-name.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { circular } from "./circular.ts";
import { formatCsv } from "./csv.ts";
import { draftHeader, draftSuffix } from "./draft.ts";
import { expertList } from "./expert-list.ts";
import { nameUnits } from "./name-files.ts";
import { publicationList } from "./publication-list.ts";
import { rankingOrReason, whyUndecided } from "./ranking-state.ts";
import { recommendationList } from "./recommendation-list.ts";
import { scoreSummary } from "./score-summary.ts";

export type ExportFile =
  | { readonly fileName: string; readonly kind: "xlsx"; readonly patch: WorkbookPatch }
  | { readonly fileName: string; readonly kind: "csv"; readonly text: string };

export interface Exports {
  readonly files: readonly ExportFile[];
  /** What cannot be made yet, or not whole, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

function workbook(name: string, table: PrintedTable): ExportFile {
  const patch = { sheets: [layOutPrintedTable(table)], properties: { title: table.title, creator: "评案簿" } };
  return { fileName: `${safeFileName(name)}.xlsx`, kind: "xlsx", patch };
}

/**
 * Every list that can be made: 推荐案例汇总表 of each unit, 专家名单 and 通报名单 always; 评分汇总 and 发布清单 once
 * there is a ranking. 公示名单 is a form, `forms/published-lists.ts`.
 *
 * @param draft marks what goes out to the public
 * @throws WorkbookStructureError when a sheet or column of either workbook is missing
 */
export function buildExports(
  application: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot | undefined,
  notice: Notice,
  draft = false,
): Exports {
  const award = readAward(application, notice);
  const { settings } = award;
  const review = reviewSnapshot && placeReviewed(award, readReview(reviewSnapshot, settings.notice));
  const units = award.units.filter((u) => u.name !== "");
  const unitNames = nameUnits(units);
  const outgoing = (name: string, table: PrintedTable) =>
    draft
      ? workbook(`${name}${draftSuffix}`, { ...table, title: `${table.title}${draftSuffix}`, header: draftHeader })
      : workbook(name, table);
  const files = units.map((unit, i) => workbook(`推荐案例汇总表-${unitNames[i]}`, recommendationList(award, unit)));
  const skipped: Exports["skipped"][number][] = [];
  files.push(workbook("专家名单", expertList(award)));

  const { table, undecided } = circular(award, review);
  files.push(outgoing("通报名单", table));
  const unclear = whyUndecided(undecided);
  if (unclear) skipped.push({ name: "通报名单中的部分案例", reason: unclear });

  const ranking = rankingOrReason(review && readRanking(award, review));
  if (typeof ranking === "string") {
    for (const name of ["评分汇总", "发布清单"]) skipped.push({ name, reason: ranking });
    return { files, skipped };
  }
  files.push(workbook("评分汇总", scoreSummary(ranking, settings.notice)));
  const text = formatCsv(publicationList(award, ranking));
  files.push({ fileName: `发布清单${draft ? draftSuffix : ""}.csv`, kind: "csv", text });
  return { files, skipped };
}
