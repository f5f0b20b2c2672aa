/** The official lists, as new workbooks and CSV text. */
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { readReview } from "../review/read-review.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { circular, findCancelled } from "./circular.ts";
import { formatCsv } from "./csv.ts";
import { expertList } from "./expert-list.ts";
import { safeFileName } from "./file-name.ts";
import { layOutPrintedTable, type PrintedTable } from "./printed-table.ts";
import { isWinner, publicNotice } from "./public-notice.ts";
import { publicationList } from "./publication-list.ts";
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

export interface ExportOptions {
  /** Head of the hash chain of the review workbook's 日志; "" without one. */
  readonly chainHead: string;
}

function workbook(name: string, table: PrintedTable): ExportFile {
  const patch = { sheets: [layOutPrintedTable(table)], properties: { title: table.title, creator: "评案簿" } };
  return { fileName: `${safeFileName(name)}.xlsx`, kind: "xlsx", patch };
}

/** Names that no two units share, whatever case a file system keeps. */
function nameUnits(units: readonly { readonly name: string; readonly code: string }[]): string[] {
  const taken = new Set<string>();
  return units.map(({ name, code }, i) => {
    const candidates = [name, `${name}-${code}`, `${name}-${code}-${i + 1}`].map(safeFileName);
    const free = candidates.find((c) => !taken.has(c.toLowerCase())) ?? `${i + 1}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/**
 * Every list that can be made: 推荐案例汇总表 of each unit, 专家名单 and 通报名单 always; 评分汇总, 公示名单 and
 * 发布清单 once there is a ranking. The reports of findings are made by `check/unit-report.ts`.
 *
 * @throws WorkbookStructureError when a sheet or column of either workbook is missing
 */
export function buildExports(
  application: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot | undefined,
  notice: Notice,
  { chainHead }: ExportOptions,
): Exports {
  const award = readAward(application, notice);
  const { settings } = award;
  const review = reviewSnapshot && readReview(reviewSnapshot, settings.notice);
  const units = award.units.filter((u) => u.name !== "");
  const unitNames = nameUnits(units);
  const files = units.map((unit, i) => workbook(`推荐案例汇总表-${unitNames[i]}`, recommendationList(award, unit)));
  const skipped: Exports["skipped"][number][] = [];
  files.push(workbook("专家名单", expertList(award)));

  const { table, undecided } = circular(award, review);
  files.push(workbook("通报名单", table));
  if (undecided.length > 0) {
    const reason = `${undecided.join("、")} 已取消资格，但取消类别没有填写或无法识别，不能判断是否通报；请补填后重新输出`;
    skipped.push({ name: "通报名单中的部分案例", reason });
  }

  if (!review || review.tables.ranking.rows.length === 0) {
    const reason = review
      ? "还没有排名，请先收回评分并运行 casebook rank"
      : "还没有评审工作簿，请先运行 casebook assign";
    for (const name of ["评分汇总", "公示名单", "发布清单"]) skipped.push({ name, reason });
    return { files, skipped };
  }
  files.push(workbook("评分汇总", scoreSummary(review, settings.notice)));
  const cancelled = new Set(findCancelled(award, review).map((c) => c.id));
  const stale = review.tables.results.rows
    .filter((r) => isWinner(r) && cancelled.has(r.text("id")))
    .map((r) => r.text("id"));
  if (stale.length > 0) {
    const reason = `${stale.join("、")} 在排名之后被取消资格，请重新运行 casebook rank，由后面的案例递补后再输出`;
    skipped.push({ name: "公示名单", reason });
  } else files.push(workbook("公示名单", publicNotice(review, settings, chainHead)));
  files.push({ fileName: "发布清单.csv", kind: "csv", text: formatCsv(publicationList(award, review)) });
  return { files, skipped };
}
