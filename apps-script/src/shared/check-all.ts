import { isLayoutStale } from "../../core/application-book/stale-layout.ts";
import type { AwardTables } from "../../core/award/award.ts";
import { noticeOf } from "../../core/award/notice-sheet.ts";
import { rememberUnitNames } from "../../core/award/unit-names.ts";
import { countBySeverity } from "../../core/check/check.ts";
import { checkAction, summariseCheck } from "../../core/check/describe-check.ts";
import { judgeAward } from "../../core/check/judge.ts";
import { patchNotes } from "../../core/check/marks-and-notes.ts";
import { patchEligibleColumn } from "../../core/check/quota-column.ts";
import type { Finding } from "../../core/rules/rule.ts";
import { runAction } from "../actions/action.ts";
import { appendLogRow } from "../actions/log.ts";
import { showFindingsSidebar } from "../actions/show-dialog.ts";
import { areExpertsMoved, writeProgress } from "../application/experts-moved.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { digestAward, openAward, relayout, requireAdministrator } from "./award-book.ts";
import { writeFindings } from "./findings-sheet.ts";
import { rememberCheck } from "./load-findings.ts";

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
    // 检查 comes first: it is protected, so somebody who may not write it is stopped before anything else changes.
    writeFindings(book, award.tables, findings);
    writeNotesOfFindings(book, award.tables, findings);
    const sheets = [
      ...patchEligibleColumn(book.snapshot, award, findings),
      ...rememberUnitNames(book.snapshot, award.units),
    ];
    if (sheets.length > 0) book.apply({ sheets });
    writeProgress(book, context.now, findings);
    const outcome = summariseCheck(countBySeverity(findings));
    appendLogRow(book, context, { action: checkAction, parameters: "", outcome, inputs });
    rememberCheck(context.now);
    showFindingsSidebar();
    spreadsheet.toast(outcome, "检查完成");
  });
}

/** Document property: names of the sheets that may hold notes of the last check. */
const notedKey = "casebook.noted";

/**
 * Puts the findings into notes on their cells in the sheets that officers fill in; people's own notes stay. 正文 is not read
 * if it has no findings now and had none at the last check; the other sheets also get notes while people type.
 */
function writeNotesOfFindings(book: GoogleWorkbook, tables: AwardTables, findings: readonly Finding[]): void {
  const properties = PropertiesService.getDocumentProperties();
  const before = JSON.parse(properties.getProperty(notedKey) ?? "[]") as string[];
  const { submissions, texts, experts, liaisons } = tables;
  const filledIn = [submissions, texts, experts, liaisons].map(({ name }) => name);
  const now = filledIn.filter((name) => findings.some((finding) => finding.sheet === name && finding.row > 0));
  // Recorded before the first note is written: after a fault the next run has to look at all of these sheets.
  properties.setProperty(notedKey, JSON.stringify([...new Set([...before, ...now])]));
  for (const name of filledIn) {
    if (name === texts.name && !before.includes(name) && !now.includes(name)) continue;
    const sheet = book.snapshot.sheets.find((s) => s.name === name);
    if (!sheet) continue;
    const own = findings.filter((finding) => finding.sheet === name);
    book.apply({ sheets: [{ name, notes: patchNotes(sheet.notes, tables, own) }] });
  }
  properties.setProperty(notedKey, JSON.stringify(now));
}
