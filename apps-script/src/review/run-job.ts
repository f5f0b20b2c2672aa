import type { ActionContext } from "../actions/action.ts";
import { showProgress } from "../actions/show-dialog.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { activeJob, goOn, refuseSecondJob, startJob } from "./jobs/job-engine.ts";
import type { JobKind } from "./jobs/job-host.ts";

/**
 * Where an execution broke off, the same menu item goes on at once.
 *
 * @returns whether it did
 * @throws JobRunningError while another job is under way, or this one is paused
 */
export function goOnIfBroken(kind: JobKind): boolean {
  const host = documentJobs();
  const active = activeJob(host);
  if (active?.kind !== kind.key || active.state !== "running") {
    refuseSecondJob(host);
    return false;
  }
  showProgress();
  goOn(host, kind);
  return true;
}

/** Begins a job with the dialog 进度 open beside it. */
export function beginJob(context: ActionContext, kind: JobKind, items: readonly string[], parameter = ""): void {
  showProgress();
  startJob(documentJobs(), kind, { items, by: context.user, parameter });
}
