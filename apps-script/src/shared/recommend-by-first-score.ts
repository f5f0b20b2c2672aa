import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAward } from "../../core/award/read-award.ts";
import {
  listLeft,
  listQuotaTies,
  recommendAction,
  recommendationParameters,
  summariseRecommendation,
} from "../../core/check/describe-check.ts";
import { lastFindings } from "../../core/check/read-findings.ts";
import { recommendSubmissions } from "../../core/check/recommend.ts";
import { parseCivilDate } from "../../core/text/civil-date.ts";
import type { SheetPatch } from "../../core/workbook/port.ts";
import { type ActionContext, askText, type Planned, runAsked, runReading, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { lastLogRow } from "../actions/attempt.ts";
import { forgetLines, keepLines, loadLines, type Properties } from "../actions/kept-lines.ts";
import { appendLogRow, isLoggedSince } from "../actions/log.ts";
import { writeProgress } from "../application/experts-moved.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { digestAward, openAward, requireAdministrator } from "./award-book.ts";

/** A dialog is lower than a terminal. */
const mostNamed = 5;
const title = "按初评分推荐";

/**
 * Document property: an attempt that has begun to write. Its 案例编号 stand under keys of their own, so that 日志 counts
 * everything that was ticked and nothing that was not.
 */
const attemptKey = "casebook.recommending";
const idsKey = "casebook.recommending.ids.";

interface Attempt {
  /** The last row of 日志 when it began. */
  readonly logRow: number;
}

/** 案例编号 that interrupted attempts meant to tick. */
function readAttempt(book: GoogleWorkbook, properties: Properties): { ids: string[]; attempt: Attempt | undefined } {
  const text = properties.getProperty(attemptKey);
  // An earlier version kept a number.
  const attempt = text?.startsWith("{") ? (JSON.parse(text) as Attempt) : undefined;
  if (!attempt || isLoggedSince(book.spreadsheet, attempt.logRow, recommendAction))
    return { ids: [], attempt: undefined };
  return { ids: loadLines(properties, idsKey), attempt };
}

/** The key is written last: where it is, the list is complete. */
function saveAttempt(properties: Properties, ids: readonly string[], logRow: number): void {
  keepLines(properties, idsKey, ids);
  properties.setProperty(attemptKey, JSON.stringify({ logRow } satisfies Attempt));
}

function forgetAttempt(properties: Properties): void {
  properties.deleteProperty(attemptKey);
  forgetLines(properties, idsKey);
}

/** Dates first: the next attempt passes over a row that is ticked. */
function write(book: GoogleWorkbook, { name, edits = [] }: SheetPatch): void {
  const dates = edits.filter(({ value }) => typeof value === "object");
  const ticks = edits.filter(({ value }) => typeof value !== "object");
  for (const part of [dates, ticks]) if (part.length > 0) book.apply({ sheets: [{ name, edits: part }] });
}

/** 按初评分推荐: ticks clean submissions within the quotas, best first; unticks nothing. */
export function recommendByFirstScore(): void {
  runReading(title, (context) => {
    const typed = askText(context, title, "推荐日期，如 2025-10-20（可留空，以后再填）：");
    if (typed === undefined) return;
    const date = typed === "" ? undefined : parseCivilDate(typed);
    if (typed !== "" && date === undefined)
      throw new ActionError(`“${typed}”不是日期，请写成 2025-10-20 这样；没有做任何改动。`);
    runAsked(title, (now) => plan(now, date));
  });
}

function plan(context: ActionContext, date: string | undefined): Planned | undefined {
  const book = openAward();
  requireAdministrator(book.spreadsheet, context.user, title);
  const { recommended, left, ties, patch } = recommendSubmissions(book.snapshot, noticeOf(book.snapshot), date);
  const properties = PropertiesService.getDocumentProperties();
  const { ids, attempt } = readAttempt(book, properties);
  const meant = new Set(ids);
  const award = readAward(book.snapshot, noticeOf(book.snapshot));
  const earlier = award.submissions.filter((submission) => submission.recommended && meant.has(submission.id)).length;
  const reasons = [...listLeft(left, "", mostNamed), ...listQuotaTies(ties)].map((line) => `  ${line}`);
  if (recommended.length === 0 && earlier === 0) {
    if (attempt) forgetAttempt(properties);
    tell(context, title, [`没有可以新推荐的案例，未推荐 ${left.length} 个：`, ...reasons].join("\n"));
    return undefined;
  }
  const question = [
    `将把 ${recommended.length} 个案例的“推荐”填为“是”${date === undefined ? "，“推荐日期”不填" : `，“推荐日期”填 ${date}`}；已经填“是”的不动。`,
    `未推荐 ${left.length} 个：`,
    ...reasons,
  ];
  const perform = () => {
    const inputs = [digestAward(book)];
    saveAttempt(properties, [...meant, ...recommended], attempt?.logRow ?? lastLogRow(book.spreadsheet));
    for (const sheet of patch.sheets) write(book, sheet);
    writeProgress(book, context.now, lastFindings(book.snapshot));
    const count = earlier + recommended.length;
    appendLogRow(book, context, {
      action: recommendAction,
      parameters: recommendationParameters(date),
      outcome: summariseRecommendation(count, left.length),
      inputs,
    });
    forgetAttempt(properties);
    tell(context, title, `新推荐 ${count} 个案例，未推荐 ${left.length} 个。请核对“推荐”一列，再运行“检查全部”。`);
  };
  return { question: question.join("\n"), basis: recommended.join("、"), perform };
}
