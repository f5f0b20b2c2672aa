import { host } from "#host";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { applicantsOf } from "../../apps-script/core/evidence/applicants.ts";
import { LeftOutList } from "../../apps-script/core/evidence/left-out.ts";
import { makeNameMatcher } from "../../apps-script/core/evidence/match-names.ts";
import {
  describeMaterials,
  explainPattern,
  fillMaterials,
  fillPattern,
} from "../../apps-script/core/review-book/fill-materials.ts";
import { placeReviewed } from "../../apps-script/core/review-book/find-reviewed.ts";
import { readReview } from "../../apps-script/core/review-book/read-review.ts";
import { listSome } from "../../apps-script/core/rules/wording.ts";
import { keepsFile } from "../../apps-script/core/schema/choices.ts";
import { leftOutSheet } from "../../apps-script/core/schema/evidence.ts";
import { reviewedSheet } from "../../apps-script/core/schema/review.ts";
import { columnOf, labelOf } from "../../apps-script/core/schema/sheet-spec.ts";
import { safeFileName } from "../../apps-script/core/text/file-name.ts";
import { groupBy } from "../../apps-script/core/text/group-by.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { lockPlace, logAction, requireReview, saveAll } from "../award-files/award-files.ts";
import { openScope, unitOption, unitWords } from "../award-files/review-scope.ts";
import { asTyped, type Command, exitCode, option, requiredOption, UsageError } from "../command-line/command.ts";
import { isThere, readBytes } from "../disk/disk.ts";
import { digestBytes, ensureFolder } from "../disk/files.ts";
import { collectSources, type SourceFile } from "../evidence/collect-sources.ts";
import { join, resolve } from "../host/paths.ts";
import { expertFolder } from "../materials/expert-archives.ts";
import type { CaseWork } from "../materials/make-folder.ts";
import { makeFolders } from "../materials/make-folders.ts";
import { newWorkbook, readWorkbookBytes } from "../office-files/workbook.ts";

/** Of each list, so that a terminal does not scroll away what came before. */
const mostLines = 10;
const patternOption = "materials-pattern";
const reviewIdLabel = labelOf(reviewedSheet, "reviewId");

/** The list of what was left out, as it lies beside the folders; no other run may make folders there meanwhile. */
function openList(path: string) {
  lockPlace(path);
  if (!isThere(path)) return { book: newWorkbook(), list: new LeftOutList(undefined), expected: null };
  const bytes = readBytes(path);
  const book = readWorkbookBytes(path, bytes, "edit");
  return { book, list: new LeftOutList(book.snapshot), expected: digestBytes(bytes) };
}

