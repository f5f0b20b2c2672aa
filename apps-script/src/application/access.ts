import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAward } from "../../core/award/read-award.ts";
import type { Table } from "../../core/tables/table.ts";
import { editorsOf, leaveTo, protectionMark } from "../google/protect.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { type AccessPlan, planAccess, type UnitBlock } from "./plan-access.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

const unitMark = `${protectionMark}·本单位：`;
const headerMark = `${protectionMark}·表头`;
const registerMark = `${protectionMark}·单位名册`;

/** The people who may edit what is protected from officers. @param settings what 参数 is called */
function administrators(spreadsheet: Spreadsheet, settings: string): string[] {
  const ours = spreadsheet
    .getSheetByName(settings)
    ?.getProtections(SpreadsheetApp.ProtectionType.SHEET)
    .find((protection) => protection.getDescription() === protectionMark);
  return ours?.getEditors().map((user) => user.getEmail()) ?? [];
}

function removeRanges(spreadsheet: Spreadsheet, sheet: string, isOurs: (description: string) => boolean): void {
  const ranges = spreadsheet.getSheetByName(sheet)?.getProtections(SpreadsheetApp.ProtectionType.RANGE) ?? [];
  for (const protection of ranges) if (isOurs(protection.getDescription())) protection.remove();
}

/** @param submissions what 案例 is called */
export function removeUnitProtections(spreadsheet: Spreadsheet, submissions: string): void {
  removeRanges(spreadsheet, submissions, (description) => description.startsWith(unitMark));
}

/** false where an address is refused: the rows stay unprotected then, rather than closed to their own unit. */
function protectBlock(
  sheet: GoogleAppsScript.Spreadsheet.Sheet,
  { unit, emails, top, bottom }: UnitBlock,
  admins: readonly string[],
  lastColumn: number,
  listed: string[],
): boolean {
  const protection = sheet.getRange(top, 1, bottom - top + 1, lastColumn).protect();
  try {
    leaveTo(protection, unitMark + unit, [...admins, ...emails], listed);
    return true;
  } catch {
    protection.remove();
    return false;
  }
}

/** What came of `protectRows`. */
export interface AccessOutcome extends AccessPlan {
  /** Units whose 邮箱 the platform refused. */
  readonly refused: readonly string[];
}

/**
 * Protects each unit's rows of 案例 for that unit's officers, and headers and 单位 for administrators. Protections made
 * earlier are replaced; those of people stay. The number of calls grows with units alone.
 *
 * @throws WorkbookStructureError
 */
export function protectRows({ spreadsheet, snapshot }: GoogleWorkbook): AccessOutcome {
  const award = readAward(snapshot, noticeOf(snapshot));
  const { submissions, texts, experts, liaisons, units, settings } = award.tables;
  const plan = planAccess(award);
  const admins = administrators(spreadsheet, settings.name);
  const listed = editorsOf(spreadsheet);
  removeRanges(spreadsheet, submissions.name, (description) => description.startsWith(unitMark));
  for (const table of [texts, experts, liaisons] as readonly Table[]) {
    removeRanges(spreadsheet, table.name, (description) => description === headerMark);
    const header = spreadsheet.getSheetByName(table.name)?.getRange(table.headerRow, 1, 1, table.lastColumn).protect();
    if (header) leaveTo(header, headerMark, admins, listed);
  }
  const register = spreadsheet.getSheetByName(units.name);
  // A sheet bears one protection: that of people stays.
  const isProtected = (register?.getProtections(SpreadsheetApp.ProtectionType.SHEET) ?? []).length > 0;
  if (register && !isProtected) leaveTo(register.protect(), registerMark, admins, listed);
  const sheet = spreadsheet.getSheetByName(submissions.name);
  const refused = plan.blocks
    .filter((block) => sheet && !protectBlock(sheet, block, admins, submissions.lastColumn, listed))
    .map(({ unit }) => unit);
  return { ...plan, refused };
}

const named = (units: readonly string[]) =>
  units.length > 8 ? `${units.slice(0, 8).join("、")}等 ${units.length} 个单位` : units.join("、");

/** For people: what is protected, and what is only checked. */
export function describeAccess({ blocks, scattered, withoutEmail, refused }: AccessOutcome): string {
  const lines = [`已为 ${blocks.length - refused.length} 个单位保护“案例”里本单位的行。`];
  if (scattered.length > 0) {
    lines.push(`${named(scattered)}的行没有连在一起，只检查、不保护；把它们排到一起后再点一次“解锁填报”即可。`);
  }
  if (withoutEmail.length > 0) lines.push(`${named(withoutEmail)}没有填“邮箱”，其行只检查、不保护。`);
  if (refused.length > 0) lines.push(`${named(refused)}的“邮箱”不是谷歌账号，其行未保护；请改正后再点一次“解锁填报”。`);
  return lines.join("\n");
}
