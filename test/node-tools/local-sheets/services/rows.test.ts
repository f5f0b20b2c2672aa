import { beforeEach, describe, expect, test } from "vitest";
import type { WorkbookPatch } from "../../../../apps-script/core/workbook/port.ts";
import { makeWorld, officer, refusal } from "./spreadsheet-world.ts";

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const content: WorkbookPatch = {
  sheets: [
    {
      name: "案例",
      createBefore: null,
      edits: [
        ...[1, 2, 3, 4, 5, 6].map((row) => ({ row, column: 1, value: row * 10 })),
        { row: 5, column: 2, value: { kind: "formula", formula: "SUM(A2:A5)+$A$3", result: null } },
      ],
      notes: [{ row: 4, column: 1, text: "第四行" }],
      layout: {
        heights: [{ row: 4, height: 30 }],
        styles: [
          { area: area(1, 1, 1, 3), style: { font: { bold: true } } },
          { area: area(2, 1, 6, 1), style: { numberFormat: "0.0" } },
        ],
        merges: [area(5, 3, 6, 4)],
        filter: area(1, 1, 6, 2),
        validations: [
          { area: area(2, 5, 6, 5), validation: { kind: "custom", formula: "E2>$A2", message: "大于" } },
          { area: area(2, 6, 6, 6), validation: { kind: "list", source: "'案例'!$A$2:$A$6", strict: true } },
        ],
        conditionalFormats: [{ area: area(2, 1, 6, 1), formula: "$A2>20", style: { fill: "FFEB9C" } }],
      },
    },
    {
      name: "统计",
      createBefore: null,
      edits: [
        { row: 1, column: 1, value: { kind: "formula", formula: '案例!A4&"案例!A4"', result: null } },
        { row: 2, column: 1, value: { kind: "link", text: "去", target: "#'案例'!B5" } },
      ],
    },
  ],
};

let world: ReturnType<typeof makeWorld>;
let sheet: GoogleAppsScript.Spreadsheet.Sheet;
beforeEach(() => {
  world = makeWorld(content);
  sheet = world.sheet;
});

/** What stands where, in few words. */
function describeSheet() {
  const [first, second] = world.model.toPatch().sheets;
  const layout = first?.layout;
  const formulas = [first, second].flatMap(({ edits } = { name: "" }) =>
    (edits ?? []).flatMap(({ row, value }) =>
      typeof value !== "object" || value === null || (value.kind !== "formula" && value.kind !== "link")
        ? []
        : [`${row}: ${value.kind === "link" ? value.target : value.formula}`],
    ),
  );
  return {
    formulas,
    notes: first?.notes?.map(({ row }) => row),
    heights: layout?.heights?.map(({ row }) => row),
    merges: layout?.merges,
    filter: layout?.filter,
    validations: layout?.validations?.map(({ area: { top, bottom }, validation }) => [
      top,
      bottom,
      validation.kind === "custom" ? validation.formula : validation.kind === "list" ? validation.source : "",
    ]),
    conditionalFormats: layout?.conditionalFormats?.map(({ area: at, formula }) => [at.top, at.bottom, formula]),
    protections: sheet.getProtections(world.app.ProtectionType.RANGE).map((each) => each.getRange().getA1Notation()),
  };
}

test("rows that come in move what is below, and references on every sheet follow", () => {
  sheet.getRange("A3:A4").protect();
  sheet.insertRowsBefore(4, 2);
  expect(describeSheet()).toEqual({
    formulas: ["7: SUM(A2:A7)+$A$3", '1: 案例!A6&"案例!A4"', "2: #'案例'!B7"],
    notes: [6],
    heights: [6],
    merges: [area(7, 3, 8, 4)],
    filter: area(1, 1, 8, 2),
    validations: [
      [2, 8, "E2>$A2"],
      [2, 8, "'案例'!$A$2:$A$8"],
    ],
    conditionalFormats: [[2, 8, "$A2>20"]],
    protections: ["A3:A6"],
  });
  expect(sheet.getRange("A1:A8").getValues().flat()).toEqual([10, 20, 30, "", "", 40, 50, 60]);
  expect(sheet.getRange("B7").getValues()).toEqual([[20 + 30 + 40 + 50 + 30]]);
});

test("rows that go take their references with them, and ranges shrink", () => {
  sheet.getRange("A3:A5").protect();
  sheet.deleteRows(4, 1);
  sheet.deleteRows(2, 1);
  expect(describeSheet()).toEqual({
    formulas: ["3: SUM(A2:A3)+$A$2", '1: 案例!#REF!&"案例!A4"', "2: #'案例'!B3"],
    notes: undefined,
    heights: undefined,
    merges: [area(3, 3, 4, 4)],
    filter: area(1, 1, 4, 2),
    validations: [
      [2, 4, "E2>$A2"],
      [2, 4, "'案例'!$A$2:$A$4"],
    ],
    conditionalFormats: [[2, 4, "$A2>20"]],
    protections: ["A2:A3"],
  });
  expect(sheet.getRange("A1:A4").getValues().flat()).toEqual([10, 30, 50, 60]);
});

describe("new rows", () => {
  test("look like the row that they are put after", () => {
    sheet.insertRowsAfter(1, 1);
    sheet.insertRowsAfter(7, 1);
    const styles = world.model.toPatch().sheets[0]?.layout?.styles;
    expect(styles?.map(({ area: { top, bottom }, style }) => [top, bottom, Object.keys(style)])).toEqual([
      [1, 2, ["font"]],
      [3, 8, ["numberFormat"]],
    ]);
  });

  test("may not come in between protected ones", () => {
    const protection = sheet.getRange("A3:A4").protect();
    protection.removeEditors(protection.getEditors());
    world.as(officer, () => {
      expect(() => sheet.insertRowsBefore(4, 1)).toThrow(refusal);
      expect(() => sheet.deleteRows(2, 2)).toThrow(refusal);
      sheet.insertRowsBefore(3, 1);
      sheet.insertRowsAfter(5, 1);
    });
    expect(protection.getRange().getA1Notation()).toBe("A4:A5");
  });
});

test("formulas follow a sheet's new name", () => {
  sheet.setName("案例 2025");
  sheet.setName("全部 案例");
  expect(describeSheet().formulas).toEqual(["5: SUM(A2:A5)+$A$3", `1: '全部 案例'!A4&"案例!A4"`, "2: #'全部 案例'!B5"]);
  expect(world.spreadsheet.getSheetByName("统计")?.getRange("A1").getValues()).toEqual([["40案例!A4"]]);
});

test("sheets are moved among each other", () => {
  const added = world.spreadsheet.insertSheet("说明", 0);
  expect(added.getIndex()).toBe(1);
  world.spreadsheet.setActiveSheet(sheet);
  world.spreadsheet.moveActiveSheet(3);
  expect(world.spreadsheet.getSheets().map((each) => each.getName())).toEqual(["说明", "统计", "案例"]);
});
