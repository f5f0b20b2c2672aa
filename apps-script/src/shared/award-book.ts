import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAward } from "../../core/award/read-award.ts";
import { typedTables } from "../../core/check/judge.ts";
import { digestSnapshot } from "../../core/log/log.ts";
import {
  expertsSheet,
  findingsSheet,
  guideSheetLabel,
  importRecordSheet,
  liaisonsSheet,
  liveCheckSheetLabel,
  liveLongSheetLabel,
  logSheet,
  priorSheet,
  progressSheet,
  quotaSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../core/schema/application.ts";
import type { SheetPatch } from "../../core/workbook/port.ts";
import { ActionError } from "../actions/action-error.ts";
import { type LaidBefore, layAgain } from "../application/lay-again.ts";
import { refuseOversized } from "../google/refuse-oversized.ts";
import { type GoogleWorkbook, openWorkbook } from "../google/workbook.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** Sheets in which a formula cell counts as its value: those that we compute, and those without identifiers. */
const withoutFormulas: readonly string[] = [
  guideSheetLabel,
  settingsSheet.label,
  unitsSheet.label,
  findingsSheet.label,
  quotaSheet.label,
  progressSheet.label,
  logSheet.label,
  liveCheckSheetLabel,
  liveLongSheetLabel,
  priorSheet.label,
  importRecordSheet.label,
];

/** The sheets that people fill, by their labels. */
const judgedSheets: readonly string[] = [
  settingsSheet,
  unitsSheet,
  submissionsSheet,
  textsSheet,
  expertsSheet,
  liaisonsSheet,
].map(({ label }) => label);

/**
 * The workbook that this script is bound to; nothing of it is read yet.
 *
 * @param written labels of sheets whose cells may be written over: there a formula is always seen as one
 * @param mayMatter whether a formula of a sheet may count as one
 * @throws OversizedSheetError
 */
export function openAward(written: readonly string[] = [], mayMatter = (_: string) => true): GoogleWorkbook {
  const spreadsheet = SpreadsheetApp.getActiveSpreadsheet();
  refuseOversized(spreadsheet, judgedSheets);
  return openWorkbook(spreadsheet, {
    formulasOf: (name) => mayMatter(name) && (written.includes(name) || !withoutFormulas.includes(name)),
  });
}

/** Digest of everything that a check judges. @throws WorkbookStructureError */
export function digestAward({ snapshot }: GoogleWorkbook): string {
  const names = typedTables(readAward(snapshot, noticeOf(snapshot)).tables).map(({ name }) => name);
  return digestSnapshot(snapshot, names);
}

/** Whether who runs this may edit the whole of 参数; everybody, as long as it is not protected. */
export function maySettle(spreadsheet: Spreadsheet): boolean {
  // Where somebody has renamed 参数, what only administrators may write besides.
  const [settings] = [settingsSheet, logSheet, findingsSheet].flatMap(
    ({ label }) => spreadsheet.getSheetByName(label) ?? [],
  );
  const protections = settings?.getProtections(SpreadsheetApp.ProtectionType.SHEET) ?? [];
  return protections.every((protection) => protection.canEdit());
}

/**
 * Only administrators initialise, protect and import: the owner and everybody who may edit the whole of 参数. As long as
 * 参数 is not protected, that is everybody who may edit the workbook.
 *
 * @throws ActionError
 */
export function requireAdministrator(spreadsheet: Spreadsheet, user: string, title: string): void {
  if (spreadsheet.getOwner()?.getEmail() === user) return;
  if (maySettle(spreadsheet)) return;
  throw new ActionError(
    `“${title}”只有管理员可以运行：工作簿的所有者，或“${settingsSheet.label}”表的保护里列出的人。没有做任何改动。`,
  );
}

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

/** Formats the sheets again after rows were added; a lock stays. See `layAgain`. */
export function relayout(book: GoogleWorkbook, before?: LaidBefore, more?: readonly SheetPatch[]): void {
  layAgain(book, isLocked(), before, more);
}
