import { describe, expect, test } from "vitest";
import type { SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { SpreadsheetModel } from "../../../node-tools/local-sheets/services/spreadsheet/model.ts";
import { describeSheet, inputOf, pictureRows } from "../../../node-tools/local-sheets/view/spreadsheet-picture.ts";

const owner = "admin@example.org";
const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

function modelOf(patch: Omit<SheetPatch, "name">, ...more: SheetPatch[]): SpreadsheetModel {
  const model = SpreadsheetModel.fromPatch({ sheets: [{ name: "案例", createBefore: null, ...patch }, ...more] });
  const rights: Record<string, "owner" | "edit" | "view"> = { [owner]: "owner", a: "edit", v: "view" };
  const access = {
    rightOf: (user: string) => rights[user],
    owner: () => owner,
    isOfDomain: () => false,
    editors: () => ["a"],
  };
  model.attach({ access, now: Date.now });
  return model;
}

const picture = (model: SpreadsheetModel, top: number, bottom: number, user = owner) =>
  pictureRows(model, model.sheets[0]!, { top, bottom }, user);
const cell = (row: number, column: number, value: string | number) => ({ row, column, value });

describe("how large a sheet is shown", () => {
  test.for([
    { last: [1, 1], rows: 60, columns: 20 },
    { last: [40, 18], rows: 60, columns: 20 },
    { last: [41, 19], rows: 61, columns: 21 },
    { last: [990, 25], rows: 1_000, columns: 26 },
  ])("filled to $last: $rows rows, $columns columns", ({ last: [row = 1, column = 1], rows, columns }) => {
    const model = modelOf({ edits: [cell(row, column, "甲")] });
    expect(describeSheet(model.sheets[0]!)).toMatchObject({ rows, columns });
  });

  test("columns that are laid out are shown though they are empty; hidden ones have no width", () => {
    const widths = [
      { column: 24, width: 10 },
      { column: 2, width: 10, hidden: true },
    ];
    const { columns, widths: shown } = describeSheet(modelOf({ layout: { widths } }).sheets[0]!);
    expect(columns).toBe(24);
    expect(Object.keys(shown).sort()).toEqual(["2", "24"]);
    expect(shown[24]).toBeGreaterThan(20);
    expect(shown[2]).toBe(0);
  });
});

describe("the cells of a window", () => {
  test("its own rows alone, and only cells that show something", () => {
    const model = modelOf({ edits: [cell(1, 1, "a"), cell(2, 2, "b"), cell(3, 1, "c"), cell(4, 1, "d")] });
    expect(picture(model, 2, 3).rows).toEqual({ 2: { 2: { t: "b" } }, 3: { 1: { t: "c" } } });
    expect(picture(model, 5, 9).rows).toEqual({});
  });

  test.for([
    { value: 1, right: true },
    { value: { kind: "date", iso: "2025-07-15" }, right: true },
    { value: "1a", right: false },
    { value: { kind: "formula", formula: "NA()", result: null }, right: false },
  ] as const)("$value stands at the right: $right", ({ value, right }) => {
    const model = modelOf({ edits: [{ row: 1, column: 1, value }] });
    expect(picture(model, 1, 1).rows[1]?.[1]?.right === true).toBe(right);
  });

  test("one style and one list however many cells have it", () => {
    const fill = { area: area(1, 1, 3, 1), style: { fill: "2F5D86" } };
    const choice = { kind: "list", source: ["城市", "乡村"], strict: true } as const;
    const validations = [{ area: area(1, 2, 3, 2), validation: choice }];
    const { styles, lists, rows } = picture(modelOf({ layout: { styles: [fill], validations } }), 1, 9);
    expect(styles).toHaveLength(1);
    expect(lists).toEqual([["城市", "乡村"]]);
    expect(rows[3]).toEqual({ 1: { s: 0 }, 2: { list: 0 } });
    expect(rows[4]).toBeUndefined();
  });

  test("the entries of a list that stands in another sheet, as they are shown there, to its last filled row", () => {
    const list: SheetPatch = {
      name: "清单",
      createBefore: null,
      edits: [cell(1, 1, "名称"), cell(2, 1, "甲"), cell(4, 1, 0.5)],
      layout: { styles: [{ area: area(4, 1, 4, 1), style: { numberFormat: "0%" } }] },
    };
    const validation = { kind: "list", source: "清单!$A$2:$A$100", strict: true } as const;
    const model = modelOf({ layout: { validations: [{ area: area(1, 1, 2, 1), validation }] } }, list);
    expect(picture(model, 1, 3)).toEqual({
      styles: [],
      lists: [["甲", "50%"]],
      rows: { 1: { 1: { list: 0 } }, 2: { 1: { list: 0 } } },
    });
  });

  test.for([
    { user: owner, locked: false },
    { user: "a", locked: true },
    { user: "v", locked: true },
  ])("$user finds a protected sheet locked: $locked", ({ user, locked }) => {
    const model = modelOf({ edits: [cell(1, 1, "a")], layout: { protected: true } });
    expect(picture(model, 1, 1, user).rows[1]?.[1]?.locked === true).toBe(locked);
  });

  test.for([
    { user: "a", locked: false },
    { user: "v", locked: true },
  ])("$user finds a sheet without protection locked: $locked", ({ user, locked }) => {
    expect(picture(modelOf({ edits: [cell(1, 1, "a")] }), 1, 1, user).rows[1]?.[1]?.locked === true).toBe(locked);
  });
});

test("styles that are laid one over the other change what they name alone", () => {
  const styles = [
    { area: area(1, 1, 1, 1), style: { font: { name: "SimSun", size: 20, color: "FF0000" }, fill: "aabbcc" } },
    { area: area(1, 1, 1, 1), style: { font: { bold: true } } },
  ];
  const [css] = picture(modelOf({ layout: { styles } }), 1, 1).styles;
  for (const part of ["SimSun", "#FF0000", "#AABBCC", "font-weight"]) expect(css).toContain(part);
});

describe("formats by formula", () => {
  const red = { fill: "FBE0DD" };
  const isRed = (model: SpreadsheetModel, row: number, column: number, top = row, bottom = row) => {
    const { styles, rows } = picture(model, top, bottom);
    return (styles[rows[row]?.[column]?.s ?? -1] ?? "").includes("#FBE0DD");
  };

  test.for([
    { row: 1, column: 1, holds: false },
    { row: 2, column: 1, holds: true },
    { row: 2, column: 3, holds: true },
    { row: 2, column: 4, holds: false },
    { row: 3, column: 1, holds: false },
    { row: 5, column: 3, holds: true },
    { row: 6, column: 1, holds: false },
  ])("row $row column $column: $holds", ({ row, column, holds }) => {
    const model = modelOf({
      edits: [1, 2, 4, 5, 6].map((each) => cell(each, 3, "乡村")),
      layout: { conditionalFormats: [{ area: area(2, 1, 5, 3), formula: '$C2="乡村"', style: red }] },
    });
    expect(isRed(model, row, column)).toBe(holds);
    expect(isRed(model, row, column, 1, 9)).toBe(holds);
  });

  test.for([
    { formula: "A1>1", holds: [false, true, true] },
    { formula: "COLUMN()=2", holds: [false, true, false] },
    { formula: '$A1="A1"', holds: [false, false, false] },
    { formula: "$A1", holds: [true, true, true] },
    { formula: "$A1-1", holds: [false, false, false] },
  ])("$formula is judged for each cell, or once a row where it says the same of all", ({ formula, holds }) => {
    const model = modelOf({
      edits: [cell(1, 1, 1), cell(1, 2, 2), cell(1, 3, 3)],
      layout: { conditionalFormats: [{ area: area(1, 1, 1, 3), formula, style: red }] },
    });
    expect([1, 2, 3].map((column) => isRed(model, 1, column))).toEqual(holds);
  });

  test("the first that holds wins", () => {
    const model = modelOf({
      edits: [cell(1, 1, 1)],
      layout: {
        conditionalFormats: [
          { area: area(1, 1, 1, 1), formula: "A1=1", style: { fill: "111111" } },
          { area: area(1, 1, 1, 1), formula: "A1>0", style: { fill: "222222", font: { bold: true } } },
        ],
      },
    });
    const [style] = picture(model, 1, 1).styles;
    expect(style).toContain("#111111");
    expect(style).not.toContain("#222222");
    expect(style).toContain("font-weight");
  });
});

test.for([
  { value: { kind: "formula", formula: "1+1", result: null }, input: "=1+1" },
  { value: "=甲", input: "'=甲" },
  { value: 0.5, input: "0.5" },
  { value: null, input: "" },
] as const)("what is typed to get $value", ({ value, input }) => {
  const model = modelOf({ edits: [{ row: 1, column: 1, value }, cell(2, 2, "x")] });
  expect(inputOf(model, model.sheets[0]!, 1, 1)).toBe(input);
});

test.for([
  { formula: 'HYPERLINK("https://example.org/a","看")', link: "https://example.org/a" },
  { formula: 'HYPERLINK( "https://example.org/""b""" , "看")', link: 'https://example.org/"b"' },
  { formula: '"前"&HYPERLINK("https://example.org/a","看")', link: undefined },
  { formula: 'HYPERLINK("#gid=999&range=B5","看")', link: "#gid=999&range=B5" },
])("$formula leads to $link", ({ formula, link }) => {
  const model = modelOf({ edits: [{ row: 1, column: 1, value: { kind: "formula", formula, result: null } }] });
  expect(picture(model, 1, 1).rows[1]?.[1]?.link).toBe(link);
});

test("a link into another sheet bears its name, quotes doubled", () => {
  const value = { kind: "link", text: '看"这里"', target: "#'乙''丙'!B5" } as const;
  const model = modelOf({ edits: [{ row: 1, column: 1, value }] }, { name: "乙'丙", createBefore: null });
  expect(picture(model, 1, 1).rows[1]?.[1]).toMatchObject({ t: '看"这里"', link: "#'乙''丙'!B5" });
});
