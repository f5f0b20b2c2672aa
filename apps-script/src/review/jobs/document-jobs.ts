import { clockTime } from "../../google/spreadsheet-clock.ts";
import type { JobHost } from "./job-host.ts";

/** Name of the function that the triggers run. */
const handler = "continueJob";
/** The script is loaded anew for each execution. */
const entered = Date.now();

function triggersOfJobs(): GoogleAppsScript.Script.Trigger[] {
  return ScriptApp.getProjectTriggers().filter((trigger) => trigger.getHandlerFunction() === handler);
}

/**
 * The job of this workbook. Its triggers recur until it ends: a trigger that an execution of a trigger makes may never fire
 * (issue 150756612 of Google's tracker), so none is made there. The one for opening goes on with the job even where the
 * clock's never fires.
 */
export function documentJobs(): JobHost {
  return {
    properties: PropertiesService.getDocumentProperties(),
    entered,
    now: () => Date.now(),
    time: clockTime,
    keepAwake() {
      if (triggersOfJobs().length > 0) return;
      ScriptApp.newTrigger(handler).timeBased().everyMinutes(5).create();
      ScriptApp.newTrigger(handler).forSpreadsheet(SpreadsheetApp.getActiveSpreadsheet()).onOpen().create();
    },
    clearTriggers() {
      for (const trigger of triggersOfJobs()) ScriptApp.deleteTrigger(trigger);
    },
  };
}
