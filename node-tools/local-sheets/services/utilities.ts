import type { Execution } from "../runtime/execution.ts";
import { bytesOf, createBlob } from "./blob.ts";
import { formatDate } from "./format-date.ts";
import { refuseUnsupported } from "./unsupported.ts";

/** Longest pause that the platform allows, in milliseconds. */
const longestSleep = 300_000;

/**
 * @param wait lets time of the virtual clock pass
 * @param nextUuid the same sequence in every run of a world, so that its end states can be compared
 */
export function createUtilities(execution: Execution, wait: (milliseconds: number) => void, nextUuid: () => string) {
  type Supported = "formatDate" | "sleep" | "getUuid" | "newBlob";
  const utilities: Pick<GoogleAppsScript.Utilities.Utilities, Supported> = {
    formatDate(date, timeZone, format) {
      execution.call("Utilities.formatDate");
      return formatDate(date.getTime(), timeZone, format);
    },
    sleep(milliseconds) {
      execution.call("Utilities.sleep");
      if (!(milliseconds >= 0 && milliseconds <= longestSleep)) {
        throw new Error(`Invalid argument: ${milliseconds}. Should be between 0 and ${longestSleep} milliseconds.`);
      }
      wait(milliseconds);
    },
    getUuid() {
      execution.call("Utilities.getUuid");
      return nextUuid();
    },
    newBlob(data: string | number[], contentType?: string, name?: string) {
      execution.call("Utilities.newBlob");
      const type = contentType ?? (typeof data === "string" ? "text/plain" : null);
      return createBlob(bytesOf(data), type, name ?? null);
    },
  };
  return refuseUnsupported("Utilities", utilities);
}
