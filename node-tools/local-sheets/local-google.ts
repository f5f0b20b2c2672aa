import type { WorkbookPatch, WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";

/** One call of a service method by a script. */
export interface ServiceCall {
  /** 1-based within the execution. */
  readonly number: number;
  /** `Range.getValues` */
  readonly name: string;
  /** Moves cell data: values, notes, formats, validations, protections. */
  readonly movesCells: boolean;
}

export type AlertButtons = "OK" | "OK_CANCEL" | "YES_NO" | "YES_NO_CANCEL";
export type Button = "OK" | "CANCEL" | "YES" | "NO" | "CLOSE";

/** What a script shows to the acting user. */
export interface ShownPage {
  readonly kind: "modal" | "modeless" | "sidebar";
  readonly title: string;
  readonly html: string;
  readonly width?: number;
  readonly height?: number;
}

/** What the host around it does for the local Google; all synchronous, as scripts are. */
export interface Surroundings {
  /** Before every service call; may throw (a fault), advance the clock, type, or run another execution. */
  beforeCall?(call: ServiceCall): void;
  alert?(title: string, message: string, buttons: AlertButtons): Button;
  prompt?(title: string, message: string, buttons: AlertButtons): { readonly button: Button; readonly text: string };
  show?(page: ShownPage): void;
  toast?(message: string, title: string): void;
  log?(line: string): void;
}

export interface ScriptProject {
  /** The bundle, as pushed. */
  readonly code: string;
  /** HTML files by name without extension. */
  readonly html: ReadonlyMap<string, string>;
  /** appsscript.json. */
  readonly manifest: {
    readonly timeZone: string;
    readonly oauthScopes?: readonly string[];
    readonly runtimeVersion?: string;
    readonly exceptionLogging?: string;
  };
}

export interface MenuEntry {
  /** "" for a separator. */
  readonly label: string;
  readonly functionName: string;
  readonly items: readonly MenuEntry[];
}

export interface FileInfo {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly owner: string;
  readonly editors: readonly string[];
  readonly viewers: readonly string[];
  readonly trashed: boolean;
}

/** Values typed or pasted at once; a text is taken as Sheets takes what is typed. */
export interface HandEdit {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly values: readonly (readonly string[])[];
}

/** Why a hand edit or a file was refused to the acting user. */
export class RefusedError extends Error {}

/** A Google account world in memory: files, users, scripts, triggers, a clock. */
export interface LocalGoogle {
  now(): Date;
  /** Moves the clock and fires the time triggers that fall due, in order. */
  advance(milliseconds: number): void;
  addSpreadsheet(name: string, owner: string, content: WorkbookPatch): string;
  addFile(name: string, owner: string, bytes: Uint8Array, mimeType: string): string;
  bindScript(spreadsheetId: string, project: ScriptProject): void;
  /** Files that this user may open; every file without a user. */
  files(user?: string): readonly FileInfo[];
  fileBytes(id: string): Uint8Array;
  share(fileId: string, user: string, right: "edit" | "view" | "none"): void;
  /** Everything of a spreadsheet, so that it can be written to a file. */
  contentOf(spreadsheetId: string): WorkbookPatch;
  /** Values and notes alone. */
  snapshotOf(spreadsheetId: string): WorkbookSnapshot;
  /** Opens the page of a spreadsheet: runs onOpen of its script. @throws RefusedError */
  open(spreadsheetId: string, user: string): readonly MenuEntry[];
  /** Types or pastes as this user: protections, drop-downs and the limits of a cell hold; then onEdit runs. @throws RefusedError */
  edit(spreadsheetId: string, user: string, edit: HandEdit): void;
  setNote(spreadsheetId: string, user: string, sheet: string, row: number, column: number, note: string): void;
  /** A menu item, a button or google.script.run: runs a top-level function of the bound script. */
  run(spreadsheetId: string, user: string, functionName: string, args?: readonly unknown[]): unknown;
  /** A custom function in a cell. */
  call(spreadsheetId: string, functionName: string, args: readonly unknown[]): unknown;
  select(spreadsheetId: string, user: string, sheet: string, row: number, column: number): void;
  selectionOf(
    spreadsheetId: string,
    user: string,
  ): { readonly sheet: string; readonly row: number; readonly column: number };
  /** Calls of the last execution that ended, nested ones not counted. */
  readonly lastCalls: readonly ServiceCall[];
  surroundings: Surroundings;
  readonly mails: readonly { readonly to: string; readonly subject: string; readonly body: string }[];
  triggers(): readonly { readonly functionName: string; readonly due: Date; readonly spreadsheetId: string }[];
}
