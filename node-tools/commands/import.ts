import { basename } from "node:path";
import { type ImportReport, planImport } from "../../apps-script/core/import/plan-import.ts";
import { logAction, openForEditing, refreshLayout, saveAll } from "../award-files.ts";
import { type Command, type CommandCall, exitCode, operand } from "../command.ts";
import { readInputs } from "../inputs.ts";
import { notice } from "../notice.ts";

function total(report: ImportReport, key: "added" | "updated" | "unchanged"): number {
  return report.inputs.reduce((sum, input) => sum + input[key], 0);
}

function tell(call: CommandCall, report: ImportReport): void {
  const { terminal } = call;
  for (const input of report.inputs) {
    const where = input.sheet === "" ? "未识别" : input.sheet;
    const kept = input.kept.length;
    const rejected = input.rejected.length;
    terminal.say(
      `${input.file} → ${where}：读到 ${input.rows} 行，新增 ${input.added}，更新 ${input.updated}，未变 ${input.unchanged}` +
        (kept > 0 ? `，原样保留 ${kept} 处` : "") +
        (rejected > 0 ? `，未收下 ${rejected} 行` : ""),
    );
    for (const { row, column, reason } of input.kept.slice(0, 10)) {
      const place = [row > 0 ? `第 ${row} 行` : "", column === "" ? "" : `“${column}”`].join("");
      terminal.say(place === "" ? `  ${reason}` : `  ${place}：${reason}`);
    }
    if (kept > 10) terminal.say(`  ……另有 ${kept - 10} 处，用 --json 查看全部`);
    for (const { row, reason } of input.rejected)
      terminal.say(row > 0 ? `  第 ${row} 行未收下：${reason}` : `  未收下：${reason}`);
  }
}

export const importInputs: Command = {
  name: "import",
  operands: "FILE INPUT…",
  minOperands: 2,
  maxOperands: Number.POSITIVE_INFINITY,
  summary: "导入单位名册、平台导出、专家推荐表、联络员名单、填报表，或整个文件夹",
  details: [
    "INPUT 可以是 .csv（UTF-8、UTF-16、GB18030）、.xlsx，或装着它们的文件夹。按表头识别内容，表头上方可以有标题行。",
    "同一份文件可以反复导入：人工改过的单元格保留不动并逐一说明，没有改过的随文件更新。",
  ],
  async run(call) {
    const path = operand(call, 0);
    call.terminal.step("读取工作簿");
    const file = await openForEditing(path);
    const inputs = await readInputs(call, call.operands.slice(1));
    call.terminal.step("核对并合并");
    const { patch, report } = planImport(file.workbook.snapshot, inputs, notice);
    file.workbook.apply(patch);
    refreshLayout(file);
    const rejected = report.inputs.reduce((sum, input) => sum + input.rejected.length, 0);
    logAction(file, {
      action: "导入",
      parameters: inputs.map((input) => input.file).join("、"),
      outcome: `新增 ${total(report, "added")}，更新 ${total(report, "updated")}，未变 ${total(report, "unchanged")}，未收下 ${rejected}`,
      inputs: inputs.map((input) => input.digest),
    });
    await saveAll(call, [file]);
    tell(call, report);
    const taken = total(report, "added") + total(report, "updated") + total(report, "unchanged");
    if (taken === 0) call.terminal.say("没有收下任何内容，请按上面的说明改正后重新导入。");
    else call.terminal.say(`已导入 ${basename(path)}。下一步：casebook check ${basename(path)}`);
    call.terminal.json(report);
    return rejected > 0 ? exitCode.found : exitCode.done;
  },
};
