import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { readAwardTables } from "../../apps-script/core/award/read-award.ts";
import { describeSettingProblems, readSettings, type Settings } from "../../apps-script/core/award/settings.ts";
import type { WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { InputError } from "../errors.ts";

/** The settings in force; nothing runs on a wrong value in 参数. @throws InputError naming each cell */
export function requireSettings(path: string, snapshot: WorkbookSnapshot): Settings {
  const table = readAwardTables(snapshot).settings;
  const { settings, problems } = readSettings(table, noticeOf(snapshot));
  if (problems.length === 0) return settings;
  const lines = describeSettingProblems(table.name, problems);
  throw new InputError(path, `参数有误，未执行任何操作。\n  ${lines.join("\n  ")}`);
}
