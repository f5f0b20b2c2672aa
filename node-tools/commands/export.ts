import { host } from "#host";
import { reissueUnitForms } from "../../apps-script/core/application-book/reissued-form.ts";
import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { draftWord } from "../../apps-script/core/exports/draft.ts";
import type { Form, FormContext, FormResult } from "../../apps-script/core/exports/forms/form.ts";
import { officialForms, readFormContext } from "../../apps-script/core/exports/forms/index.ts";
import { publicNoticeForm } from "../../apps-script/core/exports/forms/published-lists.ts";
import { statisticsReport } from "../../apps-script/core/exports/forms/statistics-report.ts";
import { buildExports } from "../../apps-script/core/exports/index.ts";
import { whatBarsPublishing } from "../../apps-script/core/exports/publish-guard.ts";
import { chainHead } from "../../apps-script/core/log/log.ts";
import { defaultNotice } from "../../apps-script/core/notice/built-in.ts";
import type { Notice } from "../../apps-script/core/notice/notice.ts";
import type { OpenMatter } from "../../apps-script/core/ranking/open-matters.ts";
import { exportAction } from "../../apps-script/core/replay/replay.ts";
import {
  logAction,
  openForEditing,
  openForReading,
  openReview,
  saveAll,
  type WorkbookFile,
} from "../award-files/award-files.ts";
import { sayNextStep } from "../award-files/next-step.ts";
import { renderAll, reportKept, withoutOverwriting } from "../award-files/outgoing.ts";
import { requireSettings } from "../award-files/settings-guard.ts";
import {
  asTyped,
  type Command,
  type CommandCall,
  type ExitCode,
  exitCode,
  operand,
  option,
  requiredOption,
  UsageError,
} from "../command-line/command.ts";
import { isThere } from "../disk/disk.ts";
import { ensureFolder, type FileWrite, writeFilesAtomically } from "../disk/files.ts";
import { InputError } from "../errors.ts";
import { chooseForms, chooseUnits, fillForms, refuseUnits } from "../forms/export-forms.ts";
import { templatesFolder } from "../forms/load-template.ts";
import { chooseForPdf, howToGetOffice, pdfPath, printBeside } from "../forms/pdf.ts";
import { basename, join } from "../host/paths.ts";

