import type { Finding } from "../rules/rule.ts";
import { findingsSheet } from "../schema/application.ts";
import { severityLabels } from "../schema/choices.ts";
import { findSheet, readSheetTable } from "../tables/table.ts";
import { columnNumber } from "../workbook/addresses.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";

/** A finding as 检查 keeps it. */
interface KeptFinding {
  readonly finding: Finding;
  /** 1-based position of the cell it names; 0 for a finding about no cell. */
  readonly column: number;
}

const severities = Object.keys(severityLabels) as Finding["severity"][];

/** The findings of the last check; undefined where 检查 holds none. @throws WorkbookStructureError */
export function lastFindings(snapshot: WorkbookSnapshot): readonly Finding[] | undefined {
  const kept = readFindings(snapshot);
  return kept.length === 0 ? undefined : kept.map(({ finding }) => finding);
}

/** What the last check wrote into 检查, in its order; nothing when there is no such sheet. @throws WorkbookStructureError */
export function readFindings(snapshot: WorkbookSnapshot): KeptFinding[] {
  const sheet = findSheet(snapshot, findingsSheet.label);
  if (!sheet || sheet.rows.length === 0) return [];
  return readSheetTable(sheet, findingsSheet).rows.flatMap((row): KeptFinding[] => {
    const severity = severities.find((s) => severityLabels[s] === row.text("severity"));
    if (severity === undefined) return [];
    const letters = /^([A-Z]{1,3})\d+$/.exec(cellText(row.raw("link")))?.[1];
    const finding = {
      code: row.text("code"),
      severity,
      sheet: row.text("sheet"),
      row: Number(row.text("row")) || 0,
      column: row.text("column"),
      id: row.text("id"),
      nominator: row.text("nominator"),
      message: cellText(row.raw("message")),
      article: row.text("article"),
    };
    return [{ finding, column: letters === undefined ? 0 : columnNumber(letters) }];
  });
}
