import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { buildEvidenceReport } from "../../apps-script/core/evidence/build-report.ts";
import { buildDuplicatesPage } from "../../apps-script/core/evidence/duplicates-page.ts";
import { makeNameMatcher } from "../../apps-script/core/evidence/match-names.ts";
import { leaveOutFilled, planFill } from "../../apps-script/core/evidence/plan-fill.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { logAction, openForEditing, saveAll } from "../award-files/award-files.ts";
import { sayNextStep } from "../award-files/next-step.ts";
import { renderPatch } from "../award-files/render-patch.ts";
import { requireSettings } from "../award-files/settings-guard.ts";
import { type Command, type CommandCall, exitCode, operand, option, requiredOption } from "../command-line/command.ts";
import { ensureFolder } from "../disk/files.ts";
import { collectSources, type PassedOver } from "../evidence/collect-sources.ts";
import { gatherEvidence } from "../evidence/gather-evidence.ts";
import { join, parse, resolve } from "../host/paths.ts";

const linesSaid = 10;

interface ReportPaths {
  readonly report: string;
  readonly page: string;
  readonly cache: string;
}

function reportPaths(call: CommandCall, path: string): ReportPaths {
  const { dir, name } = parse(path);
  const folder = option(call, "out") ?? dir;
  if (folder !== "") ensureFolder(folder);
  const start = join(folder, `${name}.材料核查`);
  return { report: `${start}.xlsx`, page: `${start}.雷同.html`, cache: `${start}.缓存.jsonl` };
}

function tellSome(call: CommandCall, title: string, entries: readonly PassedOver[]): void {
  if (entries.length === 0) return;
  call.terminal.say(`${title} ${entries.length} 个：`);
  const lines = entries.map(({ name, reason }) => `${name}：${reason}`);
  for (const line of firstLines(lines, linesSaid, (left) => `……另有 ${left} 个，用 --json 查看全部`))
    call.terminal.say(`  ${line}`);
}

export const evidence: Command = {
  name: "evidence",
  operands: "工作簿 --files 文件夹 [--out 文件夹]",
  found: "查出“错误”，或有案例没有核查，都在报告里",
  minOperands: 1,
  maxOperands: 1,
  summary: "核查各案例提交的文件：字数、视频、匿名、雷同，把查到的填进空着的列",
  details: [
    "--files 的文件夹里每个案例一个文件夹或 .zip，名称含案例编号；也可以再按单位分一层文件夹。",
    "字数和视频各列只填空着的单元格，人工填的不改，与文件不一致的写进报告。录制日期按文件生成日期填，请核对。",
    "结果在工作簿旁边（或 --out 的文件夹）：“.材料核查.xlsx”是问题和各单位的人工核对表，“.雷同.html”用浏览器打开，“.缓存.jsonl”记着读过的文件，再次运行只读有变化的。",
  ],
  options: [
    { name: "files", value: "文件夹", help: "材料在哪个文件夹" },
    { name: "out", value: "文件夹", help: "报告放在哪个文件夹，默认在工作簿旁边" },
  ],
  async run(call) {
    const path = operand(call, 0);
    const folder = resolve(requiredOption(call, "files"));
    await call.terminal.step("读取工作簿");
    const file = openForEditing(path);
    requireSettings(path, file.workbook.snapshot);
    const award = readAward(file.workbook.snapshot, noticeOf(file.workbook.snapshot));
    await call.terminal.step("清点材料");
    const found = await collectSources(folder, makeNameMatcher(award.submissions));
    const paths = reportPaths(call, path);
    const { evidence, counts, files } = await gatherEvidence(award, found.sources, paths.cache, (name) =>
      call.terminal.step(name),
    );

    const { patch, filled } = planFill(file.workbook.snapshot, evidence.values);
    if (filled.length > 0) file.workbook.apply(patch);
    const findings = leaveOutFilled(evidence.findings, filled);
    const count = (severity: string) => findings.filter((f) => f.severity === severity).length;
    const [errors, warnings] = [count("error"), count("warning")];
    const outcome = `案例 ${evidence.assessed.length} 个，文件 ${files} 个，填入 ${filled.length} 格，错误 ${errors}，警告 ${warnings}`;
    logAction(file, { action: "核查材料", parameters: "", outcome, inputs: [file.digest] });
    await call.terminal.step("生成报告");
    const report = renderPatch(
      buildEvidenceReport(award.settings.notice, { assessed: evidence.assessed, findings, filled }),
    );
    const page = buildDuplicatesPage(evidence.pairs, award.settings.nearDuplicate);
    await saveAll(
      call,
      [file],
      [
        { path: paths.report, data: report },
        { path: paths.page, data: page },
      ],
    );

    call.terminal.say(`核查完成：${outcome}（新读 ${counts.read} 个文件，${counts.remembered} 个没有变化）。`);
    if (evidence.pairs.length > 0) call.terminal.say(`文字雷同 ${evidence.pairs.length} 对，见 ${paths.page}`);
    if (evidence.missing.length > 0) call.terminal.say(`没有材料的案例 ${evidence.missing.length} 个，见报告。`);
    tellSome(call, "对应不到案例的", found.unmatched);
    tellSome(call, "没有核查的", found.skipped);
    call.terminal.say(`问题和人工核对表：${paths.report}`);
    sayNextStep(call, path, { application: file.workbook.snapshot });
    call.terminal.json({
      submissions: evidence.assessed.length,
      files,
      filled,
      findings,
      unmatched: found.unmatched,
      missing: evidence.missing.map(({ id, nominator }) => ({ id, nominator })),
      skipped: found.skipped,
      duplicates: evidence.pairs.map(({ a, b, similarity }) => ({
        a: a.submission.id,
        b: b.submission.id,
        similarity,
      })),
      read: counts.read,
      remembered: counts.remembered,
      report: paths.report,
      page: paths.page,
    });
    return errors + found.skipped.length > 0 ? exitCode.found : exitCode.done;
  },
};
