import { createHash } from "node:crypto";
import type { WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { Calculation, type CustomFunction } from "../../calculator/index.ts";
import type { FileInfo } from "../local-google.ts";
import type { FileRight, FileTable } from "../services/environment.ts";
import type { MakeCalculator } from "../services/spreadsheet/calculator.ts";
import { SpreadsheetModel } from "../services/spreadsheet/model.ts";
import type { DailyUse } from "./daily-limits.ts";
import type { Doubts } from "./doubts.ts";

export const spreadsheetType = "application/vnd.google-apps.spreadsheet";
export const folderType = "application/vnd.google-apps.folder";

/** A file, spreadsheet or folder of the drive. */
export interface StoredFile {
  readonly id: string;
  name: string;
  readonly mimeType: string;
  readonly owner: string;
  readonly editors: Set<string>;
  readonly viewers: Set<string>;
  trashed: boolean;
  shareableByEditors: boolean;
  /** The folder it lies in; undefined for the root of its owner's drive. */
  folder: string | undefined;
  updated: number;
  readonly bytes?: Uint8Array;
  readonly model?: SpreadsheetModel;
}

interface NewFile {
  readonly name: string;
  readonly owner: string;
  readonly mimeType: string;
  readonly bytes?: Uint8Array;
}

export type CustomFunctions = Readonly<Record<string, CustomFunction>>;

const calculatorWith =
  (functions: CustomFunctions): MakeCalculator =>
  (source, now) =>
    new Calculation(source, now, functions);

const sameUser = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** All files of the local Google with their rights. */
/** Their addresses have no Google account unless somebody made one. */
const foreignProviders = /@(?:qq|163|126|139|sina|yeah|foxmail)\.(?:com|net|cn)$/i;

const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

export class StoredFiles implements FileTable {
  readonly #files = new Map<string, StoredFile>();
  readonly #now: () => number;
  readonly #use: DailyUse;

  readonly #doubts: Doubts;

  constructor(now: () => number, use: DailyUse, doubts: Doubts) {
    this.#doubts = doubts;
    this.#now = now;
    this.#use = use;
  }

  add(file: NewFile): StoredFile {
    return this.#store(file, this.#newId(file.name));
  }

  /** @param functions custom functions of the script that is bound to it, by upper-case name; read when they are called */
  addSpreadsheet(
    name: string,
    owner: string,
    content: WorkbookPatch,
    functions: CustomFunctions = {},
  ): { id: string; model: SpreadsheetModel } {
    const id = this.#newId(name);
    const model = SpreadsheetModel.fromPatch(content, calculatorWith(functions));
    this.#attach(model, id, owner);
    this.#store({ name, owner, mimeType: spreadsheetType }, id, model);
    return { id, model };
  }

  #attach(model: SpreadsheetModel, id: string, owner: string): void {
    const access = {
      rightOf: (user: string) => this.rightOf(id, user),
      owner: () => owner,
      editors: () => [...(this.#files.get(id)?.editors ?? [])],
      isOfDomain: (user: string) => this.#doubts.protectionsAdmitDomain && domainOf(user) === domainOf(owner),
    };
    model.attach({ access, now: this.#now });
  }

  /** @param functionsOf the custom functions of a spreadsheet, read when they are called */
  copyFrom(other: StoredFiles, functionsOf: (id: string) => CustomFunctions): void {
    for (const [id, file] of other.#files) {
      const copy = { ...file, editors: new Set(file.editors), viewers: new Set(file.viewers) };
      if (file.model === undefined) {
        this.#files.set(id, copy);
        continue;
      }
      const model = new SpreadsheetModel(calculatorWith(functionsOf(id)));
      model.twinOf(file.model);
      this.#attach(model, id, file.owner);
      this.#files.set(id, { ...copy, model });
    }
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  spreadsheet(id: string): SpreadsheetModel | undefined {
    return this.#files.get(id)?.model;
  }

  /** An empty spreadsheet that a script makes, within the daily limit of the user. */
  create(name: string, owner: string): { id: string; model: SpreadsheetModel } {
    if (this.#use.left("newSpreadsheets", owner) < 1) {
      throw this.#use.exceeded("create spreadsheet");
    }
    this.#use.use("newSpreadsheets", owner, 1);
    return this.addSpreadsheet(name, owner, { sheets: [] });
  }

  rename(id: string, name: string): void {
    const file = this.#files.get(id);
    if (file !== undefined) file.name = name;
  }

  info(id: string): FileInfo | undefined {
    const file = this.#files.get(id);
    return file && this.describe(file);
  }

  all(): readonly StoredFile[] {
    return [...this.#files.values()];
  }

  rightOf(id: string, user: string): FileRight | undefined {
    const file = this.#files.get(id);
    if (file === undefined || user === "") return undefined;
    if (sameUser(file.owner, user)) return "owner";
    const named = (users: Iterable<string>): boolean => [...users].some((each) => sameUser(each, user));
    if (named(file.editors)) return "edit";
    return named(file.viewers) ? "view" : undefined;
  }

  mayEdit(id: string, user: string): boolean {
    const right = this.rightOf(id, user);
    return right === "owner" || right === "edit";
  }

  /** @throws Error as the platform does for an address that it cannot share with */
  requireAccount(email: string): void {
    const { anyAddressIsShared, language } = this.#doubts;
    const isAddress = /^[^\s@]+@[^\s@]+$/.test(email);
    if (isAddress && (anyAddressIsShared || !foreignProviders.test(email))) return;
    throw new Error(language === "zh" ? `无效的电子邮件地址：${email}` : `Invalid email: ${email}`);
  }

  /** Gives exactly this right; the owner keeps the owner's. */
  share(id: string, user: string, right: "edit" | "view" | "none"): void {
    const file = this.#files.get(id);
    if (file === undefined || sameUser(file.owner, user)) return;
    for (const users of [file.editors, file.viewers]) {
      for (const each of users) if (sameUser(each, user)) users.delete(each);
    }
    if (right === "edit") file.editors.add(user);
    if (right === "view") file.viewers.add(user);
  }

  describe(file: StoredFile): FileInfo {
    const { id, name, mimeType, owner, trashed } = file;
    return { id, name, mimeType, owner, trashed, editors: [...file.editors], viewers: [...file.viewers] };
  }

  #store(file: NewFile, id: string, model?: SpreadsheetModel): StoredFile {
    const stored: StoredFile = {
      ...file,
      id,
      editors: new Set(),
      viewers: new Set(),
      trashed: false,
      shareableByEditors: true,
      folder: undefined,
      updated: this.#now(),
      ...(model === undefined ? {} : { model }),
    };
    this.#files.set(id, stored);
    return stored;
  }

  /** Follows from the name, so that what a script keeps of a file still holds when the same files are loaded again. */
  #newId(name: string): string {
    for (let copy = 0; ; copy += 1) {
      const digest = createHash("sha256").update(`${name}\n${copy}`).digest("base64url");
      const id = `1${digest.slice(0, 43)}`;
      if (!this.#files.has(id)) return id;
    }
  }
}
