import type { Notice } from "../../apps-script/core/notice/notice.ts";
import {
  describeMaterials,
  explainPattern,
  type FilledMaterials,
  fillMaterials,
  readMaterialTable,
} from "../../apps-script/core/review-book/fill-materials.ts";
import { readReview } from "../../apps-script/core/review-book/read-review.ts";
import { listSome } from "../../apps-script/core/rules/wording.ts";
import {
  buildScoreSheets,
  packetName,
  packetsAction,
  type ScoreSheetFile,
  tellHiddenMaterials,
  tellMissingMaterials,
} from "../../apps-script/core/score-sheets/packets.ts";
import { nameResent, type Resent, resendList, whyResend } from "../../apps-script/core/score-sheets/resend.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { logAction, requireReview, saveAll } from "../award-files/award-files.ts";
import { sayNextStep, today } from "../award-files/next-step.ts";
import { freeBackupName, renderAll, reportKept, withoutOverwriting } from "../award-files/outgoing.ts";
import { renderPatch } from "../award-files/render-patch.ts";
import { openScope, unitOption, unitWords } from "../award-files/review-scope.ts";
import {
  asTyped,
  type Command,
  type CommandCall,
  exitCode,
  option,
  requiredOption,
  UsageError,
} from "../command-line/command.ts";
import { isThere, readBytes } from "../disk/disk.ts";
import { ensureFolder, type FileRemoval, type FileWrite } from "../disk/files.ts";
import { InputError } from "../errors.ts";
import { basename, join, resolve } from "../host/paths.ts";
import { readInputTables } from "../inputs/read-input.ts";
import { archiveName, type PlannedArchives, planArchives, writeArchives } from "../materials/expert-archives.ts";
import { readWorkbookBytes } from "../office-files/workbook.ts";

const resendName = "需重发";
/** Of each list, so that a terminal does not scroll away what came before. */
const mostLines = 20;

/** Why an expert gets a new score sheet; nothing where that of the folder says the same. */
function compareWithFolder(folder: string, sheet: ScoreSheetFile, notice: Notice): string[] {
  const path = join(folder, sheet.fileName);
  if (!isThere(path)) return ["以前没有评分表"];
  const bytes = readBytes(path);
  try {
    return whyResend(sheet, readWorkbookBytes(path, bytes, "input").snapshot, notice);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return ["原来的文件打不开"];
  }
}

/** 需重发 within the folder, or 需重发（2） where an earlier one is still there: perhaps it was not sent yet. */
function freeResendFolder(folder: string): string {
  for (let n = 1; ; n++) {
    const candidate = join(folder, n === 1 ? resendName : `${resendName}（${n}）`);
    if (!isThere(candidate)) return candidate;
  }
}

/** What is written for those whose sheet changed: in the folder, and once more where only these are. */
async function renderResent(
  call: CommandCall,
  folder: string,
  sheets: readonly ScoreSheetFile[],
  resent: readonly Resent[],
) {
  const changed = sheets.filter(({ fileName }) => resent.some((each) => each.fileName === fileName));
  const fresh = await renderAll(call, folder, changed);
  const { writes, kept } = withoutOverwriting(fresh);
  const dropped = resent
    .filter(({ fileName }) => fileName === "")
    .map(({ expert }) => join(folder, packetName(expert)));
  const aside = dropped.flatMap((path): (FileWrite | FileRemoval)[] => [
    { path: freeBackupName(path), data: readBytes(path) },
    { path, data: null },
  ]);
  const resendFolder = freeResendFolder(folder);
  ensureFolder(resendFolder);
  const copies = fresh.map(({ path, data }) => ({ path: join(resendFolder, basename(path)), data }));
  const list = { path: join(resendFolder, `${resendName}名单.xlsx`), data: renderPatch(resendList(resent, today())) };
  return { writes: [...writes, ...aside, ...copies, list], kept, resendFolder };
}

const foldersOption = "materials";
const tableOption = "materials-table";
const patternOption = "materials-pattern";

/** 评审材料 as the call asks for it; undefined where it asks for nothing. @throws UsageError, InputError */
function readMaterialSource(call: CommandCall): Parameters<typeof fillMaterials>[2] | undefined {
  const [pattern, table] = [option(call, patternOption), option(call, tableOption)];
  if (pattern !== undefined && table !== undefined)
    throw new UsageError(`--${patternOption} 和 --${tableOption} 只写一个`);
  const wrong = pattern === undefined ? undefined : explainPattern(pattern);
  if (wrong !== undefined) throw new UsageError(`--${patternOption} ${wrong}`);
  if (table === undefined) return pattern;
  const rows = readInputTables(table)
    .sheets.map(readMaterialTable)
    .find((each) => each.length > 0);
  if (rows) return rows;
  throw new InputError(table, `「${basename(table)}」里没有内容。应有两列：评审编号（或案例编号）和评审材料。`);
}

