import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readReview } from "../../core/review-book/read-review.ts";
import { buildProgressView, countByExpert } from "../../dialogs/progress-view.ts";
import type { ProgressView } from "../../dialogs/views.ts";
import { showProgress } from "../actions/show-dialog.ts";
import { openReviewBook } from "./books.ts";
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
  const { pairs } = readReview(book.snapshot, noticeOf(book.snapshot));
  return countByExpert(pairs, (expert) => online.get(expert)?.status);
}

/** Only records the request; the job takes it up at its next item or in its next execution. */
function ask(request: JobRequest): void {
  const host = documentJobs();
  saveRequest(host.properties, request);
  if (request === "resume") host.wake(1_000);
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
