import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAward } from "../../core/award/read-award.ts";
import { readProgress } from "../../core/progress/award-progress.ts";
import { readExpertProgress } from "../../core/progress/expert-progress.ts";
import { readReview } from "../../core/review-book/read-review.ts";
import { onlineStates } from "../../core/schema/review.ts";
import { buildProgressView, viewExperts } from "../../dialogs/progress-view.ts";
import { buildRemindersView } from "../../dialogs/reminders-view.ts";
import type { ProgressView, RemindersView } from "../../dialogs/views.ts";
import { showProgress } from "../actions/show-dialog.ts";
import { clockTime } from "../google/spreadsheet-clock.ts";
import { openBooks, openReviewBook } from "./books.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { withRequest } from "./jobs/job-engine.ts";
import { type JobRequest, loadJob, loadProblems, loadRequest, saveRequest } from "./jobs/job-store.ts";
import { OnlineSheets } from "./online-sheets.ts";

/** 进度. */
export function showProgressDialog(): void {
  showProgress();
}

/** For the dialog 进度; while a job runs, the experts are left out, because they are read from the sheets. */
export function loadProgress(): ProgressView {
  const { properties, time } = documentJobs();
  const stored = loadJob(properties);
  const job = stored && withRequest(stored, loadRequest(properties), time());
  return buildProgressView(job, loadProblems(properties), job?.state === "running" ? [] : listExperts());
}

function listExperts(): ProgressView["experts"] {
  const book = openReviewBook();
  const online = new OnlineSheets(book);
  const notice = noticeOf(book.snapshot);
  const experts = readExpertProgress(readReview(book.snapshot, notice), notice);
  return viewExperts(experts, (expert) => online.get(expert)?.status);
}

/** For the dialog 进度: texts to paste into a chat, for each unit and each expert that still owes something. */
export function loadReminders(): RemindersView {
  const { award, review, notice } = openBooks();
  const online = new OnlineSheets(review);
  // The address of a file differs from that of another in its id alone; to open hundreds of files takes minutes.
  const [before, after] = review.spreadsheet.getUrl().split(review.spreadsheet.getId());
  const linkOf = (expert: string) => {
    const sheet = online.get(expert);
    return sheet?.status === onlineStates.shared ? `${before}${sheet.file}${after ?? ""}` : undefined;
  };
  const progress = readProgress(award, review.snapshot, notice, clockTime().slice(0, 10));
  return buildRemindersView(progress, readAward(award, notice), linkOf);
}

/** Only records the request; the job takes it up at its next item or in its next execution. */
function ask(request: JobRequest): void {
  const host = documentJobs();
  saveRequest(host.properties, request);
  if (request === "resume") host.keepAwake();
}

export function pauseJob(): void {
  ask("pause");
}

export function resumeJob(): void {
  ask("resume");
}

export function cancelJob(): void {
  ask("cancel");
}
