import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAwardTables } from "../../core/award/read-award.ts";
import { describeSettingProblems, readSettings } from "../../core/award/settings.ts";
import {
  type Correction,
  correctAction,
  describeCorrection,
  describeLeft,
  patchCorrections,
  summariseCorrections,
} from "../../core/corrections/correction.ts";
import { proposeCorrections } from "../../core/corrections/propose-corrections.ts";
import { unitsSheet } from "../../core/schema/application.ts";
import { firstLines } from "../../core/text/list.ts";
import { type ActionContext, runAsked, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { endAttempt, hasBrokenOff, isLeftUnlogged } from "../actions/attempt.ts";
import { appendLogRow } from "../actions/log.ts";
import { areExpertsMoved } from "../application/experts-moved.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { digestAward, isLocked, openAward, requireAdministrator } from "./award-book.ts";

const title = correctAction;
/** A dialog is lower than a terminal. */
const mostLines = 12;

const openForCorrections = () => openAward([unitsSheet.label]);

/** @throws ActionError when nothing may be mended now */
function requireOpen({ snapshot, spreadsheet }: GoogleWorkbook, user: string): void {
  requireAdministrator(spreadsheet, user, title);
  if (isLocked()) throw new ActionError("填报已锁定，不再改动；需要更正请先点“解锁填报”。");
  const { settings } = readAwardTables(snapshot);
  const { problems } = readSettings(settings, noticeOf(snapshot));
  if (problems.length > 0) {
    throw new ActionError(
      ["参数有误，没有做任何改动。", ...describeSettingProblems(settings.name, problems)].join("\n"),
    );
  }
}

/** 一键更正: shows what can be mended without asking anybody, asks, and writes it. */
export function correctCells(): void {
  runAsked(title, (context) => {
    const book = openForCorrections();
    requireOpen(book, context.user);
    const expertsMoved = areExpertsMoved(book.spreadsheet);
    const { corrections, left } = proposeCorrections(book.snapshot, noticeOf(book.snapshot), { expertsMoved });
    const leftLines = firstLines(left.map(describeLeft), mostLines);
    if (corrections.length === 0) {
      logBrokenOff(context, book);
      tell(context, title, ["没有可以一键更正的单元格。", ...leftLines].join("\n"));
      return undefined;
    }
    const question = [
      `将${summariseCorrections(corrections)}。原来的内容写进各格的批注。`,
      ...firstLines(corrections.map(describeCorrection), mostLines),
      ...(left.length > 0 ? [`没有改的 ${left.length} 处：`, ...leftLines] : []),
    ];
    const perform = () => writeCorrections(context, book, corrections);
    return { question: question.join("\n"), basis: JSON.stringify(corrections), perform };
  });
}

/** An execution that broke off may have written everything but its row in 日志. */
function logBrokenOff(context: ActionContext, book: GoogleWorkbook): void {
  if (!hasBrokenOff(title)) return;
  if (isLeftUnlogged(title, book.spreadsheet)) {
    const outcome = "补记：上次写到中途断开，单元格已经改好";
    appendLogRow(book, context, { action: title, parameters: "", outcome, inputs: [digestAward(book)] });
  }
  endAttempt();
}

function writeCorrections(context: ActionContext, book: GoogleWorkbook, corrections: readonly Correction[]): void {
  const inputs = [digestAward(book)];
  const { sheets, written } = patchCorrections(book.snapshot, corrections);
  // The notes first: after a fault they still say what stood in the cells.
  for (const { name, notes = [] } of sheets) book.apply({ sheets: [{ name, notes }] });
  for (const { name, edits = [] } of sheets) book.apply({ sheets: [{ name, edits }] });
  const outcome = summariseCorrections(written);
  appendLogRow(book, context, { action: title, parameters: "", outcome, inputs });
  tell(context, title, `已${outcome}。请再运行“检查全部”。`);
}
