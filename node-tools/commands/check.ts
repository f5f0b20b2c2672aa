import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { checkAward } from "../../apps-script/core/check/check.ts";
import { checkAction, summariseCheck } from "../../apps-script/core/check/describe-check.ts";
import { buildFindingsView } from "../../apps-script/dialogs/findings-view.ts";
import { logAction, now, openForEditing, refreshLayout, refreshProgress, saveAll } from "../award-files/award-files.ts";
import { planNextStep } from "../award-files/next-step.ts";
import { type Command, exitCode, operand } from "../command-line/command.ts";

export const check: Command = {
  name: "check",
  operands: "工作簿",
  found: "检查出“错误”，要改的都在“检查”表里，不是程序出错",
  minOperands: 1,
  maxOperands: 1,
  summary: "按通知逐条检查，把问题写入“检查”表并标出单元格",
  details: ["已经改正的问题，其标记和批注会自动消失；人写的批注不动。"],
  async run(call) {
    const path = operand(call, 0);
    await call.terminal.step("读取工作簿");
    const file = openForEditing(path);
    await call.terminal.step("检查");
    // First the layout: 可推荐 is written to the rows that 配额 has then.
    refreshLayout(file);
    const { snapshot } = file.workbook;
    const notice = noticeOf(snapshot);
    const { findings, counts, patch } = checkAward(snapshot, notice);
    file.workbook.apply(patch);
    refreshProgress(file, findings);
    const outcome = summariseCheck(counts);
    logAction(file, { action: checkAction, parameters: "", outcome, inputs: [file.digest] });
    const sayNext = planNextStep(call, path, { application: file.workbook.snapshot }, { errors: counts.error });
    await saveAll(call, [file]);
    call.terminal.say(`检查完成：${outcome}。详情见 ${path} 的“检查”表。`);
    sayNext();
    call.terminal.json({ counts, findings });
    const options = { unit: "", checkedAt: now(), columnOf: () => 0, notice, most: Number.POSITIVE_INFINITY };
    call.terminal.show(() => ({ page: "findings", view: buildFindingsView(findings, options) }));
    return counts.error > 0 ? exitCode.found : exitCode.done;
  },
};
