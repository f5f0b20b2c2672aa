import { basename, join } from "node:path";
import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { buildScoreSheets, tellHiddenMaterials } from "../../apps-script/core/score-sheets/packets.ts";
import { logAction, openForReading, requireReview, saveAll } from "../award-files/award-files.ts";
import { renderAll, reportKept, withoutOverwriting } from "../award-files/outgoing.ts";
import { readScope, unitOption, unitWords } from "../award-files/review-scope.ts";
import { requireSettings } from "../award-files/settings-guard.ts";
import { type Command, exitCode, operand, requiredOption } from "../command-line/command.ts";

export const packets: Command = {
  name: "packets",
  operands: "FILE --out DIR [--unit NAME]",
  minOperands: 1,
  maxOperands: 1,
  summary: "为每位专家生成一份匿名评分表（评分表-E001.xlsx）",
  details: ["评分表里没有作者、单位和地区。文件夹里已有的同名评分表会改名保留，不会丢失。"],
  options: [{ name: "out", value: "DIR", help: "评分表放在哪个文件夹" }, unitOption],
  async run(call) {
    const path = operand(call, 0);
    const folder = requiredOption(call, "out");
    call.terminal.step("读取工作簿");
    const application = await openForReading(path);
    requireSettings(path, application.workbook.snapshot);
    const notice = noticeOf(application.workbook.snapshot);
    const { unit, award } = readScope(call, application.workbook.snapshot, notice);
    const review = await requireReview(path, notice, unit);
    const sheets = buildScoreSheets(award, review.workbook.snapshot, notice);
    const writes = await renderAll(call, folder, sheets);
    const plan = withoutOverwriting(writes);
    logAction(review, {
      action: "生成评分表",
      parameters: "",
      outcome: `${sheets.length} 份`,
      inputs: [application.digest, review.digest],
    });
    await saveAll(call, [review], plan.writes);
    call.terminal.say(
      `已生成 ${sheets.length} 份评分表，在 ${folder}。收回后运行 casebook collect ${basename(path)}${unitWords(unit)} 收回的文件夹。`,
    );
    const hidden = tellHiddenMaterials(sheets);
    if (hidden !== "") call.terminal.say(hidden);
    reportKept(call, plan.kept);
    call.terminal.json({ files: sheets.map((sheet) => join(folder, sheet.fileName)) });
    return exitCode.done;
  },
};
