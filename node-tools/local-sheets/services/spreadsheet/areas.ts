import { columnNumber } from "../../../../apps-script/core/workbook/addresses.ts";
import type { Area } from "../../../../apps-script/core/workbook/port.ts";

export const rowsOf = (area: Area): number => area.bottom - area.top + 1;
export const columnsOf = (area: Area): number => area.right - area.left + 1;
export const sizeOf = (area: Area): number => rowsOf(area) * columnsOf(area);

export const cellArea = (row: number, column: number): Area => ({ top: row, left: column, bottom: row, right: column });

export function intersects(a: Area, b: Area): boolean {
  return a.top <= b.bottom && b.top <= a.bottom && a.left <= b.right && b.left <= a.right;
}

export function contains(outer: Area, inner: Area): boolean {
  return (
    outer.top <= inner.top && outer.bottom >= inner.bottom && outer.left <= inner.left && outer.right >= inner.right
  );
}

/** What of `area` lies outside of `hole`, as up to four areas. */
function subtract(area: Area, hole: Area): Area[] {
  if (!intersects(area, hole)) return [area];
  const top = Math.max(area.top, hole.top);
  const bottom = Math.min(area.bottom, hole.bottom);
  const parts = [
    { ...area, bottom: hole.top - 1 },
    { ...area, top: hole.bottom + 1 },
    { top, bottom, left: area.left, right: hole.left - 1 },
    { top, bottom, left: hole.right + 1, right: area.right },
  ];
  return parts.filter((part) => part.top <= part.bottom && part.left <= part.right);
}

export function isCovered(area: Area, by: readonly Area[]): boolean {
  let rest = [area];
  for (const each of by) {
    rest = rest.flatMap((part) => subtract(part, each));
    if (rest.length === 0) return true;
  }
  return rest.length === 0;
}

/** How rows move when `count` of them come in before `at`, or go away from `at` on. */
export interface RowShift {
  readonly kind: "insert" | "delete";
  readonly at: number;
  readonly count: number;
}

/** @returns undefined when every row of the area goes away */
export function shiftArea(area: Area, { kind, at, count }: RowShift): Area | undefined {
  if (kind === "insert") {
    const move = (row: number) => (row >= at ? row + count : row);
    return { ...area, top: move(area.top), bottom: move(area.bottom) };
  }
  const end = at + count;
  const top = area.top < at ? area.top : area.top < end ? at : area.top - count;
  const bottom = area.bottom < at ? area.bottom : area.bottom < end ? at - 1 : area.bottom - count;
  return bottom < top ? undefined : { ...area, top, bottom };
}

export function shiftAreas(areas: readonly Area[], shift: RowShift): Area[] {
  return areas.flatMap((area) => shiftArea(area, shift) ?? []);
}

const notation = /^(?:('(?:[^']|'')+'|[^'!]+)!)?\$?([A-Z]{1,3})?\$?(\d+)?(?::\$?([A-Z]{1,3})?\$?(\d+)?)?$/i;

/**
 * Reads `B5`, `B5:D9`, `B:D`, `2:9`, `B2:D` and the same with a sheet before it; open ends reach to the grid's.
 *
 * @returns undefined for anything else
 */
export function readNotation(
  text: string,
  grid: { readonly rows: number; readonly columns: number },
): { readonly sheet: string | undefined; readonly area: Area } | undefined {
  const match = notation.exec(text.trim());
  if (!match) return undefined;
  const [, name, firstColumn, firstRow, lastColumn, lastRow] = match;
  const isRange = text.lastIndexOf(":") > text.lastIndexOf("!");
  if (firstColumn === undefined && firstRow === undefined) return undefined;
  if (isRange ? lastColumn === undefined && lastRow === undefined : !firstColumn || !firstRow) return undefined;
  const rows = [firstRow ? Number(firstRow) : 1, isRange ? (lastRow ? Number(lastRow) : grid.rows) : Number(firstRow)];
  const left = firstColumn ? columnNumber(firstColumn) : 1;
  const columns = [left, isRange ? (lastColumn ? columnNumber(lastColumn) : grid.columns) : left];
  return {
    sheet: name?.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name,
    area: {
      top: Math.min(...rows),
      bottom: Math.max(...rows),
      left: Math.min(...columns),
      right: Math.max(...columns),
    },
  };
}

/**
 * Areas of equal values: runs within a row, joined with the same run of the row above.
 *
 * @param entries row by row, from left to right; equal values are the same object
 */
export function areasOfEqual<T>(
  entries: Iterable<readonly [row: number, column: number, value: T]>,
): { area: Area; value: T }[] {
  interface Run {
    row: number;
    left: number;
    right: number;
    value: T;
  }
  const areas: { area: Area; value: T }[] = [];
  const ids = new Map<T, number>();
  let above = new Map<string, { area: { top: number; left: number; bottom: number; right: number }; value: T }>();
  let current: typeof above = new Map();
  let currentRow = 0;
  let run: Run | undefined;

  const endRun = () => {
    if (run === undefined) return;
    const { row, left, right, value } = run;
    run = undefined;
    const id = ids.get(value) ?? ids.size;
    ids.set(value, id);
    const key = `${left}:${right}:${id}`;
    const open = above.get(key);
    if (open !== undefined && open.area.bottom === row - 1) {
      open.area.bottom = row;
      current.set(key, open);
      return;
    }
    const added = { area: { top: row, left, bottom: row, right }, value };
    areas.push(added);
    current.set(key, added);
  };

  for (const [row, column, value] of entries) {
    if (run !== undefined && run.row === row && run.right === column - 1 && run.value === value) {
      run.right = column;
      continue;
    }
    endRun();
    if (row !== currentRow) {
      above = current;
      current = new Map();
      currentRow = row;
    }
    run = { row, left: column, right: column, value };
  }
  endRun();
  return areas;
}
