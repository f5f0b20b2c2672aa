import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { countBySeverity } from "../../apps-script/core/check/check.ts";
import { judgeErrors } from "../../apps-script/core/check/judge.ts";
import { whatBarsPublishing } from "../../apps-script/core/exports/publish-guard.ts";
import { type Known, readProgress, stageLabels } from "../../apps-script/core/progress/award-progress.ts";
import { describeAward } from "../../apps-script/core/progress/describe-progress.ts";
import { findNextStep } from "../../apps-script/core/progress/next-step.ts";
import { openForReading, requireReviewToRead, reviewPath } from "../award-files/award-files.ts";
import { nextLine, today } from "../award-files/next-step.ts";
import { requireSettings } from "../award-files/settings-guard.ts";
import { type Command, exitCode, operand } from "../command-line/command.ts";
import { isThere } from "../disk/disk.ts";

export const status: Command = {
  name: "status",
  operands: "工作簿",
  minOperands: 1,
  maxOperands: 1,
  summary: "一屏看清：到了哪个阶段、各单位报了什么、还有什么未了、离截止还有几天、下一步做什么",
  details: ["由申报工作簿和旁边的评审工作簿现算，不改动任何文件，文件开着也能看。"],
  async run(call) {
    const path = operand(call, 0);
    await call.terminal.step("读取工作簿");
    const application = openForReading(path).workbook.snapshot;
    requireSettings(path, application);
    const notice = noticeOf(application);
    await call.terminal.step("读取评审工作簿");
    const review = isThere(reviewPath(path)) ? requireReviewToRead(path, notice).workbook.snapshot : undefined;
    await call.terminal.step("检查");
    const known: Known = {
      errors: countBySeverity(judgeErrors(application, notice).findings).error,
      ...(review ? { open: whatBarsPublishing(application, review, notice) } : {}),
    };
    const progress = readProgress(application, review, notice, today(), known);
    const next = findNextStep(progress);
    for (const line of describeAward(progress, next.obstacles)) call.terminal.say(line);
    call.terminal.say(nextLine(next.action, path));
    call.terminal.json({
      stage: stageLabels[progress.stage],
      open: next.obstacles,
      units: progress.units.map(({ unit, missing, ...sent }) => ({
        unit: unit.name,
        ...sent,
        missing: missing.map(({ message }) => message),
      })),
      next: next.action,
    });
    return exitCode.done;
  },
};
