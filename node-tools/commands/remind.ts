import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { readProgress } from "../../apps-script/core/progress/award-progress.ts";
import { listLacking } from "../../apps-script/core/progress/describe-progress.ts";
import { describeOpen } from "../../apps-script/core/progress/expert-progress.ts";
import { listReminders } from "../../apps-script/core/progress/reminders.ts";
import { liaisonsOf } from "../../apps-script/core/progress/unit-progress.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { buildRemindersView } from "../../apps-script/dialogs/reminders-view.ts";
import { openForReading, requireReviewToRead, reviewPath } from "../award-files/award-files.ts";
import { today } from "../award-files/next-step.ts";
import { requireSettings } from "../award-files/settings-guard.ts";
import { type Command, exitCode, operand, option } from "../command-line/command.ts";
import { isThere } from "../disk/disk.ts";
import { ensureFolder, writeFilesAtomically } from "../disk/files.ts";
import { join } from "../host/paths.ts";

const fileName = "催交文字.txt";
/** Of each list, so that a terminal does not scroll away what came before. */
const mostLines = 20;

export const remind: Command = {
  name: "remind",
  operands: "工作簿 [--out 文件夹]",
  minOperands: 1,
  maxOperands: 1,
  summary: "谁还没有交什么：专家未交的评分、单位未报的案例、专家、盖章件、联络员；给每人写好一段可以粘贴到聊天里的话",
  details: [
    `屏幕上列出是谁、缺什么；加 --out 时，把给每个单位、每位专家的话写入 ${fileName}，一段一段复制发出即可。`,
    "给专家的话里没有作者和单位，给单位的话里没有专家的姓名和电话。截止日期以“参数”表为准。不改动工作簿。",
    "专家的数以最近一次 collect 为准，请先把收回的评分表收完再催。",
  ],
  options: [{ name: "out", value: "文件夹", help: `把要发的话写入这个文件夹里的 ${fileName}` }],
  async run(call) {
    const path = operand(call, 0);
    const folder = option(call, "out");
    await call.terminal.step("读取工作簿");
    const application = openForReading(path).workbook.snapshot;
    requireSettings(path, application);
    const base = noticeOf(application);
    const review = isThere(reviewPath(path)) ? requireReviewToRead(path, base).workbook.snapshot : undefined;
    const progress = readProgress(application, review, base, today());
    const { units } = progress;
    const award = readAward(application, base);
    const { experts, units: toUnits } = listReminders(progress);
    const late = experts.map(({ expert }) => expert);
    const { terminal } = call;
    const sayGroup = (head: string, lines: readonly string[]) => {
      terminal.say(head);
      for (const line of lines) terminal.say(`  ${line}`);
    };
    if (!progress.review) terminal.say("评审：还没有分派专家，没有评分要催。");
    else if (late.length === 0) terminal.say("评审：评分都已交齐。");
    else {
      const more = (left: number) => `……另有 ${left} 名专家，加 --out 文件夹 查看全部`;
      sayGroup(`评审：${late.length} 名专家没有交齐：`, firstLines(late.map(describeOpen), mostLines, more));
    }
    if (units.length === 0) terminal.say("单位：“单位”表里还没有单位，请先导入单位名册。");
    else if (toUnits.length === 0) terminal.say("单位：都已报齐。");
    else
      sayGroup(
        `单位：${toUnits.length} 个单位没有报齐：`,
        firstLines(listLacking(units), mostLines, (left) => `……另有 ${left} 个单位，加 --out 文件夹 查看全部`),
      );
    if (folder !== undefined) {
      const blocks = [
        ...experts.map(({ expert, text }) => `【发给专家】${describeOpen(expert)}\n\n${text}`),
        ...toUnits.map(({ unit, text }) => {
          const contacts = liaisonsOf(award, unit.unit);
          return `【发给单位】${unit.unit.name}（联络员：${contacts.length > 0 ? contacts.join("、") : "还没有报"}）\n\n${text}`;
        }),
      ];
      const head = `${progress.today} 由 casebook remind 写出，一段一段复制发出；【】那一行是给管理员看的，不要发出。`;
      const all = [head, ...(blocks.length > 0 ? blocks : ["没有要催交的。"])].join(`\n\n${"—".repeat(30)}\n\n`);
      const target = join(folder, fileName);
      ensureFolder(folder);
      // The mark tells older editors on Windows that it is UTF-8.
      const data = `\ufeff${all}\n`.replace(/\n/g, "\r\n");
      writeFilesAtomically([{ path: target, data }], { backup: true });
      terminal.say(`已写好 ${blocks.length} 段话，在 ${target}。`);
    } else if (experts.length + toUnits.length > 0) terminal.say("要发给他们的话，加 --out 文件夹 写成一个文件。");
    terminal.show(() => ({ page: "reminders", view: buildRemindersView(progress, award, () => undefined) }));
    terminal.json({
      units: toUnits.map(({ unit: { unit, missing }, text }) => ({
        unit: unit.name,
        missing: missing.map(({ message }) => message),
        text,
      })),
      experts: experts.map(({ expert: { expert, name, unit, phone, open }, text }) => ({
        id: expert,
        name,
        unit,
        phone,
        missing: open.map(({ id }) => id),
        text,
      })),
    });
    return exitCode.done;
  },
};
