import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { blankReviewSnapshot, reviewSheetSpecs } from "../../../apps-script/core/review-book/review-workbook.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";

type Rows = readonly Readonly<Record<string, CellValue>>[];

/** A review workbook with rows by sheet label and column key. */
export function makeReview(rows: Readonly<Record<string, Rows>>): WorkbookSnapshot {
  const specs = new Map(reviewSheetSpecs(ningxia2025).map((spec) => [spec.label, spec]));
  return {
    sheets: blankReviewSnapshot(ningxia2025).sheets.map((sheet) => {
      const columns = specs.get(sheet.name)?.columns ?? [];
      const cells = (rows[sheet.name] ?? []).map((row) => columns.map((c) => row[c.key] ?? null));
      return { ...sheet, rows: [...sheet.rows, ...cells] };
    }),
  };
}
