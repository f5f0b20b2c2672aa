import type { AwardTables } from "../../core/award/award.ts";
import { patchFindingsSheet } from "../../core/check/findings-sheet.ts";
import type { Finding } from "../../core/rules/rule.ts";
import { findingsSheet } from "../../core/schema/application.ts";
import { severityLabels } from "../../core/schema/choices.ts";
import { defaultPositions } from "../../core/tables/table-layout.ts";
import { columnLetters } from "../../core/workbook/addresses.ts";
import type { CellEdit, CellValue, SheetLayout, WorkbookSnapshot } from "../../core/workbook/port.ts";
import { bodySize, fontName, palette } from "../../core/workbook/theme.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";

const { label, columns } = findingsSheet;
const header = columns.map((column) => column.label);

/** Rows of 检查 that are formatted at first: as many as a new sheet has. Rows inserted among them take on their look. */
const laidRows = 1_000;

/**
 * How 检查 looks. The colour of a severity is a conditional format, so that a check only has to write values.
 */
export function findingsLayout(): SheetLayout {
  const at = (key: string) => defaultPositions(findingsSheet).get(key) ?? 1;
  const column = (key: string) => ({ top: 2, left: at(key), bottom: laidRows, right: at(key) });
  const letter = columnLetters(at("severity"));
  const colour = (label: string, fill: string, color: string) => ({
    area: column("severity"),
    formula: `$${letter}2="${label}"`,
    style: { fill, font: { bold: true, color } },
  });
  return {
    styles: [
      {
        area: { top: 2, left: 1, bottom: laidRows, right: columns.length },
        style: { font: { name: fontName, size: bodySize, color: palette.ink }, vertical: "middle", horizontal: "left" },
      },
      ...["nominator", "message", "article"].map((key) => ({ area: column(key), style: { wrap: true } })),
      ...["severity", "row"].map((key) => ({ area: column(key), style: { horizontal: "center" as const } })),
    ],
    conditionalFormats: [
      colour(severityLabels.error, palette.errorFill, palette.errorInk),
      colour(severityLabels.warning, palette.warningFill, palette.warningInk),
      colour(severityLabels.info, palette.computed, palette.softInk),
    ],
  };
}

/** Nobody types in 检查, so it is written without being read first. */
function asLaid(snapshot: WorkbookSnapshot): WorkbookSnapshot {
  const laid = { name: label, hidden: false, rows: [header], notes: new Map<string, string>() };
  return { sheets: snapshot.sheets.map((sheet) => (sheet.name === label ? laid : sheet)) };
}

/** Writes 检查 anew in one call, which also empties rows that the last check left below. */
export function writeFindings(book: GoogleWorkbook, tables: AwardTables, findings: readonly Finding[]): void {
  const sheet = book.spreadsheet.getSheetByName(label);
  const patch = patchFindingsSheet(sheet ? asLaid(book.snapshot) : book.snapshot, tables, findings);
  if (!sheet) {
    book.apply({ sheets: [patch] });
    return;
  }
  const needed = 1 + Math.max(1, findings.length);
  const maxRows = sheet.getMaxRows();
  // Rows inserted before the last one take on the look of those around them.
  if (needed > maxRows) sheet.insertRowsBefore(maxRows, needed - maxRows);
  const values = new Map<string, CellValue>(patch.edits?.map(({ row, column, value }) => [`${row}:${column}`, value]));
  const edits: CellEdit[] = header.map((value, i) => ({ row: 1, column: i + 1, value }));
  const last = Math.max(needed, sheet.getLastRow());
  for (let row = 2; row <= last; row++) {
    for (let column = 1; column <= columns.length; column++) {
      edits.push({ row, column, value: values.get(`${row}:${column}`) ?? null });
    }
  }
  book.apply({ sheets: [{ name: label, edits }] });
}
