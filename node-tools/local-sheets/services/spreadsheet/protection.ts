import { defineEnumeration } from "../enumeration.ts";
import { refuseUnsupported, standInFor } from "../unsupported.ts";
import { guardSpreadsheet, type Home, ranges } from "./home.ts";
import { ProtectedError } from "./protected-error.ts";
import { ProtectionModel } from "./protection-model.ts";
import type { SheetModel } from "./sheet-model.ts";

type Protection = GoogleAppsScript.Spreadsheet.Protection;
type ScriptRange = GoogleAppsScript.Spreadsheet.Range;
type Supported =
  | "setDescription"
  | "getDescription"
  | "setWarningOnly"
  | "getEditors"
  | "addEditor"
  | "addEditors"
  | "removeEditor"
  | "removeEditors"
  | "canEdit"
  | "canDomainEdit"
  | "setDomainEdit"
  | "setUnprotectedRanges"
  | "getUnprotectedRanges"
  | "getRange"
  | "remove";

export const ProtectionType = defineEnumeration("RANGE", "SHEET");

const emailOf = (user: unknown): string =>
  typeof user === "string" ? user : (user as GoogleAppsScript.Base.User).getEmail();

class FakeProtection implements Pick<Protection, Supported> {
  readonly #home: Home;
  readonly #sheet: SheetModel;
  readonly #protection: ProtectionModel;

  constructor(home: Home, sheet: SheetModel, protection: ProtectionModel) {
    this.#home = home;
    this.#sheet = sheet;
    this.#protection = protection;
  }

  getDescription(): string {
    this.#call("getDescription");
    return this.#protection.description;
  }

  getEditors(): GoogleAppsScript.Base.User[] {
    this.#call("getEditors");
    return this.#protection.editors(this.#home.model.access).map(this.#home.environment.user);
  }

  getRange(): ScriptRange {
    this.#call("getRange");
    const { make } = this.#home;
    return make.range(this.#home, this.#sheet, this.#protection.area ?? this.#sheet.whole);
  }

  getUnprotectedRanges(): ScriptRange[] {
    this.#call("getUnprotectedRanges");
    return this.#protection.unprotected.map((area) => this.#home.make.range(this.#home, this.#sheet, area));
  }

  canEdit(): boolean {
    this.#call("canEdit");
    return this.#allowsActor();
  }

  canDomainEdit(): boolean {
    this.#call("canDomainEdit");
    return this.#protection.admitsDomain;
  }

  setDomainEdit(isEditable: boolean): Protection {
    this.#change("setDomainEdit");
    const { access } = this.#home.model;
    if (isEditable && !access.isOfDomain(access.owner())) throw new Error("The spreadsheet is not owned by a domain.");
    this.#protection.admitsDomain = isEditable;
    return this.#self();
  }

  setDescription(description: string): Protection {
    this.#change("setDescription");
    this.#protection.description = description;
    return this.#self();
  }

  setWarningOnly(isWarningOnly: boolean): Protection {
    this.#change("setWarningOnly");
    this.#protection.isWarningOnly = isWarningOnly;
    return this.#self();
  }

  addEditor(user: string | GoogleAppsScript.Base.User): Protection {
    this.#change("addEditor");
    return this.#add([emailOf(user)]);
  }

  addEditors(emails: string[]): Protection {
    this.#change("addEditors");
    return this.#add([...emails].map(emailOf));
  }

  #add(emails: readonly string[]): Protection {
    for (const email of emails) this.#home.environment.files.requireAccount(email);
    this.#protection.addEditors(emails, this.#home.model.access);
    return this.#self();
  }

  removeEditor(user: string | GoogleAppsScript.Base.User): Protection {
    return this.#removeAll("removeEditor", [emailOf(user)]);
  }

  removeEditors(users: string[] | GoogleAppsScript.Base.User[]): Protection {
    return this.#removeAll("removeEditors", [...users].map(emailOf));
  }

  setUnprotectedRanges(open: ScriptRange[]): Protection {
    this.#change("setUnprotectedRanges");
    if (this.#protection.area !== undefined) throw new Error("Only a protected sheet can have unprotected ranges.");
    const cells = [...open].map((range) => ranges.get(range));
    if (cells.some(({ sheet }) => sheet !== this.#sheet)) throw new Error("The range is not on the protected sheet.");
    this.#protection.unprotected = cells.flatMap(({ areas }) => areas);
    return this.#self();
  }

  remove(): void {
    this.#change("remove");
    this.#sheet.protections = this.#sheet.protections.filter((each) => each !== this.#protection);
  }

  #removeAll(method: string, users: readonly string[]): Protection {
    this.#change(method);
    this.#protection.removeEditors(users, this.#home.environment.actor(), this.#home.model.access);
    return this.#self();
  }

  #allowsActor(): boolean {
    return this.#protection.allows(this.#home.environment.actor(), this.#home.model.access);
  }

  #call(method: string): void {
    this.#home.environment.call(`Protection.${method}`, true);
  }

  #change(method: string): void {
    this.#call(method);
    if (!this.#sheet.protections.includes(this.#protection)) throw new Error("The protection has been removed.");
    if (!this.#allowsActor()) throw new ProtectedError();
  }

  #self(): Protection {
    return standInFor<Protection>(this);
  }
}

export function showProtection(home: Home, sheet: SheetModel, protection: ProtectionModel): Protection {
  return refuseUnsupported<Protection>("Protection", new FakeProtection(home, sheet, protection));
}

/** A sheet has one protection at most, which is answered again; areas may have several. */
export function protect(home: Home, sheet: SheetModel, area: ProtectionModel["area"]): Protection {
  guardSpreadsheet(home);
  const present = area ? undefined : sheet.protections.find((each) => each.area === undefined);
  if (present) return showProtection(home, sheet, present);
  const added = new ProtectionModel(area);
  const { access } = home.model;
  added.admitsDomain = access.isOfDomain(access.owner());
  sheet.protections.push(added);
  return showProtection(home, sheet, added);
}

export function protectionsOf(home: Home, sheet: SheetModel, type: unknown): Protection[] {
  if (type !== ProtectionType.RANGE && type !== ProtectionType.SHEET)
    throw new Error(`Invalid argument: ${String(type)}`);
  return sheet.protections
    .filter(({ area }) => (area === undefined) === (type === ProtectionType.SHEET))
    .map((each) => showProtection(home, sheet, each));
}
