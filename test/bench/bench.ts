/**
 * `npm run bench`: what one award of the whole region costs, a step in a process of its own, beside ExcelJS alone
 * reading and writing the same files; how accurate calibration is; the assignment beside other solvers. Prints Markdown,
 * of some sections alone with `npm run bench -- assignment accuracy`.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { readCleanedCells } from "../../apps-script/core/award/import-record.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { defaultNotice as notice } from "../../apps-script/core/notice/built-in.ts";
import { runRules } from "../../apps-script/core/rules/index.ts";
import { submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { findNearDuplicates } from "../../apps-script/core/text/similarity.ts";
import { reviewPath } from "../../node-tools/award-files/award-files.ts";
import { exitCode } from "../../node-tools/command-line/command.ts";
import { digestFile } from "../../node-tools/disk/files.ts";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { tuneEngine } from "../../node-tools/host/tune-engine.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { runCommandLine } from "../../node-tools/run-command-line.ts";
import { generateAward } from "../generator/award.ts";
import { composeSection } from "../generator/prose.ts";
import { makeRandom } from "../generator/random.ts";
import type { MeasuredAction } from "../node-tools/local-sheets/measure-calls.ts";
import { describeAssignment, runAssignmentTask } from "./assignment.ts";
import { runCore } from "./core-run.ts";
import { describeAccuracy } from "./describe-accuracy.ts";
import { readEveryByte, writeLargeVideo, writeMaterials } from "./evidence.ts";
import { timeFloor } from "./floor.ts";
import { type NationalRanking, rankNation } from "./nation.ts";
import { benchOptions, fullText, shortText } from "./options.ts";
import type { FormRun, PageRun } from "./page.ts";
import { measurePrior } from "./prior.ts";
import { measureRecalculation } from "./recalculation.ts";
import { type Duration, time } from "./time.ts";

const bytesPerMegabyte = 1024 * 1024;

const silent = { out: () => {}, err: (text: string) => process.stderr.write(text), interactive: false } as const;

/** What a child process can be asked for; each answers with something that JSON can hold. What few need is loaded by these: it takes memory. */
const tasks: Record<string, (args: readonly string[]) => Promise<unknown>> = {
  async generate([folder = "", scale = "1", seed = "1"]) {
    const { encodeFile } = await import("../generator/encode.ts");
    for (const file of generateAward({ ...benchOptions(Number(scale)), seed: Number(seed) }).files)
      writeFileSync(join(folder, file.name), await encodeFile(file));
  },
  async command(words) {
    tuneEngine();
    return time(async () => {
      const code = await runCommandLine(words, silent);
      if (code !== exitCode.done && code !== exitCode.found) throw new Error(`casebook ${words[0]} ended with ${code}`);
    });
  },
  async rules([path = ""]) {
    // As in the command of which they are a part.
    tuneEngine();
    const { snapshot } = readWorkbook(path, "input");
    return time(() => {
      const award = readAward(snapshot, notice);
      return runRules(award, readCleanedCells(snapshot, award.tables));
    });
  },
  async fill([from = "", to = ""]) {
    for (const name of readdirSync(from)) writeFileSync(join(to, name), fillScoreSheet(join(from, name)));
  },
  async bare([reads = "", writes = ""]) {
    const { timeBareFileWork } = await import("./bare-exceljs.ts");
    return timeBareFileWork(JSON.parse(reads), JSON.parse(writes));
  },
  floor: ([reads = "", writes = ""]) => timeFloor(JSON.parse(reads), JSON.parse(writes)),
  async sheet([path = "", rows, columns]) {
    const { writeSheet } = await import("./workbook-in-place.ts");
    writeSheet(path, Number(rows), Number(columns));
  },
  async "in-place"([path = ""]) {
    const { editInPlace } = await import("./workbook-in-place.ts");
    return time(() => editInPlace(path));
  },
  async exceljs([path = ""]) {
    const { editByExcelJs } = await import("./workbook-in-place.ts");
    return time(() => editByExcelJs(path));
  },
  core: async ([scale]) => runCore(Number(scale)),
  async page([book = ""]) {
    const { measurePage } = await import("./page.ts");
    return measurePage(book);
  },
  async form([path = ""]) {
    const { measureForm } = await import("./page.ts");
    return measureForm(path);
  },
  async "generate-unit"([folder = "", cases]) {
    const { encodeFile } = await import("../generator/encode.ts");
    const options = { ...benchOptions(1), bureaus: 1, schools: 0, submissionsPerBureau: Number(cases) };
    for (const file of generateAward(options).files) writeFileSync(join(folder, file.name), await encodeFile(file));
  },
  async sheets() {
    const { measureLocalSheets } = await import("./local-sheets.ts");
    return measureLocalSheets(join(dirname(process.argv[1] ?? ""), "sheets"));
  },
  assignment: runAssignmentTask,
  async materials([book = "", folder = "", count]) {
    const award = readAward(readWorkbook(book, "input").snapshot, notice);
    writeMaterials(join(folder, "many"), award, Number(count));
    writeLargeVideo(join(folder, "large"), award);
  },
  prior: async () => measurePrior(),
  nation: (paths) => rankNation(paths),
  bytes: ([folder = ""]) => time(() => readEveryByte(folder)),
  async similarity([count]) {
    const random = makeRandom(1);
    const texts = Array.from({ length: Number(count) }, () => composeSection(random, fullText));
    return time(() => findNearDuplicates(texts, notice.defaults.nearDuplicate));
  },
};

