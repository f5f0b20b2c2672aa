import type { AssignmentView, FindingsView, ProgressView, RankingView } from "./views.ts";

/** The functions of the two scripts that pages call by `google.script.run`. An error's message is shown as it is. */
export interface ServerFunctions {
  loadFindings(): FindingsView;
  goToCell(sheet: string, row: number, column: number): void;
  loadAssignmentPreview(): AssignmentView;
  /** What was written, in Chinese; nothing when there is nothing to add. */
  applyAssignment(token: string): string | undefined;
  loadProgress(): ProgressView;
  pauseJob(): void;
  resumeJob(): void;
  cancelJob(): void;
  loadRanking(): RankingView;
}
