import { newApplicationWorkbook } from "../../apps-script/core/application-book/application-book.ts";
import { defaultNotice } from "../../apps-script/core/notice/built-in.ts";
import { findDoubts } from "../../apps-script/core/schema/notice-doubts.ts";
import { createWorkbook, logAction, refreshLayout, saveAll } from "../award-files/award-files.ts";
import { readNoticeFolder } from "../award-files/load-notice.ts";
import { asTyped, type Command, exitCode, operand, option, UsageError } from "../command-line/command.ts";
import { isThere } from "../disk/disk.ts";
import { ensureFolder } from "../disk/files.ts";
import { dirname } from "../host/paths.ts";

export const init: Command = {
  name: "init",
  operands: "工作簿 [--notice 文件夹]",
  minOperands: 1,
  maxOperands: 1,
  summary: "新建申报工作簿：参数、下拉选项、即时检查都已备好",
  details: [
    "工作簿是要新建的 .xlsx 文件；同名文件已存在时不会覆盖。",
    "按另一份通知征集时加 --notice：文件夹里有 notice.json（领域、名额、字数、评分标准等）和那份通知的表格模板，写法见 templates/SOURCES.md。通知存进工作簿，以后各步不必再写。",
  ],
  options: [{ name: "notice", value: "文件夹", help: "按哪个文件夹里的通知新建，默认是随程序附带的通知" }],
  async run(call) {
    const path = operand(call, 0);
    if (isThere(path)) throw new UsageError(`“${path}”已经存在，不会覆盖。请换一个文件名，或先把它移走`);
    const folder = option(call, "notice");
    const notice = folder === undefined ? defaultNotice : readNoticeFolder(folder);
    const file = createWorkbook(path);
    file.workbook.apply(newApplicationWorkbook(notice));
    refreshLayout(file);
    logAction(file, { action: "初始化", parameters: "", outcome: "新建申报工作簿", inputs: [file.digest] });
    ensureFolder(dirname(path));
    await saveAll(call, [file]);
    if (folder !== undefined)
      for (const { message } of findDoubts(notice)) call.terminal.say(`  通知像是前后不一致：${message}`);
    call.terminal.say(
      `已新建 ${path}。请先在“单位”表填写各单位，或导入单位名册：casebook import ${asTyped(path)} 单位名册.csv`,
    );
    call.terminal.json({ file: path });
    return exitCode.done;
  },
};
