import { noticeOf } from "../../core/award/notice-sheet.ts";
import {
  countImport,
  importAction,
  listKept,
  listRejected,
  listReplaced,
  summariseEntry,
  summariseImport,
} from "../../core/import/describe-import.ts";
import { type ImportInput, type ImportReport, planImport } from "../../core/import/plan-import.ts";
import { pasteSheetLabel } from "../../core/schema/application.ts";
import { firstLines } from "../../core/text/list.ts";
import { sha256 } from "../../core/text/sha256.ts";
import { type NoteEdit, noteKey, type SheetSnapshot } from "../../core/workbook/port.ts";
import { runAsked, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { appendLogRow } from "../actions/log.ts";
import { writeProgress } from "../application/experts-moved.ts";
import { laidBefore } from "../application/lay-again.ts";
import { finishImport, isImportBegun, resumeImport, writeImport } from "../application/write-import.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { openAward, relayout, requireAdministrator } from "./award-book.ts";
import { hasInstruction, pastedRows, pasteSheet } from "./paste-sheet.ts";

const title = "导入";
/** Importing more at once may take longer than Google lets a script run. */
const mostRows = 10_000;
const mostLines = 8;

function readPasted({ snapshot, spreadsheet }: GoogleWorkbook): ImportInput {
  const sheet = spreadsheet.getSheetByName(pasteSheetLabel);
  if (!sheet) throw new ActionError(`工作簿里没有“${pasteSheetLabel}”，请先点“初始化工作簿”，再把表格粘贴进去。`);
  const lastRow = sheet.getLastRow();
  if (lastRow > mostRows + 1) {
    throw new ActionError(
      `“${pasteSheetLabel}”里有 ${lastRow - 1} 行，一次最多导入 ${mostRows} 行。请分几次粘贴（每次都带上表头），没有做任何改动。`,
    );
  }
  const pasted = snapshot.sheets.find(({ name }) => name === pasteSheetLabel);
  const rows = pastedRows(pasted?.rows ?? []);
  if (rows.every((row) => row.length === 0)) {
    throw new ActionError(`“${pasteSheetLabel}”是空的。请把带表头的表格从第 2 行起粘贴进去，再点“导入”。`);
  }
  const digest = sha256(JSON.stringify(rows));
  const own = { name: pasteSheetLabel, hidden: false, rows, shown: pasted?.shown };
  return { file: pasteSheetLabel, isPart: true, digest, encoding: "", sheets: [own] };
}

function describeReport({ inputs }: ImportReport): string[] {
  return inputs.flatMap((entry) => [
    summariseEntry(entry),
    ...[listRejected(entry), listKept(entry), listReplaced(entry)].flatMap((lines) =>
      firstLines(lines, mostLines).map((line) => `  ${line}`),
    ),
  ]);
}

/** Empties 粘贴区, formats that came along with the paste included; the instruction is written again where something lies over it. */
function emptyPasteSheet({ spreadsheet, snapshot, apply }: GoogleWorkbook): void {
  const sheet = spreadsheet.getSheetByName(pasteSheetLabel);
  if (!sheet) return;
  const { rows = [] } = snapshot.sheets.find(({ name }) => name === pasteSheetLabel) ?? {};
  const first = hasInstruction(rows) && rows[0]?.length === 1 ? 2 : 1;
  const pasted = sheet.getRange(first, 1, sheet.getMaxRows() - first + 1, sheet.getMaxColumns());
  for (const merged of pasted.getMergedRanges()) merged.breakApart();
  // Drop-downs come along with a paste as well; whether `clear` takes them is not said.
  pasted.clear().clearNote().clearDataValidations();
  const whole = pasteSheet();
  const styles = whole.layout?.styles?.filter(({ area }) => area.top >= first);
  apply({ sheets: [first === 1 ? whole : { name: whole.name, layout: { ...(styles && { styles }) } }] });
}

/** Puts the reason on each rejected row as a note and removes the notes of the last attempt. */
function noteRejected(book: GoogleWorkbook, report: ImportReport): void {
  const sheet = book.snapshot.sheets.find(({ name }) => name === pasteSheetLabel) as SheetSnapshot;
  const reasons = new Map<string, string>();
  for (const { row, reason } of report.inputs.flatMap((input) => input.rejected)) {
    reasons.set(noteKey(Math.max(1, row), 1), `未收下：${reason}`);
  }
  const notes: NoteEdit[] = [...new Set([...sheet.notes.keys(), ...reasons.keys()])].map((key) => {
    const [row = 1, column = 1] = key.split(":").map(Number);
    return { row, column, text: reasons.get(key) ?? null };
  });
  if (notes.length > 0) book.apply({ sheets: [{ name: pasteSheetLabel, notes }] });
}

/** 导入（从本表的粘贴区）: as from a file; what was not taken in stays where it was pasted, with the reason. */
export function importPasted(): void {
  runAsked(title, (context) => {
    const opened = openAward();
    requireAdministrator(opened.spreadsheet, context.user, title);
    const input = readPasted(opened);
    const book = resumeImport(opened.spreadsheet) ? openAward() : opened;
    const { patch, report } = planImport(book.snapshot, [input], noticeOf(book.snapshot));
    const { taken, added, updated, rejected } = countImport(report);
    const lines = describeReport(report);
    if (taken === 0) {
      noteRejected(book, report);
      tell(context, title, ["没有可以收下的内容，各表没有改动。", ...lines].join("\n"));
      return undefined;
    }
    const perform = () => {
      const before = isImportBegun() ? undefined : laidBefore(book, patch);
      const outcome = writeImport(book, patch, {
        action: importAction,
        digest: input.digest,
        outcome: summariseImport(report),
      });
      relayout(book, before);
      writeProgress(book, context.now);
      const parameters = report.inputs.map(({ file, sheet }) => `${file} → ${sheet || "未识别"}`).join("、");
      const entry = { action: importAction, parameters, outcome, inputs: [input.digest] };
      appendLogRow(book, context, entry, { changes: added + updated > 0 });
      if (rejected === 0) emptyPasteSheet(book);
      else noteRejected(book, report);
      finishImport();
      const rest =
        rejected > 0 ? `${rejected} 行没有收下，仍在“${pasteSheetLabel}”，原因见批注；改正后再点一次“导入”。` : "";
      tell(context, title, [`已导入：${outcome}。下一步：检查全部。`, rest].filter(Boolean).join("\n"));
    };
    return { question: ["将写入本工作簿：", ...lines].join("\n"), basis: input.digest, perform };
  });
}
