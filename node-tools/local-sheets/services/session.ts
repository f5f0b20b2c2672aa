import type { Execution } from "../runtime/execution.ts";
import { refuseUnsupported } from "./unsupported.ts";

/** @param email "" where the platform withholds it */
export function createUser(email: string): GoogleAppsScript.Base.User {
  const user: Pick<GoogleAppsScript.Base.User, "getEmail"> = { getEmail: () => email };
  return refuseUnsupported("User", user) as GoogleAppsScript.Base.User;
}

/**
 * Who sits at the spreadsheet, as far as a script is told: a trigger runs without that person's consent, so a simple one
 * learns the address of the script's owner alone and one of the clock has nobody before it.
 */
export function visibleEmail(execution: Execution, owner: string): string {
  if (execution.kind === "user") return execution.user;
  return execution.kind === "simpleTrigger" && execution.user === owner ? owner : "";
}

export function createSession(execution: Execution, owner: string, timeZone: string) {
  type Supported = "getActiveUser" | "getEffectiveUser" | "getScriptTimeZone";
  const session: Pick<GoogleAppsScript.Base.Session, Supported> = {
    getActiveUser() {
      execution.call("Session.getActiveUser");
      return createUser(visibleEmail(execution, owner));
    },
    getEffectiveUser() {
      execution.call("Session.getEffectiveUser");
      return createUser(execution.kind === "simpleTrigger" ? visibleEmail(execution, owner) : execution.user);
    },
    getScriptTimeZone() {
      execution.call("Session.getScriptTimeZone");
      return timeZone;
    },
  };
  return refuseUnsupported("Session", session);
}
