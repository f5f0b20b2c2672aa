import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAward } from "../../core/award/read-award.ts";
import type { Table } from "../../core/tables/table.ts";
import { editorsOf, leaveTo, leaveToEditors, protectionMark } from "../google/protect.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { type AccessPlan, planAccess } from "./plan-access.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Range = GoogleAppsScript.Spreadsheet.Range;
type Protection = GoogleAppsScript.Spreadsheet.Protection;

const unitMark = `${protectionMark}·本单位：`;
const headerMark = `${protectionMark}·表头`;
export const registerMark = `${protectionMark}·单位名册`;

/** The people who may edit what is protected from officers. @param settings what 参数 is called */
export function administrators({ spreadsheet, protectionOf }: GoogleWorkbook, settings: string): string[] {
  const sheet = spreadsheet.getSheetByName(settings);
  const own = sheet && protectionOf(sheet);
  return own?.description === protectionMark ? own.protection.getEditors().map((user) => user.getEmail()) : [];
}

/** @param submissions what 案例 is called */
export function removeUnitProtections(spreadsheet: Spreadsheet, submissions: string): void {
  const ranges = spreadsheet.getSheetByName(submissions)?.getProtections(SpreadsheetApp.ProtectionType.RANGE) ?? [];
  for (const protection of ranges) if (protection.getDescription().startsWith(unitMark)) protection.remove();
}

/** A part of a sheet that some people alone may edit, besides the owner. */
interface Closed {
  readonly range: Range;
  readonly description: string;
  readonly editors: readonly string[];
}

const placeOf = (range: Range) => `${range.getSheet().getSheetId()} ${range.getA1Notation()}`;

/**
 * The protections of ranges that the add-on made, by what they are called and where they stand. People may have let others
 * in; those of other ranges or names are not ours, nor are those of copies that people made of sheets.
 *
 * @param sheets their names
 */
function presentProtections(spreadsheet: Spreadsheet, sheets: readonly string[]): Map<string, Protection> {
  const present = new Map<string, Protection>();
  const ids = sheets.map((name) => spreadsheet.getSheetByName(name)?.getSheetId());
  for (const protection of spreadsheet.getProtections(SpreadsheetApp.ProtectionType.RANGE)) {
    const description = protection.getDescription();
    if (description !== headerMark && !description.startsWith(unitMark)) continue;
    const range = protection.getRange();
    if (!ids.includes(range.getSheet().getSheetId())) continue;
    const key = `${description} ${placeOf(range)}`;
    if (present.has(key)) protection.remove();
    else present.set(key, protection);
  }
  return present;
}

/** What came of `protectRows`. */
export interface AccessOutcome extends AccessPlan {
  /** Units whose 邮箱 the platform refused. */
  readonly refused: readonly string[];
}

/**
 * Protects each unit's rows of 案例 for that unit's officers, and headers and 单位 for administrators. Protections made
 * earlier that are not as they should be are replaced; those of people stay. The number of calls grows with units alone.
 *
 * @throws WorkbookStructureError
 */
export function protectRows(book: GoogleWorkbook): AccessOutcome {
  const { spreadsheet, snapshot } = book;
  const award = readAward(snapshot, noticeOf(snapshot));
  const { submissions, texts, experts, liaisons, units, settings } = award.tables;
  const plan = planAccess(award);
  const admins = administrators(book, settings.name);
  const listed = editorsOf(spreadsheet);
  const owner = spreadsheet.getOwner()?.getEmail() ?? "";
  const present = presentProtections(
    spreadsheet,
    [submissions, texts, experts, liaisons].map(({ name }) => name),
  );
  const isAsWanted = (protection: Protection, editors: readonly string[]) => {
    const there = protection.getEditors().map((user) => user.getEmail());
    const more = there.filter((email) => !editors.includes(email) && email !== owner);
    return more.length === 0 && editors.every((email) => email === owner || there.includes(email));
  };
  // All new protections are open to the same people, the owner's domain included.
  let isDomainOpen: boolean | undefined;
  const isOpen = (protection: Protection) => {
    isDomainOpen ??= protection.canDomainEdit();
    return isDomainOpen;
  };
  /** Named before anybody is shut out, so that an execution that ends here leaves nothing that is not known as ours. */
  const close = (protection: Protection, description: string, editors: readonly string[]) => {
    if (isOpen(protection)) protection.setDomainEdit(false);
    protection.setDescription(description);
    leaveToEditors(protection, editors, listed);
  };
  /** false where an address is refused: the rows stay unprotected then, rather than closed to their own unit. */
  const protect = ({ range, description, editors }: Closed): boolean => {
    const key = `${description} ${placeOf(range)}`;
    const own = present.get(key);
    present.delete(key);
    if (own && isAsWanted(own, editors)) return true;
    own?.remove();
    const protection = range.protect();
    try {
      close(protection, description, editors);
      return true;
    } catch {
      protection.remove();
      return false;
    }
  };
  for (const table of [texts, experts, liaisons] as readonly Table[]) {
    const range = spreadsheet.getSheetByName(table.name)?.getRange(table.headerRow, 1, 1, table.lastColumn);
    if (range) protect({ range, description: headerMark, editors: admins });
  }
  const register = spreadsheet.getSheetByName(units.name);
  // A sheet bears one protection: that of people stays.
  const isProtected = (sheet: Sheet) =>
    book.protectionOf(sheet) !== undefined || sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET).length > 0;
  if (register && !isProtected(register)) {
    const protection = register.protect();
    leaveTo(protection, registerMark, admins, listed, isOpen(protection));
  }
  const sheet = spreadsheet.getSheetByName(submissions.name);
  const refused = plan.blocks
    .filter(({ unit, emails, top, bottom }) => {
      const range = sheet?.getRange(top, 1, bottom - top + 1, submissions.lastColumn);
      return range && !protect({ range, description: unitMark + unit, editors: [...admins, ...emails] });
    })
    .map(({ unit }) => unit);
  for (const stale of present.values()) stale.remove();
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
