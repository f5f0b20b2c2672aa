import type { Doubts } from "../runtime/doubts.ts";
import type { Execution } from "../runtime/execution.ts";
import type { TimeTrigger, TriggerTable } from "../runtime/trigger-table.ts";
import { defineEnumeration } from "./enumeration.ts";
import { ownFake, refuseUnsupported, standInFor } from "./unsupported.ts";

const minute = 60_000;
const allowedMinutes = [1, 5, 10, 15, 30];

export const AuthModes = defineEnumeration("NONE", "CUSTOM_FUNCTION", "LIMITED", "FULL");

/** A trigger as a script has it in hand; `deleteTrigger` reads its record. */
class FakeTrigger implements Pick<GoogleAppsScript.Script.Trigger, "getHandlerFunction" | "getUniqueId"> {
  readonly record: TimeTrigger;

  constructor(record: TimeTrigger) {
    this.record = record;
  }

  getHandlerFunction(): string {
    return this.record.functionName;
  }

  getUniqueId(): string {
    return this.record.id;
  }
}

const wrapTrigger = (record: TimeTrigger): GoogleAppsScript.Script.Trigger =>
  refuseUnsupported<GoogleAppsScript.Script.Trigger>("Trigger", new FakeTrigger(record));

class FakeClockTriggerBuilder
  implements Pick<GoogleAppsScript.Script.ClockTriggerBuilder, "after" | "everyMinutes" | "create">
{
  private delay: number | undefined;
  private every: number | undefined;
  private readonly make: (delay: number, every: number | undefined) => GoogleAppsScript.Script.Trigger;

  constructor(make: (delay: number, every: number | undefined) => GoogleAppsScript.Script.Trigger) {
    this.make = make;
  }

  after(durationMilliseconds: number): GoogleAppsScript.Script.ClockTriggerBuilder {
    this.delay = durationMilliseconds;
    return standInFor<GoogleAppsScript.Script.ClockTriggerBuilder>(this);
  }

  everyMinutes(n: number): GoogleAppsScript.Script.ClockTriggerBuilder {
    if (!allowedMinutes.includes(n))
      throw new Error("The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15 or 30.");
    this.every = n * minute;
    return standInFor<GoogleAppsScript.Script.ClockTriggerBuilder>(this);
  }

  create(): GoogleAppsScript.Script.Trigger {
    const delay = this.every ?? this.delay;
    if (delay === undefined) throw new Error("The trigger you are creating has no time of execution.");
    return this.make(delay, this.every);
  }
}

/** What an execution ends with that asks for permissions which are not granted. */
export const consentNeeded = "Authorization is required to perform that action.";

/** @param isGranted whether whoever acts has granted all permissions of the manifest */
export function createScriptApp(
  execution: Execution,
  triggers: TriggerTable,
  now: () => number,
  doubts: Doubts,
  isGranted: boolean,
) {
  type Supported = "requireAllScopes" | "newTrigger" | "getProjectTriggers" | "deleteTrigger" | "getScriptId";
  const { spreadsheetId, user } = execution;
  const service: Pick<GoogleAppsScript.Script.ScriptApp, Supported> & { AuthMode: typeof AuthModes } = {
    AuthMode: AuthModes,
    requireAllScopes() {
      execution.call("ScriptApp.requireAllScopes");
      if (!isGranted) throw new Error(consentNeeded);
    },
    newTrigger(functionName) {
      execution.call("ScriptApp.newTrigger");
      const make = (delay: number, every: number | undefined): GoogleAppsScript.Script.Trigger => {
        execution.call("ClockTriggerBuilder.create");
        const fires = execution.kind !== "timeTrigger" || doubts.triggersOfTriggersFire;
        const due = fires ? now() + delay : undefined;
        return wrapTrigger(
          triggers.add({ functionName, spreadsheetId, user, due, ...(every === undefined ? {} : { every }) }),
        );
      };
      const onOpen = () => {
        execution.call("SpreadsheetTriggerBuilder.create");
        return wrapTrigger(triggers.add({ functionName, spreadsheetId, user, due: undefined, onOpen: true }));
      };
      const builder: Pick<GoogleAppsScript.Script.TriggerBuilder, "timeBased" | "forSpreadsheet"> = {
        /** Of the spreadsheet that the script is bound to. */
        forSpreadsheet: () => {
          const event = refuseUnsupported("SpreadsheetTriggerBuilder", { create: onOpen });
          const ofSpreadsheet = refuseUnsupported("SpreadsheetTriggerBuilder", { onOpen: () => event } as object);
          return standInFor<GoogleAppsScript.Script.SpreadsheetTriggerBuilder>(ofSpreadsheet);
        },
        timeBased: () =>
          refuseUnsupported<GoogleAppsScript.Script.ClockTriggerBuilder>(
            "ClockTriggerBuilder",
            new FakeClockTriggerBuilder(make),
          ),
      };
      return refuseUnsupported("TriggerBuilder", builder) as GoogleAppsScript.Script.TriggerBuilder;
    },
    getProjectTriggers() {
      execution.call("ScriptApp.getProjectTriggers");
      return triggers.of(spreadsheetId, user).map(wrapTrigger);
    },
    deleteTrigger(trigger) {
      execution.call("ScriptApp.deleteTrigger");
      triggers.delete(ownFake(FakeTrigger, trigger).record.id);
    },
    getScriptId() {
      execution.call("ScriptApp.getScriptId");
      return `script-of-${spreadsheetId}`;
    },
  };
  return refuseUnsupported("ScriptApp", service);
}
