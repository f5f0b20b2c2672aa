import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import {
  countImport,
  importAction,
  listConflicts,
  listKept,
  listMissing,
  listRejected,
  listReplaced,
  summariseEntry,
  summariseImport,
} from "../../apps-script/core/import/describe-import.ts";
import { type ImportReport, planImport } from "../../apps-script/core/import/plan-import.ts";
import { earliestPriorYear, planPrior, priorAction } from "../../apps-script/core/import/plan-prior.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import {
  logAction,
  openForEditing,
  refreshLayout,
  refreshProgress,
  saveAll,
  type WorkbookFile,
} from "../award-files/award-files.ts";
import { planNextStep } from "../award-files/next-step.ts";
import { type Command, type CommandCall, exitCode, integerOption, operand } from "../command-line/command.ts";
import { readImportInputs, reportUnread, type Unread } from "../inputs/inputs.ts";

/** What nobody may overlook: more of them than of the rest. */
const mostConflicts = 40;
const more = (left: number) => `……另有 ${left} 处，用 --json 查看全部`;

function reportEntries({ terminal }: CommandCall, report: ImportReport): void {
  for (const input of report.inputs) {
    terminal.say(summariseEntry(input));
    for (const lines of [
      listRejected(input),
      input.told ?? [],
      listKept(input),
      listReplaced(input),
      listMissing(input),
    ]) {
      for (const line of firstLines(lines, 10, more)) terminal.say(`  ${line}`);
    }
  }
  for (const line of firstLines(listConflicts(report), mostConflicts, more)) terminal.say(line);
}

/** Files that could not be read, as tables of which nothing was taken. */
function withUnread({ inputs, conflicts }: ImportReport, { refused }: Unread): ImportReport {
  const none = { sheet: "", encoding: "", rows: 0, added: 0, updated: 0, unchanged: 0, kept: [] };
  return {
    inputs: [...inputs, ...refused.map(({ file, reason }) => ({ file, ...none, rejected: [{ row: 0, reason }] }))],
    conflicts,
  };
}

/** Thousands of documents do not fit in a cell; their digest stands for them. */
function listFiles(files: readonly string[]): string {
  const shown = files.slice(0, 200).join("、");
  return files.length > 200 ? `${shown}等 ${files.length} 个文件` : shown;
}

const merging = "核对并合并";

/** Reads the inputs and writes what they say; what they hold besides is let go. */
async function mergeInputs(call: CommandCall, file: WorkbookFile) {
  const { inputs, ...unread } = await readImportInputs(call, call.operands.slice(1));
  await call.terminal.step(merging);
  const { snapshot } = file.workbook;
  const notice = noticeOf(snapshot);
  const year = integerOption(call, "prior", earliestPriorYear, notice.year - 1);
  const { patch, report: read } =
    year === undefined ? planImport(snapshot, inputs, notice) : planPrior(snapshot, inputs, year, notice);
  file.workbook.apply(patch);
  return { read, unread, year, sources: inputs.map(({ file, digest }) => ({ file, digest })) };
}

export const importInputs: Command = {
  name: "import",
  operands: "工作簿 收到的文件…",
  found: "有内容没有收下，或几份文件说法不一，其余已经导入，屏幕上逐一列出",
  minOperands: 2,
  maxOperands: Number.POSITIVE_INFINITY,
  summary: "导入单位名册、平台导出、专家推荐表、联络员名单、填报表、案例模板，或整个文件夹",
  details: [
    "收到的文件可以是 .csv（UTF-8、UTF-16、GB18030）、.xlsx、.docx，或装着它们的文件夹。按表头识别内容，表头上方可以有标题行。有的文件读不了时，逐一说明怎么办，其余照常导入。",
    "填好的案例模板（附件5，.docx）按案例编号对应到案例：写在文件里、文件名或文件夹名里都可以，否则按案例名称对应。",
    "同一份文件可以反复导入：人工改过的单元格保留不动并逐一说明，没有改过的随文件更新。",
    "加 --prior 年份时，收到的文件是那一年的获奖名单（结果、公示名单、发布清单、评审工作簿，或任何有案例名称和作者的表），记入隐藏的“往届”表，检查时与本届比对。那一年的申报工作簿、填报表和案例模板可以一并给出，补上作者单位和正文的指纹；正文本身、账号和电话都不保存。每年一次，可以反复导入：同名的名单再导入时更正原来的。",
  ],
  options: [{ name: "prior", value: "年份", help: "收到的是这一年的获奖名单，用来查本届有没有已获过表彰的案例" }],
  async run(call) {
    const path = operand(call, 0);
    await call.terminal.step("读取工作簿");
    const file = openForEditing(path, { others: call.operands.slice(1) });
    const { read, unread, year, sources } = await mergeInputs(call, file);
    await call.terminal.step(merging);
    refreshProgress(file);
    const report = withUnread(read, unread);
    const { taken, rejected, conflicts } = countImport(report);
    logAction(file, {
      action: year === undefined ? importAction : priorAction,
      parameters: `${year === undefined ? "" : `${year} 年 `}${listFiles(sources.map((source) => source.file))}`,
      outcome: summariseImport(report),
      inputs: sources.map((source) => source.digest),
    });
    const sayNext = planNextStep(call, path, { application: file.workbook.snapshot });
    // Last: it writes into the rows of 案例, and who asked for the award then would have to read it again.
    refreshLayout(file);
    await saveAll(call, [file]);
    reportEntries(call, read);
    reportUnread(call, unread);
    if (taken === 0) call.terminal.say("没有收下任何内容，请按上面的说明改正后重新导入。");
    else call.terminal.say(`已导入 ${path}。`);
    sayNext();
    call.terminal.json({ ...report, skipped: unread.passed });
    return rejected + conflicts > 0 ? exitCode.found : exitCode.done;
  },
};
