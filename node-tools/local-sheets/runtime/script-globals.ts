import type { ScriptProject, Surroundings } from "../local-google.ts";
import { createDriveApp, mimeTypes } from "../services/drive.ts";
import { createHtmlService } from "../services/html.ts";
import { createLockService, type LockTable } from "../services/locks.ts";
import { createConsole, createLogger } from "../services/logging.ts";
import { createMailApp, type Mail } from "../services/mail.ts";
import { createPropertiesService, type PropertyStores } from "../services/properties.ts";
import { createScriptApp } from "../services/script-app.ts";
import { createSession } from "../services/session.ts";
import { createUtilities } from "../services/utilities.ts";
import type { DailyUse } from "./daily-limits.ts";
import type { Doubts } from "./doubts.ts";
import type { Execution } from "./execution.ts";
import type { StoredFiles } from "./stored-files.ts";
import type { TriggerTable } from "./trigger-table.ts";

/** What outlives an execution. */
export interface SharedState {
  readonly files: StoredFiles;
  readonly properties: PropertyStores;
  readonly locks: LockTable;
  readonly triggers: TriggerTable;
  readonly use: DailyUse;
  readonly mails: Mail[];
  readonly doubts: Doubts;
  now(): number;
  elapse(milliseconds: number): void;
  nextUuid(): string;
  surroundings(): Surroundings;
}

/** Every global of the platform but the spreadsheet service. @param isGranted whether whoever acts has granted all permissions */
export function createScriptGlobals(
  execution: Execution,
  project: ScriptProject,
  state: SharedState,
  isGranted: boolean,
): Readonly<Record<string, unknown>> {
  const log = (line: string): void => state.surroundings().log?.(line);
  const wait = (milliseconds: number): void => {
    state.elapse(milliseconds);
    execution.checkTime();
  };
  const owner = state.files.get(execution.spreadsheetId)?.owner ?? "";
  return {
    DriveApp: createDriveApp(execution, state.files, state.now),
    HtmlService: createHtmlService(execution, project.html),
    LockService: createLockService(execution, state.locks, wait),
    Logger: createLogger(execution, log),
    MailApp: createMailApp(execution, state.use, (mail) => state.mails.push(mail)),
    MimeType: mimeTypes,
    PropertiesService: createPropertiesService(execution, state.properties),
    ScriptApp: createScriptApp(execution, state.triggers, state.now, state.doubts, isGranted),
    Session: createSession(execution, owner, project.manifest.timeZone),
    Utilities: createUtilities(execution, wait, state.nextUuid),
    console: createConsole(execution, log),
  };
}
