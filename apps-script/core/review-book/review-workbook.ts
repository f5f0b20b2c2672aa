import type { Notice } from "../notice/notice.ts";
import { logSheet } from "../schema/application.ts";
import {
  assignmentSheet,
  decisionsSheet,
  expertOverviewSheet,
  rankingSheet,
  resultsSheet,
  reviewedSheet,
  reviewersSheet,
  reviewSheetOrder,
  scoresSheet,
} from "../schema/review.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { headerEdits, headerNotes, type TableLayoutOptions, tableLayout } from "../tables/table-layout.ts";
import type { SheetLayout, SheetPatch, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";

/** Rulings are typed by hand: rows kept ready for them. */
const readyRulings = 200;

/** The sheets of the review workbook, in order. */
export function reviewSheetSpecs(notice: Notice): readonly SheetSpec[] {
  const specs: readonly SheetSpec[] = [
    reviewedSheet,
    reviewersSheet,
    assignmentSheet,
    scoresSheet(notice),
    rankingSheet(notice),
    resultsSheet,
    decisionsSheet,
    expertOverviewSheet,
    logSheet,
  ];
  return reviewSheetOrder.flatMap((label) => specs.find((spec) => spec.label === label) ?? []);
}

/** How a sheet of the review workbook looks, apart from what `options` says about this workbook. */
export function reviewLayout(
  spec: SheetSpec,
  lastRow: number,
  notice: Notice,
  options: TableLayoutOptions = {},
): SheetLayout {
  const readyRow = spec.key === decisionsSheet.key ? lastRow + readyRulings : lastRow;
  return tableLayout(spec, lastRow, { notice, readyRow, ...options });
}

/** The review workbook before anything is in it: headers only. */
export function blankReviewSnapshot(notice: Notice): WorkbookSnapshot {
  return {
    sheets: reviewSheetSpecs(notice).map((spec) => ({
      name: spec.label,
      hidden: false,
      rows: [spec.columns.map((column) => column.label)],
      notes: new Map(),
    })),
  };
}

/** Makes the sheets with their headers; `filled` are the patches of those that get rows at once. */
export function newReviewWorkbook(notice: Notice, filled: readonly SheetPatch[] = []): WorkbookPatch {
  const sheets = reviewSheetSpecs(notice).map((spec): SheetPatch => {
    const rows = filled.find((patch) => patch.name === spec.label);
    return {
      ...rows,
      name: spec.label,
      createBefore: null,
      edits: [...headerEdits(spec), ...(rows?.edits ?? [])],
      notes: headerNotes(spec, notice),
      layout: rows?.layout ?? reviewLayout(spec, 1, notice),
    };
  });
  return { sheets, properties: { title: "评审工作簿", creator: "评案簿" } };
}
