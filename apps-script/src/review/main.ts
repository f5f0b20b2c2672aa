/** The entry points of the review workbook's script: menu items, the time trigger, and what its dialogs call. */
export { applyAssignment, assignExperts, loadAssignmentPreview } from "./assign-experts.ts";
export { connectApplication } from "./connect-application.ts";
export { openDecisions, showReviewLog } from "./go-to.ts";
export { importDriveFile } from "./import-drive-file.ts";
export { onOpen } from "./menu.ts";
export { cancelJob, loadProgress, pauseJob, resumeJob, showProgressDialog } from "./progress.ts";
export { loadRanking, rankSubmissions } from "./rank-submissions.ts";
export { replayActions } from "./replay-actions.ts";
export { continueJob } from "./run-job.ts";
export { setFirstReview } from "./set-first-review.ts";
export { collectScores } from "./start-collecting.ts";
export { remindReviewers } from "./start-reminding.ts";
export { makeScoreSheets } from "./start-score-sheets.ts";
export { takeOverExperts } from "./take-over-experts.ts";
