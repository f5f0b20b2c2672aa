import { describeOpen, readExpertProgress } from "../../apps-script/core/progress/expert-progress.ts";
import { freezeCollection } from "../../apps-script/core/replay/freeze.ts";
import { performCollection } from "../../apps-script/core/replay/perform.ts";
import { readReview } from "../../apps-script/core/review-book/read-review.ts";
import { listSome } from "../../apps-script/core/rules/wording.ts";
import { countCollected, summariseCollection } from "../../apps-script/core/score-sheets/collect.ts";
import { keepScores } from "../../apps-script/core/score-sheets/read-score-sheet.ts";
import { whichWorkbook, workbookLabels } from "../../apps-script/core/tables/which-workbook.ts";
import { addToGroup, groupBy } from "../../apps-script/core/text/group-by.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { viewExperts } from "../../apps-script/dialogs/progress-view.ts";
import { archiveAction } from "../award-files/archive.ts";
import { logFrozen, now, requireReview, saveAll } from "../award-files/award-files.ts";
import { sayNextStep } from "../award-files/next-step.ts";
import { openScope, unitOption, unitWords } from "../award-files/review-scope.ts";
import { asTyped, type Command, exitCode } from "../command-line/command.ts";
import { disk } from "../disk/disk.ts";
import { InputError } from "../errors.ts";
import { basename, resolve, sep } from "../host/paths.ts";
import { readInputs, reportUnread } from "../inputs/inputs.ts";
import type { InputFile } from "../inputs/read-input.ts";

/** Warnings read `file：what`; one line for all files of which the same is said. */
function groupWarnings(warnings: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const warning of warnings) {
    const colon = warning.indexOf("：");
    const [file, what] = colon < 0 ? ["", warning] : [warning.slice(0, colon), warning.slice(colon + 1)];
    addToGroup(groups, what, file);
  }
  return groups;
}

/** One place on the disk, however it was written. */
function placeOf(path: string): string {
  try {
    return disk.realpath(path);
  } catch {
    return resolve(path);
  }
}

/** A score sheet that came back. */
interface Returned extends InputFile {
  /** Where it lies on the disk. */
  readonly place: string;
  /** Its name, with as many of its folders as no other file shares. */
  readonly name: string;
}

/** Each file once, though it may lie in a folder that was named besides, under a name of its own. */
function nameFiles(inputs: readonly InputFile[]): Returned[] {
  const byPlace = new Map<string, InputFile>();
  for (const input of inputs) {
    const place = placeOf(input.path);
    if (!byPlace.has(place)) byPlace.set(place, input);
  }
  const paths = [...byPlace.keys()].map((place) => place.split(sep));
  const tail = (path: readonly string[], length: number) => path.slice(-length).join("/");
  return [...byPlace].map(([place, input], i) => {
    const path = place.split(sep);
    let length = 1;
    while (length < path.length && paths.some((other, j) => j !== i && tail(other, length) === tail(path, length)))
      length++;
    return { ...input, place, name: tail(path, length) };
  });
}

/** A workbook of ours that is no score sheet is reported as what it is. @throws InputError */
function requireScoreSheet(path: string, sheets: InputFile["sheets"]): void {
  const kind = whichWorkbook(sheets.map(({ name }) => name));
  if (kind === undefined || kind === "scoreSheet") return;
  const remedy = kind === "unitForm" ? "请用 casebook import 导入。" : "请选择专家交回的评分表。";
  throw new InputError(path, `「${basename(path)}」是${workbookLabels[kind]}，不是评分表，没有收下。${remedy}`);
}

/** Of each list, so that a terminal does not scroll away what came before. */
const mostLines = 20;

