import { writeFileSync } from "node:fs";
import { readFindings } from "../../apps-script/core/check/read-findings.ts";
import { applicationSheetLabels, submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { no, yes } from "../../apps-script/core/schema/choices.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { CalculatedWorkbook } from "../award-files/formula-values.ts";
import { readWorkbook } from "../office-files/workbook.ts";

/**
 * Takes 推荐 back on the rows that the last check would not let through, as an administrator does by hand.
 * @returns how many rows
 */
export function untickOverQuota(path: string): number {
  const workbook = new CalculatedWorkbook(readWorkbook(path, "edit"));
  const table = readTable(workbook.snapshot, submissionsSheet, applicationSheetLabels);
  const flagged = new Set(
    readFindings(workbook.snapshot)
      .filter(({ finding }) => finding.code.startsWith("QUOTA-") && finding.sheet === table.name)
      .map(({ finding }) => finding.row),
  );
  const rows = table.rows.filter((row) => flagged.has(row.row) && row.text("recommended") === yes);
  const column = table.positions.get("recommended") as number;
  workbook.apply({ sheets: [{ name: table.name, edits: rows.map(({ row }) => ({ row, column, value: no })) }] });
  writeFileSync(path, workbook.toBuffer());
  return rows.length;
}
