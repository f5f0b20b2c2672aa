import type { MenuEntry, ScriptProject, ServiceCall, Surroundings } from "../local-google.ts";
import { LockTable } from "../services/locks.ts";
import type { Mail } from "../services/mail.ts";
import { PropertyStores } from "../services/properties.ts";
import { AuthModes, consentNeeded } from "../services/script-app.ts";
import { createUser, visibleEmail } from "../services/session.ts";
import { createSpreadsheetServices, type SpreadsheetServices } from "../services/spreadsheet/spreadsheet-app.ts";
import { createUi } from "../services/ui.ts";
import { DailyUse } from "./daily-limits.ts";
import type { Doubts } from "./doubts.ts";
import { Execution, type ExecutionKind } from "./execution.ts";
import { createScriptGlobals, type SharedState } from "./script-globals.ts";
import { type LoadedScript, loadScript, ScriptError } from "./script-host.ts";
import { type CustomFunctions, StoredFiles } from "./stored-files.ts";
import { type TimeTrigger, TriggerTable } from "./trigger-table.ts";

const keyOf = ({ spreadsheetId, user }: Started) => `${spreadsheetId} ${user}`;
/** The boxes that somebody ticks who is in a hurry. */
const firstTicked = /\/auth\/(?:spreadsheets|script\.container\.ui)/;

export interface Started {
  readonly kind: ExecutionKind;
  readonly spreadsheetId: string;
  readonly user: string;
}

/** What stands inside an execution. */
export interface Running {
  readonly execution: Execution;
  readonly script: LoadedScript;
  readonly spreadsheets: SpreadsheetServices;
}

/** The state of the world that scripts share, and their executions, one within another at most. */
export class ScriptRunner implements SharedState {
  readonly files: StoredFiles;
  readonly use: DailyUse;
  readonly projects = new Map<string, ScriptProject>();
  readonly properties = new PropertyStores();
  readonly locks = new LockTable();
  readonly triggers = new TriggerTable();
  readonly mails: Mail[] = [];
  lastCalls: readonly ServiceCall[] = [];
  lastTriggerError: Error | undefined;
  readonly surroundings: () => Surroundings;
  readonly doubts: Doubts;
  #clock: number;
  #uuids = 0;
  #current: Execution | undefined;
  #isTimeTriggerRunning = false;
  /** Who has granted a script all of its permissions. */
  readonly #consents = new Set<string>();

  constructor(start: number, timeZone: string, surroundings: () => Surroundings, doubts: Doubts) {
    this.#clock = start;
    this.surroundings = surroundings;
    this.doubts = doubts;
    this.use = new DailyUse(timeZone, this.now, doubts);
    this.files = new StoredFiles(this.now, this.use, doubts);
  }

