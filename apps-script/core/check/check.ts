import { rememberUnitNames } from "../award/unit-names.ts";
import type { Notice } from "../notice/notice.ts";
import type { RunOptions } from "../rules/index.ts";
import type { Finding, Severity } from "../rules/rule.ts";
import type { SheetPatch, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { patchFindingsSheet } from "./findings-sheet.ts";
import { judgeAward } from "./judge.ts";
import { patchMarksAndNotes } from "./marks-and-notes.ts";
import { patchEligibleColumn } from "./quota-column.ts";

interface CheckOutcome {
  /** Sorted by severity, sheet, row, column, code. */
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<Severity, number>>;
  /** Rewrites 检查, the marks and notes of the typed sheets, and 可推荐 of 配额. */
  readonly patch: WorkbookPatch;
}

export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/**
 * Runs every rule on the shared workbook.
 *
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function checkAward(snapshot: WorkbookSnapshot, notice: Notice, options: RunOptions = {}): CheckOutcome {
  const { award, findings } = judgeAward(snapshot, notice, options);
  const sheets: SheetPatch[] = [
    ...patchMarksAndNotes(snapshot, award.tables, findings),
    patchFindingsSheet(snapshot, award.tables, findings),
    ...patchEligibleColumn(snapshot, award, findings),
    ...rememberUnitNames(snapshot, award.units),
  ];
  return { findings, counts: countBySeverity(findings), patch: { sheets } };
}
