/** The rows of 日志 that the review's own actions and its jobs leave. */

import { identifyNotice, noticeOf } from "../../core/award/notice-sheet.ts";
import { type Description, type LoggedAction, stampVersions } from "../../core/log/log.ts";
import { archiveInSheet, notKept } from "../../core/replay/archive-sheet.ts";
import { digestFrozen, type FrozenAction, writeFrozen } from "../../core/replay/frozen-action.ts";
import { logSheet } from "../../core/schema/application.ts";
import { archiveSheet } from "../../core/schema/review.ts";
import { readTable } from "../../core/tables/table.ts";
import type { ActionContext } from "../actions/action.ts";
import { appendDescribed, appendLogRow, isLeftBy } from "../actions/log.ts";
import { clockTime } from "../google/spreadsheet-clock.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import type { JobRecord } from "./jobs/job-store.ts";

/**
 * Stores the data that an action was computed from in the hidden sheet 档案 and logs the action with their digest.
 *
 * @param changes as of `appendLogRow`
 */
export function logFrozen(
  review: GoogleWorkbook,
  context: ActionContext,
  frozen: FrozenAction,
  description: Description,
  { changes = true }: { readonly changes?: boolean } = {},
): void {
  const text = writeFrozen(frozen);
  const digest = digestFrozen(text);
  if (!changes && isLeftBy(review, context, description, digest, ["outcome", "inputDigest"])) return;
  const lastRow = review.spreadsheet.getSheetByName(archiveSheet.label)?.getLastRow() ?? 0;
  const kept = archiveInSheet(lastRow, digest, text);
  if (kept) review.apply({ sheets: [kept] });
  const outcome = kept ? description.outcome : `${description.outcome}${notKept}`;
  appendDescribed(review, context, { ...description, outcome }, digest);
}

/** Appends the row of a job to 日志, unless it is there: a job may end twice. Its parameters hold when it began. */
export function logOnce(book: GoogleWorkbook, job: JobRecord, entry: LoggedAction): void {
  const parameters = [entry.parameters, `${job.startedAt} 开始`].filter((part) => part !== "").join("；");
  const { rows } = readTable(book.snapshot, logSheet, [logSheet.label]);
  const stamped = stampVersions(parameters, identifyNotice(noticeOf(book.snapshot)));
  if (rows.some((row) => row.text("action") === entry.action && row.text("parameters") === stamped)) return;
  const context = { ui: undefined, user: job.by, now: clockTime(), lastWords: [] };
  appendLogRow(book, context, { ...entry, parameters });
}
