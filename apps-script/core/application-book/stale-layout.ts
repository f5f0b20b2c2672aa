import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { quotaSheet } from "../schema/application.ts";
import { findSheet, readSheetTable } from "../tables/table.ts";
import type { CellValue, WorkbookSnapshot } from "../workbook/port.ts";
import { groupKey, quotaGroups } from "./quota.ts";

const isFormula = (value: CellValue) => typeof value === "object" && value?.kind === "formula";

/**
 * Whether the shared workbook must be laid again before it is checked: 配额 lacks rows of units that were typed in, or
 * 案例, 正文, 专家 or 联络员 has rows below those that bear 即时检查 or counts. Needs the formulas of these sheets.
 *
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function isLayoutStale(snapshot: WorkbookSnapshot, notice: Notice): boolean {
  const { tables, units } = readAward(snapshot, notice);
  const lasts = [tables.submissions, tables.experts, tables.liaisons].map(({ rows }) => rows[rows.length - 1]);
  const lastText = tables.texts.rows[tables.texts.rows.length - 1];
  if (lasts.some((last) => last && !isFormula(last.raw("liveCheck")))) return true;
  if (lastText && !isFormula(lastText.raw("summaryCount"))) return true;
  const quota = findSheet(snapshot, quotaSheet.label);
  if (!quota) return true;
  const rows = quota.rows.length === 0 ? [] : readSheetTable(quota, quotaSheet).rows;
  const laid = rows
    .filter((row) => row.text("field") !== "")
    .map((row) => groupKey({ nominator: row.text("nominator"), field: row.text("field"), track: row.text("track") }));
  return laid.join("\n") !== quotaGroups(units, notice).map(groupKey).join("\n");
}
