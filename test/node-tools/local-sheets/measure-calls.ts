/** What each menu action of an award of any size asks of the platform. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applicationSheetOrder,
  expertsSheet,
  findingsSheet,
  liaisonsSheet,
  pasteSheetLabel,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../../apps-script/core/schema/application.ts";
import { type KeyOf, labelOf, type SheetSpec } from "../../../apps-script/core/schema/sheet-spec.ts";
import { readTable, type Table } from "../../../apps-script/core/tables/table.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { exitCode } from "../../../node-tools/command-line/command.ts";
import type { ServiceCall } from "../../../node-tools/local-sheets/local-google.ts";
import { createLocalGoogle } from "../../../node-tools/local-sheets/runtime/create-local-google.ts";
import { readWorkbookAsPatch } from "../../../node-tools/office-files/workbook.ts";
import { runCommandLine } from "../../../node-tools/run-command-line.ts";
import { type AwardOptions, generateAward } from "../../generator/award.ts";
import { encodeFile } from "../../generator/encode.ts";
import {
  administrator,
  connect,
  fillInScores,
  giveExpertsAddresses,
  type LocalAward,
  readProject,
  runReview,
  runShared,
  scoreSheets,
} from "./local-award.ts";
import { agreeable } from "./platform.ts";

export interface MeasuredAction {
  readonly action: string;
  /** That move cell data: values, notes, formats, validations, protections. */
  readonly dataCalls: number;
  readonly allCalls: number;
  /** Of the platform's clock while scripts ran, waiting between executions left out. */
  readonly virtualSeconds: number;
  readonly executions: number;
  readonly cpuSeconds: number;
  /** Data calls by the name of the method. */
  readonly names: ReadonlyMap<string, number>;
}

export interface Measurement {
  readonly actions: readonly MeasuredAction[];
  /** Online score sheets. */
  readonly files: number;
}