  /** @param functionsOf the custom functions of a spreadsheet of this world */
  copyFrom(other: ScriptRunner, functionsOf: (id: string) => CustomFunctions): void {
    if (other.#current !== undefined) throw new Error("a world cannot be copied in the middle of an execution");
    this.files.copyFrom(other.files, functionsOf);
    this.use.copyFrom(other.use);
    this.properties.restore(other.properties.entries());
    this.triggers.copyFrom(other.triggers);
    this.mails.push(...other.mails);
    this.lastCalls = other.lastCalls;
    this.lastTriggerError = other.lastTriggerError;
    this.#clock = other.#clock;
    this.#uuids = other.#uuids;
    for (const consent of other.#consents) this.#consents.add(consent);
  }

  readonly now = (): number => this.#clock;

  readonly elapse = (milliseconds: number): void => {
    this.#clock += milliseconds;
  };

  readonly nextUuid = (): string => {
    this.#uuids += 1;
    return `00000000-0000-4000-8000-${String(this.#uuids).padStart(12, "0")}`;
  };

  /** Moves the clock and runs the time triggers that fall due, in order; while one runs, the others wait. */
  advance(milliseconds: number): void {
    const target = this.#clock + milliseconds;
    while (!this.#isTimeTriggerRunning) {
      const next = this.triggers.pending()[0];
      if (next === undefined || next.due > target) break;
      this.#clock = Math.max(this.#clock, next.due);
      this.#fire(next);
    }
    this.#clock = Math.max(this.#clock, target);
  }

  /** A simple trigger without a function in the script does not run; what a trigger throws ends in the logs. */
  runTrigger(
    started: Started,
    functionName: string,
    describeEvent: (running: Running) => Readonly<Record<string, unknown>>,
    menus: MenuEntry[] = [],
  ): void {
    if (!this.projects.has(started.spreadsheetId)) return;
    this.lastTriggerError = undefined;
    try {
      this.execute(started, menus, (running) => {
        const { execution, script, spreadsheets } = running;
        if (started.kind === "simpleTrigger" && !script.has(functionName)) return;
        const event = execution.withoutCounting(() => ({
          authMode: started.kind === "simpleTrigger" ? AuthModes.LIMITED : AuthModes.FULL,
          user: createUser(visibleEmail(execution, this.files.info(started.spreadsheetId)?.owner ?? "")),
          source: spreadsheets.open(started.spreadsheetId),
          ...describeEvent(running),
        }));
        const exposed = Object.entries(event).map(([name, value]) => [name, script.membrane.expose(value)]);
        script.call(functionName, [Object.assign(script.realm.object(), Object.fromEntries(exposed))]);
      });
    } catch (error) {
      this.#report(functionName, error as Error);
    }
  }

  /**
   * Somebody who is asked for more permissions gives them and does the same again.
   *
   * @param menus gets what the script adds to the menu bar
   */
  execute<T>(started: Started, menus: MenuEntry[], run: (running: Running) => T): T {
    try {
      return this.#executeOnce(started, menus, run);
    } catch (error) {
      if (!(error instanceof ScriptError) || error.message !== consentNeeded) throw error;
      this.#consents.add(keyOf(started));
      return this.#executeOnce(started, menus, run);
    }
  }

  /** Which permissions of the script somebody has granted; at first only what every action needs. */
  #scopesOf(started: Started, { manifest }: ScriptProject): readonly string[] | undefined {
    const isWhole = this.doubts.consentIsWhole || started.kind !== "user" || this.#consents.has(keyOf(started));
    return isWhole ? manifest.oauthScopes : manifest.oauthScopes?.filter((scope) => firstTicked.test(scope));
  }

  #executeOnce<T>(started: Started, menus: MenuEntry[], run: (running: Running) => T): T {
    const project = this.projects.get(started.spreadsheetId);
    if (project === undefined) throw new Error(`no script is bound to ${started.spreadsheetId}`);
    const outer = this.#current;
    const begin = this.#clock;
    const execution = new Execution(
      { ...started, scopes: this.#scopesOf(started, project), mayOpenSidebar: this.doubts.triggersOpenSidebars },
      { now: this.now, elapse: this.elapse, beforeCall: (call) => this.surroundings().beforeCall?.(call) },
    );
    this.#current = execution;
    try {
      const spreadsheets = this.#createSpreadsheetServices(execution, menus);
      const { SpreadsheetApp } = spreadsheets;
      const isGranted = execution.hasScopes(project.manifest.oauthScopes ?? []);
      const globals = { ...createScriptGlobals(execution, project, this, isGranted), SpreadsheetApp };
      const result = run({ execution, script: loadScript(project, this.now, globals), spreadsheets });
      execution.checkTime();
      return result;
    } finally {
      this.locks.release(execution);
      this.#current = outer;
      outer?.addTimeElsewhere(this.#clock - begin);
      if (outer === undefined) this.lastCalls = execution.calls;
    }
  }

  /** The installed triggers of opening, with the rights of whoever made them. */
  fireOpened(spreadsheetId: string): void {
    for (const trigger of this.triggers.all()) {
      if (trigger.onOpen && trigger.spreadsheetId === spreadsheetId) this.#fire(trigger);
    }
  }

  #fire(trigger: TimeTrigger): void {
    const { every, functionName, spreadsheetId, user } = trigger;
    const started = this.#clock;
    if (every !== undefined) trigger.due = started + every;
    else trigger.due = undefined;
    if (this.use.left("triggerMilliseconds", user) <= 0) {
      this.#report(functionName, new Error("Service using too much computer time for one day"));
      return;
    }
    this.#isTimeTriggerRunning = true;
    try {
      this.runTrigger({ kind: "timeTrigger", spreadsheetId, user }, functionName, () => ({ triggerUid: trigger.id }));
    } finally {
      this.#isTimeTriggerRunning = false;
      this.use.use("triggerMilliseconds", user, this.#clock - started);
    }
  }

  #report(functionName: string, error: Error): void {
    this.lastTriggerError = error;
    this.surroundings().log?.(`${functionName}: ${error.message}`);
  }

  #createSpreadsheetServices(execution: Execution, menus: MenuEntry[]): SpreadsheetServices {
    const suspend = (): void => {
      if (!this.doubts.locksOutliveQuestions) this.locks.release(execution);
    };
    const ui = createUi(execution, this.surroundings, (menu) => menus.push(menu), suspend);
    return createSpreadsheetServices({
      call: execution.call,
      actor: () => execution.user,
      activeId: execution.spreadsheetId,
      doubts: this.doubts,
      now: this.now,
      files: this.files,
      ui: () => ui,
      user: createUser,
      toast: (message, title) => this.surroundings().toast?.(message, title),
    });
  }
}
