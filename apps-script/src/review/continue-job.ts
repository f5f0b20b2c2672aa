import { holdLock } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { collecting } from "./collect-scores.ts";
import { documentJobs } from "./jobs/document-jobs.ts";
import { continueJob as continueWork } from "./jobs/job-engine.ts";
import { loadJob } from "./jobs/job-store.ts";
import { makingScoreSheets } from "./make-score-sheets.ts";
import { reminding } from "./remind-reviewers.ts";

/** The triggers of the clock and of opening: go on with the job, unless somebody is at work in this workbook. */
export function continueJob(): void {
  const host = documentJobs();
  const job = loadJob(host.properties);
  try {
    holdLock({ title: job?.title ?? "", user: job?.by ?? "" }, () =>
      continueWork(host, [makingScoreSheets, reminding, collecting]),
    );
  } catch (error) {
    // The next firing is five minutes away.
    if (!(error instanceof ActionError)) throw error;
  }
}
