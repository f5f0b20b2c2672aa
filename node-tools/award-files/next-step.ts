import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { checkAction } from "../../apps-script/core/check/describe-check.ts";
import { readLog } from "../../apps-script/core/log/log.ts";
import { type Known, readProgress } from "../../apps-script/core/progress/award-progress.ts";
import { type Action, findNextStep, type NextStep } from "../../apps-script/core/progress/next-step.ts";
import { exportAction } from "../../apps-script/core/replay/replay.ts";
import { findingsSheet } from "../../apps-script/core/schema/application.ts";
import { severityLabels } from "../../apps-script/core/schema/choices.ts";
import { readTable, WorkbookStructureError } from "../../apps-script/core/tables/table.ts";
import type { WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { asTyped, type CommandCall } from "../command-line/command.ts";
import { isThere } from "../disk/disk.ts";
import { InputError } from "../errors.ts";
import { now, openForReading, reviewPath } from "./award-files.ts";

export const formsAction = "生成填报表";

/** The day of this machine's clock. */
export const today = (): string => now().slice(0, 10);

/** Said before the command, so that the rest of the line can be pasted. */
const asides: Readonly<Partial<Record<Action, string>>> = {
  sendReports: "小毛病先用 fix 一次改好；其余的发给单位，在各自的填报表里改，改好后再 import、check",
  recommend: "在名额内补填“推荐”",
  assign: "先看，再去掉 --dry-run",
  rule: "先填评审工作簿的“裁定”表",
  settleQuota: "先把超出名额的“推荐”改为“否”；改“参数”表的名额也行，再分派",
  replay: "名单已经出了；归档之前，重算一遍核对",
};

/** What carries an action out, to be typed as it stands but for the words in Chinese. */
function commandFor(action: Action, path: string): string {
  const file = asTyped(path);
  const commands: Readonly<Record<Action, string>> = {
    importUnits: `casebook import ${file} 单位名册`,
    import: `casebook import ${file} 收到的文件`,
    check: `casebook check ${file}`,
    sendReports: `casebook export ${file} --out 名单`,
    recommend: `casebook recommend ${file}`,
    assign: `casebook assign ${file} --dry-run`,
    packets: `casebook packets ${file} --out 评分表`,
    collect: `casebook collect ${file} 收回的评分表`,
    rank: `casebook rank ${file}`,
    rule: `casebook rank ${file}`,
    settleQuota: `casebook rank ${file}`,
    export: `casebook export ${file} --out 正式 --form 公示名单 --form 通报`,
    replay: `casebook replay ${file}`,
  };
  return commands[action];
}

/** `下一步（在名额内补填“推荐”）：casebook recommend 评案簿.xlsx` */
export function nextLine(action: Action, path: string): string {
  const aside = asides[action];
  return `下一步${aside === undefined ? "" : `（${aside}）`}：${commandFor(action, path)}`;
}

/** `还有：3 个单位未报、12 处错误待改。下一步：casebook check 评案簿.xlsx` */
export function describeNextStep({ obstacles, action }: NextStep, path: string): string {
  const open = obstacles.length === 0 ? "" : `还有：${obstacles.map(({ message }) => message).join("；")}。`;
  return `${open}${nextLine(action, path)}`;
}

const nothingMore = "都办完了：请把申报工作簿、评审工作簿和旁边的“档案”文件夹一起存好。";

/** The review workbook beside the shared one as it lies there; undefined where there is none that can be read. */
function readReviewBook(path: string): WorkbookSnapshot | undefined {
  const beside = reviewPath(path);
  return isThere(beside) ? openForReading(beside, { kind: "review" }).workbook.snapshot : undefined;
}

/** Actions that change nothing of what a check looks at. */
const isQuiet: ReadonlySet<string> = new Set([exportAction, formsAction]);

/** Errors as 检查 lists them; undefined where something was done since, or nobody has checked. */
function errorsOfLastCheck(application: WorkbookSnapshot): number | undefined {
  const last = readLog(application)
    .rows.map((row) => row.text("action"))
    .filter((action) => !isQuiet.has(action))
    .at(-1);
  if (last !== checkAction) return undefined;
  const findings = readTable(application, findingsSheet, ["severity"]).rows;
  return findings.filter((row) => row.text("severity") === severityLabels.error).length;
}

/** The workbooks as a command leaves them; those that it has not opened are read from the disk. */
interface Books {
  readonly application?: WorkbookSnapshot;
  readonly review?: WorkbookSnapshot;
}

/**
 * What ends a command: what comes next and what stands in the way, looked for now and said later. Before a workbook is saved what was
 * read of it is still at hand; afterwards the values of its formulas are others and all would have to be read again. A workbook that
 * cannot be read is no reason to fail when everything has been done: nothing is said then.
 *
 * @param justDone what the command has done, where its workbooks do not tell
 */
export function planNextStep(
  call: CommandCall,
  path: string,
  books: Books = {},
  known: Known = {},
  justDone?: Action,
): () => void {
  const nothing = () => {};
  if (call.options.json) return nothing;
  try {
    const application = books.application ?? openForReading(path).workbook.snapshot;
    const review = books.review ?? readReviewBook(path);
    const errors = errorsOfLastCheck(application);
    const told = { ...(errors !== undefined && { errors }), ...known };
    const progress = readProgress(application, review, noticeOf(application), today(), told);
    const next = findNextStep(progress);
    return () => call.terminal.say(next.action === justDone ? nothingMore : describeNextStep(next, path));
  } catch (error) {
    if (error instanceof InputError || error instanceof WorkbookStructureError) return nothing;
    // What has been done is to be saved first.
    return () => {
      throw error;
    };
  }
}

/** As `planNextStep`, said at once. */
export const sayNextStep = (...asked: Parameters<typeof planNextStep>): void => planNextStep(...asked)();
