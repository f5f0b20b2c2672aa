import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SheetLayout } from "../../../apps-script/core/workbook/port.ts";
import { ownProtection, protectSheet } from "../../../apps-script/src/google/protect.ts";
import { writeLayout } from "../../../apps-script/src/google/write-layout.ts";

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

let calls: string[];
beforeEach(() => {
  calls = [];
  const BorderStyle = { SOLID: "SOLID", SOLID_MEDIUM: "SOLID_MEDIUM" };
  Object.assign(globalThis, {
    SpreadsheetApp: { ProtectionType: { SHEET: "SHEET" }, BorderStyle, newDataValidation: () => recorder("rule ") },
  });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, "SpreadsheetApp");
});

/** Writes down every call as `name(arguments)`; what is not among `answers` answers with itself. */
function recorder(at: string, answers: Readonly<Record<string, (...parameters: never[]) => unknown>> = {}): object {
  const recording: object = new Proxy(answers, {
    get:
      (_, name: string) =>
      (...parameters: unknown[]) => {
        if (name === "toJSON") return at.trim();
        const { [name]: answer } = answers;
        if (!name.startsWith("get")) calls.push(`${at}${name}(${JSON.stringify(parameters).slice(1, -1)})`);
        return answer ? answer(...(parameters as never[])) : recording;
      },
  });
  return recording;
}

/** The calls that a layout makes on a sheet that answers like this. */
function written(
  layout: Partial<SheetLayout>,
  answers: Readonly<Record<string, (...parameters: never[]) => unknown>> = {},
): string[] {
  const sheet = recorder("", {
    getFilter: () => null,
    getRange: (...place: number[]) => recorder(`${place.join(",")} `, { getMergedRanges: () => [] }),
    getRangeList: (places: string[]) => recorder(`${places.join(" ")} `),
    isSheetHidden: () => false,
    getColumnGroupDepth: () => 0,
    ...answers,
  });
  writeLayout(
    sheet as GoogleAppsScript.Spreadsheet.Sheet,
    layout as SheetLayout,
    () => undefined,
    (place, isProtected, styles) => protectSheet(place, isProtected, styles, ownProtection(place)),
  );
  return calls;
}

