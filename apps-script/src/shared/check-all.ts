import { isLayoutStale } from "../../core/application-book/stale-layout.ts";
import { noticeOf } from "../../core/award/notice-sheet.ts";
import { rememberUnitNames } from "../../core/award/unit-names.ts";
import { countBySeverity } from "../../core/check/check.ts";
import { checkAction, summariseCheck } from "../../core/check/describe-check.ts";
import { judgeAward } from "../../core/check/judge.ts";
import { patchEligibleColumn } from "../../core/check/quota-column.ts";
import { runAction } from "../actions/action.ts";
import { appendLogRow } from "../actions/log.ts";
import { showFindingsSidebar } from "../actions/show-dialog.ts";
import { areExpertsMoved } from "../application/experts-moved.ts";
import { digestAward, openAward, relayout, requireAdministrator } from "./award-book.ts";
import { rememberCheck } from "./load-findings.ts";
import { writeNotesOfFindings } from "./notes-of-findings.ts";
import { writeFindings } from "./write-findings.ts";

const title = "检查全部";

/** 检查全部: runs every rule, writes 检查, the notes and 可推荐, and opens the list. */
export function checkAll(): void {
  runAction(title, (context) => {
    const book = openAward();
    const { spreadsheet } = book;
    const notice = noticeOf(book.snapshot);
    if (isLayoutStale(book.snapshot, notice)) {
      requireAdministrator(spreadsheet, context.user, title);
      relayout(book);
    }
    const { award, findings } = judgeAward(book.snapshot, notice, { expertsMoved: areExpertsMoved(spreadsheet) });
    const inputs = [digestAward(book)];
    // 检查 is protected: whoever may not write it is refused before anything else is touched.
    writeFindings(book, award.tables, findings);
    writeNotesOfFindings(book, award.tables, findings);
    const sheets = [
      ...patchEligibleColumn(book.snapshot, award, findings),
      ...rememberUnitNames(book.snapshot, award.units),
    ];
    if (sheets.length > 0) book.apply({ sheets });
    const outcome = summariseCheck(countBySeverity(findings));
    appendLogRow(book, context, { action: checkAction, parameters: "", outcome, inputs });
    rememberCheck(context.now);
    showFindingsSidebar();
    spreadsheet.toast(outcome, "检查完成");
  });
}
