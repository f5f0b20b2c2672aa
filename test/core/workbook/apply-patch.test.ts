import { describe, expect, test } from "vitest";
import { applyPatch, applySheetPatch, trimRows } from "../../../apps-script/core/workbook/apply-patch.ts";
import {
  emptySnapshot,
  noteKey,
  type SheetPatch,
  type SheetSnapshot,
} from "../../../apps-script/core/workbook/port.ts";

const sheet: SheetSnapshot = {
  name: "表",
  hidden: false,
  rows: [
    ["头", "b"],
    ["一", 1],
    ["二", 2],
  ],
  notes: new Map([
    [noteKey(1, 1), "头注"],
    [noteKey(3, 2), "注"],
  ]),
  shown: new Map<string, string | null>([
    [noteKey(2, 2), "001"],
    [noteKey(3, 2), null],
  ]),
};
const patched = (patch: Omit<SheetPatch, "name">) => applySheetPatch(sheet, { name: "表", ...patch });

describe("a patch of a sheet", () => {
  test("rows put in push down cells, notes and shown texts, and later coordinates count them", () => {
    const made = patched({
      insertRows: [
        { before: 2, count: 1 },
        { before: 2, count: 1 },
        { before: 3, count: 1 },
      ],
      edits: [{ row: 3, column: 2, value: "新" }],
    });
    expect(made.rows).toEqual([["头", "b"], [], [null, "新"], ["一", 1], [], ["二", 2]]);
    expect([...made.notes]).toEqual([
      ["1:1", "头注"],
      ["6:2", "注"],
    ]);
    expect([...(made.shown ?? [])]).toEqual([
      ["4:2", "001"],
      ["6:2", null],
    ]);
  });

  test("what is cleared takes its notes and shown texts along, the row above keeps them", () => {
    const made = patched({ clearFrom: 3 });
    expect(made.rows).toEqual([
      ["头", "b"],
      ["一", 1],
    ]);
    expect([...made.notes.keys()]).toEqual(["1:1"]);
    expect([...(made.shown?.keys() ?? [])]).toEqual(["2:2"]);
    expect(patched({ clearFrom: 2 }).shown).toBeUndefined();
    expect(patched({ clearFrom: 9 }).rows).toEqual(sheet.rows);
  });

  test("edits reach beyond what is there; a text shown is gone with the number; empty ends go", () => {
    const made = patched({
      edits: [
        { row: 2, column: 2, value: 7 },
        { row: 5, column: 3, value: "远" },
        { row: 3, column: 2, value: null },
        { row: 3, column: 1, value: "" },
      ],
    });
    expect(made.rows).toEqual([["头", "b"], ["一", 7], [], [], [null, null, "远"]]);
    expect(made.shown).toBeUndefined();
    expect(sheet.rows[1]).toEqual(["一", 1]);
  });

  test("notes are set and taken off; a layout may hide the sheet", () => {
    const made = patched({
      notes: [
        { row: 1, column: 1, text: null },
        { row: 2, column: 1, text: "新注" },
      ],
      layout: { hidden: true },
    });
    expect(Object.fromEntries(made.notes)).toEqual({ "3:2": "注", "2:1": "新注" });
    expect(made.hidden).toBe(true);
    expect(patched({ layout: {} }).hidden).toBe(false);
  });

  test.for([
    { row: 0, column: 1 },
    { row: 1, column: 0 },
  ])("no cell stands at row $row, column $column", ({ row, column }) =>
    expect(() => patched({ edits: [{ row, column, value: 1 }] })).toThrow(`表 ${row}:${column}`),
  );
});

describe("a patch of a workbook", () => {
  const names = (patch: SheetPatch) =>
    applyPatch({ sheets: [sheet] }, { sheets: [patch] }).sheets.map(({ name }) => name);
  test("makes a sheet where it is told to, at the end where the other is missing, and never unasked", () => {
    expect(names({ name: "新", createBefore: "表" })).toEqual(["新", "表"]);
    expect(names({ name: "新", createBefore: null })).toEqual(["表", "新"]);
    expect(names({ name: "新", createBefore: "没有" })).toEqual(["表", "新"]);
    expect(names({ name: "表", createBefore: null })).toEqual(["表"]);
    expect(() => names({ name: "新" })).toThrow("no sheet 新");
    expect(applyPatch(emptySnapshot, { sheets: [] })).toEqual(emptySnapshot);
  });

  test("two patches of one sheet follow each other", () => {
    const edit = (row: number) => ({ name: "表", edits: [{ row, column: 1, value: row }] });
    expect(applyPatch({ sheets: [sheet] }, { sheets: [edit(2), edit(4)] }).sheets[0]?.rows).toEqual([
      ["头", "b"],
      [2, 1],
      ["二", 2],
      [4],
    ]);
  });
});

test("empty cells and rows are trimmed at the ends alone", () => {
  expect(trimRows([[], ["", 0, null, ""], [null], ["a", ""], ["", null], []])).toEqual([[], ["", 0], [], ["a"]]);
});
