import { noticeOf } from "../../core/award/notice-sheet.ts";
import { patchProgress } from "../../core/progress/progress-sheet.ts";
import type { Finding } from "../../core/rules/rule.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";

/** 移交专家名单 leaves its mark in the shared workbook: the checks of 专家 no longer apply there. */

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** Developer metadata. */
const movedKey = "casebook.expertsMoved";

export function areExpertsMoved(spreadsheet: Spreadsheet): boolean {
  return spreadsheet.getDeveloperMetadata().some((entry) => entry.getKey() === movedKey);
}

/** 进度 as the workbook stands now. @param findings of a check of it; left out where there was none */
export function writeProgress(
  { spreadsheet, snapshot, apply }: GoogleWorkbook,
  now: string,
  findings?: readonly Finding[],
): void {
  const known = { expertsMoved: areExpertsMoved(spreadsheet), ...(findings && { findings }) };
  apply({ sheets: [patchProgress(snapshot, noticeOf(snapshot), now.slice(0, 10), known)] });
}

/** @param now when they were moved */
export function markExpertsMoved(spreadsheet: Spreadsheet, now: string): void {
  if (!areExpertsMoved(spreadsheet)) {
    // Without a visibility it may be seen by the script alone that adds it.
    const { DOCUMENT } = SpreadsheetApp.DeveloperMetadataVisibility;
    spreadsheet.addDeveloperMetadata(movedKey, now, DOCUMENT);
  }
}
