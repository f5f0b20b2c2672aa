import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import {
  correctAction,
  describeCorrection,
  describeLeft,
  patchCorrections,
  summariseCorrections,
} from "../../apps-script/core/corrections/correction.ts";
import { proposeCorrections } from "../../apps-script/core/corrections/propose-corrections.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { logAction, openForEditing, saveAll } from "../award-files/award-files.ts";
import { nextLine } from "../award-files/next-step.ts";
import { requireSettings } from "../award-files/settings-guard.ts";
import { asTyped, type Command, exitCode, operand } from "../command-line/command.ts";

/** Of each list, so that a terminal does not scroll away what came before. */
const mostLines = 20;

export const fix: Command = {
  name: "fix",
  operands: "工作簿 [--dry-run]",
  minOperands: 1,
  maxOperands: 1,
  summary: "一次改好不用问人的小毛病：全角半角、分隔符、日期、单位名称、姓名里的空格等",
  details: [
    "只改毫无疑问的：改了以后不会出现任何新的问题。公式、已取消资格的案例、导入的文件说法不一的格不动，逐一说明。",
    "每一格原来的内容写进这一格的批注（原有批注保留），并记入“日志”；改错了用 casebook undo 撤销。再运行一次不会再改。",
    "先用 --dry-run 逐格列出来看，不写文件。",
  ],
  options: [{ name: "dry-run", help: "只列出会改哪些格、改成什么、为什么，不写文件" }],
  async run(call) {
    const path = operand(call, 0);
    const dryRun = call.options["dry-run"] !== undefined;
    const { terminal } = call;
    await terminal.step("读取工作簿");
    const file = openForEditing(path);
    const { snapshot } = file.workbook;
    requireSettings(path, snapshot);
    await terminal.step("找出可以更正的单元格");
    const { corrections, left, problems } = proposeCorrections(snapshot, noticeOf(snapshot));
    if (!dryRun && corrections.length > 0) {
      file.workbook.apply(patchCorrections(snapshot, corrections));
      const outcome = summariseCorrections(corrections);
      logAction(file, { action: correctAction, parameters: "", outcome, inputs: [file.digest] });
      await saveAll(call, [file]);
    }
    const most = dryRun ? corrections.length : mostLines;
    const more = (rest: number) => `……另有 ${rest} 处，见各格的批注`;
    if (corrections.length === 0) terminal.say("没有可以一键更正的单元格。");
    else terminal.say(`${dryRun ? "可以" : "已"}${summariseCorrections(corrections)}。`);
    for (const line of firstLines(corrections.map(describeCorrection), most, more)) terminal.say(`  ${line}`);
    if (left.length > 0) terminal.say(`没有改的 ${left.length} 处：`);
    for (const line of firstLines(left.map(describeLeft), dryRun ? left.length : mostLines)) terminal.say(`  ${line}`);
    if (corrections.length > 0) {
      const { before, after } = problems;
      const change = after < before ? `${dryRun ? "会由" : "由"} ${before} 处减为 ${after} 处` : `仍为 ${after} 处`;
      terminal.say(`错误和警告${change}，这些要人看过才能改：运行 casebook check，再看“检查”表。`);
      if (!dryRun) terminal.say(`改错了可以撤销：casebook undo ${asTyped(path)}`);
      if (dryRun) terminal.say(`下一步（写入这些更正）：casebook fix ${asTyped(path)}`);
    }
    if (!dryRun || corrections.length === 0) terminal.say(nextLine("check", path));
    const fixed = corrections.map(({ value: _, ...correction }) => correction);
    terminal.json({ fixed, left });
    return exitCode.done;
  },
};