/** The shared workbook as it is after `casebook import` of a generated award. */
async function importedWorkbook(options: AwardOptions): Promise<WorkbookPatch> {
  const folder = mkdtempSync(join(tmpdir(), "casebook-calls-"));
  try {
    const paths: string[] = [];
    for (const file of generateAward(options).files) {
      const path = join(folder, file.name);
      writeFileSync(path, await encodeFile(file));
      paths.push(path);
    }
    const book = join(folder, "award.xlsx");
    const told: string[] = [];
    const io = { out: () => {}, err: (text: string) => told.push(text), interactive: false };
    for (const words of [
      ["init", book],
      ["import", book, ...paths],
    ]) {
      const code = await runCommandLine(words, io);
      if (code !== exitCode.done && code !== exitCode.found) throw new Error(told.join(""));
    }
    return readWorkbookAsPatch(book);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The workbook with its script, beside an empty one for the review, on a day of the review. */
function openAwardOf(content: WorkbookPatch, bundles?: string): LocalAward {
  const answers: string[] = [];
  const told: string[] = [];
  const google = createLocalGoogle({ now: new Date(2025, 10, 3, 9, 0, 0) });
  google.surroundings = agreeable(told, answers);
  const shared = google.addSpreadsheet("申报工作簿", administrator, content);
  const review = google.addSpreadsheet("评审工作簿", administrator, {
    sheets: [{ name: "工作表1", createBefore: null }],
  });
  google.bindScript(shared, readProject("shared", bundles));
  google.bindScript(review, readProject("review", bundles));
  return { google, shared, review, told, answers };
}

function tableOf({ google, shared }: LocalAward, spec: SheetSpec): Table<string> {
  return readTable(google.snapshotOf(shared), spec, applicationSheetOrder) as Table<string>;
}

/** Types a whole column at once. */
function typeColumn<S extends SheetSpec>(
  award: LocalAward,
  spec: S,
  key: KeyOf<S>,
  typed: (present: string, i: number) => string,
): void {
  const table = tableOf(award, spec);
  const column = table.positions.get(key) ?? 0;
  const rows = table.rows.map(({ row }) => row);
  const [first, last] = [Math.min(...rows), Math.max(...rows)];
  const byRow = new Map(table.rows.map((row) => [row.row, row.text(key)]));
  const values = Array.from({ length: last - first + 1 }, (_, i) => [typed(byRow.get(first + i) ?? "", i)]);
  award.google.edit(award.shared, administrator, { sheet: table.name, row: first, column, values });
}

/** Faults all over the sheets, as many as there are rows to bear them. */
function plantFaults(award: LocalAward): void {
  typeColumn(award, submissionsSheet, "keywords", (present, i) => (i % 3 === 0 ? "只有一个" : present));
  typeColumn(award, submissionsSheet, "videoSubtitles", (present, i) => (i % 7 === 0 ? "无" : present));
  typeColumn(award, submissionsSheet, "recommended", () => "");
  typeColumn(award, textsSheet, "summary", (present, i) => (i % 4 === 0 ? "长".repeat(600 + i) : present));
  typeColumn(award, expertsSheet, "phone", (present, i) => (i % 5 === 0 ? "12345" : present));
  typeColumn(award, liaisonsSheet, "phone", (present, i) => (i % 2 === 0 ? "12345" : present));
}

const pastedKeys = [
  "id",
  "title",
  "field",
  "track",
  "stage",
  "keywords",
  "nominator",
  "author1.name",
  "author1.unit",
  "author1.account",
  "author1.role",
  "submittedOn",
] as const;

/** A table of new submissions of every unit: every `step`th of those that are there under another id and title. */
function pasteSubmissions(award: LocalAward, step: number): void {
  const rows = tableOf(award, submissionsSheet).rows.filter((_, i) => i % step === 0);
  const lines = rows.map((row, i) =>
    pastedKeys.map((key) => {
      const text = cellText(row.raw(key));
      if (key === "id") return `Z${text}`;
      if (key === "title") return `${text}之二`;
      return key === "author1.account" ? `7${text}${i}` : text;
    }),
  );
  const header = pastedKeys.map((key) => labelOf(submissionsSheet, key));
  award.google.edit(award.shared, administrator, {
    sheet: pasteSheetLabel,
    row: 2,
    column: 1,
    values: [header, ...lines],
  });
}

/** A submission without findings, counted from the first row. */
function cleanSubmission(award: LocalAward): number {
  const flagged = new Set(tableOf(award, findingsSheet).rows.map((row) => row.text("id")));
  return tableOf(award, submissionsSheet).rows.findIndex((row) => !flagged.has(row.text("id")));
}

/** Runs one action after the other as an administrator does, counting. */
export async function measureCalls(
  options: AwardOptions,
  settings: { readonly pastedRows: number; readonly bundles?: string; readonly report?: (line: string) => void },
): Promise<Measurement> {
  const award = openAwardOf(await importedWorkbook(options), settings.bundles);
  const { google } = award;
  const actions: MeasuredAction[] = [];
  let calls: ServiceCall[] = [];
  google.surroundings = { ...google.surroundings, beforeCall: (call) => void calls.push(call) };

  const count = (action: string, run: () => void, isJob = false) => {
    calls = [];
    award.told.length = 0;
    const cpu = process.cpuUsage();
    let begin = google.now().getTime();
    run();
    let milliseconds = google.now().getTime() - begin;
    let executions = 1;
    for (let next = google.triggers()[0]; isJob && next; next = google.triggers()[0]) {
      google.advance(Math.max(0, next.due.getTime() - google.now().getTime() - 1));
      begin = next.due.getTime();
      google.advance(1);
      milliseconds += google.now().getTime() - begin;
      if (++executions > 3000) throw new Error(`${action} does not end`);
    }
    const failure = award.told.find((text) => text.includes("没有做完"));
    if (failure) throw new Error(failure);
    const { user, system } = process.cpuUsage(cpu);
    const moving = calls.filter((call) => call.movesCells);
    const names = new Map<string, number>();
    for (const { name } of moving) names.set(name, (names.get(name) ?? 0) + 1);
    const measured: MeasuredAction = {
      action,
      dataCalls: moving.length,
      allCalls: calls.length,
      virtualSeconds: milliseconds / 1000,
      executions,
      cpuSeconds: (user + system) / 1e6,
      names,
    };
    actions.push(measured);
    settings.report?.(
      `${action}: ${measured.dataCalls} ${measured.allCalls} ${measured.virtualSeconds.toFixed(1)} s, CPU ${measured.cpuSeconds.toFixed(1)} s, ${executions} ×`,
    );
  };
  const job = (action: string, run: () => void) => count(action, run, true);
  const typeCells = (action: string, spec: SheetSpec, key: string, first: number, texts: readonly string[]) => {
    const table = tableOf(award, spec);
    const edit = {
      sheet: table.name,
      row: table.rows[first]?.row ?? 0,
      column: table.positions.get(key) ?? 0,
      values: texts.map((text) => [text]),
    };
    count(action, () => google.edit(award.shared, administrator, edit));
  };

  count("初始化工作簿", () => runShared(award, "initializeWorkbook"));
  count("再次初始化工作簿", () => runShared(award, "initializeWorkbook"));
  giveExpertsAddresses(award);
  plantFaults(award);
  pasteSubmissions(award, Math.max(1, Math.floor(tableOf(award, submissionsSheet).rows.length / settings.pastedRows)));
  count("导入粘贴区", () => runShared(award, "importPasted"));
  count("检查全部", () => runShared(award, "checkAll"));
  count("检查结果（侧栏）", () => runShared(award, "loadFindings"));
  count("再次检查全部", () => runShared(award, "checkAll"));
  award.answers.push(tableOf(award, unitsSheet).rows[0]?.text("name") ?? "");
  count("检查本单位", () => runShared(award, "checkOwnUnit"));
  count("本单位结果（侧栏）", () => runShared(award, "loadFindings"));
  award.answers.push("2025-10-20");
  count("按初评分推荐", () => runShared(award, "recommendByFirstScore"));
  count("推荐后检查全部", () => runShared(award, "checkAll"));
  count("锁定填报", () => runShared(award, "lockSubmissions"));
  count("解锁填报", () => runShared(award, "unlockSubmissions"));
  const clean = cleanSubmission(award);
  typeCells("输入一格（案例）", submissionsSheet, "videoSubtitles", clean, ["无"]);
  typeCells("改正一格（案例）", submissionsSheet, "videoSubtitles", clean, ["有"]);
  typeCells("输入一格（专家）", expertsSheet, "phone", 1, ["123"]);
  typeCells("输入一格（联络员）", liaisonsSheet, "phone", 1, ["123"]);
  const pasted = Array.from({ length: settings.pastedRows }, (_, i) => (i % 2 === 0 ? "无" : "有"));
  typeCells("粘贴多行（案例）", submissionsSheet, "videoSubtitles", 0, pasted);

  count("连接申报工作簿", () => connect(award));
  count("移交专家名单", () => runReview(award, "takeOverExperts"));
  count("分派预览", () => runReview(award, "assignExperts"));
  let token = "";
  count("分派预览（内容）", () => {
    token = (runReview(award, "loadAssignmentPreview") as { token: string }).token;
  });
  count("写入分派", () => runReview(award, "applyAssignment", token));
  job("生成评分表", () => runReview(award, "makeScoreSheets"));
  job("再次生成评分表", () => runReview(award, "makeScoreSheets"));
  job("催交提醒", () => runReview(award, "remindReviewers"));
  fillInScores(award);
  job("收集评分", () => runReview(award, "collectScores"));
  job("再次收集评分", () => runReview(award, "collectScores"));
  count("汇总排名", () => runReview(award, "rankSubmissions"));
  count("排名（对话框）", () => runReview(award, "loadRanking"));
  count("再次汇总排名", () => runReview(award, "rankSubmissions"));
  return { actions, files: scoreSheets(award).size };
}
