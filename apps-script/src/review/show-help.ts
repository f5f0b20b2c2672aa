import { noticeOf } from "../../core/award/notice-sheet.ts";
import { buildReviewHelpView } from "../../dialogs/help-view.ts";
import type { HelpView } from "../../dialogs/views.ts";
import { showHelpSidebar } from "../actions/show-dialog.ts";
import { openWorkbook } from "../google/workbook.ts";

/** 帮助: how a review is run, step by step. */
export function showHelp(): void {
  showHelpSidebar();
}

/** For the sidebar 帮助; of the workbook only a notice of its own is read. */
export function loadHelp(): HelpView {
  return buildReviewHelpView(noticeOf(openWorkbook(SpreadsheetApp.getActiveSpreadsheet()).snapshot));
}