interface Outcome {
  /** What the caller gets, files that were there already with the same content included. */
  readonly files: readonly string[];
  readonly writes: readonly FileWrite[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly remarks?: readonly string[];
  /** New names of files that were there with another content, filled in perhaps. */
  readonly kept?: readonly string[];
}

interface Opened {
  readonly application: WorkbookFile;
  readonly review: WorkbookFile | undefined;
  readonly head: string;
  readonly notice: Notice;
}

const isDraft = (call: CommandCall) => call.options.draft !== undefined;

/** Whether this call asks for any of the lists that go out. */
const isToPublish = ({ options: { form } }: CommandCall) => !form || chooseForms(form).some((each) => each.published);

function refuse(call: CommandCall, open: readonly OpenMatter[]): ExitCode {
  call.terminal.say(`没有输出任何文件：公示名单、获奖证书、通报、发布清单要等下列 ${open.length} 项定下才能输出：`);
  for (const { message } of open) call.terminal.say(`  ${message}。`);
  call.terminal.say(
    "要先看样稿，请加 --draft，这几种每页标明“草稿”，其余名单照常；只要别的表格，请用 --form 写明，如 --form 推荐案例汇总表。",
  );
  call.terminal.json({ files: [], skipped: [], open });
  return exitCode.found;
}

/** The lists that are drawn from the workbook, and the form of each unit with what is to be mended in it. */
async function writeLists(
  call: CommandCall,
  folder: string,
  { application, review, head, notice }: Opened,
): Promise<Outcome> {
  const { snapshot } = application.workbook;
  const reviewed = review?.workbook.snapshot;
  const { files, skipped } = buildExports(snapshot, reviewed, notice, isDraft(call));
  const published = await writePublicNotice(call, folder, notice, readFormContext(snapshot, reviewed, notice, head));
  // What units have sent may lie there under the same names.
  const forms = await renderAll(call, folder, reissueUnitForms(snapshot, notice));
  const plan = withoutOverwriting([...forms, ...published.writes]);
  const lists = await renderAll(
    call,
    folder,
    files.flatMap((file) => (file.kind === "xlsx" ? [file] : [])),
  );
  for (const file of files) if (file.kind === "csv") lists.push({ path: join(folder, file.fileName), data: file.text });
  const paths = [...forms, ...published.writes, ...lists].map(({ path }) => path);
  return {
    files: paths,
    writes: [...plan.writes, ...lists],
    skipped: [...skipped, ...published.skipped],
    kept: plan.kept,
  };
}

/** The one 公示名单, the same as by --form; a template that is missing or wrong keeps the other lists from nothing. */
async function writePublicNotice(
  call: CommandCall,
  out: string,
  notice: Notice,
  context: FormContext,
): Promise<Pick<Outcome, "writes" | "skipped">> {
  const build = (form: Form) => form.build(context);
  const folders = { templates: templatesFolder(notice.id), out, draft: isDraft(call) };
  try {
    return await fillForms(call, [publicNoticeForm], build, folders);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { writes: [], skipped: [{ name: publicNoticeForm.name, reason: error.message }] };
  }
}

/** The forms that are filled from templates. */
function writeForms(call: CommandCall, out: string, { application, review, head, notice }: Opened): Promise<Outcome> {
  const forms = chooseForms(call.options.form ?? []);
  const context = readFormContext(application.workbook.snapshot, review?.workbook.snapshot, notice, head);
  const units = chooseUnits(call.options.unit ?? [], context);
  if (units) refuseUnits(forms);
  return printForms(call, out, notice, forms, (form) => form.build({ ...context, units }));
}

async function printForms(
  call: CommandCall,
  out: string,
  notice: Notice,
  forms: readonly Form[],
  build: (form: Form) => FormResult,
): Promise<Outcome> {
  const templates = option(call, "templates") ?? templatesFolder(notice.id);
  const filled = await fillForms(call, forms, build, { templates, out, draft: isDraft(call) });
  const files = filled.writes.map(({ path }) => path);
  const { writes: fresh, kept } = withoutOverwriting(filled.writes);
  const outcome: Outcome = { ...filled, files, writes: fresh, kept };
  if (!call.options.pdf || filled.writes.length === 0) return outcome;
  await call.terminal.step("转为 PDF");
  const print = await host.findPrinter();
  if (!print) return { ...outcome, skipped: [...filled.skipped, { name: "PDF", reason: howToGetOffice }] };
  const changed = new Set(fresh.map(({ path }) => path));
  const printed = chooseForPdf(filled.writes);
  const wanted = printed.filter(({ path }) => changed.has(path) || !isThere(pdfPath(path)));
  const { writes, failed } = await printBeside(print, wanted);
  // A scan with the stamp may lie there under the same name.
  const pdf = withoutOverwriting(writes);
  const notMade = failed.map((name) => ({
    name: "PDF",
    reason: `LibreOffice 未能转换「${name}」，请打开后另存为 PDF`,
  }));
  return {
    ...outcome,
    files: [...files, ...printed.flatMap(({ path }) => (failed.includes(basename(path)) ? [] : [pdfPath(path)]))],
    writes: [...fresh, ...pdf.writes],
    kept: [...kept, ...pdf.kept],
    skipped: [...filled.skipped, ...notMade],
  };
}

const blankForms = officialForms.filter((form) => form.blank);
const blankNames = blankForms.map(({ name }) => name).join("、");

/** Forms to be filled in by hand: no workbook is needed, and one that is named gives its notice alone. */
async function exportBlank(call: CommandCall, folder: string): Promise<ExitCode> {
  const forms = call.options.form ? chooseForms(call.options.form) : blankForms;
  const others = forms.filter((form) => !form.blank).map(({ name }) => name);
  if (others.length > 0) throw new UsageError(`${others.join("、")}没有空白表；可以输出空白表的：${blankNames}`);
  if (call.options.unit) throw new UsageError("空白表不分单位，请去掉 --unit");
  const [path] = call.operands;
  const notice = path === undefined ? defaultNotice : noticeOf(openForReading(path).workbook.snapshot);
  const { files, writes, skipped, kept } = await printForms(call, folder, notice, forms, (form) => ({
    documents: form.blank?.(notice) ?? [],
  }));
  ensureFolder(folder);
  writeFilesAtomically(writes, { backup: true });
  call.terminal.say(`已输出 ${files.length} 个空白表，在 ${folder}：`);
  for (const file of files) call.terminal.say(`  ${asTyped(file)}`);
  for (const { name, reason } of skipped) call.terminal.say(`  未输出 ${name}：${reason}`);
  reportKept(call, kept ?? []);
  call.terminal.json({ files, skipped, open: [] });
  return exitCode.done;
}

function refuseFormOptions(call: CommandCall): void {
  for (const name of ["unit", "pdf", "templates"]) {
    if (call.options[name]) throw new UsageError(`--${name} 要和 --form 一起用，如：--form 附件6 --${name}`);
  }
}

export const exportLists: Command = {
  name: "export",
  operands: "工作簿 --out 文件夹 [--form 表格 …] [--draft] [--blank]",
  found: "还有未定的事项，没有输出任何文件，屏幕上逐一列出",
  minOperands: 0,
  maxOperands: 1,
  summary:
    "输出各单位的填报表（标出要改的问题）、推荐案例汇总表、专家名单、评分汇总、公示名单、通报名单、发布清单；或按模板输出正式表格",
  details: [
    "不写 --form 时，名单都由工作簿现算，可以反复输出；同名旧文件保留一份备份（.bak）。",
    "还有待评、待复评、没有生效的裁定、奖项线上未定的并列，或上次排名之后数据有改动时，公示名单、获奖证书、通报、发布清单不能公布：整次不输出，逐项列出怎么办；加 --draft 输出草稿。",
    `${statisticsReport.name}随时可以输出；还有未定的事项时每页和文件名标明“草稿”。`,
    `写 --form 时，按模板输出正式表格：${officialForms.map((form) => form.name).join("、")}，或写“全部”。可以写几个 --form。`,
    "模板是普通的 Word、Excel 文件，可以用 WPS 修改；花括号里的标签会换成工作簿里的内容，工作簿里没有的留空。",
    `空白的表格不用工作簿：casebook export --blank --form 附件5 --out 空白表。可以输出空白表的：${blankNames}，不写 --form 时都输出。`,
  ],
  options: [
    { name: "out", value: "文件夹", help: "放在哪个文件夹" },
    { name: "form", value: "表格", multiple: true, help: "按模板输出哪种表格" },
    { name: "unit", value: "单位", multiple: true, help: "只输出这个单位的（名称、别名或代码）；可以写几个" },
    { name: "templates", value: "文件夹", help: "用这个文件夹里的模板，代替随程序附带的" },
    { name: "draft", help: "还有未定的事项时也输出，公示名单、获奖证书、通报、发布清单每页和文件名标明“草稿”" },
    { name: "blank", help: "输出空白表，可以不写工作簿" },
    { name: "pdf", help: "同时输出 PDF（需要 LibreOffice）" },
  ],
  async run(call) {
    const isBlank = call.options.blank !== undefined;
    if (call.operands.length === 0 && !isBlank)
      throw new UsageError(`用法：casebook ${exportLists.name} ${exportLists.operands}`);
    const folder = requiredOption(call, "out");
    if (isBlank) return exportBlank(call, folder);
    const path = operand(call, 0);
    const isForms = call.options.form !== undefined;
    if (!isForms) refuseFormOptions(call);
    await call.terminal.step("读取工作簿");
    const application = openForEditing(path);
    requireSettings(path, application.workbook.snapshot);
    const notice = noticeOf(application.workbook.snapshot);
    const review = openReview(path, notice);
    const head = review ? chainHead(review.workbook.snapshot) : "";
    const opened = { application, review, head, notice };
    await call.terminal.step("核对是否还有未定的事项");
    // An award without a review has nothing to publish yet.
    const bars = review && whatBarsPublishing(application.workbook.snapshot, review.workbook.snapshot, notice);
    const open = bars && isToPublish(call) ? bars : [];
    if (open.length > 0 && !isDraft(call)) return refuse(call, open);
    const { files, writes, skipped, remarks, kept } = await (isForms ? writeForms : writeLists)(call, folder, opened);
    if (writes.length > 0) ensureFolder(folder);
    const logged = review ?? application;
    logAction(logged, {
      action: exportAction,
      parameters: [
        ...(call.options.form ?? []),
        ...(call.options.unit ?? []),
        ...(isDraft(call) ? [draftWord] : []),
      ].join("、"),
      outcome: `${files.length} 个文件`,
      inputs: [application.digest, ...(review ? [review.digest] : [])],
    });
    await saveAll(call, [logged], writes);
    call.terminal.say(`已输出 ${files.length} 个文件，在 ${folder}。`);
    for (const { name, reason } of skipped) call.terminal.say(`  未输出 ${name}：${reason}`);
    for (const remark of remarks ?? []) call.terminal.say(`  提示：${remark}。`);
    reportKept(call, kept ?? []);
    if (open.length > 0) call.terminal.say(`  草稿：还有 ${open.length} 项未定，定下之前不能公布：`);
    for (const { message } of open) call.terminal.say(`    ${message}。`);
    const books = { application: application.workbook.snapshot, ...(review && { review: review.workbook.snapshot }) };
    sayNextStep(call, path, books, bars && { open: bars });
    call.terminal.json({ files, skipped, open });
    return exitCode.done;
  },
};
