import { addToGroup, groupBy } from "../../core/text/group-by.ts";
import type { Area } from "../../core/workbook/port.ts";
import { boundingArea, type CellPlace, exactAreas } from "./areas.ts";
import type { SheetValue } from "./cell-values.ts";

export interface EncodedEdit extends CellPlace {
  readonly value: SheetValue;
}

/** One write to a sheet. */
export type Write =
  | List
  /** A rectangle; undefined is a cell that no edit names: it must keep what it holds. */
  | Block;

/** One value in many places. */
export interface List {
  readonly kind: "list";
  readonly areas: readonly Area[];
  readonly value: SheetValue;
}

export interface Block {
  readonly kind: "block";
  readonly area: Area;
  readonly values: readonly (readonly (SheetValue | undefined)[])[];
}

/** Up to this many rectangles are written one by one; beyond, cells between them are written along. */
const exactBlocks = 6;
/** Up to this many values are each written by a list of places. */
const listedValues = 4;
/** Rows without an edit that are not worth a call of their own. */
const rowGap = 60;
const rowClusters = 4;
const columnRuns = 6;
/** Cells that a block may have to be worth one call on empty ground, where those between the edits are written without being read. */
const blankBlock = 20_000;

/**
 * Plans few calls that write these cells: where they can be written without touching others, that way, else along with
 * the cells between them. If a cell is edited twice, the later edit counts.
 *
 * @param isEmpty whether a row is known to hold nothing
 */
export function planWrites(edits: readonly EncodedEdit[], isEmpty: (row: number) => boolean = () => false): Write[] {
  const cells = lastOfEach(edits);
  const plan = (some: readonly EncodedEdit[]): Write[] => {
    const areas = exactAreas(some);
    if (areas.length <= exactBlocks) return blocks(some, areas);
    return planLists(some) ?? planClusters(some, isEmpty);
  };
  const whole = plan(cells);
  // Each run of new rows by itself: nothing between two of them has to be read and written back.
  const [onEmpty, others] = [cells.filter(({ row }) => isEmpty(row)), cells.filter(({ row }) => !isEmpty(row))];
  const apart = [...planRuns(onEmpty), ...plan(others)];
  return costOf(apart, isEmpty) < costOf(whole, isEmpty) ? apart : whole;
}

/** What they cost in calls: cells in gaps are read in two, and that they are written back at all weighs as much as one. */
function costOf(writes: readonly Write[], isEmpty: (row: number) => boolean): number {
  const hasGaps = (write: Write) =>
    write.kind === "block" && write.values.some((line, i) => line.includes(undefined) && !isEmpty(write.area.top + i));
  return writes.reduce((sum, write) => sum + (hasGaps(write) ? 4 : 1), 0);
}

/** Neighbouring rows, known to be empty, together. */
function planRuns(cells: readonly EncodedEdit[]): Write[] {
  const byRow = groupBy(cells, ({ row }) => row);
  const rows = [...byRow.keys()].map((row) => ({ row, column: 1 }));
  return exactAreas(rows).flatMap(({ top, bottom }) => {
    const run = Array.from({ length: bottom - top + 1 }, (_, i) => byRow.get(top + i) ?? []).flat();
    const area = boundingArea(run);
    return blocks(run, sizeOf(area) <= Math.max(blankBlock, 2 * run.length) ? [area] : exactAreas(run));
  });
}

const sizeOf = ({ top, left, bottom, right }: Area) => (bottom - top + 1) * (right - left + 1);

function lastOfEach(edits: readonly EncodedEdit[]): EncodedEdit[] {
  const byPlace = new Map<string, EncodedEdit>();
  for (const edit of edits) byPlace.set(`${edit.row}:${edit.column}`, edit);
  return [...byPlace.values()];
}

/** Few values in many places, and little else. */
function planLists(cells: readonly EncodedEdit[]): Write[] | undefined {
  const byValue = new Map<SheetValue, EncodedEdit[]>();
  for (const cell of cells) {
    addToGroup(byValue, cell.value, cell);
  }
  const common = [...byValue.values()].sort((a, b) => b.length - a.length).slice(0, listedValues);
  const listed = new Set(common.flat());
  const rest = cells.filter((cell) => !listed.has(cell));
  const areas = exactAreas(rest);
  if (areas.length > exactBlocks) return undefined;
  return [
    ...common.flatMap((group): Write[] =>
      group[0] ? [{ kind: "list", areas: exactAreas(group), value: group[0].value }] : [],
    ),
    ...blocks(rest, areas),
  ];
}

function planClusters(cells: readonly EncodedEdit[], isEmpty: (row: number) => boolean): Write[] {
  return splitAtGaps(cells, "row", rowGap, rowClusters).flatMap((cluster) => {
    const { top, left, bottom, right } = boundingArea(cluster);
    const isSmall = sizeOf({ top, left, bottom, right }) <= blankBlock;
    // Between two insertions stand rows of others: no column of theirs may be written that no edit names.
    const isOne = isSmall && Array.from({ length: bottom - top + 1 }, (_, i) => top + i).every(isEmpty);
    const runs = isOne ? [cluster] : splitAtGaps(cluster, "column", 1, columnRuns);
    return blocks(
      cluster,
      runs.map((run) => {
        const { left, right } = boundingArea(run);
        return { top, bottom, left, right };
      }),
    );
  });
}

/** Cells apart by more than `gap` rows or columns, in at most `most` groups: only the widest gaps count. */
function splitAtGaps(
  cells: readonly EncodedEdit[],
  axis: "row" | "column",
  gap: number,
  most: number,
): EncodedEdit[][] {
  const positions = [...new Set(cells.map((cell) => cell[axis]))].sort((a, b) => a - b);
  const gaps = positions.slice(1).map((position, i) => ({ position, width: position - (positions[i] ?? 0) }));
  const cuts = gaps
    .filter(({ width }) => width > gap)
    .sort((a, b) => b.width - a.width)
    .slice(0, most - 1)
    .map(({ position }) => position)
    .sort((a, b) => a - b);
  const groups: EncodedEdit[][] = Array.from({ length: cuts.length + 1 }, () => []);
  for (const cell of cells) {
    let group = 0;
    while (group < cuts.length && cell[axis] >= (cuts[group] ?? 0)) group += 1;
    groups[group]?.push(cell);
  }
  return groups;
}

function blocks(cells: readonly EncodedEdit[], areas: readonly Area[]): Block[] {
  const byPlace = new Map(cells.map((cell) => [`${cell.row}:${cell.column}`, cell.value]));
  return areas.map((area): Block => {
    const values: (SheetValue | undefined)[][] = [];
    for (let row = area.top; row <= area.bottom; row += 1) {
      const line: (SheetValue | undefined)[] = [];
      for (let column = area.left; column <= area.right; column += 1) line.push(byPlace.get(`${row}:${column}`));
      values.push(line);
    }
    return { kind: "block", area, values };
  });
}
