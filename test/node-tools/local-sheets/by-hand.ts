/** What people do in a spreadsheet besides typing, written as a script of theirs. */
import type { LocalGoogle, ScriptProject } from "../../../node-tools/local-sheets/local-google.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { administrator, type Desk, lightWorkbook, openDesk, sharedProject } from "../../src/shared/shared-desk.ts";

const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;

/** A script that may do what its author may do by hand. */
export function scriptOf(statements: string): ScriptProject {
  return {
    code: `function byHand() { ScriptApp.requireAllScopes(ScriptApp.AuthMode.FULL); var book = SpreadsheetApp.getActive(); ${statements} }`,
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

/** Position of a label in the first row of a sheet, 1-based; 0 when it is not there. */
export function columnOf(desk: Desk, sheet: string, label: string): number {
  return (desk.sheet(sheet).rows[0] ?? []).indexOf(label) + 1;
}

/** An award with two findings and two submissions that can be recommended. */
export const faultyAward = makeSnapshot({
  units: [xingqing, tongxin],
  submissions: [{ priorAward: "是" }, { keywords: "一" }, { firstScore: 90 }, { firstScore: 80 }],
});

/** What a check finds in an award that nobody has disarranged. */
export function undisturbedFindings(): string[] {
  const desk = openDesk(lightWorkbook(faultyAward));
  desk.run("checkAll");
  return findingsOf(desk);
}

/** The submissions' sheet as `sheet`, with columns to spare at its right. */
export const openSubmissions =
  "var sheet = book.getSheetByName('案例'); sheet.insertColumnsAfter(sheet.getMaxColumns(), 10);";

/** Every action of the menu that writes. */
export function runEverything(desk: Desk): void {
  desk.run("checkAll");
  desk.answers.push("2025-10-20");
  desk.run("recommendByFirstScore");
  const values = [
    ["单位代码", "单位名称", "类别", "别名", "上级单位"],
    ["640205", "惠农区教育局", "教育局", "惠农区", "石嘴山市"],
  ];
  desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values });
  desk.run("importPasted");
  desk.run("initializeWorkbook");
  desk.run("lockSubmissions");
  desk.run("unlockSubmissions");
  desk.run("checkAll");
}
