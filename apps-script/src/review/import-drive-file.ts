import { noticeOf } from "../../core/award/notice-sheet.ts";
import {
  countImport,
  importAction,
  listConflicts,
  listKept,
  listMissing,
  listRejected,
  listReplaced,
  summariseEntry,
  summariseImport,
} from "../../core/import/describe-import.ts";
import { type ImportInput, type ImportReport, planImport } from "../../core/import/plan-import.ts";
import { earliestPriorYear, planPrior, priorAction } from "../../core/import/plan-prior.ts";
import { expertsSheet, priorSheet } from "../../core/schema/application.ts";
import { compareText } from "../../core/text/compare.ts";
import { firstLines } from "../../core/text/list.ts";
import { sha256 } from "../../core/text/sha256.ts";
import { askText, runAsked, runReading, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { appendLogRow } from "../actions/log.ts";
import { areExpertsMoved, writeProgress } from "../application/experts-moved.ts";
import { laidBefore, layAgain } from "../application/lay-again.ts";
import { looksLocked } from "../application/lock-sheets.ts";
import { finishImport, isImportBegun, resumeImport, writeImport } from "../application/write-import.ts";
import { openShared, sharedSpreadsheet } from "./books.ts";
import { idIn } from "./connect-application.ts";
import { isTable, readDriveInput } from "./read-drive-input.ts";

/** Lines about one table. */
const mostLines = 6;

const whichFiles = "请粘贴云端硬盘中一个文件或文件夹的网址（谷歌表格或 CSV）；Excel 文件请先在云端硬盘中存为谷歌表格：";

/** 导入文件: tables that lie in Drive go into the shared workbook, after their counts were shown. */
export function importDriveFile(): void {
  const title = "导入文件";
  runReading(title, (asking) => {
    const text = askText(asking, title, whichFiles);
    if (text !== undefined) importFrom(title, text);
  });
}

/** 导入往届名单: who won in one earlier year, into 往届 of the shared workbook. */
export function importPriorWinners(): void {
  const title = "导入往届名单";
  runReading(title, (asking) => {
    const year = askText(asking, title, "是哪一年的获奖名单？请写四位数的年份，一次一年：");
    if (year === undefined) return;
    const number = /^\d{4}$/.test(year) ? Number(year) : 0;
    if (number < earliestPriorYear)
      throw new ActionError(`“${year}”不是年份。请再点一次“${title}”，写四位数的年份；未做任何改动。`);
    const text = askText(asking, title, `${year} 年的结果、公示名单、发布清单等。${whichFiles}`);
    if (text !== undefined) importFrom(title, text, number);
  });
}

/** @param year of earlier winners; absent for this year's tables */
function importFrom(title: string, text: string, year?: number): void {
  // Read once: what was confirmed is what is written.
  let read: ReturnType<typeof readInputs> | undefined;
  runAsked(
    title,
    (context) => {
      read ??= readInputs(idIn(text), /\/folders\//.test(text));
      const { inputs, passedOver } = read;
      const opened = openShared();
      const shared = resumeImport(opened.spreadsheet) ? openShared() : opened;
      const notice = noticeOf(shared.snapshot);
      if (year !== undefined && year >= notice.year)
        throw new ActionError(`本次征集是 ${notice.year} 年的，往届名单应为以前的年份；未做任何改动。`);
      const { patch, report } =
        year === undefined
          ? planImport(shared.snapshot, inputs, notice)
          : planPrior(shared.snapshot, inputs, year, notice);
      const description = describe(report, passedOver);
      const { taken, added, updated } = countImport(report);
      if (taken === 0) {
        tell(context, title, `没有可以收下的内容，未做任何改动。\n${description}`);
        return undefined;
      }
      const action = year === undefined ? importAction : priorAction;
      const digest = sha256([...(year === undefined ? [] : [year]), ...inputs.map((input) => input.digest)].join("\n"));
      const files = inputs.map((input) => input.file).join("、");
      const perform = () => {
        const isLocked = looksLocked(shared);
        const before = isImportBegun() ? undefined : laidBefore(shared, patch);
        const outcome = writeImport(shared, patch, { action, digest, outcome: summariseImport(report) });
        layAgain(shared, isLocked, before);
        writeProgress(shared, context.now);
        const entry = {
          action,
          parameters: year === undefined ? files : `${year} 年 ${files}`,
          outcome,
          inputs: inputs.map((input) => input.digest),
        };
        appendLogRow(shared, context, entry, { changes: added + updated > 0 });
        finishImport();
        const late =
          areExpertsMoved(shared.spreadsheet) &&
          report.inputs.some((input) => input.sheet === expertsSheet.label && input.added + input.updated > 0);
        tell(
          context,
          title,
          `已导入：${outcome}。${late ? "专家名单已移交过，请再运行一次“移交专家名单”。" : "下一步：在申报工作簿运行“检查全部”。"}`,
        );
      };
      const what = year === undefined ? "" : `（${year} 年的获奖名单，记入隐藏的“${priorSheet.label}”表）`;
      return {
        question: `将写入申报工作簿“${shared.spreadsheet.getName()}”${what}：\n${description}`,
        basis: digest,
        perform,
      };
    },
    sharedSpreadsheet,
  );
}

/** @throws ActionError */
function readInputs(id: string, isFolder: boolean): { inputs: ImportInput[]; passedOver: string[] } {
  if (id === "") throw new ActionError("没有填网址，未做任何改动。");
  const file = isFolder ? undefined : find(() => DriveApp.getFileById(id));
  if (file) return { inputs: [readDriveInput(file)], passedOver: [] };
  const folder = find(() => DriveApp.getFolderById(id));
  if (!folder) throw new ActionError("打不开这个文件或文件夹。请核对网址，并确认您的账号能打开它；未做任何改动。");
  const inputs: ImportInput[] = [];
  const passedOver: string[] = [];
  const files = folder.getFiles();
  while (files.hasNext()) {
    const each = files.next();
    if (isTable(each)) inputs.push(readDriveInput(each));
    else passedOver.push(each.getName());
  }
  if (inputs.length === 0)
    throw new ActionError(`文件夹“${folder.getName()}”里没有谷歌表格或 CSV 文件，未做任何改动。`);
  return { inputs: inputs.sort((a, b) => compareText(a.file, b.file)), passedOver };
}

function find<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

function describe(report: ImportReport, passedOver: readonly string[]): string {
  const lines = report.inputs.flatMap((entry) => {
    const details = [...listRejected(entry), ...listMissing(entry), ...listKept(entry), ...listReplaced(entry)];
    return [summariseEntry(entry), ...firstLines(details, mostLines)];
  });
  return [
    ...lines,
    ...firstLines(listConflicts(report), mostLines),
    ...passedOver.map((name) => `跳过 ${name}：不是谷歌表格或 CSV。`),
  ].join("\n");
}
