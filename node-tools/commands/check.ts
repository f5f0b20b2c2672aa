import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { readPriorWinners } from "../../apps-script/core/award/prior-winners.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { checkAward } from "../../apps-script/core/check/check.ts";
import { checkAction, summariseCheck } from "../../apps-script/core/check/describe-check.ts";
import { buildPriorPage, type PriorPage } from "../../apps-script/core/evidence/prior-page.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { buildFindingsView } from "../../apps-script/dialogs/findings-view.ts";
import { logAction, now, openForEditing, refreshLayout, refreshProgress, saveAll } from "../award-files/award-files.ts";
import { planNextStep } from "../award-files/next-step.ts";
import { type Command, type CommandCall, exitCode, operand } from "../command-line/command.ts";
import { isThere } from "../disk/disk.ts";
import { join, parse } from "../host/paths.ts";
import { readImportInputs, reportUnread } from "../inputs/inputs.ts";

const readEarlier = async (call: CommandCall, paths: readonly string[]) =>
  paths.length > 0 ? readImportInputs(call, paths) : { inputs: [], refused: [], passed: [] };

function tellPriorPage({ terminal }: CommandCall, { pairs, missing }: PriorPage, path: string): void {
  terminal.say(
    pairs > 0
      ? `与往届获奖案例并排比对的有 ${pairs} 对，见 ${path}`
      : "给出的往届文件里，没有与本届相近的案例的正文，没有可以并排比对的。",
  );
  if (missing.length > 0) terminal.say(`给出的文件里没有这些往届案例的正文：${firstLines(missing, 5).join("、")}`);
}

export const check: Command = {
  name: "check",
  operands: "工作簿",
  found: "检查出“错误”，要改的都在“检查”表里，不是程序出错",
  minOperands: 1,
  maxOperands: 1,
  summary: "按通知逐条检查，把问题写入“检查”表并标出单元格",
  details: ["已经改正的问题，其标记和批注会自动消失；人写的批注不动。"],
  options: [
    {
      name: "earlier",
      value: "文件",
      multiple: true,
      help: "往届的申报工作簿、填报表或案例文档：与往届获奖案例相近的，把相同的段落并排列在工作簿旁边的“.往届比对.html”",
    },
  ],
  async run(call) {
    const path = operand(call, 0);
    const earlier = call.options.earlier ?? [];
    const { inputs, ...unread } = await readEarlier(call, earlier);
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
    const priorPage =
      earlier.length > 0 ? buildPriorPage(readAward(snapshot, notice), readPriorWinners(snapshot), inputs) : undefined;
    const pagePath = join(parse(path).dir, `${parse(path).name}.往届比对.html`);
    // One of an earlier call would tell of pairs that are no more.
    const hasPage = priorPage !== undefined && (priorPage.pairs > 0 || isThere(pagePath));
    await saveAll(call, [file], hasPage ? [{ path: pagePath, data: priorPage.html }] : []);
    call.terminal.say(`检查完成：${outcome}。详情见 ${path} 的“检查”表。`);
    if (priorPage) tellPriorPage(call, priorPage, pagePath);
    reportUnread(call, unread);
    sayNext();
    call.terminal.json({ counts, findings, ...(hasPage && { priorPage: pagePath }) });
    const options = { unit: "", checkedAt: now(), columnOf: () => 0, notice, most: Number.POSITIVE_INFINITY };
    call.terminal.show(() => ({ page: "findings", view: buildFindingsView(findings, options) }));
    return counts.error > 0 ? exitCode.found : exitCode.done;
  },
};