/** What the administrator is told of the zips of materials. */
function describeArchives(
  { archives, missing, foreign }: PlannedArchives,
  { aside, changed }: Awaited<ReturnType<typeof writeArchives>>,
  folder: string,
) {
  const written = archives.filter(({ found }) => found !== "same");
  const [first] = written;
  const some = first === undefined ? "都没有变化" : `新打包 ${written.length} 个，如 ${archiveName(first.expert)}`;
  return [
    `评审材料压缩包 ${archives.length} 个（${some}），在 ${folder}，与评分表一起发给专家。`,
    ...(missing.length > 0
      ? [`${missing.length} 个案例（${listSome(missing)}）还没有匿名材料，请先运行 casebook materials。`]
      : []),
    ...(foreign.length > 0
      ? [
          `${foreign.length} 个文件（${listSome(foreign)}）不是 casebook materials 做的，或做好之后被改过，没有打包；要给专家看，请放进提交的材料里，再运行一次 casebook materials。`,
        ]
      : []),
    ...(changed.length > 0
      ? [
          `${listSome(changed)} 在做好之后被改过，里面可能又有身份信息：有它的压缩包没有打包，原来的不动。请再运行一次 casebook materials，然后再打包。`,
        ]
      : []),
    ...(aside.length > 0
      ? [
          `${aside.length} 个压缩包已改名保留（${listSome(aside)}）：其中的专家不用再评这些案例，或有您放进去的文件。请不要再发。`,
        ]
      : []),
  ];
}

const toldOf = ({ patch: _, ...told }: FilledMaterials) => told;

