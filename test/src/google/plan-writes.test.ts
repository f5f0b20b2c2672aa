import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactAreas, mergeNeighbours, subtract } from "../../../apps-script/src/google/areas.ts";
import type { SheetValue } from "../../../apps-script/src/google/cell-values.ts";
import { type EncodedEdit, planWrites } from "../../../apps-script/src/google/plan-writes.ts";

const edit = (row: number, column: number, value: SheetValue = `${row}:${column}`): EncodedEdit => ({
  row,
  column,
  value,
});
const rows = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

/** A sheet on which a plan is carried out; cells in gaps keep what they hold. */
function carryOut(
  edits: readonly EncodedEdit[],
  isEmpty?: (row: number) => boolean,
): { cells: Map<string, SheetValue>; written: Set<string> } {
  const cells = new Map<string, SheetValue>();
  const written = new Set<string>();
  const put = (row: number, column: number, value: SheetValue | undefined) => {
    written.add(`${row}:${column}`);
    if (value !== undefined) cells.set(`${row}:${column}`, value);
  };
  for (const write of planWrites(edits, isEmpty)) {
    if (write.kind === "block") {
      write.values.forEach((line, i) => {
        for (const [j, value] of line.entries()) put(write.area.top + i, write.area.left + j, value);
      });
    } else {
      for (const { top, left, bottom, right } of write.areas)
        for (const row of rows(top, bottom)) for (const column of rows(left, right)) put(row, column, write.value);
    }
  }
  return { cells, written };
}

const cell = fc.record({
  row: fc.integer({ min: 1, max: 300 }),
  column: fc.integer({ min: 1, max: 12 }),
  value: fc.constantFrom<SheetValue>("是", "否", 1, 2, true, ""),
});

describe("what is written", () => {
  test("any edits: the last of each cell, nothing else, in few calls", () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 120 }), (edits) => {
        const { cells } = carryOut(edits);
        expect([...cells].sort()).toEqual([...new Map(edits.map((e) => [`${e.row}:${e.column}`, e.value]))].sort());
        expect(planWrites(edits).length).toBeLessThanOrEqual(24);
      }),
    );
  });

  test.for([
    { name: "nothing", edits: [], calls: 0 },
    { name: "one cell", edits: [edit(4, 4)], calls: 1 },
    { name: "a rectangle", edits: rows(1, 50).flatMap((r) => rows(2, 9).map((c) => edit(r, c))), calls: 1 },
    { name: "two columns apart", edits: rows(2, 90).flatMap((r) => [edit(r, 2), edit(r, 5)]), calls: 2 },
    { name: "one value scattered over many rows", edits: rows(2, 6000, 7).map((r) => edit(r, 56, "是")), calls: 1 },
    {
      name: "推荐 and 推荐日期 scattered",
      edits: rows(2, 6000, 7).flatMap((r) => [edit(r, 56, "是"), edit(r, 57, 45950)]),
      calls: 2,
    },
    { name: "own values scattered over one column", edits: rows(2, 6000, 7).map((r) => edit(r, 3)), calls: 1 },
    {
      name: "own values scattered over two parts of the sheet",
      edits: [...rows(2, 60, 3), ...rows(5000, 5060, 3)].map((r) => edit(r, 3)),
      calls: 2,
    },
  ])("$name: $calls calls", ({ edits, calls }) => expect(planWrites(edits)).toHaveLength(calls));

  test("a column that no edit names is not written along", () => {
    const edits = rows(2, 200, 2).flatMap((r) => [edit(r, 2), edit(r, 4)]);
    expect([...carryOut(edits).written].some((place) => place.endsWith(":3"))).toBe(false);
  });

  describe("rows put in at two places", () => {
    const edits = [2, 3, 8, 9].flatMap((r) => [2, 4, 6, 8].map((c) => edit(r, c)));
    const rowsOf = (written: ReadonlySet<string>) => new Set([...written].map((place) => Number(place.split(":")[0])));

    test("with a filled row between: a call each, and nothing of the row is written", () => {
      const isEmpty = (row: number) => row !== 5;
      const { cells, written } = carryOut(edits, isEmpty);
      expect(rowsOf(written)).toEqual(new Set([2, 3, 8, 9]));
      expect([...cells].filter(([, value]) => value !== "")).toHaveLength(edits.length);
      expect(planWrites(edits, isEmpty)).toHaveLength(2);
    });

    test("at many places among filled rows: where single calls would be more, the columns that edits name alone", () => {
      const many = rows(2, 200, 2).flatMap((r) => [edit(r, 2), edit(r, 4)]);
      const { written } = carryOut(many, (row) => row % 2 === 0);
      expect(planWrites(many, (row) => row % 2 === 0).length).toBeLessThanOrEqual(4);
      expect([...written].some((place) => place.endsWith(":3"))).toBe(false);
    });

    test("with nothing between: one call", () => expect(planWrites(edits, () => true)).toHaveLength(1));
  });
});

describe("areas", () => {
  const cellsOf = (areas: readonly { top: number; left: number; bottom: number; right: number }[]) =>
    areas.flatMap(({ top, left, bottom, right }) =>
      rows(top, bottom).flatMap((row) => rows(left, right).map((column) => `${row}:${column}`)),
    );
  const area = fc
    .tuple(...([9, 9, 4, 4] as const).map((max) => fc.integer({ min: 1, max })))
    .map(([top = 1, left = 1, height = 1, width = 1]) => ({
      top,
      left,
      bottom: top + height - 1,
      right: left + width - 1,
    }));

  test("exact areas hold the cells once each", () => {
    const cells = fc.uniqueArray(fc.record({ row: fc.nat(9), column: fc.nat(9) }), {
      selector: ({ row, column }) => `${row}:${column}`,
    });
    fc.assert(
      fc.property(cells, (given) => {
        expect(cellsOf(exactAreas(given)).sort()).toEqual(given.map(({ row, column }) => `${row}:${column}`).sort());
      }),
    );
  });

  test("what is subtracted is gone, the rest stays", () => {
    fc.assert(
      fc.property(area, area, (whole, hole) => {
        const gone = new Set(cellsOf([hole]));
        expect(cellsOf(subtract(whole, hole)).sort()).toEqual(
          cellsOf([whole])
            .filter((c) => !gone.has(c))
            .sort(),
        );
      }),
    );
  });

  test("neighbours become one", () => {
    const columns = rows(1, 60).map((column) => ({ top: 2, left: column, bottom: 900, right: column }));
    expect(mergeNeighbours(columns)).toEqual([{ top: 2, left: 1, bottom: 900, right: 60 }]);
    fc.assert(
      fc.property(area, area, (whole, hole) => {
        const parts = subtract(whole, hole);
        expect(cellsOf(mergeNeighbours(parts)).sort()).toEqual(cellsOf(parts).sort());
      }),
    );
  });
});

test("of two edits of one cell the later counts", () => {
  const edits = ["先", "后"].map((value) => ({ row: 2, column: 3, value }));
  const area = { top: 2, left: 3, bottom: 2, right: 3 };
  expect(planWrites(edits)).toEqual([{ kind: "block", area, values: [["后"]] }]);
});
