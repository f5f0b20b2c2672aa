import type { Description } from "../../core/log/log.ts";
import { archiveInSheet, notKept } from "../../core/replay/archive-sheet.ts";
import { digestFrozen, type FrozenAction, writeFrozen } from "../../core/replay/frozen-action.ts";
import { archiveSheet } from "../../core/schema/review.ts";
import { type ActionContext, appendDescribed } from "../action.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";

/** Keeps what an action was computed from in the hidden sheet 档案, and logs the action with its digest. */
export function logFrozen(
  review: GoogleWorkbook,
  context: ActionContext,
  frozen: FrozenAction,
  description: Description,
): void {
  const text = writeFrozen(frozen);
  const digest = digestFrozen(text);
  const lastRow = review.spreadsheet.getSheetByName(archiveSheet.label)?.getLastRow() ?? 0;
  const kept = archiveInSheet(lastRow, digest, text);
  if (kept) review.apply({ sheets: [kept] });
  const outcome = kept ? description.outcome : `${description.outcome}${notKept}`;
  appendDescribed(review, context, { ...description, outcome }, digest);
}
