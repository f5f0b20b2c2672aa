import type { ServiceCall } from "../local-google.ts";
import { describeScopes, isGranted, scopesFor } from "./scopes.ts";

/** Who started an execution, and so what it may do. */
export type ExecutionKind = "user" | "simpleTrigger" | "timeTrigger" | "customFunction";

const minute = 60_000;
const timeLimits: Readonly<Record<ExecutionKind, number>> = {
  user: 6 * minute,
  timeTrigger: 6 * minute,
  simpleTrigger: minute / 2,
  customFunction: minute / 2,
};

/** A simple trigger has the menu and the toast; whatever needs the person's consent or attention is closed to it. */
const dialogs = new Set(["Ui.alert", "Ui.prompt", "Ui.showModalDialog", "Ui.showModelessDialog", "Ui.showSidebar"]);

export interface ExecutionStart {
  readonly kind: ExecutionKind;
  readonly spreadsheetId: string;
  readonly user: string;
  readonly scopes: readonly string[] | undefined;
  /** Whether a simple trigger may open a sidebar. */
  readonly mayOpenSidebar: boolean;
}

/** What an execution needs of the world around it. */
export interface ExecutionWorld {
  now(): number;
  elapse(milliseconds: number): void;
  beforeCall(call: ServiceCall): void;
}

/** One run of a script: counts its calls, lets its time pass, and refuses what it may not do. */
export class Execution {
  readonly calls: ServiceCall[] = [];
  readonly kind: ExecutionKind;
  readonly spreadsheetId: string;
  /** Whose rights it has. */
  readonly user: string;
  readonly #scopes: readonly string[] | undefined;
  readonly #mayOpenSidebar: boolean;
  readonly #world: ExecutionWorld;
  readonly #start: number;
  /** Time that executions of others took in the middle of this one; they run beside it on the platform. */
  #elsewhere = 0;
  #ended: Error | undefined;
  #isPreparing = false;

  constructor(start: ExecutionStart, world: ExecutionWorld) {
    this.kind = start.kind;
    this.spreadsheetId = start.spreadsheetId;
    this.user = start.user;
    this.#scopes = start.scopes;
    this.#mayOpenSidebar = start.mayOpenSidebar;
    this.#world = world;
    this.#start = world.now();
  }

  get elapsed(): number {
    return this.#world.now() - this.#start - this.#elsewhere;
  }

  hasScopes(scopes: readonly string[]): boolean {
    return this.#scopes === undefined || scopes.every((scope) => this.#scopes?.includes(scope));
  }

  addTimeElsewhere(milliseconds: number): void {
    this.#elsewhere += milliseconds;
  }

  /**
   * Every method of a service begins with it.
   *
   * @param name type and method as the reference calls them: `Range.getValues`
   * @param movesCells whether cell data move (values, notes, formats, validations, protections)
   * @param cells how many, when known
   */
  readonly call = (name: string, movesCells = false, cells = 0): void => {
    if (this.#isPreparing) return;
    this.#throwIfEnded();
    const call: ServiceCall = { number: this.calls.length + 1, name, movesCells };
    this.calls.push(call);
    this.#world.elapse(costOf(name, movesCells, cells));
    this.#world.beforeCall(call);
    this.checkTime();
    this.#checkPermission(name);
  };

  /** What the platform itself does through its services before the script begins: the event of a trigger. */
  withoutCounting<T>(action: () => T): T {
    this.#isPreparing = true;
    try {
      return action();
    } finally {
      this.#isPreparing = false;
    }
  }

  /** Ends the execution for good when its time is over: every later call fails too, whatever the script catches. */
  checkTime(): void {
    if (this.elapsed > timeLimits[this.kind]) this.#ended ??= new Error("Exceeded maximum execution time");
    this.#throwIfEnded();
  }

  #throwIfEnded(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }

  #checkPermission(name: string): void {
    const required = (): string => {
      const scopes = describeScopes(name);
      return scopes === "" ? "" : ` Required permissions: ${scopes}`;
    };
    if (name === "SpreadsheetApp.getUi" && (this.kind === "timeTrigger" || this.kind === "customFunction")) {
      throw new Error("Cannot call SpreadsheetApp.getUi() from this context.");
    }
    if (this.#isClosed(name)) throw new Error(`You do not have permission to call ${name}.${required()}`);
    if (this.kind !== "user" && this.kind !== "timeTrigger") return;
    if (isGranted(name, this.#scopes)) return;
    throw new Error(`Specified permissions are not sufficient to call ${name}.${required()}`);
  }

  #isClosed(name: string): boolean {
    if (this.kind === "user" || this.kind === "timeTrigger") return false;
    if (name === "Ui.showSidebar" && this.kind === "simpleTrigger") return !this.#mayOpenSidebar;
    if (dialogs.has(name) || name === "Ui.createMenu")
      return name !== "Ui.createMenu" || this.kind === "customFunction";
    const scopes = scopesFor(name);
    const isBound = scopes.includes("spreadsheets.currentonly");
    if (this.kind === "customFunction" && isBound) return !/\.(get|is)/.test(name);
    return scopes.length > 0 && !isBound && !name.startsWith("Session.");
  }
}

const light = 5;
const cellCall = 60;
const cellCost = 0.0005;

const heavy = new Map([
  ["SpreadsheetApp.create", 900],
  ["SpreadsheetApp.openById", 900],
  ["Spreadsheet.copy", 1_500],
  ["SpreadsheetApp.flush", 200],
  ["MailApp.sendEmail", 300],
  ["DriveApp.getFileById", 300],
  ["DriveApp.getFolderById", 300],
  ["DriveApp.createFolder", 600],
  ["File.getBlob", 300],
  ["File.setSharing", 400],
  ["File.setShareableByEditors", 400],
  ["File.addEditor", 400],
  ["File.addViewer", 400],
  ["File.removeEditor", 400],
  ["File.removeViewer", 400],
  ["File.moveTo", 400],
  ["Folder.createFile", 600],
  ["ScriptApp.newTrigger", 300],
]);

/**
 * Milliseconds of the virtual clock that a service call takes. Rough figures of what people report of the platform: the
 * clock is there to make long actions meet the time limits, not to forecast their duration.
 *
 * @param cells how many cells a call moves, when known
 */
function costOf(method: string, movesCells: boolean, cells: number): number {
  return heavy.get(method) ?? (movesCells ? cellCall + cells * cellCost : light);
}
