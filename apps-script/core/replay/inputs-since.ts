import { readAwardTables } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { reviewSheetSpecs } from "../review-book/review-workbook.ts";
import { settingsSheet, submissionsSheet, unitsSheet } from "../schema/application.ts";
import { decisionsSheet, reviewersSheet } from "../schema/review.ts";
import type { Table } from "../tables/table.ts";
import { applyPatch } from "../workbook/apply-patch.ts";
import { emptySnapshot, type WorkbookPatch, type WorkbookSnapshot } from "../workbook/port.ts";
import { reviewedColumns } from "./freeze.ts";
import { type FrozenAction, thaw } from "./frozen-action.ts";
import { findReviewSheet } from "./recorded-sheets.ts";
import { compareStates, describeChanges, type ReviewState, readSheetState } from "./sheet-state.ts";

/** The sheets that people write and the review follows: what identifies a row, and the columns that decide anything. */
const inputs: Readonly<Record<string, { readonly keys: readonly string[]; readonly columns: readonly string[] }>> = {
  [settingsSheet.key]: { keys: ["item"], columns: ["item", "value"] },
  [unitsSheet.key]: { keys: ["code"], columns: ["code", "name", "kind", "aliases", "parent"] },
  [submissionsSheet.key]: { keys: ["nominator", "id"], columns: reviewedColumns },
  [reviewersSheet.key]: {
    keys: ["expert"],
    columns: [
      "expert",
      "nominator",
      "name",
      "account",
      "unit",
      "stage",
      "fields",
      "conflicts",
      "status",
      "capacity",
      "cleared",
    ],
  },
  [decisionsSheet.key]: { keys: ["id"], columns: ["id", "decision", "kind", "award"] },
};

function readInputs(award: WorkbookSnapshot, review: WorkbookSnapshot, notice: Notice): ReviewState {
  const { settings, units, submissions } = readAwardTables(award);
  const people = reviewSheetSpecs(notice)
    .filter((spec) => inputs[spec.key] !== undefined)
    .flatMap((spec) => findReviewSheet(review, spec)?.table ?? []);
  const tables: readonly Table[] = [settings, units, submissions, ...people];
  return new Map(
    tables.flatMap((table) => {
      const input = inputs[table.spec.key];
      if (!input) return [];
      const { keys, columns } = input;
      return [[table.spec.key, readSheetState(table, keys, (key) => columns.includes(key))] as const];
    }),
  );
}

const mostToTell = 10;

/**
 * What people have changed since an assignment or a ranking in the sheets it followed, in Chinese: its results no longer
 * follow from what the workbooks say.
 *
 * @param patch what the action wrote
 * @throws WorkbookStructureError
 */
export function tellInputsSince(
  frozen: FrozenAction,
  patch: WorkbookPatch,
  { award, review }: { readonly award: WorkbookSnapshot; readonly review: WorkbookSnapshot },
  notice: Notice,
): string[] {
  const before = frozen.review === null ? emptySnapshot : thaw(frozen.review);
  const was = readInputs(thaw(frozen.award), applyPatch(before, patch), notice);
  return describeChanges(compareStates(was, readInputs(award, review, notice)), mostToTell, "当时为");
}
