import type { WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { CustomFunction } from "../../calculator/index.ts";
import {
  type FileInfo,
  type HandEdit,
  type LocalGoogle,
  type MenuEntry,
  RefusedError,
  type ScriptProject,
  type ServiceCall,
  type Surroundings,
} from "../local-google.ts";
import type { Mail } from "../services/mail.ts";
import type { SpreadsheetModel } from "../services/spreadsheet/model.ts";
import { cautious, type Doubts } from "./doubts.ts";
import { type KeptState, keepState, restoreState } from "./kept-state.ts";
import { checkPassedValue, importPassedValue } from "./passed-values.ts";
import { ScriptRunner, type Started } from "./script-runner.ts";
import { folderType } from "./stored-files.ts";

export type { KeptState } from "./kept-state.ts";

/** The contract, and what tests and a host that saves need besides. */
export interface LocalGoogleWorld extends LocalGoogle {
  /** What the last trigger (onOpen, onEdit, of the clock) threw; the platform shows it nowhere but in the logs. */
  readonly lastTriggerError: Error | undefined;
  /** The same world once more, whose future is its own; to be called while no script runs. Nobody answers in it yet. */
  copy(): LocalGoogleWorld;
  /** For whoever shows a spreadsheet as it looks. */
  modelOf(spreadsheetId: string): SpreadsheetModel;
  keptState(): KeptState;
  /** To be called when the files are there again under the same names. */
  restore(state: KeptState): void;
}

/** Documented as such above a top-level function. */
const customFunction = /@customfunction(?:(?!\*\/)[\s\S])*\*\/\s*function\s+(\w+)/g;

class LocalGoogleInMemory implements LocalGoogleWorld {
  surroundings: Surroundings;
  readonly #runner: ScriptRunner;
  readonly #customFunctions = new Map<string, Record<string, CustomFunction>>();

  readonly #timeZone: string;

  constructor(now: Date, timeZone: string, surroundings: Surroundings, doubts: Doubts) {
    this.surroundings = surroundings;
    this.#timeZone = timeZone;
    this.#runner = new ScriptRunner(now.getTime(), timeZone, () => this.surroundings, doubts);
  }

  get lastCalls(): readonly ServiceCall[] {
    return this.#runner.lastCalls;
  }

  get lastTriggerError(): Error | undefined {
    return this.#runner.lastTriggerError;
  }

  get mails(): readonly Mail[] {
    return this.#runner.mails;
  }

  now(): Date {
    return new Date(this.#runner.now());
  }

  advance(milliseconds: number): void {
    this.#runner.advance(milliseconds);
  }

  addSpreadsheet(name: string, owner: string, content: WorkbookPatch): string {
    const functions: Record<string, CustomFunction> = {};
    const { id } = this.#files.addSpreadsheet(name, owner, content, functions);
    this.#customFunctions.set(id, functions);
    return id;
  }

  addFile(name: string, owner: string, bytes: Uint8Array, mimeType: string): string {
    return this.#files.add({ name, owner, mimeType, bytes: Uint8Array.from(bytes) }).id;
  }

  bindScript(spreadsheetId: string, project: ScriptProject): void {
    const model = this.modelOf(spreadsheetId);
    this.#runner.projects.set(spreadsheetId, project);
    const functions = this.#customFunctions.get(spreadsheetId) ?? {};
    for (const [, name = ""] of project.code.matchAll(customFunction)) {
      functions[name.toUpperCase()] = (...args) => this.call(spreadsheetId, name, args);
    }
    model.restructure();
  }

  files(user?: string): readonly FileInfo[] {
    return this.#files
      .all()
      .filter((file) => file.mimeType !== folderType)
      .filter((file) => user === undefined || this.#files.rightOf(file.id, user) !== undefined)
      .map((file) => this.#files.describe(file));
  }

  fileBytes(id: string): Uint8Array {
    const bytes = this.#files.get(id)?.bytes;
    if (bytes === undefined) throw new Error(`no file with bytes: ${id}`);
    return Uint8Array.from(bytes);
  }

  share(fileId: string, user: string, right: "edit" | "view" | "none"): void {
    this.#files.share(fileId, user, right);
  }

  contentOf(spreadsheetId: string): WorkbookPatch {
    return this.modelOf(spreadsheetId).toPatch();
  }

  snapshotOf(spreadsheetId: string): WorkbookSnapshot {
    return this.modelOf(spreadsheetId).toSnapshot();
  }

  open(spreadsheetId: string, user: string): readonly MenuEntry[] {
    const right = this.#files.rightOf(spreadsheetId, user);
    if (right === undefined) throw new RefusedError("您没有打开这个文件的权限，请向文件的所有者申请。");
    const menus: MenuEntry[] = [];
    if (right === "view") return menus;
    this.#runner.runTrigger({ kind: "simpleTrigger", spreadsheetId, user }, "onOpen", () => ({}), menus);
    this.#runner.fireOpened(spreadsheetId);
    return menus;
  }

  edit(spreadsheetId: string, user: string, edit: HandEdit): void {
    const model = this.modelOf(spreadsheetId);
    const width = Math.max(...edit.values.map((row) => row.length));
    const isSingle = edit.values.length === 1 && width === 1;
    const typed = (): string => (isSingle ? model.typedText(edit.sheet, edit.row, edit.column) : "");
    const before = typed();
    model.typeByHand(user, edit);
    const after = typed();
    this.#runner.runTrigger({ kind: "simpleTrigger", spreadsheetId, user }, "onEdit", ({ spreadsheets }) => ({
      range: spreadsheets
        .open(spreadsheetId)
        .getSheetByName(edit.sheet)
        ?.getRange(edit.row, edit.column, edit.values.length, width),
      ...(after === "" ? {} : { value: after }),
      ...(before === "" ? {} : { oldValue: before }),
    }));
  }

  setNote(spreadsheetId: string, user: string, sheet: string, row: number, column: number, note: string): void {
    this.modelOf(spreadsheetId).setNoteByHand(user, sheet, row, column, note);
  }

  run(spreadsheetId: string, user: string, functionName: string, args: readonly unknown[] = []): unknown {
    if (!this.#files.mayEdit(spreadsheetId, user)) {
      throw new RefusedError("您没有编辑这个文件的权限，不能使用它的菜单。");
    }
    if (functionName.endsWith("_")) throw new Error(`Script function not found: ${functionName}`);
    return this.#callWithPassedValues({ kind: "user", spreadsheetId, user }, functionName, args);
  }

  call(spreadsheetId: string, functionName: string, args: readonly unknown[]): unknown {
    const user = this.#files.get(spreadsheetId)?.owner ?? "";
    return this.#callWithPassedValues({ kind: "customFunction", spreadsheetId, user }, functionName, args);
  }

  select(spreadsheetId: string, user: string, sheet: string, row: number, column: number): void {
    this.modelOf(spreadsheetId).select(user, sheet, row, column);
  }

  selectionOf(spreadsheetId: string, user: string): { sheet: string; row: number; column: number } {
    return this.modelOf(spreadsheetId).selectionOf(user);
  }

  triggers(): readonly { functionName: string; due: Date; spreadsheetId: string }[] {
    return this.#runner.triggers
      .pending()
      .map(({ functionName, due, spreadsheetId }) => ({ functionName, due: new Date(due), spreadsheetId }));
  }

  copy(): LocalGoogleWorld {
    const { doubts, projects } = this.#runner;
    const made = new LocalGoogleInMemory(this.now(), this.#timeZone, {}, doubts);
    made.#runner.copyFrom(this.#runner, (id) => {
      const functions: Record<string, CustomFunction> = {};
      made.#customFunctions.set(id, functions);
      return functions;
    });
    for (const [id, project] of projects) made.bindScript(id, project);
    return made;
  }

  keptState(): KeptState {
    return keepState(this.#runner);
  }

  restore(state: KeptState): void {
    restoreState(this.#runner, state);
  }

  get #files() {
    return this.#runner.files;
  }

  modelOf(spreadsheetId: string): SpreadsheetModel {
    const model = this.#files.spreadsheet(spreadsheetId);
    if (model === undefined) throw new Error(`no spreadsheet: ${spreadsheetId}`);
    return model;
  }

  #callWithPassedValues(started: Started, functionName: string, args: readonly unknown[]): unknown {
    return this.#runner.execute(started, [], ({ script }) => {
      const passed = args.map((arg, index) => importPassedValue(arg, `argument ${index + 1}`, script.realm));
      return checkPassedValue(script.call(functionName, passed), `result of ${functionName}`, script.realm);
    });
  }
}

/** A Google account world that starts empty at this time. */
export function createLocalGoogle(options: {
  now: Date;
  /** Of the accounts: their day of the daily limits. */
  timeZone?: string;
  surroundings?: Surroundings;
  /** `cautious` when absent. */
  doubts?: Doubts;
}): LocalGoogleWorld {
  const { now, timeZone = "Asia/Shanghai", surroundings = {}, doubts = cautious } = options;
  return new LocalGoogleInMemory(now, timeZone, surroundings, doubts);
}
