import { logSheet } from "../../core/schema/application.ts";
import { runReading } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";

/** 操作日志. */
export function showLog(): void {
  runReading("操作日志", () => {
    const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheetByName(logSheet.label);
    if (!sheet) throw new ActionError(`工作簿里没有“${logSheet.label}”表，请先点“初始化工作簿”。`);
    sheet.activate();
  });
}

/** For the sidebar: shows a cell. @throws Error when there is no such sheet or row */
export function goToCell(sheet: string, row: number, column: number): void {
  const found = SpreadsheetApp.getActiveSpreadsheet().getSheetByName(String(sheet));
  if (!found) throw new ActionError(`找不到“${sheet}”表，它可能已改名；请重新检查。`);
  found.activate();
  if (row === 0) return;
  const isInside = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most;
  if (!isInside(row, found.getMaxRows()))
    throw new ActionError(`“${sheet}”没有第 ${row} 行，行可能已删除；请重新检查。`);
  found.getRange(row, isInside(column, found.getMaxColumns()) ? column : 1).activate();
}
