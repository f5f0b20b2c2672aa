import {
  listQuotaTies,
  listReasons,
  recommendAction,
  recommendationParameters,
  summariseRecommendation,
} from "../../core/check/describe-check.ts";
import { recommendSubmissions } from "../../core/check/recommend.ts";
import { noticeOf } from "../../core/notice/notice-sheet.ts";
import { parseCivilDate } from "../../core/text/civil-date.ts";
import type { SheetPatch } from "../../core/workbook/port.ts";
import { ActionError, appendLogRow, askText, confirm, runAction, tell } from "../action.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { digestAward, openAward, requireAdministrator } from "./award-book.ts";

const title = "按初评分推荐";

/** Document property: how many were left before an attempt that did not come to its end, so that 日志 counts the whole. */
const attemptKey = "casebook.recommending";

/** Dates first: a row that is ticked is not looked at again. */
function write(book: GoogleWorkbook, { name, edits = [] }: SheetPatch): void {
  const dates = edits.filter(({ value }) => typeof value === "object");
  const ticks = edits.filter(({ value }) => typeof value !== "object");
  for (const part of [dates, ticks]) if (part.length > 0) book.apply({ sheets: [{ name, edits: part }] });
}

/** 按初评分推荐: ticks clean submissions within the quotas, best first; unticks nothing. */
export function recommendByFirstScore(): void {
  runAction(title, (context) => {
    const typed = askText(context, title, "推荐日期，如 2025-10-20（可留空，以后再填）：");
    if (typed === undefined) return;
    const date = typed === "" ? undefined : parseCivilDate(typed);
    if (typed !== "" && date === undefined)
      throw new ActionError(`“${typed}”不是日期，请写成 2025-10-20 这样；没有做任何改动。`);
    const book = openAward();
    requireAdministrator(book.spreadsheet, context.user, title);
    const { recommended, left, ties, patch } = recommendSubmissions(book.snapshot, noticeOf(book.snapshot), date);
    const properties = PropertiesService.getDocumentProperties();
    const earlier = Number(properties.getProperty(attemptKey) ?? 0);
    const reasons = [...listReasons(left), ...listQuotaTies(ties)].map((line) => `  ${line}`);
    if (recommended.length === 0 && earlier === 0) {
      tell(context, title, [`没有可以新推荐的案例，未推荐 ${left.length} 个：`, ...reasons].join("\n"));
      return;
    }
    const question = [
      `将把 ${recommended.length} 个案例的“推荐”填为“是”${date === undefined ? "，“推荐日期”不填" : `，“推荐日期”填 ${date}`}；已经填“是”的不动。`,
      `未推荐 ${left.length} 个：`,
      ...reasons,
    ];
    if (!confirm(context, title, question.join("\n"))) return;
    const inputs = [digestAward(book)];
    properties.setProperty(attemptKey, String(Math.max(earlier, recommended.length)));
    for (const sheet of patch.sheets) write(book, sheet);
    const count = Math.max(earlier, recommended.length);
    appendLogRow(book, context, {
      action: recommendAction,
      parameters: recommendationParameters(date),
      outcome: summariseRecommendation(count, left.length),
      inputs,
    });
    properties.deleteProperty(attemptKey);
    tell(context, title, `新推荐 ${count} 个案例，未推荐 ${left.length} 个。请核对“推荐”一列，再运行“检查全部”。`);
  });
}
