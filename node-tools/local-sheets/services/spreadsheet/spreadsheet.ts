import { refuseUnsupported, standInFor } from "../unsupported.ts";
import { guardSpreadsheet, type Home, ranges, sheets } from "./home.ts";
import { protectionsOf } from "./protection.ts";
import { sameUser } from "./protection-model.ts";
import { checkSheetName } from "./rename-sheet.ts";
import type { SheetModel } from "./sheet-model.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type ScriptRange = GoogleAppsScript.Spreadsheet.Range;
type User = GoogleAppsScript.Base.User;

import { defineEnumeration } from "../enumeration.ts";
import type { DeveloperMetadata } from "./sheets-model.ts";

type Metadata = GoogleAppsScript.Spreadsheet.DeveloperMetadata;
type Supported =
  | "getId"
  | "getUrl"
  | "getName"
  | "rename"
  | "copy"
  | "getSheets"
  | "getSheetByName"
  | "insertSheet"
  | "deleteSheet"
  | "setActiveSheet"
  | "getActiveSheet"
  | "moveActiveSheet"
  | "getSpreadsheetTimeZone"
  | "setSpreadsheetTimeZone"
  | "getSpreadsheetLocale"
  | "setSpreadsheetLocale"
  | "toast"
  | "addDeveloperMetadata"
  | "getDeveloperMetadata"
  | "getEditors"
  | "getProtections"
  | "getOwner"
  | "addEditor"
  | "addViewer"
  | "removeEditor"
  | "removeViewer"
  | "getActiveRange"
  | "setActiveRange";

const emailOf = (user: string | User): string => (typeof user === "string" ? user : user.getEmail());

export const DeveloperMetadataVisibility = defineEnumeration("DOCUMENT", "PROJECT");

class FakeSpreadsheet implements Pick<Spreadsheet, Supported> {
  readonly #home: Home;

  constructor(home: Home) {
    this.#home = home;
  }

  getId(): string {
    this.#call("getId");
    return this.#home.id;
  }

  getUrl(): string {
    this.#call("getUrl");
    return `https://docs.google.com/spreadsheets/d/${this.#home.id}/edit`;
  }

  getName(): string {
    this.#call("getName");
    return this.#home.environment.files.info(this.#home.id)?.name ?? "";
  }

  rename(name: string): void {
    this.#change("rename");
    this.#home.environment.files.rename(this.#home.id, name);
  }

