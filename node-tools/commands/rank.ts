import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { participantsOf } from "../../apps-script/core/first-review/first-review.ts";
import {
  describeFirstScores,
  fillFirstScores,
  summariseFirstScores,
  tellKept,
} from "../../apps-script/core/first-review/first-scores.ts";
import { summariseRanking } from "../../apps-script/core/ranking/rank-result.ts";
import { freezeRanking } from "../../apps-script/core/replay/freeze.ts";
import { performRanking } from "../../apps-script/core/replay/perform.ts";
import { applicationSheetLabels, submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { noAward } from "../../apps-script/core/schema/choices.ts";
import { firstScoresSheet } from "../../apps-script/core/schema/review.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { cleanCode } from "../../apps-script/core/text/identity.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { buildRankingView } from "../../apps-script/dialogs/ranking-view.ts";
import { archiveAction } from "../award-files/archive.ts";
import {
  logAction,
  logFrozen,
  openForEditing,
  openForReading,
  requireReview,
  saveAll,
} from "../award-files/award-files.ts";
import { sayNextStep } from "../award-files/next-step.ts";
import { readScope, unitOption, unitWords } from "../award-files/review-scope.ts";
import { requireSettings } from "../award-files/settings-guard.ts";
import { asTyped, type Command, exitCode, operand, option } from "../command-line/command.ts";

/** Of each list, so that a terminal does not scroll away what came before; 汇总 has them all. */
const mostCases = 20;

export const rank: Command = {
  name: "rank",
  operands: "工作簿 [--unit 单位]",
  found: "还有待评的案例或待定的事项，屏幕上逐一列出，排名已经写入",
  minOperands: 1,
  maxOperands: 1,
  summary: "汇总评分、排名、定奖项，写入评审工作簿的“各组情况”“汇总”“结果”和“专家情况”",
  details: [
    "评分不足和还没有分派的案例列为待评，不参加排名。",
    "极差超过阈值的列为复评，再运行 assign 会为其增加一名专家。",
    "奖项线上有并列而名额不足的、“裁定”表有没有生效的，逐一列出；裁定之后再运行一次。",
    "加 --unit 时是某个单位自己的初评：不定奖项，最终得分（两位小数）填入申报工作簿的“初评得分”；人工填写的分数不动，并逐一列出。之后 recommend 按初评得分在名额内推荐。",
    "“参数”表填了“加评次数”的，另选获奖与否最难分辨的案例建议加评，再运行 assign 会各增加一名宽严适中的专家。",
  ],
  options: [unitOption],
  async run(call) {
    const path = operand(call, 0);
    await call.terminal.step("读取工作簿");
    const shared = option(call, "unit") === undefined ? undefined : openForEditing(path);
    const application = shared ?? openForReading(path);
    const { snapshot } = application.workbook;
    requireSettings(path, snapshot);
    const notice = noticeOf(snapshot);
    const { unit, award } = readScope(call, snapshot, notice);
    const review = requireReview(path, notice, unit);
    await call.terminal.step("汇总排名");
    const books = {
      award,
      review: review.workbook.snapshot,
      files: [application.digest, review.digest],
    };
    const frozen = freezeRanking(books, notice, () => participantsOf(snapshot, books.review, notice, unit));
    const { result: ranked, patch, description } = performRanking(frozen, notice);
    const { result, notes, open } = ranked;
    const filled = unit && fillFirstScores(snapshot, review.workbook.snapshot, unit, result, notice);
    review.workbook.apply(patch);
    if (filled) review.workbook.apply(filled.review);
    const archived = archiveAction(review.path, frozen);
    logFrozen(review, description, archived.digest);
    // The first review goes first: it remembers what is written into the shared workbook.
    const written = [review];
    if (shared && filled && filled.award.sheets.length > 0) {
      shared.workbook.apply(filled.award);
      logAction(shared, { ...describeFirstScores(unit, filled), inputs: books.files });
      written.push(shared);
    }
    await saveAll(call, written, archived.writes);
    const sayCases = <T>(what: string, cases: readonly T[], describe: (one: T) => string) => {
      if (cases.length === 0) return;
      call.terminal.say(`  ${cases.length} 个案例${what}：`);
      for (const line of firstLines(cases.map(describe), mostCases, (left) => `…… 其余 ${left} 个见“汇总”的备注`))
        call.terminal.say(`    ${line}`);
    };
    call.terminal.say(`排名完成：${summariseRanking(result)}。`);
    for (const group of result.groups) {
      const winners = group.ranking.filter((entry) => entry.award !== "").length;
      const won = unit ? "" : `，获奖 ${winners}`;
      call.terminal.say(`  ${group.field} ${group.track}：${group.ranking.length} 个案例${won}`);
    }
    call.terminal.say(`  校准：${result.calibration.summary}。`);
    sayCases("奖项因计分方法而不同", result.methodDependent, ({ id, awards }) => {
      const given = Object.entries(awards).map(([method, award]) => `${method}“${award || noAward}”`);
      return `${id}：${given.join("、")}`;
    });
    for (const note of notes) call.terminal.say(`  ${note}`);
    const undecided = open.filter(({ kind }) => kind !== "pending" && kind !== "arbitration");
    for (const { message } of undecided) call.terminal.say(`  待定：${message}。`);
    sayCases("待评，不参加排名", result.waiting, ({ id, reason }) => `${id}：${reason}`);
    sayCases("已取消资格", result.cancelled, (id) => id);
    const { rows, used } = result.scores;
    call.terminal.say(`  评分 ${rows} 行：有归属 ${used} 行${used === rows ? "" : `，没有归属 ${rows - used} 行`}。`);
    sayCases(
      `需要复评，请再运行 casebook assign ${asTyped(path)}${unitWords(unit)} 增派专家`,
      result.arbitration,
      ({ id, range }) => `${id}：极差 ${range} 分`,
    );
    sayCases(
      `建议加评，请再运行 casebook assign ${asTyped(path)} 增派专家`,
      result.proposal,
      ({ id, probability }) => `${id}：获奖概率 ${Math.round(probability * 100)}%`,
    );
    if (filled) {
      call.terminal.say(`  ${path} 的“${firstScoresSheet.label}”：${summariseFirstScores(filled)}。`);
      for (const line of tellKept(filled, submissionsSheet.label)) call.terminal.say(`  ${line}`);
    }
    const sheets = `“各组情况”“汇总”“结果”和“专家情况”${filled ? `，回填情况见“${firstScoresSheet.label}”` : ""}`;
    call.terminal.say(`详情见 ${review.path} 的${sheets}。`);
    if (!unit) sayNextStep(call, path, { application: snapshot, review: review.workbook.snapshot }, { open });
    if (filled) {
      const words = `${asTyped(path)}${unitWords(unit)}`;
      if (result.arbitration.length > 0) call.terminal.say(`下一步：casebook assign ${words}`);
      else if (result.waiting.length > 0) call.terminal.say(`下一步：casebook collect ${words} 收回的评分表`);
      else call.terminal.say(`下一步：casebook recommend ${asTyped(path)}`);
    }
    call.terminal.show(() => {
      const { rows } = readTable(award, submissionsSheet, applicationSheetLabels);
      const titles = new Map(rows.map((row) => [cleanCode(row.text("id")), row.text("title")]));
      return { page: "ranking", view: buildRankingView(ranked, (id) => titles.get(id) ?? "") };
    });
    call.terminal.json(filled ? { ...result, firstScores: filled.scores } : result);
    return undecided.length > 0 || result.pending.length > 0 ? exitCode.found : exitCode.done;
  },
};
