import type { Area, SheetLayout } from "../../core/workbook/port.ts";
import { mergeNeighbours, rangeOf, subtract } from "./areas.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Protection = GoogleAppsScript.Spreadsheet.Protection;

/** Marks the protections that the add-on makes; those of people are left alone. */
export const protectionMark = "评案簿";

export interface OwnProtection {
  readonly description: string;
  readonly protection: Protection;
}

/** The protection of a whole sheet that the add-on made; a sheet bears one at most. */
export function ownProtection(sheet: Sheet): OwnProtection | undefined {
  for (const protection of sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET)) {
    const description = protection.getDescription();
    if (description.startsWith(protectionMark)) return { description, protection };
  }
  return undefined;
}

/**
 * Protects the sheet but for the cells that its styles unlock, or takes that protection off. Only the owner and whoever
 * runs this may edit the rest; a protection that is there keeps the editors that people have added to it.
 *
 * @param own the protection that it has of the add-on
 */
export function protectSheet(
  sheet: Sheet,
  isProtected: boolean,
  styles: NonNullable<SheetLayout["styles"]>,
  own: OwnProtection | undefined,
): void {
  const ours = own?.description === protectionMark ? own.protection : undefined;
  if (!isProtected) {
    ours?.remove();
    return;
  }
  const open = unlockedAreas(styles).map((area) => rangeOf(sheet, area));
  const protection = ours ?? sheet.protect();
  if (!ours) leaveTo(protection, protectionMark, [], editorsOf(sheet.getParent()));
  // A new one has none.
  if (ours || open.length > 0) protection.setUnprotectedRanges(open);
}

/** Whether what copies bring along is open to the owner's domain: as the first copy of an execution is, so are the others. */
let areCopiesOpen: boolean | undefined;

/**
 * Protects a sheet of a copied file, whatever of its model's protections came along: none, one that is open to whoever
 * may edit the file, or a closed one. The owner and whoever runs this alone may edit the rest.
 *
 * @param editors whoever may edit the file
 */
export function protectCopy(
  sheet: Sheet,
  styles: NonNullable<SheetLayout["styles"]>,
  editors: readonly string[],
): void {
  const [present] = sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET);
  const protection = present ?? sheet.protect();
  areCopiesOpen ??= protection.canDomainEdit();
  leaveTo(protection, protectionMark, [], editors, areCopiesOpen);
  const open = unlockedAreas(styles).map((area) => rangeOf(sheet, area));
  // Where nothing is open, nothing was in the model.
  if (open.length > 0) protection.setUnprotectedRanges(open);
}

/** Whoever may edit a spreadsheet: with them a new protection of it begins. */
export function editorsOf(spreadsheet: Spreadsheet): string[] {
  return spreadsheet.getEditors().map((user) => user.getEmail());
}

/**
 * Leaves a protection to these people, shutting out the owner's domain; the owner and the acting user always stay. It is
 * named ours last: a sheet's protection that is named so counts as done.
 *
 * @param listed who it is open to now, where it is known: asking costs a call, as does
 * @param isDomainOpen whether the owner's domain may edit
 */
export function leaveTo(
  protection: Protection,
  description: string,
  editors: readonly string[],
  listed: readonly string[] = protection.getEditors().map((user) => user.getEmail()),
  isDomainOpen = protection.canDomainEdit(),
): void {
  if (isDomainOpen) protection.setDomainEdit(false);
  leaveToEditors(protection, editors, listed);
  protection.setDescription(description);
}

/** As `leaveTo`, where the domain is shut out already and the protection has its name. */
export function leaveToEditors(protection: Protection, editors: readonly string[], listed: readonly string[]): void {
  const others = listed.filter((email) => !editors.includes(email));
  if (others.length > 0) protection.removeEditors(others);
  if (editors.length > 0) protection.addEditors([...editors]);
}

/** The cells that are unlocked by the last style that says anything about locks; all others are locked. */
export function unlockedAreas(styles: NonNullable<SheetLayout["styles"]>): Area[] {
  let unlocked: Area[] = [];
  for (const { area, style } of styles) {
    if (style.locked === undefined) continue;
    unlocked = unlocked.flatMap((each) => subtract(each, area));
    if (!style.locked) unlocked.push(area);
  }
  return mergeNeighbours(unlocked);
}
