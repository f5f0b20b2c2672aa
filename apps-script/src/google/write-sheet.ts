import type { Area, CellEdit, RowInsertion, SheetPatch } from "../../core/workbook/port.ts";
import { exactAreas, rangeOf } from "./areas.ts";
import type { SheetIds } from "./cell-values.ts";
import { writeCells } from "./write-cells.ts";
import { type ProtectSheet, writeLayout } from "./write-layout.ts";
import { writeMarks } from "./write-marks.ts";
import { writeNotes } from "./write-notes.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

export interface WriteContext {
  readonly sheets: SheetIds;
  /** The sheet was made just now: it holds nothing. */
  readonly isNew: boolean;
  /** The notes of the sheet, when they were read just now. */
  readonly notes: ReadonlyMap<string, string> | undefined;
  readonly sheetNamed: (name: string) => Sheet | undefined;
  readonly protect: ProtectSheet;
}

/** Carries a patch out on its sheet, in the order of the patch's members. */
export function writeSheet(sheet: Sheet, patch: SheetPatch, context: WriteContext): void {
  const inserted = insertRows(sheet, patch.insertRows ?? []);
  const { clearFrom = Number.POSITIVE_INFINITY } = patch;
  const [maxRows, maxColumns] = [sheet.getMaxRows(), sheet.getMaxColumns()];
  if (clearFrom <= maxRows && !context.isNew) {
    const below = rangeOf(sheet, { top: clearFrom, left: 1, bottom: maxRows, right: maxColumns }).clear();
    // Notes stand on empty cells too.
    if (!context.notes || hasNoteFrom(context.notes, clearFrom)) below.clearNote();
  }
  const needed = reachOf(patch);
  if (needed.rows > maxRows) sheet.insertRowsAfter(maxRows, needed.rows - maxRows);
  if (needed.columns > maxColumns) sheet.insertColumnsAfter(maxColumns, needed.columns - maxColumns);
  const isEmpty = (row: number) => context.isNew || row >= clearFrom || row > maxRows || inserted.has(row);
  const edits = dropEmptyOnEmpty(patch.edits ?? [], isEmpty);
  // What was cleared just now has no formats either.
  const isBare = context.isNew || edits.every(({ row }) => row >= clearFrom && row <= maxRows);
  if (edits.length > 0) writeCells(sheet, patch.name, edits, context.sheets, isEmpty, isBare);
  if (patch.notes && patch.notes.length > 0) {
    writeNotes(sheet, patch.name, patch.notes, afterClearing(context.notes, clearFrom));
  }
  if (patch.marks) writeMarks(sheet, patch.marks);
  if (patch.layout) {
    writeLayout(sheet, patch.layout, (reference) => rangeNamed(reference, context.sheetNamed), context.protect);
  }
}

/** From the bottom up, so that the rows above keep their numbers; gives the numbers of the new rows. */
function insertRows(sheet: Sheet, insertions: readonly RowInsertion[]): Set<number> {
  const countBefore = new Map<number, number>();
  for (const { before, count } of insertions) countBefore.set(before, (countBefore.get(before) ?? 0) + count);
  const sorted = [...countBefore].sort(([a], [b]) => a - b);
  const maxRows = sorted.length === 0 ? 0 : sheet.getMaxRows();
  // Below the grid there is nothing to move.
  const inside = sorted.filter(([before, count]) => before <= maxRows && count > 0);
  for (const [before, count] of [...inside].reverse()) sheet.insertRowsBefore(before, count);
  const rows = new Set<number>();
  let above = 0;
  for (const [before, count] of inside) {
    for (let i = 0; i < count; i += 1) rows.add(before + above + i);
    above += count;
  }
  return rows;
}

/** How far down and to the right the patch reaches. */
function reachOf({ edits = [], notes = [], marks = [], layout = {} }: SheetPatch): { rows: number; columns: number } {
  let [rows, columns] = [0, 0];
  const reach = (row: number, column: number) => {
    rows = Math.max(rows, row);
    columns = Math.max(columns, column);
  };
  for (const { row, column, value } of edits) {
    const array = typeof value === "object" && value?.kind === "formula" ? value.array : undefined;
    reach(array?.bottom ?? row, array?.right ?? column);
  }
  for (const { row, column } of [...notes, ...marks]) reach(row, column);
  const areas: (Area | undefined)[] = [
    layout.filter,
    ...(layout.styles ?? []).map(({ area }) => area),
    ...(layout.merges ?? []),
    ...(layout.validations ?? []).map(({ area }) => area),
    ...(layout.conditionalFormats ?? []).map(({ area }) => area),
  ];
  for (const area of areas) if (area) reach(area.bottom, area.right);
  for (const { column } of layout.widths ?? []) reach(1, column);
  for (const { row } of layout.heights ?? []) reach(row, 1);
  return { rows, columns };
}

/** Drops edits that empty a cell which is empty anyway, unless the edits form a whole rectangle. */
function dropEmptyOnEmpty(edits: readonly CellEdit[], isEmpty: (row: number) => boolean): readonly CellEdit[] {
  const isNothing = ({ row, value }: CellEdit) => (value === null || value === "") && isEmpty(row);
  if (!edits.some(isNothing)) return edits;
  // The later edit of a cell counts, also where it empties it.
  const last = new Map(edits.map((edit) => [`${edit.row}:${edit.column}`, edit]));
  const cells = [...last.values()];
  return exactAreas(cells).length === 1 ? cells : cells.filter((edit) => !isNothing(edit));
}

const rowOfKey = (key: string) => Number(key.split(":")[0]);

function hasNoteFrom(notes: ReadonlyMap<string, string>, row: number): boolean {
  return [...notes.keys()].some((key) => rowOfKey(key) >= row);
}

function afterClearing(
  notes: ReadonlyMap<string, string> | undefined,
  clearFrom: number,
): ReadonlyMap<string, string> | undefined {
  if (!notes || !Number.isFinite(clearFrom)) return notes;
  return new Map([...notes].filter(([key]) => rowOfKey(key) < clearFrom));
}

/** `'单位'!$B$2:$B$60`; where the sheet is too small, the rows that it has. */
function rangeNamed(
  reference: string,
  sheetNamed: (name: string) => Sheet | undefined,
): GoogleAppsScript.Spreadsheet.Range | undefined {
  const { quoted, plain, left, top, right, bottom } =
    /^(?:'(?<quoted>(?:[^']|'')*)'|(?<plain>[^'!]+))!\$?(?<left>[A-Z]+)\$?(?<top>\d+):\$?(?<right>[A-Z]+)\$?(?<bottom>\d+)$/i.exec(
      reference,
    )?.groups ?? {};
  const sheet = sheetNamed(quoted?.replace(/''/g, "'") ?? plain ?? "");
  return sheet?.getRange(`${left}${top}:${right}${Math.min(Number(bottom), sheet.getMaxRows())}`);
}
