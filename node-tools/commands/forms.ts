import { buildUnitForms } from "../../apps-script/core/application-book/unit-form.ts";
import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { logAction, openForEditing, saveAll } from "../award-files/award-files.ts";
import { formsAction, sayNextStep } from "../award-files/next-step.ts";
import { renderAll, reportKept, withoutOverwriting } from "../award-files/outgoing.ts";
import { type Command, exitCode, operand, requiredOption } from "../command-line/command.ts";
import { join } from "../host/paths.ts";

export const forms: Command = {
  name: "forms",
  operands: "工作簿 --out 文件夹",
  minOperands: 1,
  maxOperands: 1,
  summary: "为每个单位生成一份填报表（.xlsx），发给单位离线填写",
  details: ["已有数据会预先填入；填好后用 casebook import 收回。文件夹里已有的同名填报表会另存为备份，不会丢失。"],
  options: [{ name: "out", value: "文件夹", help: "填报表放在哪个文件夹" }],
  async run(call) {
    const folder = requiredOption(call, "out");
    await call.terminal.step("读取工作簿");
    const path = operand(call, 0);
    const file = openForEditing(path);
    const { snapshot } = file.workbook;
    const unitForms = buildUnitForms(snapshot, noticeOf(snapshot));
    const writes = await renderAll(call, folder, unitForms);
    const plan = withoutOverwriting(writes);
    logAction(file, { action: formsAction, parameters: "", outcome: `${writes.length} 份`, inputs: [file.digest] });
    await saveAll(call, [file], plan.writes);
    call.terminal.say(`已生成 ${writes.length} 份填报表，在 ${folder}。`);
    reportKept(call, plan.kept);
    sayNextStep(call, path, { application: file.workbook.snapshot });
    call.terminal.json({ files: unitForms.map((form) => join(folder, form.fileName)) });
    return exitCode.done;
  },
};
