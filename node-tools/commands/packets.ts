import { basename, join } from "node:path";
import { buildScoreSheets, packetsAction, tellHiddenMaterials } from "../../apps-script/core/score-sheets/packets.ts";
import { logAction, requireReview, saveAll } from "../award-files/award-files.ts";
import { sayNextStep } from "../award-files/next-step.ts";
import { renderAll, reportKept, withoutOverwriting } from "../award-files/outgoing.ts";
import { openScope, unitOption, unitWords } from "../award-files/review-scope.ts";
import { type Command, exitCode, requiredOption } from "../command-line/command.ts";

export const packets: Command = {
  name: "packets",
  operands: "FILE --out DIR [--unit NAME]",
  minOperands: 1,
  maxOperands: 1,
  summary: "为每位专家生成一份匿名评分表（评分表-E001.xlsx）",
  details: ["评分表里没有作者、单位和地区。文件夹里已有的同名评分表会改名保留，不会丢失。"],
  options: [{ name: "out", value: "DIR", help: "评分表放在哪个文件夹" }, unitOption],
  async run(call) {
    const folder = requiredOption(call, "out");
    const { path, application, notice, unit, award } = await openScope(call);
    const review = requireReview(path, notice, unit);
    const sheets = buildScoreSheets(award, review.workbook.snapshot, notice);
    const writes = await renderAll(call, folder, sheets);
    const plan = withoutOverwriting(writes);
    logAction(review, {
      action: packetsAction,
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
    if (!unit)
      sayNextStep(call, path, { application: application.workbook.snapshot, review: review.workbook.snapshot });
    call.terminal.json({ files: sheets.map((sheet) => join(folder, sheet.fileName)) });
    return exitCode.done;
  },
};