  /** Whoever copies owns the copy, and nobody else has it. */
  copy(name: string): Spreadsheet {
    this.#call("copy");
    const { environment, model, make } = this.#home;
    const made = environment.files.create(name, this.#actor());
    made.model.copyFrom(model, environment.doubts.copiedProtections);
    return make.spreadsheet({ ...this.#home, ...made });
  }

  getSheets(): Sheet[] {
    this.#call("getSheets");
    return this.#home.model.sheets.map((sheet) => this.#show(sheet));
  }

  getSheetByName(name: string): Sheet | null {
    this.#call("getSheetByName");
    const found = this.#home.model.sheetNamed(name);
    return found ? this.#show(found) : null;
  }

  /** Without an index it comes after the active sheet; it becomes the active one. */
  insertSheet(...args: unknown[]): Sheet {
    this.#change("insertSheet");
    const [name, given, ...others] = args;
    if (typeof name !== "string" || others.length > 0 || (given !== undefined && typeof given !== "number")) {
      throw new Error("Spreadsheet.insertSheet without a name, or with options, is not supported by the local Sheets");
    }
    const { model } = this.#home;
    checkSheetName(model, name);
    const index = given ?? model.sheets.indexOf(model.selected(this.#actor()).sheet) + 1;
    if (index < 0 || index > model.sheets.length) throw new Error(`Invalid sheet index: ${index}`);
    const added = model.addSheet(name, index);
    this.#activate(added);
    return this.#show(added);
  }

  deleteSheet(shown: Sheet): void {
    this.#change("deleteSheet");
    const { model } = this.#home;
    const sheet = sheets.get(shown);
    model.guardSheet(sheet, this.#actor());
    model.guardCells(sheet, [sheet.whole], this.#actor());
    const index = model.sheets.indexOf(sheet);
    if (index < 0) throw new Error("The sheet has been deleted.");
    if (model.sheets.every((each) => each === sheet || each.isHidden)) {
      throw new Error("You can't remove all the visible sheets in a document.");
    }
    model.sheets.splice(index, 1);
    model.restructure();
  }

  setActiveSheet(shown: Sheet): Sheet {
    this.#call("setActiveSheet");
    this.#activate(sheets.get(shown));
    return shown;
  }

  getActiveSheet(): Sheet {
    this.#call("getActiveSheet");
    return this.#show(this.#home.model.selected(this.#actor()).sheet);
  }

  /** @param position 1-based */
  moveActiveSheet(position: number): void {
    this.#change("moveActiveSheet");
    const { model } = this.#home;
    if (position < 1 || position > model.sheets.length) throw new Error(`Invalid sheet position: ${position}`);
    const { sheet } = model.selected(this.#actor());
    model.sheets.splice(model.sheets.indexOf(sheet), 1);
    model.sheets.splice(position - 1, 0, sheet);
  }

  getSpreadsheetTimeZone(): string {
    this.#call("getSpreadsheetTimeZone");
    return this.#home.model.timeZone;
  }

  setSpreadsheetTimeZone(zone: string): void {
    this.#change("setSpreadsheetTimeZone");
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
    } catch {
      throw new Error(`Invalid argument: ${zone}`);
    }
    this.#home.model.timeZone = zone;
  }

  getSpreadsheetLocale(): string {
    this.#call("getSpreadsheetLocale");
    return this.#home.model.locale;
  }

  setSpreadsheetLocale(locale: string): void {
    this.#change("setSpreadsheetLocale");
    this.#home.model.locale = locale;
  }

  toast(message: string, title = "", _timeoutSeconds?: number | null): void {
    this.#call("toast");
    this.#home.environment.toast(String(message), String(title));
  }

  addDeveloperMetadata(key: string, value?: unknown, visibility?: unknown): Spreadsheet {
    this.#change("addDeveloperMetadata");
    if (value !== undefined && typeof value !== "string") {
      throw new Error("Spreadsheet.addDeveloperMetadata(key, visibility) is not supported by the local Sheets");
    }
    const { activeId, doubts } = this.#home.environment;
    const isShared =
      visibility === undefined ? doubts.plainMetadataIsShared : visibility === DeveloperMetadataVisibility.DOCUMENT;
    this.#home.model.metadata.push({ key, value: value ?? null, ...(isShared ? {} : { project: activeId }) });
    return standInFor<Spreadsheet>(this);
  }

  getDeveloperMetadata(): Metadata[] {
    this.#call("getDeveloperMetadata");
    const { activeId } = this.#home.environment;
    const visible = this.#home.model.metadata.filter(({ project = activeId }) => project === activeId);
    return visible.map((entry) => this.#showMetadata(entry));
  }

  getEditors(): User[] {
    this.#call("getEditors");
    const { access } = this.#home.model;
    const editors = access.editors().filter((email) => !sameUser(email, access.owner()));
    return [access.owner(), ...editors].map(this.#home.environment.user);
  }

  getProtections(type: GoogleAppsScript.Spreadsheet.ProtectionType): GoogleAppsScript.Spreadsheet.Protection[] {
    this.#home.environment.call("Spreadsheet.getProtections", true);
    return this.#home.model.sheets.flatMap((sheet) => protectionsOf(this.#home, sheet, type));
  }

  getOwner(): User {
    this.#call("getOwner");
    return this.#home.environment.user(this.#home.model.access.owner());
  }

  addEditor(user: string | User): Spreadsheet {
    return this.#share("addEditor", user, "edit");
  }

  /** Somebody who may edit stays an editor. */
  addViewer(user: string | User): Spreadsheet {
    return this.#share("addViewer", user, this.#home.model.mayEdit(emailOf(user)) ? "edit" : "view");
  }

  removeEditor(user: string | User): Spreadsheet {
    return this.#share("removeEditor", user, "none");
  }

  removeViewer(user: string | User): Spreadsheet {
    return this.#share("removeViewer", user, this.#home.model.mayEdit(emailOf(user)) ? "edit" : "none");
  }

  getActiveRange(): ScriptRange {
    this.#call("getActiveRange");
    const { sheet, area } = this.#home.model.selected(this.#actor());
    return this.#home.make.range(this.#home, sheet, area);
  }

  setActiveRange(range: ScriptRange): ScriptRange {
    this.#call("setActiveRange");
    const { sheet, areas } = ranges.get(range);
    const [area] = areas;
    if (area) this.#home.model.selections.set(this.#actor(), { sheet, area });
    return range;
  }

  #showMetadata(entry: DeveloperMetadata): Metadata {
    const { environment, model } = this.#home;
    const call = (method: string) => environment.call(`DeveloperMetadata.${method}`);
    const shown: Pick<Metadata, "getKey" | "getValue" | "remove"> & { setValue(value: string): Metadata } = {
      getKey() {
        call("getKey");
        return entry.key;
      },
      getValue() {
        call("getValue");
        return entry.value;
      },
      setValue(value) {
        call("setValue");
        entry.value = value;
        return standInFor<Metadata>(this);
      },
      remove() {
        call("remove");
        const index = model.metadata.indexOf(entry);
        if (index >= 0) model.metadata.splice(index, 1);
      },
    };
    return refuseUnsupported<Metadata>("DeveloperMetadata", shown);
  }

  #share(method: string, user: string | User, right: "edit" | "view" | "none"): Spreadsheet {
    this.#change(method);
    const email = emailOf(user);
    if (right !== "none") this.#home.environment.files.requireAccount(email);
    this.#home.environment.files.share(this.#home.id, email, right);
    return standInFor<Spreadsheet>(this);
  }

  #show(sheet: SheetModel): Sheet {
    return this.#home.make.sheet(this.#home, sheet);
  }

  #activate(sheet: SheetModel): void {
    const area = { top: 1, left: 1, bottom: 1, right: 1 };
    this.#home.model.selections.set(this.#actor(), { sheet, area });
  }

  #actor(): string {
    return this.#home.environment.actor();
  }

  #call(method: string): void {
    this.#home.environment.call(`Spreadsheet.${method}`);
  }

  #change(method: string): void {
    this.#call(method);
    guardSpreadsheet(this.#home);
  }
}

export function makeSpreadsheet(home: Home): Spreadsheet {
  return refuseUnsupported<Spreadsheet>("Spreadsheet", new FakeSpreadsheet(home));
}
