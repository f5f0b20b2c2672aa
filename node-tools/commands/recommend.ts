import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import {
  listLeft,
  listQuotaTies,
  recommendAction,
  recommendationParameters,
  summariseRecommendation,
} from "../../apps-script/core/check/describe-check.ts";
import { lastFindings } from "../../apps-script/core/check/read-findings.ts";
import { recommendSubmissions } from "../../apps-script/core/check/recommend.ts";
import { parseCivilDate } from "../../apps-script/core/text/civil-date.ts";
import { logAction, openForEditing, refreshLayout, refreshProgress, saveAll } from "../award-files/award-files.ts";
import { planNextStep } from "../award-files/next-step.ts";
import { requireSettings } from "../award-files/settings-guard.ts";
import { type Command, exitCode, operand, option, UsageError } from "../command-line/command.ts";

export const recommend: Command = {
  name: "recommend",
  operands: "工作簿 [--date 日期]",
  minOperands: 1,
  maxOperands: 1,
  summary: "在名额内按初评得分从高到低，为检查无误的案例填“推荐 = 是”",
  details: ["已经填“是”的一律不动。不加 --date 时“推荐日期”留空。"],
  options: [{ name: "date", value: "日期", help: "推荐日期，如 2025-10-20" }],
  async run(call) {
    const path = operand(call, 0);
    const typed = option(call, "date");
    const date = typed === undefined ? undefined : parseCivilDate(typed);
    if (typed !== undefined && date === undefined)
      throw new UsageError(`--date 应为日期，如 2025-10-20，收到的是“${typed}”`);
    await call.terminal.step("读取工作簿");
    const file = openForEditing(path);
    requireSettings(path, file.workbook.snapshot);
    await call.terminal.step("检查并推荐");
    const { snapshot } = file.workbook;
    const { recommended, left, ties, patch } = recommendSubmissions(snapshot, noticeOf(snapshot), date);
    file.workbook.apply(patch);
    refreshLayout(file);
    refreshProgress(file, lastFindings(file.workbook.snapshot));
    logAction(file, {
      action: recommendAction,
      parameters: recommendationParameters(date),
      outcome: summariseRecommendation(recommended.length, left.length),
      inputs: [file.digest],
    });
    const sayNext = planNextStep(call, path, { application: file.workbook.snapshot });
    await saveAll(call, [file]);
    call.terminal.say(`新推荐 ${recommended.length} 个案例，未推荐 ${left.length} 个。`);
    for (const line of listLeft(left, "，用 --json 查看全部")) call.terminal.say(`  ${line}`);
    for (const line of listQuotaTies(ties)) call.terminal.say(`  ${line}`);
    call.terminal.say(`请在 ${path} 的“案例”表核对“推荐”一列。`);
    sayNext();
    call.terminal.json({ recommended, left, ties });
    return exitCode.done;
  },
};
