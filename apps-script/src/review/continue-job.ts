import { collecting } from "./collect-scores.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { continueJob as continueWork } from "./jobs/job-engine.ts";
import { makingScoreSheets } from "./make-score-sheets.ts";
import { reminding } from "./remind-reviewers.ts";

/** The triggers of the clock and of opening: go on with the job, unless somebody is at work in this workbook. */
export function continueJob(): void {
  const host = documentJobs();
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(1_000)) return;
  try {
    continueWork(host, [makingScoreSheets, reminding, collecting]);
  } finally {
    lock.releaseLock();
  }
}
