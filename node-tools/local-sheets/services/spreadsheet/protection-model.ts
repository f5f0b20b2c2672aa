import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { type RowShift, shiftArea, shiftAreas } from "./areas.ts";

export type FileRight = "owner" | "edit" | "view";

/** Who may do what with the spreadsheet as a whole. */
export interface FileAccess {
  rightOf(user: string): FileRight | undefined;
  owner(): string;
  editors(): readonly string[];
  /** Whether somebody is of the Workspace domain that owns the spreadsheet. */
  isOfDomain(user: string): boolean;
}

export const sameUser = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Of a whole sheet, or of an area. */
export class ProtectionModel {
  description = "";
  isWarningOnly = false;
  isRemoved = false;
  area: Area | undefined;
  unprotected: readonly Area[] = [];
  /** Whoever of the owner's domain may edit the spreadsheet may write there. */
  admitsDomain = false;
  /** undefined: whoever may edit the spreadsheet, until a script changes the list. */
  #editors: string[] | undefined;

  constructor(area: Area | undefined) {
    this.area = area;
  }

  editors(access: FileAccess): readonly string[] {
    const listed = this.#editors ?? access.editors();
    return [access.owner(), ...listed.filter((user) => !sameUser(user, access.owner()))];
  }

  addEditors(users: readonly string[], access: FileAccess): void {
    const present = this.#editors ?? [...access.editors()];
    this.#editors = [...present, ...users.filter((user) => !present.some((each) => sameUser(each, user)))];
  }

  /** Neither the owner nor whoever removes can be removed. */
  removeEditors(users: readonly string[], actor: string, access: FileAccess): void {
    const present = this.#editors ?? [...access.editors()];
    this.#editors = present.filter(
      (user) => sameUser(user, actor) || !users.some((removed) => sameUser(removed, user)),
    );
  }

  closeToEditors(): void {
    this.#editors = [];
  }

  allows(user: string, access: FileAccess): boolean {
    const right = access.rightOf(user);
    if (right === "owner") return true;
    if (right !== "edit") return false;
    if (this.admitsDomain && access.isOfDomain(user)) return true;
    return this.isWarningOnly || this.editors(access).some((each) => sameUser(each, user));
  }

  /** In a copy of its spreadsheet. @param isOpen whoever may edit the copy may write there */
  copy(isOpen: boolean): ProtectionModel {
    const made = new ProtectionModel(this.area);
    made.description = this.description;
    made.isWarningOnly = this.isWarningOnly;
    made.unprotected = this.unprotected;
    made.admitsDomain = isOpen && this.admitsDomain;
    if (!isOpen) made.closeToEditors();
    return made;
  }

  /** In the same spreadsheet of a copied world. */
  twin(): ProtectionModel {
    const made = this.copy(true);
    if (this.#editors !== undefined) made.#editors = [...this.#editors];
    return made;
  }

  /** @returns whether anything of the protected area is left */
  shift(shift: RowShift): boolean {
    this.unprotected = shiftAreas(this.unprotected, shift);
    if (this.area === undefined) return true;
    this.area = shiftArea(this.area, shift);
    return this.area !== undefined;
  }
}
