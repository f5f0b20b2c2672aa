/** 移交专家名单 leaves its mark in the shared workbook: the checks of 专家 no longer apply there. */

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** Developer metadata. */
const movedKey = "casebook.expertsMoved";

export function areExpertsMoved(spreadsheet: Spreadsheet): boolean {
  return spreadsheet.getDeveloperMetadata().some((entry) => entry.getKey() === movedKey);
}

/** @param now when they were moved */
export function markExpertsMoved(spreadsheet: Spreadsheet, now: string): void {
  if (!areExpertsMoved(spreadsheet)) spreadsheet.addDeveloperMetadata(movedKey, now);
}
