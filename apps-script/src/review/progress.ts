import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readReview } from "../../core/review-book/read-review.ts";
import { pairStatus } from "../../core/schema/choices.ts";
import { onlineStates } from "../../core/schema/review.ts";
import { compareText } from "../../core/text/compare.ts";
import type { ProgressView } from "../../dialogs/views.ts";
import { showProgress } from "../show-dialog.ts";
import { openReviewBook } from "./books.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { withRequest } from "./jobs/job-engine.ts";
import { type JobRequest, loadJob, loadProblems, loadRequest, saveRequest } from "./jobs/job-store.ts";
import { jobKinds } from "./jobs/kinds.ts";
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
  if (!job) {
    return {
      title: "",
      state: "none",
      done: 0,
      total: 0,
      message: "还没有运行过长任务。",
      problems: [],
      startedAt: "",
      updatedAt: "",
      experts: listExperts(),
    };
  }
  return {
    title: jobKinds.find((kind) => kind.key === job.kind)?.title ?? job.kind,
    state: job.state,
    done: job.index,
    total: job.total,
    message: job.message,
    problems: loadProblems(properties),
    startedAt: job.startedAt,
    updatedAt: job.updatedAt,
    experts: job.state === "running" ? [] : listExperts(),
  };
}

function listExperts(): ProgressView["experts"] {
  const book = openReviewBook();
  const online = new OnlineSheets(book);
  const counts = new Map<string, { assigned: number; scored: number }>();
  for (const pair of readReview(book.snapshot, noticeOf(book.snapshot)).pairs) {
    if (!pair.active) continue;
    const count = counts.get(pair.expert) ?? { assigned: 0, scored: 0 };
    count.assigned++;
    if (pair.status === pairStatus.scored) count.scored++;
    counts.set(pair.expert, count);
  }
  const sheetOf = (expert: string) => {
    const status = online.get(expert)?.status;
    return status === onlineStates.shared || status === onlineStates.closed ? ("online" as const) : ("none" as const);
  };
  return [...counts].sort(([a], [b]) => compareText(a, b)).map(([id, count]) => ({ id, ...count, sheet: sheetOf(id) }));
}

/** Only what is wanted is noted down here; the job takes it up, at its next item or when it is run next. */
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
