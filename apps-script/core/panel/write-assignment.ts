import type { AwardData, Submission } from "../award/award.ts";
import { authorsDigest, reviewedFacts } from "../review-book/find-reviewed.ts";
import type { Pair, ReviewData } from "../review-book/read-review.ts";
import { newReviewWorkbook, reviewLayout } from "../review-book/review-workbook.ts";
import { offerRulings } from "../review-book/write-rulings.ts";
import { pairStatus, rounds } from "../schema/choices.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { positionOf, type Table, tableLabel } from "../tables/table.ts";
import { editTable, type TableEditor } from "../tables/table-editor.ts";
import { compareText } from "../text/compare.ts";
import { pairKey } from "../text/identity.ts";
import { columnLetters } from "../workbook/addresses.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellEdit, CellValue, SheetLayout, SheetPatch, WorkbookPatch } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import type { Participant } from "./read-for-assignment.ts";
import type { ReviewExpert } from "./reviewers.ts";
import type { Round } from "./rounds.ts";

/** A pair in force that must go, and what its row will say. */
export interface DroppedPair {
  readonly pair: Pair;
  readonly status: string;
  readonly reason: string;
}

export interface AddedPair {
  readonly submission: Submission;
  readonly reviewId: string;
  readonly expert: ReviewExpert;
  readonly round: Round;
  readonly reason: string;
}

export interface AssignmentToWrite {
  readonly award: AwardData;
  readonly review: ReviewData;
  /** Whether the review workbook is yet to be made. */
  readonly isNew: boolean;
  readonly reviews: number;
  readonly participants: readonly Participant[];
  readonly experts: readonly ReviewExpert[];
  readonly added: readonly AddedPair[];
  readonly dropped: readonly DroppedPair[];
}

/**
 * The patch of the review workbook. Rows stay where they are and new ones come below, so that what people have typed
 * beside them stays; what has not changed is not written.
 */
export function writeAssignment(plan: AssignmentToWrite): WorkbookPatch {
  const { notice } = plan.award.settings;
  const sheets = [writeReviewed(plan), writeReviewers(plan), writePairs(plan)];
  if (plan.isNew) return newReviewWorkbook(notice, sheets);
  return { sheets: [...sheets, offerRulings(plan.review.tables.decisions, notice)] };
}

function sheetPatch<K extends string>(
  plan: AssignmentToWrite,
  table: Table<K>,
  editor: TableEditor<K>,
  conditionalFormats: SheetLayout["conditionalFormats"] = [],
): SheetPatch {
  const layout = reviewLayout(table.spec as SheetSpec, editor.lastRow(), plan.award.settings.notice, {
    positions: table.positions,
    headerRow: table.headerRow,
    lastColumn: table.lastColumn,
    keepWidths: !plan.isNew,
    conditionalFormats: conditionalFormats ?? [],
  });
  return { name: table.name, edits: editor.edits, layout };
}

function writeReviewed(plan: AssignmentToWrite): SheetPatch {
  const { award, review } = plan;
  const { fields } = award.settings.notice;
  const { table, headers } = withColumns(review.tables.reviewed, ["unitCode", "authorsDigest"]);
  const editor = editTable(table);
  const known = new Map(review.reviewed.map((r) => [r.key, r]));
  const cells = ({ submission, reviewId }: Participant) => ({
    reviewId,
    ...reviewedFacts(award, submission),
    reviews: plan.reviews,
    unitCode: submission.unit?.code ?? "",
    authorsDigest: authorsDigest(submission),
  });
  const fieldOrder = ({ submission }: Participant) => fields.findIndex((f) => f.key === submission.field?.key);
  const sorted = [...plan.participants].sort(
    (a, b) => fieldOrder(a) - fieldOrder(b) || compareText(a.reviewId, b.reviewId),
  );
  for (const participant of sorted) {
    const row = known.get(participant.submission.key)?.record.row;
    if (row === undefined) editor.append(cells(participant));
    else
      for (const [key, value] of Object.entries(cells(participant)))
        editor.set(row, key as keyof ReturnType<typeof cells>, value);
  }
  const patch = sheetPatch(plan, table, editor);
  return { ...patch, edits: [...headers, ...editor.edits] };
}

