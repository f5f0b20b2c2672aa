import { expertsSheet } from "../schema/application.ts";
import { findSheet } from "../tables/table.ts";
import { isSameText } from "../text/clean.ts";
import type { SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";

/** 专家 of a review workbook that experts were moved to; undefined before that. */
export function movedExperts(review: WorkbookSnapshot): SheetSnapshot | undefined {
  return findSheet(review, expertsSheet.label);
}

/**
 * The shared workbook as the review sees it: once the experts have been moved, the rows of 专家 are those of the review
 * workbook. Sheets are not read before somebody looks at them.
 */
export function withMovedExperts(award: WorkbookSnapshot, review: WorkbookSnapshot): WorkbookSnapshot {
  const moved = movedExperts(review);
  if (!moved) return award;
  const others = award.sheets.filter(({ name }) => !isSameText(name, expertsSheet.label));
  const name = findSheet(award, expertsSheet.label)?.name ?? expertsSheet.label;
  const experts: SheetSnapshot = {
    name,
    hidden: false,
    get rows() {
      return moved.rows;
    },
    notes: new Map(),
    get shown() {
      return moved.shown;
    },
  };
  return { sheets: [...others, experts] };
}
