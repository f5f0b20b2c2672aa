import { logSheet } from "../../core/schema/application.ts";
import { decisionsSheet } from "../../core/schema/review.ts";
import { runReading } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { openReviewBook } from "./books.ts";

/** 裁定: shows the sheet, with what to do there. */
export function openDecisions(): void {
  showSheet("裁定", decisionsSheet.label);
  SpreadsheetApp.getActiveSpreadsheet().toast(
    "每个决定填一行：案例编号、决定（取消资格 / 调整奖项 / 维持）、理由、日期、记录人。填好后再运行“汇总排名”，决定才会生效。",
    "裁定",
    30,
  );
}

/** 操作日志. */
export function showReviewLog(): void {
  showSheet("操作日志", logSheet.label);
}

function showSheet(title: string, name: string): void {
  runReading(title, () => {
    const sheet = openReviewBook().spreadsheet.getSheetByName(name);
    if (!sheet) throw new ActionError(`评审工作簿里没有“${name}”表，请把改过的表名改回来，或从版本记录恢复。`);
    sheet.activate();
  });
}
