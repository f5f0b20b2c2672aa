import { refreshApplicationLayout } from "../../core/application-book/application-book.ts";
import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAwardTables } from "../../core/award/read-award.ts";
import { digestSnapshot } from "../../core/log/log.ts";
import { submissionsSheet, unitsSheet } from "../../core/schema/application.ts";
import { type ActionContext, runAsked, tell } from "../actions/action.ts";
import { appendLogRow } from "../actions/log.ts";
import { describeAccess, protectRows } from "../application/access.ts";
import { closeLeftOpen } from "../application/close-left-open.ts";
import { lockSheets, typedSheetNames } from "../application/lock-sheets.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { isLocked, openAward, rememberLock, requireAdministrator } from "./award-book.ts";

const lockTitle = "锁定填报";
const unlockTitle = "解锁填报";

/** 锁定填报: only administrators may write in the sheets that officers fill in. */
export function lockSubmissions(): void {
  runAsked(lockTitle, (context) => {
    const book = openAward([], () => false);
    requireAdministrator(book.spreadsheet, context.user, lockTitle);
    const names = typedSheetNames(book);
    const question = `将锁定 ${names.length} 张表：${names.join("、")}。\n锁定后只有管理员能改，其他人仍能查看；“${unlockTitle}”可以恢复。`;
    const perform = () => {
      rememberLock(true);
      const leftOpen = closeLeftOpen(book, context.user);
      lockSheets(book);
      appendLogRow(book, context, {
        action: lockTitle,
        parameters: names.join("、"),
        outcome: `锁定 ${names.length} 张表`,
        inputs: [],
      });
      const words = ["已锁定。各单位现在只能查看；填写的内容没有变化。", leftOpen];
      tell(context, lockTitle, words.filter(Boolean).join("\n"));
    };
    return { question, perform };
  });
}

/** 解锁填报: each unit may write in its own rows again. */
export function unlockSubmissions(): void {
  runAsked(unlockTitle, (context) => {
    const book = openAward();
    requireAdministrator(book.spreadsheet, context.user, unlockTitle);
    const names = typedSheetNames(book);
    const question = [
      `将${isLocked() ? "解除锁定" : "重新划定保护"}：${names.join("、")}。`,
      `“案例”里各单位连在一起的行，只有该单位“邮箱”里的人和管理员能改；表头、计算列和“单位”表只有管理员能改。`,
    ];
    const perform = () => unlock(book, names, context);
    return { question: question.join("\n"), perform };
  });
}

function unlock(book: GoogleWorkbook, names: readonly string[], context: ActionContext): void {
  const leftOpen = closeLeftOpen(book, context.user);
  for (const { name, layout } of refreshApplicationLayout(book.snapshot, noticeOf(book.snapshot)).sheets) {
    const sheet = names.includes(name) ? book.spreadsheet.getSheetByName(name) : null;
    if (sheet && layout) book.protect(sheet, layout.protected ?? false, layout.styles ?? []);
  }
  const settings = book.spreadsheet.getSheetByName(readAwardTables(book.snapshot).settings.name);
  if (settings) book.protect(settings, true, []);
  const outcome = protectRows(book);
  rememberLock(false);
  appendLogRow(book, context, {
    action: unlockTitle,
    parameters: "",
    outcome: `保护 ${outcome.blocks.length - outcome.refused.length} 个单位的行，未保护 ${outcome.scattered.length + outcome.withoutEmail.length + outcome.refused.length} 个`,
    inputs: [digestSnapshot(book.snapshot, [unitsSheet.label, submissionsSheet.label])],
  });
  tell(context, unlockTitle, [describeAccess(outcome), leftOpen].filter(Boolean).join("\n"));
}
