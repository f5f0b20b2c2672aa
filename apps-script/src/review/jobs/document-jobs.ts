import { clockTime } from "../../google/spreadsheet-clock.ts";
import type { JobHost } from "./job-host.ts";

/** Name of the function that the time trigger runs. */
const handler = "continueJob";

function triggersOfJobs(): GoogleAppsScript.Script.Trigger[] {
  return ScriptApp.getProjectTriggers().filter((trigger) => trigger.getHandlerFunction() === handler);
}

/** The job of this workbook. */
export function documentJobs(): JobHost {
  return {
    properties: PropertiesService.getDocumentProperties(),
    now: () => Date.now(),
    time: clockTime,
    wake(milliseconds) {
      const older = triggersOfJobs();
      ScriptApp.newTrigger(handler).timeBased().after(milliseconds).create();
      for (const trigger of older) ScriptApp.deleteTrigger(trigger);
    },
    clearTriggers() {
      for (const trigger of triggersOfJobs()) ScriptApp.deleteTrigger(trigger);
    },
  };
}
