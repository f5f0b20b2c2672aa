import type { AssignmentView, FindingsView, HelpView, ProgressView, RankingView, RemindersView } from "./views.ts";

/** What pages call, whichever host shows them. An error's message is shown as it is when it is Chinese. */
export interface ServerFunctions {
  loadFindings(): FindingsView;
  goToCell(sheet: string, row: number, column: number): void;
  loadHelp(): HelpView;
  loadAssignmentPreview(): AssignmentView;
  /** What was written, in Chinese; nothing when there is nothing to add. */
  applyAssignment(token: string): string | undefined;
  loadProgress(): ProgressView;
  loadReminders(): RemindersView;
  pauseJob(): void;
  resumeJob(): void;
  cancelJob(): void;
  loadRanking(): RankingView;
}
