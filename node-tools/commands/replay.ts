import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { whatBarsPublishing } from "../../apps-script/core/exports/publish-guard.ts";
import { readArchiveSheet } from "../../apps-script/core/replay/archive-sheet.ts";
import { archiveName } from "../../apps-script/core/replay/frozen-action.ts";
import { replayReview } from "../../apps-script/core/replay/replay.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { listArchived, readArchived } from "../award-files/archive.ts";
import { openForReading, requireReviewToRead } from "../award-files/award-files.ts";
import { sayNextStep } from "../award-files/next-step.ts";
import { readScope, unitOption } from "../award-files/review-scope.ts";
import { type Command, exitCode, operand } from "../command-line/command.ts";

/** The folder beside the review workbook; of a workbook that was downloaded, its sheet 档案. */
function archiveOf({ path, workbook }: Awaited<ReturnType<typeof requireReviewToRead>>) {
  const online = readArchiveSheet(workbook.snapshot);
  const folder = listArchived(path);
  return {
    archive: folder || online ? [...(folder ?? []), ...[...(online?.keys() ?? [])].map(archiveName)] : undefined,
    archived: (digest: string) => readArchived(path, digest) ?? online?.get(digest),
  };
}

export const replay: Command = {
  name: "replay",
  operands: "工作簿 [--unit 单位]",
  found: "有不符之处，屏幕上逐一列出",
  minOperands: 1,
  maxOperands: 1,
  summary: "复核：验证日志链，由档案重算每次分派、收集和排名，找出事后被改动的单元格",
  details: [
    "每次分派、收集、排名所依据的数据存在评审工作簿旁的“原名.档案”文件夹里，文件名就是日志里的输入摘要；从谷歌表格下载的评审工作簿，档案在隐藏的“档案”表里。",
    "最后一次分派或排名之后，参数、单位、案例、评审专家、裁定有没有改过，也一并核对。",
    "只读不写。",
    "日志链没有密钥：改动者如果连后面各行一起重算，链本身看不出来；请把显示的链首与公示名单上印的相比。",
  ],
  options: [unitOption],
  async run(call) {
    const path = operand(call, 0);
    await call.terminal.step("读取工作簿");
    const application = openForReading(path);
    const notice = noticeOf(application.workbook.snapshot);
    const { unit, award } = readScope(call, application.workbook.snapshot, notice);
    const review = requireReviewToRead(path, notice, unit);
    await call.terminal.step("重算");
    const { result, problems, notes } = replayReview(
      {
        award,
        review: review.workbook.snapshot,
        ...archiveOf(review),
      },
      notice,
    );
    for (const { action, same } of result.steps) call.terminal.say(`${same ? "相符" : "不符"}  ${action}`);
    for (const line of firstLines(problems, 50, (left) => `……另有 ${left} 处`)) call.terminal.say(`  ${line}`);
    for (const note of notes) call.terminal.say(note);
    if (!unit && problems.length === 0) {
      const books = { application: application.workbook.snapshot, review: review.workbook.snapshot };
      const open = whatBarsPublishing(books.application, books.review, notice);
      sayNextStep(call, path, books, { open }, "replay");
    }
    call.terminal.json(result);
    return problems.length > 0 ? exitCode.found : exitCode.done;
  },
};