/** The table with optional columns that a workbook of an earlier version lacks, behind its last one. */
function withColumns<K extends string>(table: Table<K>, keys: readonly K[]): { table: Table<K>; headers: CellEdit[] } {
  const missing = keys.filter((key) => !table.positions.has(key));
  const placed = missing.map((key, i) => ({ key, column: table.lastColumn + 1 + i }));
  const positions = new Map([...table.positions, ...placed.map(({ key, column }) => [key, column] as const)]);
  const headers = placed.map(({ key, column }) => ({ row: table.headerRow, column, value: tableLabel(table, key) }));
  return { table: { ...table, positions, lastColumn: table.lastColumn + missing.length }, headers };
}

/** What a cell holds without its formula or link: those of the shared workbook mean nothing here. */
function plainValue(value: CellValue): CellValue {
  if (value === null || typeof value !== "object") return value;
  return value.kind === "formula" ? value.result : value.kind === "link" ? value.text : value;
}

function writeReviewers(plan: AssignmentToWrite): SheetPatch {
  const table = plan.review.tables.reviewers;
  const editor = editTable(table);
  for (const expert of plan.experts) {
    const cells = Object.fromEntries(
      Object.entries(expert.cells).map(([key, value]) => [key, plainValue(value ?? null)]),
    );
    if (!expert.record) {
      editor.append({ ...cells, expert: expert.id });
      continue;
    }
    // What stands in 评审专家 is the administrator's; only empty cells are filled.
    for (const [key, value] of Object.entries({ ...cells, expert: expert.id }) as [
      keyof typeof expert.cells,
      CellValue,
    ][]) {
      if (cellText(expert.record.raw(key)).trim() === "" && cellText(value).trim() !== "")
        editor.set(expert.record.row, key, value);
    }
  }
  return sheetPatch(plan, table, editor);
}

function writePairs(plan: AssignmentToWrite): SheetPatch {
  const table = plan.review.tables.pairs;
  const editor = editTable(table);
  for (const { pair, status, reason } of plan.dropped) {
    const before = pair.record.text("reason");
    editor.set(pair.record.row, "status", status);
    editor.set(pair.record.row, "reason", before === "" ? reason : `${reason}（原：${before}）`);
  }
  for (const pair of plan.review.pairs) editor.set(pair.record.row, "id", pair.id);
  const traces = new Map(plan.review.pairs.filter((p) => !p.active).map((p) => [pairKey(p.reviewId, p.expert), p]));
  for (const { submission, reviewId, expert, round, reason } of plan.added) {
    const trace = traces.get(pairKey(reviewId, expert.id));
    if (trace) {
      editor.set(trace.record.row, "round", rounds[round]);
      editor.set(trace.record.row, "status", pairStatus.assigned);
      editor.set(trace.record.row, "reason", `${reason}（${trace.record.text("reason")}，现重新分派）`);
      continue;
    }
    editor.append({
      reviewId,
      id: submission.id,
      expert: expert.id,
      expertName: expert.name,
      round: rounds[round],
      status: pairStatus.assigned,
      reason,
    });
  }
  const status = `$${columnLetters(positionOf(table, "status"))}${table.headerRow + 1}`;
  const area = {
    top: table.headerRow + 1,
    left: 1,
    bottom: Math.max(editor.lastRow(), table.headerRow + 1),
    right: table.lastColumn,
  };
  return sheetPatch(plan, table, editor, [
    {
      area,
      formula: `OR(${status}="${pairStatus.void}",${status}="${pairStatus.conflicted}")`,
      style: { font: { color: palette.softInk }, fill: palette.computed },
    },
    { area, formula: `${status}="${pairStatus.scored}"`, style: { fill: palette.goodFill } },
  ]);
}
