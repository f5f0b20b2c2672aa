/** What people do in a spreadsheet besides typing, told as a script of theirs. */
import type { LocalGoogle, ScriptProject } from "../../../node-tools/sheets/local-google.ts";
import type { Desk } from "../../src/shared/shared-desk.ts";
import { administrator, sharedProject } from "../../src/shared/shared-desk.ts";

const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;

/** A script that may do what its author may do by hand. */
export function scriptOf(statements: string): ScriptProject {
  return {
    code: `function byHand() { var book = SpreadsheetApp.getActive(); ${statements} }`,
    html: new Map(),
    manifest: {
      timeZone: "Asia/Shanghai",
      oauthScopes: [scope("spreadsheets"), scope("drive"), scope("script.container.ui")],
    },
  };
}

/** Runs the statements on a spreadsheet as `book`; its own script is bound again afterwards. */
export function actByHand(
  google: LocalGoogle,
  id: string,
  project: ScriptProject,
  user: string,
  statements: string,
): unknown {
  google.bindScript(id, scriptOf(statements));
  try {
    return google.run(id, user, "byHand");
  } finally {
    google.bindScript(id, project);
  }
}

export function byHand({ google, id }: Desk, statements: string, user = administrator): unknown {
  return actByHand(google, id, sharedProject(), user, statements);
}

/** The findings of the last check, without their position in the list. */
export function findingsOf(desk: Desk): string[] {
  const [header = [], ...rows] = desk.sheet("检查").rows;
  const at = (label: string) => header.indexOf(label);
  return rows.map((row) => ["规则", "工作表", "行", "列", "案例编号"].map((label) => row[at(label)]).join(" "));
}

/** What a trigger threw last, which nobody sees on the platform. */
export function triggerError({ google }: Desk): string | undefined {
  return (google as { lastTriggerError?: Error }).lastTriggerError?.message;
}
