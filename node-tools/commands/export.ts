import { join } from "node:path";
import { buildUnitReports } from "../../apps-script/core/check/unit-report.ts";
import { buildExports } from "../../apps-script/core/exports/index.ts";
import { chainHead } from "../../apps-script/core/log/log.ts";
import { logAction, openForEditing, openReview, saveAll } from "../award-files.ts";
import { type Command, exitCode, operand, requiredOption } from "../command.ts";
import { ensureFolder, type FileWrite } from "../files.ts";
import { notice } from "../notice.ts";
import { renderAll } from "../outgoing.ts";
import { requireSettings } from "../settings-guard.ts";

export const exportLists: Command = {
  name: "export",
  operands: "FILE --out DIR",
  minOperands: 1,
  maxOperands: 1,
  summary: "输出各单位检查报告、推荐案例汇总表、专家名单、评分汇总、公示名单、通报名单、发布清单",
  details: ["名单都由工作簿现算，可以反复输出；同名旧文件保留一份备份（.bak）。"],
  options: [{ name: "out", value: "DIR", help: "名单放在哪个文件夹" }],
  async run(call) {
    const path = operand(call, 0);
    const folder = requiredOption(call, "out");
    call.terminal.step("读取工作簿");
    const application = await openForEditing(path);
    requireSettings(path, application.workbook.snapshot);
    const review = await openReview(path);
    const head = review ? chainHead(review.workbook.snapshot) : "";
    const { files, skipped } = buildExports(application.workbook.snapshot, review?.workbook.snapshot, notice, {
      chainHead: head,
    });
    const reports = buildUnitReports(application.workbook.snapshot, notice);
    const workbooks = [...reports, ...files.flatMap((file) => (file.kind === "xlsx" ? [file] : []))];
    const writes: FileWrite[] = await renderAll(call, folder, workbooks);
    ensureFolder(folder);
    for (const file of files)
      if (file.kind === "csv") writes.push({ path: join(folder, file.fileName), data: file.text });
    const logged = review ?? application;
    logAction(logged, {
      action: "输出名单",
      parameters: "",
      outcome: `${writes.length} 个文件`,
      inputs: [application.digest, ...(review ? [review.digest] : [])],
    });
    await saveAll(call, [logged], writes);
    call.terminal.say(`已输出 ${writes.length} 个文件，在 ${folder}。`);
    for (const { name, reason } of skipped) call.terminal.say(`  未输出 ${name}：${reason}`);
    call.terminal.json({ files: writes.map((write) => write.path), skipped });
    return exitCode.done;
  },
};
