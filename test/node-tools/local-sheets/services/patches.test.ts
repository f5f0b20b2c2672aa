import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 as notice } from "../../../../apps-script/core/notice/ningxia-2025.ts";
import { applyPatch } from "../../../../apps-script/core/workbook/apply-patch.ts";
import {
  emptySnapshot,
  noteKey,
  type PlainValue,
  type SheetPatch,
  type WorkbookPatch,
} from "../../../../apps-script/core/workbook/port.ts";
import type { Result } from "../../../../node-tools/local-sheets/services/spreadsheet/calculator.ts";
import { SpreadsheetModel } from "../../../../node-tools/local-sheets/services/spreadsheet/model.ts";
import { describeWorkbookPort } from "../../../contract/workbook-port.ts";

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

/** The port lets a host keep the results that another program has calculated; here they are given. */
const resultsGiven = new Map<string, Result>([
  [`IF(A2="","缺少<标题>",COUNTIF('单位'!$A$2:$A$9,B2))`, "缺少<标题>"],
  ["A2+1", 12.5],
  ["A2>1", false],
  ["ARRAY_CONSTRAIN(ARRAYFORMULA(SUM(A2:A3*B2:B3)),1,1)", 0],
]);

describeWorkbookPort("the local Sheets' model", async () => {
  const model = new SpreadsheetModel((source) => ({
    valueOf(sheet, row, column) {
      const cell = source.cell(sheet, row, column);
      return "formula" in cell ? (resultsGiven.get(cell.formula) ?? 1) : cell.value;
    },
    evaluate: () => true,
    invalidate: () => {},
  }));
  return {
    apply: async (patch) => model.apply(patch),
    reopen: async () => model.toSnapshot(),
  };
});

const everything: SheetPatch = {
  name: "案例",
  createBefore: null,
  edits: [
    { row: 1, column: 1, value: "题目" },
    { row: 3, column: 2, value: 7 },
    { row: 4, column: 1, value: { kind: "date", iso: "2025-07-15" } },
    { row: 4, column: 2, value: { kind: "time", seconds: 1053 } },
    { row: 5, column: 1, value: { kind: "link", text: "材料", target: "https://example.org/a" } },
    { row: 5, column: 2, value: { kind: "error", code: "#N/A" } },
    { row: 6, column: 2, value: { kind: "formula", formula: "SUM(B3:B3)", result: 7 } },
    {
      row: 7,
      column: 2,
      value: { kind: "formula", formula: "B3:B4*2", result: 14, array: area(7, 2, 8, 2) },
    },
  ],
  notes: [{ row: 3, column: 2, text: "整数" }],
  layout: {
    hidden: false,
    tabColor: "4472C4",
    widths: [
      { column: 1, width: 30 },
      { column: 2, width: 8, hidden: true },
    ],
    heights: [{ row: 1, height: 27 }],
    frozen: { rows: 2, columns: 1 },
    filter: area(2, 1, 20, 2),
    styles: [
      {
        area: area(1, 1, 1, 2),
        style: {
          font: { name: "微软雅黑", size: 10, bold: true, color: "FFFFFF" },
          fill: "2F5D86",
          horizontal: "center",
          vertical: "middle",
          wrap: true,
          border: "thin",
          borderColor: "D5DCE4",
        },
      },
      { area: area(4, 1, 4, 1), style: { numberFormat: "yyyy-mm-dd" } },
      { area: area(4, 2, 4, 2), style: { numberFormat: "[h]:mm:ss" } },
      { area: area(5, 3, 20, 3), style: { fill: "FFFBEA", numberFormat: "@", border: "medium", indent: 1 } },
      { area: area(5, 3, 20, 3), style: { locked: false } },
    ],
    merges: [area(1, 4, 1, 5)],
    validations: [
      {
        area: area(2, 1, 20, 1),
        validation: { kind: "list", source: ["是", "否"], strict: true, message: "请选择" },
      },
      { area: area(2, 2, 20, 2), validation: { kind: "number", min: 0, max: 9, message: "0–9", integer: true } },
      { area: area(2, 3, 20, 3), validation: { kind: "custom", formula: "LEN(C2)<100", message: "太长" } },
      { area: area(2, 4, 20, 4), validation: { kind: "list", source: "'单位'!$B$2:$B$60", strict: false } },
    ],
    conditionalFormats: [
      {
        area: area(2, 1, 20, 2),
        formula: '$B2="否"',
        style: { fill: "FFEB9C", font: { color: "A3281C", bold: true } },
      },
    ],
    protected: true,
    print: { landscape: true, titleRows: [1, 1], footer: "评案簿" },
  },
};

