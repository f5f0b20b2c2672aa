import type { Area } from "../../core/workbook/port.ts";

export function overlap(a: Area, b: Area): boolean {
  return a.top <= b.bottom && b.top <= a.bottom && a.left <= b.right && b.left <= a.right;
}

/** The part of `area` outside `hole`, as up to four rectangles. */
export function subtract(area: Area, hole: Area): Area[] {
  if (!overlap(area, hole)) return [area];
  const rest: Area[] = [];
  if (area.top < hole.top) rest.push({ ...area, bottom: hole.top - 1 });
  if (area.bottom > hole.bottom) rest.push({ ...area, top: hole.bottom + 1 });
  const top = Math.max(area.top, hole.top);
  const bottom = Math.min(area.bottom, hole.bottom);
  if (area.left < hole.left) rest.push({ top, bottom, left: area.left, right: hole.left - 1 });
  if (area.right > hole.right) rest.push({ top, bottom, left: hole.right + 1, right: area.right });
  return rest;
}

/** The same cells in fewer rectangles: neighbours that share a whole side become one. The areas must not overlap. */
export function mergeNeighbours(areas: readonly Area[]): Area[] {
  const sideways = joinRuns(areas, "top", "bottom", "left", "right");
  return joinRuns(sideways, "left", "right", "top", "bottom");
}

type Side = keyof Area;

function joinRuns(areas: readonly Area[], same: Side, sameToo: Side, from: Side, to: Side): Area[] {
  const sorted = [...areas].sort((a, b) => a[same] - b[same] || a[sameToo] - b[sameToo] || a[from] - b[from]);
  const joined: Area[] = [];
  for (const area of sorted) {
    const last = joined[joined.length - 1];
    if (last && last[same] === area[same] && last[sameToo] === area[sameToo] && last[to] + 1 === area[from]) {
      joined[joined.length - 1] = { ...last, [to]: area[to] };
    } else joined.push(area);
  }
  return joined;
}

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Rectangles that hold exactly these cells; cells must not repeat. */
export function exactAreas(cells: readonly CellPlace[]): Area[] {
  const sorted = [...cells].sort((a, b) => a.row - b.row || a.column - b.column);
  const runs: { top: number; left: number; bottom: number; right: number }[] = [];
  for (const { row, column } of sorted) {
    const last = runs[runs.length - 1];
    if (last && last.top === row && last.right + 1 === column) last.right = column;
    else runs.push({ top: row, left: column, bottom: row, right: column });
  }
  return joinRuns(runs, "left", "right", "top", "bottom");
}

export function boundingArea(cells: readonly CellPlace[]): Area {
  let [top, left, bottom, right] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const { row, column } of cells) {
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    left = Math.min(left, column);
    right = Math.max(right, column);
  }
  return { top, left, bottom, right };
}

/** Rows that one call moves at most. */
export const rowsPerCall = 10_000;

export function rangeOf(sheet: GoogleAppsScript.Spreadsheet.Sheet, area: Area): GoogleAppsScript.Spreadsheet.Range {
  return sheet.getRange(area.top, area.left, area.bottom - area.top + 1, area.right - area.left + 1);
}

/** The area in pieces of at most `rowsPerCall` rows. */
export function sliceRows(area: Area): Area[] {
  const slices: Area[] = [];
  for (let top = area.top; top <= area.bottom; top += rowsPerCall) {
    slices.push({ ...area, top, bottom: Math.min(area.bottom, top + rowsPerCall - 1) });
  }
  return slices;
}
