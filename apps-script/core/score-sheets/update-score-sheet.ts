import type { Field, Notice } from "../notice/notice.ts";
import { scoreSheet, scoreSheetLabels } from "../schema/review.ts";
import { WorkbookStructureError } from "../tables/table.ts";
import { cleanCode } from "../text/identity.ts";
import { cellText } from "../workbook/cell-text.ts";
import {
  type CellEdit,
  type CellValue,
  noteKey,
  type SheetPatch,
  type SheetSnapshot,
  type WorkbookPatch,
  type WorkbookSnapshot,
} from "../workbook/port.ts";
import { findMisplacedRows } from "./find-misplaced-rows.ts";
import type { ScoreSheetFile } from "./packets.ts";
import { type RowFacts, readScoreSheets, recordedTitles } from "./read-score-sheet.ts";
import { type AnonymousSubmission, rubricPatch, scoresPatch, textsPatch } from "./score-sheet.ts";
import { columnOfKey } from "./score-sheet-layout.ts";

const headerRow = 3;
/** What an expert cannot type in, and what may have changed since the sheet was made. */
const renewable = ["reviewId", "field", "stage", "title", "material"] as const;

/**
 * Brings a score sheet that an expert has up to date: submissions assigned since come below, what an expert can type is
 * never written. Rows whose assignment was withdrawn stay; collecting reports them.
 *
 * @param existing the expert's file
 * @throws WorkbookStructureError when its columns are not where they were made
 */
export function updateScoreSheet(file: ScoreSheetFile, existing: WorkbookSnapshot, notice: Notice): WorkbookPatch {
  const ours = scoreSheet(notice);
  const sheet = existing.sheets.find((s) => s.name === scoreSheetLabels.scores);
  const labels = sheet?.rows[headerRow - 1] ?? [];
  const places = labels.map((label) => cellText(label).trim());
  const moved = ours.columns.find(({ label }) => !places.slice(0, ours.columns.length).includes(label));
  if (!sheet || moved) {
    throw new WorkbookStructureError(
      `${file.expert} 的评分表改动过（${sheet ? `“${sheet.name}”第 ${headerRow} 行找不到“${moved?.label}”` : `没有“${scoreSheetLabels.scores}”表`}），没有更新。请把它改回原样，或删去这份文件后重新生成。`,
    );
  }
  requireOrder(file, existing, sheet, notice);
  const byPlace = (a: { label: string }, b: { label: string }) => places.indexOf(a.label) - places.indexOf(b.label);
  const spec = { ...ours, columns: [...ours.columns].sort(byPlace) };
  const cell = (row: readonly (typeof labels)[number][], key: string) =>
    cellText(row[columnOfKey({ spec }, key) - 1] ?? null);
  const rows = sheet.rows.slice(headerRow);
  const present = new Map<string, number>();
  let lastRow = headerRow;
  rows.forEach((row, i) => {
    const reviewId = cleanCode(cell(row, "reviewId"));
    if (reviewId === "") return;
    lastRow = headerRow + 1 + i;
    if (!present.has(reviewId)) present.set(reviewId, lastRow);
  });

  const current = new Map(file.submissions.map((s) => [s.reviewId, s]));
  const fresh = file.submissions.filter((s) => !present.has(s.reviewId));
  const standIn = (row: (typeof rows)[number]): AnonymousSubmission => ({
    reviewId: cell(row, "reviewId"),
    field: notice.fields.find((field) => field.label === cell(row, "field")) ?? anyField(notice),
    stage: cell(row, "stage"),
    title: cell(row, "title"),
    keywords: "",
    material: cell(row, "material"),
    text: undefined,
    score: undefined,
  });
  const there = rows.slice(0, lastRow - headerRow);
  const all = [...there.map((row) => current.get(cleanCode(cell(row, "reviewId"))) ?? standIn(row)), ...fresh];
  const whole = scoresPatch(file.expert, all, notice, file.submissions, spec);
  const made = new Map((whole.edits ?? []).map(({ row, column, value }) => [noteKey(row, column), value]));
  const renewed: CellEdit[] = [];
  for (const [reviewId, row] of present) {
    const submission = current.get(reviewId);
    if (!submission) continue;
    for (const key of renewable) {
      const column = columnOfKey({ spec }, key);
      const value = made.get(noteKey(row, column)) ?? null;
      if (!isSame(sheet.rows[row - 1]?.[column - 1] ?? null, value)) renewed.push({ row, column, value });
    }
  }
  const scores: SheetPatch = {
    name: scoreSheetLabels.scores,
    edits: [...renewed, ...(whole.edits ?? []).filter((edit) => edit.row > lastRow)],
    ...(fresh.length > 0 && whole.layout ? { layout: whole.layout } : {}),
  };
  const rowOf = new Map(all.map(({ reviewId }, i) => [reviewId, headerRow + 1 + i]));
  const reading = [
    textsPatch(file.expert, file.submissions, notice, (reviewId) => rowOf.get(reviewId)),
    rubricPatch(file.expert, file.submissions, notice),
  ];
  return { sheets: [scores, ...reading.map((patch) => ({ ...patch, clearFrom: headerRow }))] };
}

/** Titles written anew over columns that were sorted apart would hide that scores stand beside the wrong numbers. */
function requireOrder(file: ScoreSheetFile, existing: WorkbookSnapshot, sheet: SheetSnapshot, notice: Notice): void {
  const rows = readScoreSheets([sheet], notice).flatMap((read) => read.rows);
  const current = new Map(
    file.submissions.map((s): [string, RowFacts] => [s.reviewId, { ...s, field: s.field.label }]),
  );
  const [[row, reason] = []] = findMisplacedRows(rows, { current, made: () => recordedTitles(existing.sheets) });
  if (row === undefined) return;
  throw new WorkbookStructureError(
    `${file.expert} 的评分表第 ${row.row} 行对不上：${reason}。没有更新，请先撤销排序，让评审编号和案例名称、评分回到同一行。`,
  );
}

/** Whether two cells show the same and lead to the same place. */
function isSame(a: CellValue, b: CellValue): boolean {
  const target = (value: CellValue) => (typeof value === "object" && value?.kind === "link" ? value.target : "");
  return cellText(a).trim() === cellText(b).trim() && target(a) === target(b);
}

/** For rows that stay as they are. */
function anyField({ fields: [first] }: Notice): Field {
  if (!first) throw new Error("a notice without fields");
  return first;
}
