import { identifyNotice, noticeOf } from "../../core/award/notice-sheet.ts";
import { stampVersions } from "../../core/log/stamp-versions.ts";
import { logSheet } from "../../core/schema/application.ts";
import { readTable } from "../../core/tables/table.ts";
import { appendLogRow } from "../action.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { localTime } from "./jobs/document-jobs.ts";
import type { JobRecord } from "./jobs/job-store.ts";

/** Appends the row of a job to 日志, unless it is the last one there: a job may end twice. */
export function logOnce(book: GoogleWorkbook, job: JobRecord, entry: Parameters<typeof appendLogRow>[2]): void {
  const parameters = [entry.parameters, `${job.startedAt} 开始`].filter((part) => part !== "").join("；");
  const { rows } = readTable(book.snapshot, logSheet, [logSheet.label]);
  const last = rows[rows.length - 1];
  if (
    last?.text("action") === entry.action &&
    last?.text("parameters") === stampVersions(parameters, identifyNotice(noticeOf(book.snapshot)))
  )
    return;
  const context = { ui: undefined, user: job.by, now: localTime(new Date()) };
  appendLogRow(book, context, { ...entry, parameters });
}
