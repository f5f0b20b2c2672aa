import { readAwardTables } from "../../core/award/read-award.ts";
import { protectSheet } from "../google/protect.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { removeUnitProtections } from "./access.ts";

/** Document property: 锁定填报 is in force. */
const lockedKey = "casebook.locked";

export function isLocked(): boolean {
  return PropertiesService.getDocumentProperties().getProperty(lockedKey) !== null;
}

export function rememberLock(locked: boolean): void {
  const properties = PropertiesService.getDocumentProperties();
  if (locked) properties.setProperty(lockedKey, "1");
  else properties.deleteProperty(lockedKey);
}

/** The sheets that officers fill in, by the names that they bear. */
export function typedSheetNames({ snapshot }: GoogleWorkbook): string[] {
  const { submissions, texts, experts, liaisons } = readAwardTables(snapshot);
  return [submissions, texts, experts, liaisons].map(({ name }) => name);
}

/** Nobody but administrators may write in the sheets that officers fill in. */
export function lockSheets(book: GoogleWorkbook): void {
  for (const name of typedSheetNames(book)) {
    const sheet = book.spreadsheet.getSheetByName(name);
    if (sheet) protectSheet(sheet, true, []);
  }
  removeUnitProtections(book.spreadsheet);
}
