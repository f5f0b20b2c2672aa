import { basename } from "node:path";
import { recommendSubmissions } from "../../apps-script/core/check/recommend.ts";
import { parseCivilDate } from "../../apps-script/core/text/civil-date.ts";
import { logAction, openForEditing, refreshLayout, saveAll } from "../award-files.ts";
import { type Command, exitCode, operand, option, UsageError } from "../command.ts";
import { notice } from "../notice.ts";
import { requireSettings } from "../settings-guard.ts";

export const recommend: Command = {
  name: "recommend",
  operands: "FILE [--date D]",
  minOperands: 1,
  maxOperands: 1,
  summary: "在名额内按初评得分从高到低，为检查无误的案例填“推荐 = 是”",
  details: ["已经填“是”的一律不动。不加 --date 时“推荐日期”留空。"],
  options: [{ name: "date", value: "D", help: "推荐日期，如 2025-10-20" }],
  async run(call) {
    const path = operand(call, 0);
    const typed = option(call, "date");
    const date = typed === undefined ? undefined : parseCivilDate(typed);
    if (typed !== undefined && date === undefined)
      throw new UsageError(`--date 应为日期，如 2025-10-20，收到的是“${typed}”`);
    call.terminal.step("读取工作簿");
    const file = await openForEditing(path);
    requireSettings(path, file.workbook.snapshot);
    call.terminal.step("检查并推荐");
    const { recommended, left, patch } = recommendSubmissions(file.workbook.snapshot, notice, date);
    file.workbook.apply(patch);
    refreshLayout(file);
    logAction(file, {
      action: "推荐",
      parameters: date === undefined ? "" : `推荐日期 ${date}`,
      outcome: `新推荐 ${recommended.length}，未推荐 ${left.length}`,
      inputs: [file.digest],
    });
    await saveAll(call, [file]);
    call.terminal.say(`新推荐 ${recommended.length} 个案例，未推荐 ${left.length} 个。`);
    const reasons = new Map<string, number>();
    for (const { reason } of left) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 8))
      call.terminal.say(`  ${count} 个：${reason}`);
    call.terminal.say(`请在 ${basename(path)} 的“案例”表核对“推荐”一列，再运行 casebook check。`);
    call.terminal.json({ recommended, left });
    return exitCode.done;
  },
};
