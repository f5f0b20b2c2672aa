import { readAwardTables } from "../apps-script/core/award/read-award.ts";
import { readSettings } from "../apps-script/core/award/settings.ts";
import type { WorkbookSnapshot } from "../apps-script/core/workbook/port.ts";
import { InputError } from "./errors.ts";
import { notice } from "./notice.ts";

/** Nothing runs on a wrong value in 参数. @throws InputError naming each cell */
export function refuseWrongSettings(path: string, snapshot: WorkbookSnapshot): void {
  const { settings } = readAwardTables(snapshot);
  const { problems } = readSettings(settings, notice);
  if (problems.length === 0) return;
  const lines = problems.map((p) => `“${settings.name}”表第 ${p.row} 行：${p.message}`);
  throw new InputError(path, `参数有误，未执行任何操作。\n  ${lines.join("\n  ")}`);
}