describe("a layout in calls", () => {
  test.for<{ name: string; layout: Partial<SheetLayout>; expected: string[] }>([
    {
      name: "neighbours of equal width at once, hidden columns",
      layout: {
        widths: [
          { column: 1, width: 10 },
          { column: 2, width: 10 },
          { column: 4, width: 10, hidden: true },
        ],
      },
      expected: ["setColumnWidths(1,2,75)", "setColumnWidths(4,1,75)", "hideColumns(4)"],
    },
    {
      name: "grouped columns as one group, another one apart",
      layout: {
        widths: [
          { column: 1, width: 10, grouped: true },
          { column: 2, width: 20, grouped: true },
          { column: 3, width: 20, grouped: false },
          { column: 4, width: 20, grouped: true },
        ],
      },
      expected: [
        "setColumnWidths(1,1,75)",
        "setColumnWidths(2,3,145)",
        "1,1,1,2 shiftColumnGroupDepth(1)",
        "1,4,1,1 shiftColumnGroupDepth(1)",
      ],
    },
    {
      name: "heights in pixels",
      layout: {
        heights: [
          { row: 2, height: 15 },
          { row: 1, height: 30 },
        ],
      },
      expected: ["setRowHeights(1,1,40)", "setRowHeights(2,1,20)"],
    },
    {
      name: "styles",
      layout: { styles: [{ area: area(1, 1, 2, 2), style: { fill: "FFFBEA", font: { size: 9, bold: true } } }] },
      expected: ["1,1,2,2 setFontSize(9)", 'A1:B2 setBackground("#FFFBEA")', 'A1:B2 setFontWeight("bold")'],
    },
    {
      name: "freezing that would cut merged cells ends before them",
      layout: { frozen: { rows: 3, columns: 1 }, merges: [area(3, 1, 4, 1)] },
      expected: ["setFrozenRows(2)", "setFrozenColumns(1)", "3,1,2,1 merge()"],
    },
    {
      name: "a filter where there is none",
      layout: { filter: area(2, 1, 9, 3) },
      expected: ["2,1,8,3 createFilter()"],
    },
    {
      name: "borders in their colour, black where none is given, and none",
      layout: {
        styles: [
          { area: area(1, 1, 1, 1), style: { border: "thin", borderColor: "D5DCE4" } },
          { area: area(2, 1, 2, 1), style: { border: "medium" } },
          { area: area(3, 1, 3, 1), style: { border: "none" } },
        ],
      },
      expected: [
        'A1 setBorder(true,true,true,true,true,true,"#D5DCE4","SOLID")',
        'A2 setBorder(true,true,true,true,true,true,"#000000","SOLID_MEDIUM")',
        "A3 setBorder(false,false,false,false,false,false)",
      ],
    },
    { name: "hiding", layout: { hidden: true }, expected: ["hideSheet()"] },
    { name: "one cell merges with nothing", layout: { merges: [area(1, 1, 1, 1)] }, expected: [] },
    {
      name: "more heights than 120 are left to Sheets",
      layout: { heights: Array.from({ length: 121 }, (_, i) => ({ row: i + 1, height: 15 + 3 * (i % 2) })) },
      expected: ["setRowHeights(1,1,20)"],
    },
  ])("$name", ({ layout, expected }) => {
    expect(written(layout).filter((call) => !call.startsWith("isSheetHidden"))).toEqual(expected);
  });

  test("whole numbers are judged in each column by its own cells", () => {
    const validation = { kind: "number", min: 0, max: 10, integer: true, message: "" } as const;
    const validations = [3, 5].map((column) => ({ area: area(2, column, 9, column), validation }));
    const asked = written({ validations }, { getMaxRows: () => 9 }).filter((call) => call.includes("Formula"));
    expect(asked).toEqual(["C2", "E2"].map((cell) => expect.stringContaining(`ISNUMBER(${cell})`)));
  });

  test("a filter that is on stays", () => {
    expect(written({ filter: area(2, 1, 9, 3) }, { getFilter: () => ({}) })).toEqual([]);
  });

  test.for(["You can't freeze columns which contain only part of a merged cell.", "无法冻结合并单元格的一部分"])(
    "where people have merged cells nothing is frozen: %s",
    (message) => {
      const refuse = () => {
        throw new Error(message);
      };
      expect(written({ frozen: { rows: 1, columns: 1 } }, { setFrozenRows: refuse })).toContain("setFrozenColumns(1)");
    },
  );

  test("another failure of freezing is one", () => {
    const refuse = () => {
      throw new Error("Service error");
    };
    expect(() => written({ frozen: { rows: 1, columns: 1 } }, { setFrozenRows: refuse })).toThrow("Service error");
  });
});

describe("the protection of a sheet", () => {
  const protection = (name: string, description: string) =>
    recorder(`${name} `, {
      getDescription: () => description,
      getEditors: () => [{ getEmail: () => "officer@example.org" }],
      canDomainEdit: () => true,
    });
  const protectedWith = (isProtected: boolean, present: readonly object[]) =>
    written(
      { protected: isProtected, styles: [{ area: area(2, 1, 3, 2), style: { locked: false } }] },
      {
        getProtections: () => present,
        protect: () => protection("new", ""),
        getParent: () => ({ getEditors: () => [{ getEmail: () => "officer@example.org" }] }),
      },
    ).filter((call) => !call.includes("canDomainEdit"));

  test("a new one shuts out everybody but owner and runner, and opens the unlocked cells", () => {
    expect(protectedWith(true, [protection("people's", "别动")])).toEqual([
      "protect()",
      "new setDomainEdit(false)",
      'new removeEditors(["officer@example.org"])',
      'new setDescription("评案簿")',
      'new setUnprotectedRanges(["2,1,2,2"])',
    ]);
  });

  test("ours that is there keeps its editors; people's is left alone", () => {
    const present = [protection("people's", "别动"), protection("ours", "评案簿")];
    expect(protectedWith(true, present)).toEqual(['ours setUnprotectedRanges(["2,1,2,2"])']);
  });

  test("lifting removes ours alone", () => {
    const present = [protection("first", "评案簿"), protection("people's", "别动")];
    expect(protectedWith(false, present)).toEqual(["first remove()"]);
  });
});

test("columns that people have grouped are not put into a second group", () => {
  const widths = [1, 2].map((column) => ({ column, width: 10, grouped: true }));
  expect(written({ widths }, { getColumnGroupDepth: () => 1 })).toEqual(["setColumnWidths(1,2,75)"]);
});
