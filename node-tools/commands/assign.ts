import { noticePatch } from "../../apps-script/core/award/notice-sheet.ts";
import { callForExperts } from "../../apps-script/core/first-review/call-for-experts.ts";
import { enterFirstReview } from "../../apps-script/core/first-review/first-review.ts";
import { summariseAssignment } from "../../apps-script/core/panel/describe-assignment.ts";
import { listSuspected } from "../../apps-script/core/panel/weigh-suspicion.ts";
import { freezeAssignment } from "../../apps-script/core/replay/freeze.ts";
import { performAssignment } from "../../apps-script/core/replay/perform.ts";
import { firstLines } from "../../apps-script/core/text/list.ts";
import { buildAssignmentView } from "../../apps-script/dialogs/assignment-view.ts";
import { archiveAction } from "../award-files/archive.ts";
import {
  createWorkbook,
  logFrozen,
  openReview,
  reviewPath,
  saveAll,
  type WorkbookFile,
} from "../award-files/award-files.ts";
import { sayNextStep } from "../award-files/next-step.ts";
import { openScope, unitOption, unitWords } from "../award-files/review-scope.ts";
import { asTyped, type Command, exitCode, integerOption } from "../command-line/command.ts";

/** Of each list, so that a terminal does not scroll away what came before. */
const mostLines = 20;
const maxSeed = 2 ** 32 - 1;

export const assign: Command = {
  name: "assign",
  operands: "工作簿 [--unit 单位] [--reviews 人数] [--seed 数] [--rebalance] [--dry-run]",
  minOperands: 1,
  maxOperands: 1,
  summary: "为推荐的案例分派专家：回避、不同推荐单位、工作量均衡",
  details: [
    "结果写入旁边的评审工作簿（原名.评审.xlsx），只有管理员可以打开。",
    "再次运行时只作必要的调整：已有评分的一律不动，没有评分的尽量不动，补齐新增的案例、退出或回避的专家、需要复评的案例。",
    "会变动哪些，先用 --dry-run 逐一列出来看，不写文件。",
    "数据和种子相同，结果就相同。",
    "加 --unit 时是某个单位自己的初评：评该单位检查无误、尚未推荐的案例，专家取自“专家”表里该单位的专家；另请的专家直接填在 原名.初评-单位名称.xlsx 的“评审专家”表，再运行一次。",
  ],
  options: [
    unitOption,
    { name: "reviews", value: "人数", help: "每个案例几名专家（默认见“参数”表）" },
    { name: "seed", value: "数", help: "随机种子（默认见“参数”表）" },
    { name: "rebalance", help: "重新均衡各专家的评审量：还没有评分的会多动一些" },
    { name: "dry-run", help: "只看结果，不写文件" },
  ],
  async run(call) {
    const reviews = integerOption(call, "reviews", 1, 20);
    const seed = integerOption(call, "seed", 0, maxSeed);
    const dryRun = call.options["dry-run"] !== undefined;
    const { path, application, notice, unit, award } = await openScope(call);
    const existing = openReview(path, notice, unit);
    await call.terminal.step("分派专家");
    const books = {
      award,
      review: existing?.workbook.snapshot,
      files: [application.digest, ...(existing ? [existing.digest] : [])],
    };
    const entry = unit && enterFirstReview(application.workbook.snapshot, books.review, unit, notice);
    const frozen = freezeAssignment(books, notice, {
      ...(unit && entry ? { unit: unit.name, eligible: entry.eligible } : {}),
      ...(reviews === undefined ? {} : { reviews }),
      ...(seed === undefined ? {} : { seed }),
      ...(call.options.rebalance ? { rebalance: true } : {}),
    });
    const { result: plan, patch, description } = performAssignment(frozen, notice);
    const { result, quality, shortages, difference, notes } = plan;
    const outcome = summariseAssignment(plan);
    let written: WorkbookFile | undefined;
    if (!dryRun) {
      const review = existing ?? createWorkbook(reviewPath(path, unit));
      review.workbook.apply(patch);
      if (!existing) review.workbook.apply({ sheets: noticePatch(notice) });
      const archived = archiveAction(review.path, frozen);
      logFrozen(review, description, archived.digest);
      await saveAll(call, [review], archived.writes);
      written = review;
    }
    call.terminal.say(`${dryRun ? "试分派" : "分派完成"}：${outcome}。`);
    const mostChanges = dryRun ? difference.length : mostLines;
    for (const line of firstLines(difference, mostChanges, (left) => `……另有 ${left} 处变动，见“分派”表`))
      call.terminal.say(`  ${line}`);
    if (existing && plan.facts.added + result.moved === 0) call.terminal.say("  与现有分派相比没有变化。");
    const help = unit ? callForExperts(application.workbook.snapshot, unit, notice, plan) : [];
    for (const line of help) call.terminal.say(`  ${line}`);
    for (const shortage of shortages) call.terminal.say(`  ${shortage}`);
    const unfilled = result.unfilled.map(
      ({ submission, missing, reason }) => `${submission} 还缺 ${missing} 名专家：${reason}`,
    );
    for (const line of firstLines(unfilled, mostLines, (left) => `……另有 ${left} 个案例，用 --json 查看全部`))
      call.terminal.say(`  ${line}`);
    for (const line of plan.suspicion) call.terminal.say(`  ${line}`);
    for (const line of listSuspected(result.suspected, dryRun ? undefined : mostLines))
      call.terminal.say(`    ${line}`);
    for (const line of quality) call.terminal.say(`  ${line}`);
    for (const note of [...notes, ...(entry?.notes ?? [])]) call.terminal.say(`  ${note}`);
    if (written) {
      call.terminal.say(`已写入 ${written.path}。`);
      if (unit) call.terminal.say(`下一步：casebook packets ${asTyped(path)}${unitWords(unit)} --out 评分表`);
      else sayNextStep(call, path, { application: application.workbook.snapshot, review: written.workbook.snapshot });
    }
    call.terminal.show(() => {
      const told = { ...plan, shortages: [...help, ...shortages], notes: [...notes, ...(entry?.notes ?? [])] };
      return { page: "assignment", view: buildAssignmentView(told, "", notice.stages), isWritten: !dryRun };
    });
    call.terminal.json({ ...result, certificate: plan.certificate });
    return exitCode.done;
  },
};
