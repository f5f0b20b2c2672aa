import type { AwardData } from "../award/award.ts";
import { findCleanSubmissions } from "../rules/quota/clean-rows.ts";
import { quotaGroupOf } from "../rules/quota/quota-groups.ts";
import type { Finding } from "../rules/rule.ts";
import { quotaSheet } from "../schema/application.ts";
import { findSheet, readSheetTable } from "../tables/table.ts";
import { foldForComparison } from "../text/clean.ts";
import type { CellEdit, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";

const keyOf = (nominator: string, field: string, track: string) =>
  [nominator, field, track].map(foldForComparison).join("\u0001");

/** 可推荐 of 配额: clean submissions of each unit, field and track. Nothing is written while 参数 is wrong. */
export function patchEligibleColumn(
  snapshot: WorkbookSnapshot,
  award: AwardData,
  findings: readonly Finding[],
): SheetPatch[] {
  const sheet = findSheet(snapshot, quotaSheet.label);
  if (!sheet || award.settingProblems.length > 0) return [];
  const counts = new Map<string, number>();
  for (const submission of findCleanSubmissions(award, findings)) {
    const group = quotaGroupOf(submission, award.settings.notice);
    if (!group) continue;
    const key = keyOf(group.unit.name, group.field.label, group.trackLabel);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const table = readSheetTable(sheet, quotaSheet);
  const column = table.positions.get("eligible");
  if (column === undefined) return [];
  const fields = new Set(award.settings.notice.fields.map((f) => f.label));
  const edits: CellEdit[] = table.rows
    .filter((row) => fields.has(row.text("field")))
    .map((row) => {
      const key = keyOf(row.text("nominator"), row.text("field"), row.text("track"));
      return { row: row.row, column, value: counts.get(key) ?? 0 };
    });
  return [{ name: sheet.name, edits }];
}