export const collect: Command = {
  name: "collect",
  operands: "工作簿 收回的文件… [--accept 评分表] [--unit 单位]",
  found: "有内容没有收下，或两个版本不一致还没有定，屏幕上逐一列出",
  minOperands: 2,
  maxOperands: Number.POSITIVE_INFINITY,
  summary: "收回评分表：改过名、重排过、只填了一部分、交了两次都可以",
  details: [
    "已收的分数不会被悄悄改掉：两个版本不一致时保留先收的，并列出差异；确认以哪份为准后，用 --accept 指定那份文件。",
    "分数超出范围或不是 0.5 的倍数时不收这一项，并说明是哪份文件哪一行。",
  ],
  options: [
    { name: "accept", value: "评分表", multiple: true, help: "与已收分数不一致时，以这份文件为准" },
    unitOption,
  ],
  async run(call) {
    const accepted = call.options.accept ?? [];
    const { path, application, settings, notice, unit, award } = await openScope(call);
    const review = requireReview(path, notice, unit);
    const named = call.operands.slice(1);
    const paths = [...named, ...accepted.filter((file) => !named.includes(file))];
    const read = await readInputs(call, paths, (sheets, file) => {
      requireScoreSheet(file, sheets);
      return keepScores(sheets, settings.notice);
    });
    const files = nameFiles(read.inputs);
    const pathOf = new Map(files.map(({ name, path }) => [name, path]));
    const wins = accepted.map(placeOf);
    const accept = files
      .filter(({ place }) => wins.some((win) => place === win || place.startsWith(win + sep)))
      .map(({ name }) => name);
    const inputs = files.map(({ name, place: _, ...file }) => ({ ...file, file: name }));
    await call.terminal.step("核对评分");
    const books = {
      award,
      review: review.workbook.snapshot,
      files: [application.digest, review.digest],
    };
    const frozen = freezeCollection(books, notice, inputs, {
      accept,
      now: now().replace(" ", "T"),
    });
    const { result: outcome, patch, description } = performCollection(frozen, notice);
    const { result } = outcome;
    review.workbook.apply(patch);
    const archived = archiveAction(review.path, frozen);
    logFrozen(review, description, archived.digest);
    await saveAll(call, [review], archived.writes);
    const { terminal } = call;
    terminal.say(`收集完成：${summariseCollection(countCollected(result))}。`);
    const byFile = [...groupBy(result.rejected, ({ file }) => file).values()].sort((a, b) => b.length - a.length);
    const refused = byFile.flat().map(({ file, row, reason }) => `${file}${row > 0 ? ` 第 ${row} 行` : ""}：${reason}`);
    for (const line of firstLines(refused, mostLines, (left) => `……另有 ${left} 处未收下，用 --json 查看全部`))
      terminal.say(`  ${line}`);
    const command = `casebook collect ${asTyped(path)}${unitWords(unit)}`;
    for (const conflict of result.conflicts) {
      const { submission, expert, kept, offered, file, disputed } = conflict;
      const source = asTyped(pathOf.get(file) ?? file);
      terminal.say(
        disputed
          ? `  ${submission}（${expert}）在 ${file} 里有两处，互相不一致：${kept}，又有 ${offered}；不一致的都没有收。请专家只留一处，再收一次。`
          : `  ${submission}（${expert}）两个版本不一致：已收 ${kept}，${file} 为 ${offered}。` +
              `如以后者为准，请运行 ${command} ${source} --accept ${source}`,
      );
    }
    for (const [what, files] of groupWarnings(result.warnings)) {
      terminal.say(`  提醒：${listSome(files, "份")}${what}`);
    }
    const experts = readExpertProgress(readReview(review.workbook.snapshot, settings.notice), settings.notice);
    const late = experts.filter(({ open }) => open.length > 0);
    if (late.length > 0) {
      const waiting = late.reduce((sum, { open }) => sum + open.length, 0);
      terminal.say(`还有 ${late.length} 名专家的 ${waiting} 个评分没有交齐：`);
      const rest = unit ? "用 --json 查看全部" : `用 casebook remind ${asTyped(path)} 查看，并写好催交的话`;
      for (const line of firstLines(late.map(describeOpen), mostLines, (left) => `……另有 ${left} 名，${rest}`))
        terminal.say(`  ${line}`);
    }
    reportUnread(call, read);
    if (unit)
      terminal.say(
        late.length > 0
          ? `下一步：${command} 收回的评分表`
          : `下一步：casebook rank ${asTyped(path)}${unitWords(unit)}`,
      );
    else sayNextStep(call, path, { application: application.workbook.snapshot, review: review.workbook.snapshot });
    const rejected = [...result.rejected, ...read.refused.map(({ file, reason }) => ({ file, row: 0, reason }))];
    // With the path of each file, as --accept takes it.
    const conflicts = result.conflicts.map((conflict) => ({ ...conflict, path: pathOf.get(conflict.file) }));
    const known = new Map(late.map((expert) => [expert.expert, expert]));
    const missing = result.missing.map(({ expert, submissions }) => {
      const { name, unit: ownUnit, phone } = known.get(expert) ?? {};
      return { expert, name, unit: ownUnit, phone, submissions };
    });
    terminal.show(() => ({ page: "experts", view: viewExperts(experts) }));
    terminal.json({ ...result, rejected, conflicts, missing, skipped: read.passed });
    const isOpen = rejected.length > 0 || result.conflicts.some((conflict) => conflict.disputed);
    return isOpen ? exitCode.found : exitCode.done;
  },
};