test("every look of the port comes back", () => {
  const patch: WorkbookPatch = {
    sheets: [everything, { name: "单位", createBefore: null, edits: [], layout: { hidden: true } }],
    properties: { title: "评案簿" },
  };
  expect(SpreadsheetModel.fromPatch(patch).toPatch()).toEqual(patch);
});

test("what an array formula shows is read, and is not written over it when loaded", () => {
  const model = SpreadsheetModel.fromPatch({
    sheets: [{ ...everything, edits: [...(everything.edits ?? []), { row: 8, column: 2, value: 99 }] }],
  });
  expect(model.toSnapshot().sheets[0]?.rows[7]).toEqual([null, expect.closeTo((2 * 1053) / 86_400, 12)]);
  expect(model.toPatch().sheets[0]?.edits).toEqual(everything.edits);
});

test("a protected sheet of a file is open to its owner, and to editors where it is unlocked", () => {
  const model = SpreadsheetModel.fromPatch({ sheets: [everything] });
  model.attach({
    access: {
      rightOf: (user) => (user === "owner" ? "owner" : "edit"),
      owner: () => "owner",
      editors: () => ["editor"],
      isOfDomain: () => false,
    },
    now: () => 0,
  });
  const sheet = model.sheets[0];
  if (!sheet) throw new Error("no sheet");
  expect([area(1, 1, 1, 1), area(5, 3, 20, 3)].map((each) => model.mayWrite(sheet, each, "editor"))).toEqual([
    false,
    true,
  ]);
  expect(model.mayWrite(sheet, area(1, 1, 1, 1), "owner")).toBe(true);
});

describe("snapshots", () => {
  const value: fc.Arbitrary<PlainValue> = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
    fc.constantFrom("=1+1", "'x", "2025-07-15", "00123", "TRUE"),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    fc.boolean(),
    fc.record({ kind: fc.constant("date" as const), iso: fc.constantFrom("2025-07-15", "2024-02-29T23:59:59") }),
    fc.record({ kind: fc.constant("time" as const), seconds: fc.nat(100_000) }),
  );
  const place = { row: fc.integer({ min: 1, max: 12 }), column: fc.integer({ min: 1, max: 5 }) };
  const sheetPatch = fc.record(
    {
      name: fc.constantFrom("案例", "单位"),
      createBefore: fc.constantFrom(null, "案例"),
      insertRows: fc.array(fc.record({ before: fc.integer({ min: 1, max: 9 }), count: fc.integer({ min: 1, max: 3 }) }), { maxLength: 3 }), // biome-ignore format: one array
      clearFrom: fc.integer({ min: 1, max: 9 }),
      edits: fc.array(fc.record({ ...place, value: fc.option(value, { freq: 5 }) }), { maxLength: 15 }),
      notes: fc.array(fc.record({ ...place, text: fc.constantFrom(null, "批注", "另一条") }), { maxLength: 5 }),
    },
    { requiredKeys: ["name", "createBefore"] },
  );

  test("after any patches equal those of the port", () => {
    fc.assert(
      fc.property(fc.array(sheetPatch, { minLength: 1, maxLength: 6 }), (patches) => {
        const model = new SpreadsheetModel();
        let expected = emptySnapshot;
        for (const patch of patches) {
          // Notes below the last row with a value stay where they are in plain snapshots: here every row has one.
          const { insertRows, ...rest } = patch as SheetPatch;
          const full: SheetPatch[] = [{ ...rest }, ...(insertRows ? [{ name: patch.name, insertRows }] : [])];
          const filler = { name: patch.name, edits: [{ row: 13, column: 1, value: "末行" }] };
          for (const sheets of [full[0], filler, full[1]].flatMap((each) => (each ? [[each]] : []))) {
            model.apply({ sheets });
            expected = applyPatch(expected, { sheets });
          }
        }
        expect(model.toSnapshot()).toEqual(expected);
        expect(SpreadsheetModel.fromPatch(model.toPatch()).toSnapshot()).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

test("the application workbook goes in and out, its looks included", () => {
  const model = SpreadsheetModel.fromPatch(newApplicationWorkbook(notice));
  const once = model.toPatch();
  const again = SpreadsheetModel.fromPatch(once).toPatch();
  expect(again).toEqual(once);
  expect(once.sheets.every(({ layout }) => (layout?.styles?.length ?? 0) < 600)).toBe(true);
  expect(model.toSnapshot().sheets[0]?.notes.get(noteKey(1, 1))).toBeUndefined();
});
