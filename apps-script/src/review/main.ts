/** The entry points of the review workbook's script: menu items, the time trigger, and what its dialogs call. */
export { applyAssignment, assignExperts, loadAssignmentPreview } from "./assign-experts.ts";
export { collectScores } from "./collect-scores.ts";
export { connectApplication } from "./connect-application.ts";
export { continueJob } from "./continue-job.ts";
export { fillReviewMaterials } from "./fill-materials.ts";
export { openDecisions, showReviewLog } from "./go-to.ts";
export { importDriveFile, importPriorWinners } from "./import-drive-file.ts";
export { makeScoreSheets } from "./make-score-sheets.ts";
export { onOpen } from "./menu.ts";
export { cancelJob, loadProgress, loadReminders, pauseJob, resumeJob, showProgressDialog } from "./progress.ts";
export { loadRanking, rankSubmissions } from "./rank-submissions.ts";
export { remindReviewers } from "./remind-reviewers.ts";
export { replayActions } from "./replay-actions.ts";
export { setFirstReview } from "./set-first-review.ts";
export { loadHelp, showHelp } from "./show-help.ts";
export { takeOverExperts } from "./take-over-experts.ts";