export const materials: Command = {
  name: "materials",
  operands: "工作簿 --files 文件夹 --out 文件夹 [--unit 单位] [--materials-pattern 样子]",
  found: "有文件没有放入，逐个写在“未放入.xlsx”里",
  minOperands: 1,
  maxOperands: 1,
  summary: "从提交的文件做出给专家看的匿名材料：每个参评案例一个文件夹，名称中性，身份信息已清除",
  details: [
    "--files 的文件夹与 evidence 的一样：每个案例一个文件夹或 .zip，名称含案例编号；也可以再按单位分一层文件夹。",
    `每个参评案例一个以${reviewIdLabel}命名的文件夹，里面是“正文”“视频”“附件1”……文档属性、作者、批注者和修订者、修订标识、缩略图、图片和视频的拍摄信息等一律清除；看得见的内容不动，视频不重新编码。`,
    `看得见的内容里有身份信息的，和程序读不了的，不放入，写在“${leftOutSheet.label}.xlsx”里。打开看过、确认没有问题的，在“${columnOf(leftOutSheet, "ruling").label}”写“${keepsFile}”，再运行一次。`,
    "中断了再运行同样的命令，接着做；做好的不重做。您放进去的东西不会被盖掉。",
    `做好的案例填入评审工作簿“${reviewedSheet.label}”表的“${labelOf(reviewedSheet, "material")}”，已经填了的不改。然后运行 packets --materials，为每位专家打包。`,
  ],
  options: [
    { name: "files", value: "文件夹", help: "提交的材料在哪个文件夹" },
    { name: "out", value: "文件夹", help: "匿名材料放在哪个文件夹；再次运行请写同一个" },
    unitOption,
    {
      name: patternOption,
      value: "样子",
      help: `按这个样子填“评审材料”，如 "https://example.org/{${reviewIdLabel}}.zip"；默认写压缩包里的文件夹`,
    },
  ],
  async run(call) {
    const { terminal } = call;
    const folder = resolve(requiredOption(call, "files"));
    const out = resolve(requiredOption(call, "out"));
    const pattern = option(call, patternOption) ?? `${expertFolder}/{${reviewIdLabel}}`;
    const wrong = explainPattern(pattern);
    if (wrong !== undefined) throw new UsageError(`--${patternOption} ${wrong}`);
    if (folder === out || out.startsWith(join(folder, "_").slice(0, -1)))
      throw new UsageError("--out 不能在 --files 的文件夹里，否则做好的材料下次会被当成提交的材料。请换一个文件夹");
    const { path, application, settings, notice, unit, award: snapshot } = await openScope(call);
    const review = requireReview(path, notice, unit);
    const award = readAward(snapshot, notice);
    const placed = placeReviewed(award, readReview(review.workbook.snapshot, settings.notice));
    const byKey = new Map(award.submissions.map((s) => [s.key, s]));

    await terminal.step("清点材料");
    const found = await collectSources(folder, makeNameMatcher(award.submissions));
    const sources = groupBy(found.sources, ({ submission }) => submission);
    ensureFolder(out);
    await host.materials.ensureFolder(out);
    const listPath = join(out, `${leftOutSheet.label}.xlsx`);
    const { book, list, expected } = openList(listPath);
    const cases: CaseWork[] = [];
    const missing: string[] = [];
    for (const reviewed of placed.reviewed) {
      const { reviewId } = reviewed;
      const submission = byKey.get(reviewed.key);
      if (!submission || submission.cancelled || reviewId === "" || safeFileName(reviewId) !== reviewId) continue;
      const own: readonly SourceFile[] = sources.get(submission) ?? [];
      if (own.length === 0) missing.push(`${reviewId}（${submission.id}）`);
      cases.push({
        reviewId,
        submission,
        applicants: applicantsOf(award, submission),
        sources: own,
        kept: list.keptFiles(reviewId),
      });
    }
    const {
      folders,
      unchanged,
      aside,
      leftover: others,
    } = await makeFolders(out, cases, (name) => terminal.step(name));

    // Folders of other units may lie beside those of one.
    const leftover = unit ? [] : others;
    const leftOut = folders.flatMap((each) => each.leftOut);
    const lookedAt = new Set(folders.map(({ reviewId }) => reviewId));
    book.apply({ sheets: [list.patch(leftOut, (reviewId) => lookedAt.has(reviewId))] });
    const withFiles = new Set(folders.filter(({ files }) => files.length > 0).map(({ reviewId }) => reviewId));
    const filled = fillMaterials(
      review.workbook.snapshot,
      settings.notice,
      placed.reviewed
        .filter(({ reviewId }) => withFiles.has(reviewId))
        .map((reviewed) => ({
          row: reviewed.record.row,
          id: reviewed.reviewId,
          material: fillPattern(pattern, reviewed),
        })),
    );
    review.workbook.apply({ sheets: [filled.patch] });
    const emptied = placed.reviewed.filter(
      (each) => !withFiles.has(each.reviewId) && each.record.text("material") === fillPattern(pattern, each),
    );
    const files = folders.reduce((sum, each) => sum + each.files.length, 0);
    const outcome = `案例 ${withFiles.size} 个，文件 ${files} 个，未放入 ${leftOut.length} 个，新填评审材料 ${filled.filled}`;
    logAction(review, {
      action: "匿名材料",
      parameters: pattern,
      outcome,
      inputs: [application.digest, review.digest],
    });
    await saveAll(call, [review], [{ path: listPath, data: await book.toBytes(), expected }]);

    terminal.say(`匿名材料已做好：${outcome}（其中 ${unchanged} 个案例没有变化，没有重做）。在 ${out}。`);
    if (leftOut.length > 0) {
      terminal.say(`没有放入的 ${leftOut.length} 个文件，见 ${listPath}：`);
      const lines = leftOut.map(({ reviewId, file, reason }) => `${reviewId} ${file}：${reason}`);
      for (const line of firstLines(lines, mostLines, (left) => `……另有 ${left} 个，见“${leftOutSheet.label}.xlsx”`))
        terminal.say(`  ${line}`);
    }
    for (const { row, ruling } of list.unclear.slice(0, mostLines))
      terminal.say(`“${leftOutSheet.label}”第 ${row} 行的“${ruling}”没有照办：只认“${keepsFile}”。`);
    for (const name of aside)
      terminal.say(`原来的文件夹里有您放进去的文件，已整个改名为 ${name} 保留，其中的没有清除身份信息，请自行处理。`);
    if (missing.length > 0) terminal.say(`没有材料的案例 ${missing.length} 个：${listSome(missing)}。`);
    if (emptied.length > 0)
      terminal.say(
        `${emptied.length} 个案例（${listSome(emptied.map(({ reviewId }) => reviewId))}）没有匿名材料，“${labelOf(reviewedSheet, "material")}”里却写着存放的地方，专家会找不到；请清空这一格，或补交材料后再运行一次。`,
      );
    if (leftover.length > 0)
      terminal.say(
        `${leftover.length} 个文件夹（${listSome(leftover)}）的案例已撤销或不参评，文件夹还在，不会发给专家；不用了请删去。`,
      );
    if (option(call, patternOption) !== undefined)
      terminal.say(
        `要上传的，只上传各案例的文件夹；“${leftOutSheet.label}.xlsx”和以点开头的文件里有提交时的文件名，请不要上传。`,
      );
    for (const line of describeMaterials(filled, mostLines)) terminal.say(line);
    const passedOver = [...found.unmatched, ...found.skipped].map(({ name, reason }) => `${name}：${reason}`);
    if (passedOver.length > 0) terminal.say(`没有用上的 ${passedOver.length} 个：`);
    for (const line of firstLines(passedOver, mostLines, (left) => `……另有 ${left} 个，用 --json 查看全部`))
      terminal.say(`  ${line}`);
    terminal.say(
      `下一步：casebook packets ${asTyped(path)}${unitWords(unit)} --out 评分表 --materials ${asTyped(out)}`,
    );
    terminal.json({
      submissions: withFiles.size,
      files,
      leftOut,
      unchanged,
      aside,
      leftover,
      emptied: emptied.map(({ reviewId }) => reviewId),
      missing,
      unmatched: found.unmatched,
      skipped: found.skipped,
      list: listPath,
      materials: { filled: filled.filled, kept: filled.kept, missing: filled.missing },
    });
    return leftOut.length > 0 ? exitCode.found : exitCode.done;
  },
};
