import {
  assignmentSheet,
  decisionsSheet,
  expertOverviewSheet,
  rankingFrame,
  resultsSheet,
  reviewedSheet,
  reviewersSheet,
  reviewSheetOrder,
} from "../schema/review.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { readTableIfThere, type Table } from "../tables/table.ts";
import type { SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";
import type { FrozenAction } from "./frozen-action.ts";

const scores = "scores";

/** Keys of the sheets of the review workbook whose rows the archive of an action keeps. */
export const recordedSheets: Readonly<Record<FrozenAction["action"], readonly string[]>> = {
  assign: [reviewedSheet.key, reviewersSheet.key, assignmentSheet.key, scores, decisionsSheet.key],
  collect: [reviewedSheet.key, reviewersSheet.key, assignmentSheet.key, scores],
  rank: [
    reviewedSheet.key,
    reviewersSheet.key,
    assignmentSheet.key,
    scores,
    rankingFrame.key,
    resultsSheet.key,
    expertOverviewSheet.key,
    decisionsSheet.key,
  ],
};

/** The sheets that only Casebook writes, and the columns that identify their rows: people may sort them. */
export const rowKeys: Readonly<Record<string, readonly string[]>> = {
  [reviewedSheet.key]: ["reviewId"],
  [assignmentSheet.key]: ["reviewId", "expert"],
  [scores]: ["reviewId", "expert"],
  [rankingFrame.key]: ["reviewId"],
  [resultsSheet.key]: ["id"],
  [expertOverviewSheet.key]: ["expert"],
};

/** Columns that earlier versions did not write: what they logged is compared without them. */
export const uncounted: Readonly<Record<string, readonly string[]>> = {
  [reviewedSheet.key]: ["unitCode", "authorsDigest"],
  [expertOverviewSheet.key]: ["late"],
};

/** A sheet of the review workbook and its table; undefined where there is none. @throws WorkbookStructureError */
export function findReviewSheet(
  snapshot: WorkbookSnapshot,
  spec: SheetSpec,
): { readonly sheet: SheetSnapshot; readonly table: Table } | undefined {
  const table = readTableIfThere(snapshot, spec, reviewSheetOrder);
  const sheet = table && snapshot.sheets.find((s) => s.name === table.name);
  return sheet && { sheet, table };
}
