import type { ActionContext } from "../action.ts";
import { showProgress } from "../show-dialog.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { activeJob, continueJob as continueWork, startJob } from "./jobs/job-engine.ts";
import type { JobKind } from "./jobs/job-host.ts";
import { jobKinds } from "./jobs/kinds.ts";

/** Where an execution broke off, the same menu item goes on at once. Returns whether it did. */
export function goOnIfBroken(kind: JobKind): boolean {
  const host = documentJobs();
  const active = activeJob(host);
  if (active?.kind !== kind.key || active.state !== "running") return false;
  showProgress();
  continueWork(host, jobKinds);
  return true;
}

/** Begins a job with the dialog 进度 open beside it. */
export function beginJob(context: ActionContext, kind: JobKind, items: readonly string[], parameter = ""): void {
  showProgress();
  startJob(documentJobs(), jobKinds, kind, { items, by: context.user, parameter });
}

/** The time trigger: goes on with the job, unless somebody is at work in this workbook; then a little later. */
export function continueJob(): void {
  const host = documentJobs();
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(1_000)) {
    host.wake(60_000);
    return;
  }
  try {
    continueWork(host, jobKinds);
  } finally {
    lock.releaseLock();
  }
}
