import { readAwardTables } from "../../core/award/read-award.ts";
import { expertsSheet, liaisonsSheet, submissionsSheet, textsSheet } from "../../core/schema/application.ts";
import type { SheetPatch } from "../../core/workbook/port.ts";
import { protectionMark } from "../google/protect.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { removeUnitProtections } from "./access.ts";

/** The sheets that officers fill in, by the names that they bear, 案例 first; they are read only where one was renamed. */
export function typedSheetNames({ snapshot, spreadsheet }: GoogleWorkbook): string[] {
  const labels = [submissionsSheet, textsSheet, expertsSheet, liaisonsSheet].map(({ label }) => label);
  if (labels.every((label) => spreadsheet.getSheetByName(label))) return labels;
  const { submissions, texts, experts, liaisons } = readAwardTables(snapshot);
  return [submissions, texts, experts, liaisons].map(({ name }) => name);
}

/** Nobody but administrators may write in the sheets that officers fill in. */
export function lockSheets(book: GoogleWorkbook): void {
  const names = typedSheetNames(book);
  for (const name of names) {
    const sheet = book.spreadsheet.getSheetByName(name);
    if (sheet) book.protect(sheet, true, []);
  }
  removeUnitProtections(book.spreadsheet, names[0] ?? "");
}

/** Whoever has a file may change its 参数; online every officer has the workbook. */
export function closeToOfficers({ layout: { styles = [], ...layout } = {}, ...sheet }: SheetPatch): SheetPatch {
  const closed = styles.map(({ area, style: { locked: _, ...style } }) => ({ area, style }));
  return { ...sheet, layout: { ...layout, styles: closed } };
}

/** Whether 锁定填报 is in force, as its protections show it to any script: nothing of 案例 may be typed. */
export function looksLocked({ snapshot, spreadsheet }: GoogleWorkbook): boolean {
  const sheet = spreadsheet.getSheetByName(readAwardTables(snapshot).submissions.name);
  const ours = (sheet?.getProtections(SpreadsheetApp.ProtectionType.SHEET) ?? []).filter(
    (protection) => protection.getDescription() === protectionMark,
  );
  return ours.some((protection) => protection.getUnprotectedRanges().length === 0);
}
