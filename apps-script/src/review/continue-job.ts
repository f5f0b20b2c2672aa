import { collecting } from "./collect-scores.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { continueJob as continueWork } from "./jobs/job-engine.ts";
import { makingScoreSheets } from "./make-score-sheets.ts";
import { reminding } from "./remind-reviewers.ts";

/** The time trigger: goes on with the job, unless somebody is at work in this workbook; then a little later. */
export function continueJob(): void {
  const host = documentJobs();
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(1_000)) {
    host.wake(60_000);
    return;
  }
  try {
    continueWork(host, [makingScoreSheets, reminding, collecting]);
  } finally {
    lock.releaseLock();
  }
}
