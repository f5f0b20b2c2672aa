import type { Area, SheetLayout } from "../../core/workbook/port.ts";
import { rangeOf } from "./areas.ts";
import { writeConditionalFormats, writeValidations } from "./write-rules.ts";
import { writeStyles } from "./write-styles.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** `protectSheet`, with what is known of the sheet's protection. */
export type ProtectSheet = (sheet: Sheet, isProtected: boolean, styles: NonNullable<SheetLayout["styles"]>) => void;

/** A width in characters of the default font. */
const pixelsOfWidth = (characters: number) => Math.round(characters * 7 + 5);
const pixelsOfHeight = (points: number) => Math.round((points * 4) / 3);
/** If the heights change more often, only the header gets its own; Sheets fits the other rows to their text. */
const mostHeights = 120;

/**
 * Sets how a sheet looks and behaves; its grid must be large enough. Print settings and indents do not exist in Sheets.
 *
 * @param rangeNamed see `writeValidations`
 */
export function writeLayout(
  sheet: Sheet,
  layout: SheetLayout,
  rangeNamed: (reference: string) => GoogleAppsScript.Spreadsheet.Range | undefined,
  protect: ProtectSheet,
): void {
  if (layout.tabColor !== undefined) sheet.setTabColor(`#${layout.tabColor}`);
  writeWidths(sheet, layout.widths ?? []);
  writeHeights(sheet, layout.heights ?? []);
  if (layout.frozen) freeze(sheet, layout.frozen, layout.merges ?? []);
  // A filter that is on is somebody's view of the rows.
  if (layout.filter && !sheet.getFilter()) rangeOf(sheet, layout.filter).createFilter();
  writeStyles(sheet, layout.styles ?? []);
  for (const area of layout.merges ?? []) merge(sheet, area);
  if (layout.validations) writeValidations(sheet, layout.validations, rangeNamed);
  if (layout.conditionalFormats) writeConditionalFormats(sheet, layout.conditionalFormats);
  if (layout.protected !== undefined) protect(sheet, layout.protected, layout.styles ?? []);
  if (layout.hidden === true) sheet.hideSheet();
  if (layout.hidden === false && sheet.isSheetHidden()) sheet.showSheet();
}

/** Gives the rows below a row its looks, and its drop-downs where the layout has any, down to row `to`. */
export function copyLooks(sheet: Sheet, { validations = [] }: SheetLayout, from: number, to: number): void {
  const maxRows = sheet.getMaxRows();
  if (to > maxRows) sheet.insertRowsAfter(maxRows, to - maxRows);
  const columns = sheet.getMaxColumns();
  const row = sheet.getRange(from, 1, 1, columns);
  const below = sheet.getRange(from + 1, 1, to - from, columns);
  const { PASTE_FORMAT, PASTE_DATA_VALIDATION } = SpreadsheetApp.CopyPasteType;
  row.copyTo(below, PASTE_FORMAT, false);
  if (validations.length > 0) row.copyTo(below, PASTE_DATA_VALIDATION, false);
}

/** Sheets cannot freeze a part of merged cells: fewer rows or columns are frozen then, none where people did the merging. */
function freeze(sheet: Sheet, frozen: { rows: number; columns: number }, merges: readonly Area[]): void {
  const uncut = (edge: number, first: "top" | "left", last: "bottom" | "right"): number => {
    const cut = merges.find((area) => area[first] <= edge && area[last] > edge);
    return cut ? uncut(cut[first] - 1, first, last) : edge;
  };
  const unlessMerged = (set: () => void) => {
    try {
      set();
    } catch (error) {
      if (!/merge|合并/i.test(error instanceof Error ? error.message : String(error))) throw error;
    }
  };
  unlessMerged(() => sheet.setFrozenRows(uncut(frozen.rows, "top", "bottom")));
  unlessMerged(() => sheet.setFrozenColumns(uncut(frozen.columns, "left", "right")));
}

interface Run {
  readonly from: number;
  count: number;
  readonly pixels: number;
}

/** Neighbours of equal size as one. */
function runsOf(sizes: readonly { readonly position: number; readonly pixels: number }[]): Run[] {
  const byPosition = new Map(sizes.map(({ position, pixels }) => [position, pixels]));
  const runs: Run[] = [];
  for (const [position, pixels] of [...byPosition].sort(([a], [b]) => a - b)) {
    const last = runs[runs.length - 1];
    if (last && last.from + last.count === position && last.pixels === pixels) last.count += 1;
    else runs.push({ from: position, count: 1, pixels });
  }
  return runs;
}

function writeWidths(sheet: Sheet, widths: NonNullable<SheetLayout["widths"]>): void {
  const sizes = widths.map(({ column, width }) => ({ position: column, pixels: pixelsOfWidth(width) }));
  for (const { from, count, pixels } of runsOf(sizes)) sheet.setColumnWidths(from, count, pixels);
  for (const { column, hidden } of widths) {
    if (hidden === true) sheet.hideColumns(column);
    if (hidden === false) sheet.showColumns(column);
  }
  const grouped = widths.filter((each) => each.grouped).map(({ column }) => ({ position: column, pixels: 0 }));
  for (const { from, count } of runsOf(grouped)) {
    if (sheet.getColumnGroupDepth(from) === 0) sheet.getRange(1, from, 1, count).shiftColumnGroupDepth(1);
  }
}

function writeHeights(sheet: Sheet, heights: NonNullable<SheetLayout["heights"]>): void {
  const runs = runsOf(heights.map(({ row, height }) => ({ position: row, pixels: pixelsOfHeight(height) })));
  for (const { from, count, pixels } of runs.length > mostHeights ? runs.slice(0, 1) : runs) {
    sheet.setRowHeights(from, count, pixels);
  }
}

function merge(sheet: Sheet, area: Area): void {
  if (area.top === area.bottom && area.left === area.right) return;
  const range = rangeOf(sheet, area);
  const present = range.getMergedRanges();
  const isThere = present.some(
    (each) =>
      each.getRow() === area.top &&
      each.getColumn() === area.left &&
      each.getLastRow() === area.bottom &&
      each.getLastColumn() === area.right,
  );
  if (isThere) return;
  for (const each of present) each.breakApart();
  range.merge();
}