interface Answer<T> {
  readonly value: T;
  readonly peakMegabytes: number;
}

function ask<T>(task: string, ...args: string[]): Answer<T> {
  process.stderr.write(`${task} ${args.join(" ").slice(0, 60)}\n`);
  // Ten times the region, or every file of an award at once, needs more than Node takes by default; commands are measured as people run them.
  const room = ["generate", "core", "prior", "sheets", "sheet", "exceljs"].includes(task)
    ? ["--max-old-space-size=16000"]
    : [];
  const words = [...room, process.argv[1] ?? "", "task", task, ...args];
  const child = spawnSync(process.execPath, words, { encoding: "utf8", maxBuffer: bytesPerMegabyte * 64 });
  if (child.status !== 0) throw new Error(`${task} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as Answer<T>;
}

async function answerTask(name: string, args: readonly string[]): Promise<void> {
  const value = (await tasks[name]?.(args)) ?? null;
  // maxRSS is in kilobytes on every platform.
  process.stdout.write(JSON.stringify({ value, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
}

const filesIn = (folder: string) => readdirSync(folder).map((name) => join(folder, name));
const workbooksIn = (folder: string) => filesIn(folder).filter((path) => path.endsWith(".xlsx"));
const row = (cells: readonly (string | number)[]) =>
  `| ${cells.map((c) => (typeof c === "number" ? c.toFixed(2) : c)).join(" | ")} |`;
const print = (line = "") => process.stdout.write(`${line}\n`);

function printHead(...labels: string[]): void {
  print(row(labels));
  print(row(labels.map((_, i) => (i === 0 ? "---" : "---:"))));
}

interface Step {
  readonly words: readonly string[];
  readonly reads: () => string[];
  readonly writes: () => string[];
}

function measureCommands(folder: string): void {
  const [inputs, sheets, filled] = ["inputs", "sheets", "filled"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [inputs, sheets, filled]) mkdirSync(path);
  ask("generate", inputs);
  const book = join(folder, "award.xlsx");
  const review = reviewPath(book);
  const both = () => [book, review];
  const steps: readonly Step[] = [
    { words: ["init", book], reads: () => [], writes: () => [book] },
    { words: ["import", book, inputs], reads: () => [book, ...workbooksIn(inputs)], writes: () => [book] },
    { words: ["check", book], reads: () => [book], writes: () => [book] },
    {
      words: ["recommend", book, "--date", notice.windows.recommendation.value.from],
      reads: () => [book],
      writes: () => [book],
    },
    { words: ["assign", book], reads: () => [book], writes: () => [review] },
    { words: ["packets", book, "--out", sheets], reads: both, writes: () => workbooksIn(sheets) },
    { words: ["collect", book, filled], reads: () => [...both(), ...workbooksIn(filled)], writes: () => [review] },
    { words: ["rank", book], reads: both, writes: () => [review] },
  ];
  printHead(
    "命令",
    "秒",
    "CPU 秒",
    "峰值 MB",
    "ExcelJS 读写同样的文件 CPU 秒",
    "倍数",
    "ExcelJS 峰值 MB",
    "解压、扫描、压缩同样的字节 CPU 秒",
    "倍数",
  );
  let total = 0;
  let cpuTotal = 0;
  let peak = 0;
  for (const { words, reads, writes } of steps) {
    const name = words[0] ?? "";
    // The bare run reads what the command read, so that is set aside before the command overwrites it.
    const before = reads().map((path, i) => {
      const copy = join(folder, `before-${i}.xlsx`);
      copyFileSync(path, copy);
      return copy;
    });
    const { value, peakMegabytes } = ask<Duration>("command", ...words);
    const files = [JSON.stringify(before), JSON.stringify(writes())] as const;
    const bare = ask<number>("bare", ...files);
    const floor = ask<number>("floor", ...files).value;
    print(
      row([
        name,
        value.seconds,
        value.cpuSeconds,
        peakMegabytes,
        bare.value,
        value.cpuSeconds / bare.value,
        bare.peakMegabytes,
        floor,
        value.cpuSeconds / floor,
      ]),
    );
    total += value.seconds;
    cpuTotal += value.cpuSeconds;
    peak = Math.max(peak, peakMegabytes);
    for (const path of before) rmSync(path);
    if (name === "check") {
      const rules = ask<Duration>("rules", book);
      print(
        row(["（其中规则）", rules.value.seconds, rules.value.cpuSeconds, rules.peakMegabytes, "", "", "", "", ""]),
      );
    }
    if (name === "packets") ask("fill", sheets, filled);
  }
  print(row(["合计", total, cpuTotal, peak, "", "", "", "", ""]));
}

/** The live formulas of the region's workbook in LibreOffice, and what they add to the file. */
function measureFormulas(folder: string): void {
  const inputs = join(folder, "inputs");
  mkdirSync(inputs);
  ask("generate", inputs);
  const book = join(folder, "award.xlsx");
  ask("command", "init", book);
  ask("command", "import", book, inputs);
  const { rows } =
    readWorkbook(book, "input").snapshot.sheets.find(({ name }) => name === submissionsSheet.label) ?? {};
  const [opening, whole, ...edits] = measureRecalculation(book, rows?.length ?? 0, folder);
  printHead("LibreOffice 里的公式", "秒", "CPU 秒");
  for (const taken of [opening, whole]) if (taken) print(row([taken.label, taken.seconds, taken.cpuSeconds]));
  const slowest = [...edits].sort((a, b) => b.cpuSeconds - a.cpuSeconds);
  const mean = (key: "seconds" | "cpuSeconds") => edits.reduce((sum, each) => sum + each[key], 0) / edits.length;
  print(row(["改一格，到本行即时检查算好，平均", mean("seconds"), mean("cpuSeconds")]));
  for (const { label, seconds, cpuSeconds } of slowest) print(row([label, seconds, cpuSeconds]));
  print(row(["文件 MB", statSync(book).size / bytesPerMegabyte, ""]));
}

/** Import and check of the region, and of ten times the region with short texts. */
function measureSizes(folder: string): void {
  printHead("案例", "导入 秒", "CPU 秒", "峰值 MB", "检查 秒", "CPU 秒", "峰值 MB");
  for (const scale of [1, 10]) {
    const inputs = join(folder, `inputs-${scale}`);
    mkdirSync(inputs);
    ask("generate", inputs, String(scale));
    const book = join(folder, `award-${scale}.xlsx`);
    ask("command", "init", book);
    const runs = [["import", book, inputs] as const, ["check", book] as const].map((words) =>
      ask<Duration>("command", ...words),
    );
    const figures = runs.flatMap(({ value, peakMegabytes }) => [value.seconds, value.cpuSeconds, peakMegabytes]);
    print(row([`${6000 * scale}（正文约 ${scale > 1 ? shortText : fullText} 字）`, ...figures]));
  }
}

/** A workbook opened, read, edited in every tenth row and saved, in place and by ExcelJS. */
function measureWorkbooks(folder: string): void {
  printHead("工作簿", "CPU 秒", "峰值 MB", "ExcelJS CPU 秒", "倍数", "ExcelJS 峰值 MB", "解压、扫描、压缩 CPU 秒");
  for (const [rows, columns] of [
    [6_000, 50],
    [60_000, 50],
    [199_000, 8],
  ] as const) {
    const path = join(folder, `${rows}.xlsx`);
    ask("sheet", path, String(rows), String(columns));
    const place = ask<Duration>("in-place", path);
    const bare = ask<Duration>("exceljs", path);
    const floor = ask<number>("floor", JSON.stringify([path]), JSON.stringify([path])).value;
    print(
      row([
        `${rows} 行 ${columns} 列`,
        place.value.cpuSeconds,
        place.peakMegabytes,
        bare.value.cpuSeconds,
        place.value.cpuSeconds / bare.value.cpuSeconds,
        bare.peakMegabytes,
        floor,
      ]),
    );
  }
}

function measureCore(scales: readonly number[]): void {
  const runs = scales.map((scale) => ask<{ step: string; seconds: number }[]>("core", String(scale)));
  printHead(
    "仅核心，秒",
    ...scales.map((scale) => `${6000 * scale} 个案例（正文约 ${scale > 1 ? shortText : fullText} 字）`),
  );
  for (const [i, { step }] of (runs[0]?.value ?? []).entries()) {
    print(row([step, ...runs.map((run) => run.value[i]?.seconds ?? "")]));
  }
  print(row(["整轮峰值 MB（含生成的输入）", ...runs.map((run) => run.peakMegabytes)]));
}

const regions = 31;
/** Awards that are run; the files of the other regions are copies of these. */
const regionsRun = 3;

/** Regions one after the other, each in files of its own that no other region's commands touch; then one ranking over all. */
function measureNation(folder: string): void {
  const made: string[] = [];
  const digests = new Map<string, string>();
  let changed = 0;
  printHead("地区", "秒", "CPU 秒", "峰值 MB");
  for (let region = 1; region <= regionsRun; region++) {
    const [home, inputs, sheets, filled] = ["", "inputs", "sheets", "filled"].map((name) =>
      join(folder, String(region), name),
    ) as [string, string, string, string];
    for (const path of [home, inputs, filled]) mkdirSync(path, { recursive: true });
    ask("generate", inputs, "1", String(region));
    const book = join(home, "评案簿.xlsx");
    const run = (...words: string[]) => ask<Duration>("command", ...words);
    const runs = [
      run("init", book),
      run("import", book, inputs),
      run("check", book),
      run("recommend", book, "--date", notice.windows.recommendation.value.from),
      run("assign", book),
      run("packets", book, "--out", sheets),
    ];
    ask("fill", sheets, filled);
    runs.push(run("collect", book, filled), run("rank", book));
    const sum = (of: (duration: Duration) => number) => runs.reduce((all, { value }) => all + of(value), 0);
    const peak = Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes));
    print(row([`第 ${region} 个，init 到 rank`, sum((each) => each.seconds), sum((each) => each.cpuSeconds), peak]));
    for (const [path, digest] of digests) if (digestFile(path) !== digest) changed++;
    for (const path of [book, reviewPath(book)]) digests.set(path, digestFile(path));
    made.push(reviewPath(book));
  }
  const paths = Array.from({ length: regions }, (_, i) => made[i % made.length] ?? "");
  const { value, peakMegabytes } = ask<NationalRanking>("nation", ...paths);
  print(
    row([
      `${regions} 个地区合排（${value.ranked} 个案例，${value.groups} 组）`,
      value.seconds,
      value.cpuSeconds,
      peakMegabytes,
    ]),
  );
  print();
  print(`别的地区的文件改动 ${changed} 个；与别的地区同分的案例 ${value.shared} 个。`);
}

function measureEarlierWinners(): void {
  const { read, rule, characters } = ask<ReturnType<typeof measurePrior>>("prior").value;
  printHead("往届：5 年各 2,000 个获奖案例，本届 6,000 个", "CPU 秒");
  print(row(["读“往届”", read]));
  print(row(["PRIOR-MATCH", rule]));
  print(row(["正文指纹，百万字符", characters / 1e6]));
}

function measureSimilarity(counts: readonly number[]): void {
  printHead(`雷同检索（每篇 ${fullText} 字）`, "秒", "CPU 秒", "峰值 MB");
  for (const count of counts) {
    const { value, peakMegabytes } = ask<Duration>("similarity", String(count));
    print(row([`${count} 篇`, value.seconds, value.cpuSeconds, peakMegabytes]));
  }
}

/** On a workbook of the whole region: the first time, and again when nothing has changed. */
function measureEvidence(folder: string): void {
  const count = 1000;
  const [inputs, materials] = [join(folder, "evidence-inputs"), join(folder, "materials")];
  for (const path of [inputs, materials]) mkdirSync(path);
  ask("generate", inputs);
  const book = join(folder, "evidence.xlsx");
  ask("command", "init", book);
  ask("command", "import", book, inputs);
  ask("materials", book, materials, String(count));
  printHead("材料核查", "秒", "CPU 秒", "峰值 MB", "只读字节 秒", "倍数");
  for (const { name, label } of [
    { name: "many", label: `${count} 个案例的材料` },
    { name: "large", label: "一个 1 GB 的视频" },
  ]) {
    const path = join(materials, name);
    const bytes = ask<Duration>("bytes", path).value.seconds;
    for (const again of ["", "，再次运行"]) {
      const { value, peakMegabytes } = ask<Duration>("command", "evidence", book, "--files", path);
      print(row([label + again, value.seconds, value.cpuSeconds, peakMegabytes, bytes, value.seconds / bytes]));
    }
  }
  const workbook = ask<number>("bare", JSON.stringify([book]), JSON.stringify([book])).value;
  print(row(["（ExcelJS 读写同一工作簿）", "", workbook, "", "", ""]));
}

/** The page beside the command, step by step, on copies of one workbook. */
function measureInPage(folder: string): void {
  const inputs = join(folder, "inputs");
  mkdirSync(inputs);
  ask("generate", inputs);
  const book = join(folder, "评案簿.xlsx");
  ask("command", "init", book);
  ask("command", "import", book, inputs);
  const forPage = join(folder, "网页", "评案簿.xlsx");
  mkdirSync(dirname(forPage));
  copyFileSync(book, forPage);
  const page = ask<PageRun>("page", forPage).value;
  const commands = [
    ["check", book],
    ["recommend", book],
    ["assign", book],
    ["packets", book, "--out", join(folder, "评分表")],
  ].map((words) => ask<Duration>("command", ...words).value.seconds);
  printHead("网页", "秒", "命令 秒", "倍数");
  const [opening, ...steps] = page.steps;
  if (opening) print(row([opening.label, opening.seconds, "", ""]));
  for (const [i, { label, seconds }] of steps.entries()) {
    const command = commands[i] ?? Number.NaN;
    print(row([label, seconds, command, seconds / command]));
  }
  print(row(["页面最久没有反应（毫秒）", page.longestPause, "", ""]));
  print(row(["页面进程占用内存最多（MB）", Math.round(page.peakMegabytes), "", ""]));
}

/** Cases of a large unit. */
const casesOfForm = 300;

/** A 填报表 in the page: how long until it has been judged again after a change. */
function measureFormInPage(folder: string): void {
  const [inputs, forms, book] = ["inputs", "填报表", "评案簿.xlsx"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(inputs);
  ask("generate-unit", inputs, String(casesOfForm));
  ask("command", "init", book);
  ask("command", "import", book, inputs);
  ask("command", "forms", book, "--out", forms);
  const [form = ""] = workbooksIn(forms);
  const { opened, afterFields, afterTexts } = ask<FormRun>("form", form).value;
  printHead(`填报表（${casesOfForm} 个案例，正文约 ${fullText} 字）`, "毫秒", "最长");
  const describe = (label: string, all: readonly number[]) =>
    print(row([label, [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN, Math.max(...all)]));
  describe("打开", [opened]);
  describe("改一格，到重新判断好显示出来", afterFields);
  describe("改一段正文，到重新判断好显示出来", afterTexts);
}

function measureSheets(): void {
  const { value, peakMegabytes } = ask<{ actions: MeasuredAction[]; files: number }>("sheets");
  const count = (number: number) => String(number);
  printHead(
    `本地 Sheets（正文约 ${shortText} 字，${value.files} 份在线评分表）`,
    "数据调用",
    "全部调用",
    "运行次数",
    "平台时钟 秒",
    "CPU 秒",
  );
  for (const { action, dataCalls, allCalls, executions, virtualSeconds, cpuSeconds } of value.actions) {
    print(row([action, count(dataCalls), count(allCalls), count(executions), virtualSeconds, cpuSeconds]));
  }
  print(row(["峰值 MB", "", "", "", "", peakMegabytes]));
}

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "casebook-bench-"));
  try {
    work(folder);
  } finally {
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  }
}

/** In the order printed; each can be asked for alone. */
const sections: Record<string, () => void> = {
  commands: () => inFolder(measureCommands),
  recalculation: () => inFolder(measureFormulas),
  sizes: () => inFolder(measureSizes),
  workbooks: () => inFolder(measureWorkbooks),
  core: () => measureCore([0.1, 1, 10]),
  nation: () => inFolder(measureNation),
  prior: measureEarlierWinners,
  similarity: () => measureSimilarity([6000, 12000]),
  evidence: () => inFolder(measureEvidence),
  accuracy: () => print(describeAccuracy()),
  assignment: () => print(describeAssignment()),
  sheets: measureSheets,
  page: () => {
    inFolder(measureFormInPage);
    print();
    inFolder(measureInPage);
  },
};

const [mode, task, ...args] = process.argv.slice(2);
if (mode === "task" && task !== undefined) await answerTask(task, args);
else {
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => sections[name] === undefined);
  if (unknown.length > 0)
    throw new Error(`bench: ${unknown.join(", ")}? There is ${Object.keys(sections).join(", ")}.`);
  const memory = Math.round(totalmem() / bytesPerMegabyte / 1024);
  print(
    `Node ${process.version}，${cpus().length} 核（${cpus()[0]?.model ?? ""}），内存 ${memory} GB。6,000 个案例（含正文），460 名专家，每案 ${notice.defaults.reviews} 人。`,
  );
  for (const name of chosen.length > 0 ? chosen : Object.keys(sections)) {
    print();
    sections[name]?.();
  }
}
