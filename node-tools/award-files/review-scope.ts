import type { Unit } from "../../apps-script/core/award/award.ts";
import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import type { Settings } from "../../apps-script/core/award/settings.ts";
import { viewFirstReview } from "../../apps-script/core/first-review/first-review.ts";
import type { Notice } from "../../apps-script/core/notice/notice.ts";
import type { WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { asTyped, type CommandCall, type CommandOption, operand, option, UsageError } from "../command-line/command.ts";
import { openForReading, type ReadFile } from "./award-files.ts";
import { requireSettings } from "./settings-guard.ts";

export const unitOption: CommandOption = {
  name: "unit",
  value: "单位",
  help: "某个单位自己的初评：只评该单位的案例，只用该单位的专家，写入旁边的 原名.初评-单位名称.xlsx",
};

/** Which review a command is about: the award's own, or the first review of `unit`. */
export interface ReviewScope {
  readonly unit: Unit | undefined;
  /** The shared workbook as that review sees it. */
  readonly award: WorkbookSnapshot;
}

/** Reads --unit: a name, alias or code of 单位. @throws UsageError when it names no unit, WorkbookStructureError */
export function readScope(call: CommandCall, snapshot: WorkbookSnapshot, notice: Notice): ReviewScope {
  const typed = option(call, "unit");
  if (typed === undefined) return { unit: undefined, award: snapshot };
  const { resolveUnit, tables } = readAward(snapshot, notice);
  const unit = resolveUnit(typed);
  if (!unit)
    throw new UsageError(`“${tables.units.name}”表里没有“${typed}”，或不止一个；请写单位名称，如 --unit 兴庆区教育局`);
  return { unit, award: viewFirstReview(snapshot, unit, notice) };
}

export interface OpenScope extends ReviewScope {
  readonly path: string;
  readonly application: ReadFile;
  readonly settings: Settings;
  readonly notice: Notice;
}

/** Opens the shared workbook to read from, for a command about a review. @throws UsageError, InputError, WorkbookStructureError */
export async function openScope(call: CommandCall): Promise<OpenScope> {
  const path = operand(call, 0);
  await call.terminal.step("读取工作簿");
  const application = openForReading(path, { others: call.operands.slice(1) });
  const { snapshot } = application.workbook;
  const settings = requireSettings(path, snapshot);
  const notice = noticeOf(snapshot);
  return { path, application, settings, notice, ...readScope(call, snapshot, notice) };
}

/** ` --unit 兴庆区教育局`, to complete the next command that a message recommends. */
export function unitWords(unit: Pick<Unit, "name"> | undefined): string {
  return unit ? ` --unit ${asTyped(unit.name)}` : "";
}