export const packets: Command = {
  name: "packets",
  operands:
    "工作簿 --out 文件夹 [--unit 单位] [--materials 文件夹] [--materials-pattern 样子 | --materials-table 材料表]",
  found: "材料表里有没有用上的行，评分表已经生成",
  minOperands: 1,
  maxOperands: 1,
  summary: "为每位专家生成一份匿名评分表（评分表-E001.xlsx）；再次生成时只挑出有变化的",
  details: [
    "评分表里没有作者、单位和地区。",
    `文件夹里已有评分表时，逐份核对：没有变化的原样不动，填了的也不动；有变化的（增减案例，案例名称、评审材料、正文有改动）换成新表，并另放一份到里面的“${resendName}”文件夹，连同名单：发给谁、为什么。旧表改名保留（.旧1），不会丢失。`,
    "要全部重新生成，请换一个新文件夹。",
    "评审材料是给专家看的匿名链接，在评审工作簿的“参评案例”表，可以手工填，也可以在这里按编号一次填好；已经填了的不改，材料表里没有用上的行，都逐行说明。",
  ],
  options: [
    { name: "out", value: "文件夹", help: "评分表放在哪个文件夹；再次生成请写同一个文件夹" },
    unitOption,
    {
      name: foldersOption,
      value: "文件夹",
      help: `casebook materials 做好的匿名材料在哪个文件夹；为每位专家打包他的案例，${archiveName("E001")}，放在评分表旁边`,
    },
    {
      name: patternOption,
      value: "样子",
      help: '按这个样子填“评审材料”，花括号里换成各案例的编号，如 "https://example.org/{评审编号}.zip"',
    },
    {
      name: tableOption,
      value: "材料表",
      help: "从这份表格（.xlsx 或 .csv）填“评审材料”：两列，评审编号（或案例编号）和材料",
    },
  ],
  async run(call) {
    const folder = requiredOption(call, "out");
    const { path, application, settings, notice, unit, award } = await openScope(call);
    const source = readMaterialSource(call);
    const review = requireReview(path, notice, unit);
    const materials =
      source === undefined ? undefined : fillMaterials(review.workbook.snapshot, settings.notice, source);
    if (materials) review.workbook.apply({ sheets: [materials.patch] });
    const data = readReview(review.workbook.snapshot, settings.notice);
    const sheets = buildScoreSheets(award, review.workbook.snapshot, notice);
    const folders = option(call, foldersOption);
    if (folders !== undefined && !isThere(folders))
      throw new InputError(
        folders,
        `找不到匿名材料的文件夹“${folders}”。请先运行 casebook materials，--materials 写它的 --out。`,
      );
    const planned = folders === undefined ? undefined : await planArchives(resolve(folders), resolve(folder), sheets);
    const asked = new Set(data.pairs.map(({ expert }) => expert));
    const inForce = new Set(sheets.map(({ expert }) => expert));
    const hasSheet = (expert: string) => isThere(join(folder, packetName(expert)));
    const isFirst = ![...asked].some(hasSheet);
    const changed: Pick<Resent, "expert" | "reasons" | "fileName">[] = [];
    for (const [i, sheet] of isFirst ? [] : sheets.entries()) {
      await call.terminal.step(`核对已有的评分表 ${i + 1}/${sheets.length}`);
      const reasons = compareWithFolder(folder, sheet, settings.notice);
      if (reasons.length > 0) changed.push({ expert: sheet.expert, reasons, fileName: sheet.fileName });
    }
    const dropped = [...asked]
      .filter((expert) => !inForce.has(expert) && hasSheet(expert))
      .sort()
      .map((expert) => ({ expert, reasons: ["分派都已作废，不用再评"], fileName: "" }));
    const zipped = (planned?.archives ?? []).filter(({ found }) => found !== "same").map(({ expert }) => expert);
    // On the first time everybody gets everything.
    const withNewZip = isFirst ? [] : zipped.filter((expert) => !changed.some((each) => each.expert === expert));
    const onlyZips = withNewZip.map((expert) => ({
      expert,
      reasons: ["评审材料有变化"],
      fileName: archiveName(expert),
    }));
    const resent = nameResent([...changed, ...dropped, ...onlyZips], data);
    const result = isFirst
      ? { ...withoutOverwriting(await renderAll(call, folder, sheets)), resendFolder: "" }
      : resent.length > 0
        ? await renderResent(call, folder, sheets, resent)
        : { writes: [], kept: [], resendFolder: "" };
    logAction(review, {
      action: packetsAction,
      parameters: materials
        ? `评审材料 ${option(call, patternOption) ?? basename(option(call, tableOption) ?? "")}，新填 ${materials.filled}`
        : "",
      outcome: isFirst ? `${sheets.length} 份` : `${sheets.length} 份，需重发 ${changed.length} 份`,
      inputs: [application.digest, review.digest],
    });
    await saveAll(call, [review], result.writes);
    const { terminal } = call;
    const archives = planned && (await writeArchives(planned, (name) => terminal.step(name)));
    for (const line of materials ? describeMaterials(materials, mostLines) : []) terminal.say(line);
    const collected = `收回后运行 casebook collect ${asTyped(path)}${unitWords(unit)} 收回的评分表`;
    if (isFirst) terminal.say(`已生成 ${sheets.length} 份评分表，在 ${folder}。${collected}`);
    else if (resent.length === 0) terminal.say(`${folder} 里的 ${sheets.length} 份评分表都没有变化，不用重发。`);
    else {
      const same = sheets.length - changed.length;
      terminal.say(
        `${changed.length} 份评分表有变化，在 ${result.resendFolder}，请只发这些；${same} 份没有变化，原样不动。`,
      );
      if (onlyZips.length > 0)
        terminal.say(
          `另有 ${onlyZips.length} 名专家只是评审材料有变化，请只发新的压缩包，名单也在 ${result.resendFolder}。`,
        );
      const lines = resent.map(({ expert, name, reasons }) => `${expert} ${name}：${reasons.join("；")}`);
      for (const line of firstLines(lines, mostLines, (left) => `……另有 ${left} 名，见“${resendName}名单.xlsx”`))
        terminal.say(`  ${line}`);
    }
    const hidden = tellHiddenMaterials(sheets);
    if (hidden !== "") terminal.say(hidden);
    const bare = tellMissingMaterials(sheets);
    if (bare !== "") terminal.say(`${bare}按编号存放的，加 --${patternOption} 一次填好。`);
    for (const line of planned && archives ? describeArchives(planned, archives, folder) : []) terminal.say(line);
    reportKept(call, result.kept);
    if (!unit)
      sayNextStep(call, path, { application: application.workbook.snapshot, review: review.workbook.snapshot });
    terminal.json({
      files: sheets.map((sheet) => join(folder, sheet.fileName)),
      resend: resent.map(({ fileName, ...who }) => ({
        ...who,
        file: fileName === "" ? "" : join(fileName.endsWith(".zip") ? folder : result.resendFolder, fileName),
      })),
      ...(materials && { materials: toldOf(materials) }),
      ...(planned && {
        archives: planned.archives.map(({ expert }) => join(folder, archiveName(expert))),
        zipped,
        aside: archives?.aside ?? [],
        changedAfter: archives?.changed ?? [],
        withoutMaterials: planned.missing,
        notZipped: planned.foreign,
      }),
    });
    return materials && materials.rejected.length > 0 ? exitCode.found : exitCode.done;
  },
};
