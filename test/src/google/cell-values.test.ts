import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import {
  formatOf,
  fromSheetValue,
  literalText,
  noSheetIds,
  type SheetIds,
  serialInScriptZone,
  toSheetValue,
} from "../../../apps-script/src/google/cell-values.ts";

const sheets: SheetIds = {
  idOf: (name) => ({ 案例: 11, "甲's": 12 })[name],
  nameOf: (id) => ({ 11: "案例", 12: "甲's" })[id],
};

describe("values for setValues", () => {
  test.for<[CellValue, string | number | boolean]>([
    [null, ""],
    ["", ""],
    ["普通文字", "普通文字"],
    ["两\r\n行\u0000", "两\n行"],
    ["00123", "'00123"],
    ["2025-07-15", "'2025-07-15"],
    ["第３届", "'第３届"],
    ["=1+1", "'=1+1"],
    [" =A1", "' =A1"],
    ["\u3000＝A1", "'\u3000＝A1"],
    ["+A", "'+A"],
    ["-A", "'-A"],
    ["@A", "'@A"],
    ["'引号", "''引号"],
    ["true", "'true"],
    ["True story", "True story"],
    [12.5, 12.5],
    [false, false],
    [{ kind: "date", iso: "1900-01-01" }, 2],
    [{ kind: "date", iso: "2025-07-15T12:00:00" }, 45853.5],
    [{ kind: "time", seconds: 86_400 }, 1],
    [{ kind: "error", code: "#N/A" }, "=NA()"],
    [{ kind: "error", code: "#REF!" }, "=#REF!"],
    [{ kind: "formula", formula: "A1+1", result: 3 }, "=A1+1"],
    [
      { kind: "formula", formula: "A1:A3*2", result: null, array: { top: 5, left: 2, bottom: 7, right: 2 } },
      "=ARRAY_CONSTRAIN(ARRAYFORMULA(A1:A3*2),3,1)",
    ],
    [{ kind: "link", text: '第"5"行', target: "#'案例'!B5" }, '=HYPERLINK("#gid=11&range=B5","第""5""行")'],
    [{ kind: "link", text: "甲", target: "#'甲''s'!B5" }, '=HYPERLINK("#gid=12&range=B5","甲")'],
    [{ kind: "link", text: "9", target: "#'没有'!B5" }, "'9"],
    [{ kind: "link", text: "网", target: "https://example.org/" }, '=HYPERLINK("https://example.org/","网")'],
  ])("%j → %j", ([value, expected]) => expect(toSheetValue(value, sheets)).toBe(expected));

  test.for([Number.NaN, Number.POSITIVE_INFINITY])("%d is refused", (value) =>
    expect(() => toSheetValue(value, sheets)).toThrow(RangeError),
  );

  test("any text, as Sheets takes what is typed, stays that text", () => {
    // What begins with an apostrophe is the rest of it; other texts stay when nothing in them could be parsed.
    const typed = (text: string) => (text.startsWith("'") ? text.slice(1) : /^[=+@-]|\d/.test(text) ? "parsed" : text);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(typed(literalText(text))).toBe(text);
      }),
    );
  });
});

describe("values of getValues", () => {
  const local = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts);
  test.for<{ value: unknown; formula?: string | undefined; cell: CellValue }>([
    { value: "", formula: "", cell: null },
    { value: "#N/A", formula: "", cell: "#N/A" },
    { value: "#N/A", formula: undefined, cell: { kind: "error", code: "#N/A" } },
    { value: 3, formula: undefined, cell: 3 },
    { value: local(2025, 6, 15), formula: "", cell: { kind: "date", iso: "2025-07-15" } },
    { value: local(2024, 1, 29, 23, 59, 59), formula: "", cell: { kind: "date", iso: "2024-02-29T23:59:59" } },
    { value: local(1899, 11, 30, 0, 17, 33), formula: "", cell: { kind: "time", seconds: 1053 } },
    { value: local(1899, 11, 31, 2), formula: "", cell: { kind: "time", seconds: 93_600 } },
    { value: { picture: true }, formula: "", cell: null },
    { value: "#REF!", formula: "=#REF!", cell: { kind: "error", code: "#REF!" } },
    { value: "#N/A", formula: "=NA()", cell: { kind: "error", code: "#N/A" } },
    {
      value: "#DIV/0!",
      formula: "=1/0",
      cell: { kind: "formula", formula: "1/0", result: { kind: "error", code: "#DIV/0!" } },
    },
    { value: "", formula: '=""', cell: { kind: "formula", formula: '""', result: null } },
    {
      value: "第 5 行",
      formula: '=HYPERLINK("#gid=12&range=B5","第 5 行")',
      cell: { kind: "link", text: "第 5 行", target: "#'甲''s'!B5" },
    },
    {
      value: "x",
      formula: '=HYPERLINK("#gid=99&range=B5","x")',
      cell: { kind: "link", text: "x", target: "#gid=99&range=B5" },
    },
    {
      value: 4,
      formula: "=ARRAY_CONSTRAIN(ARRAYFORMULA(SUM(A1:A3*2)),3,2)",
      cell: { kind: "formula", formula: "SUM(A1:A3*2)", result: 4, array: { top: 7, left: 3, bottom: 9, right: 4 } },
    },
  ])("$value $formula", ({ value, formula, cell }) =>
    expect(fromSheetValue(value, formula, 7, 3, sheets, serialInScriptZone)).toEqual(cell),
  );

  test("a formula that was written comes back", () => {
    const links = fc.record({
      kind: fc.constant("link" as const),
      text: fc.string({ unit: "grapheme", minLength: 1 }),
      target: fc.webUrl(),
    });
    fc.assert(
      fc.property(links, (link) => {
        expect(
          fromSheetValue(link.text, String(toSheetValue(link, noSheetIds)), 1, 1, noSheetIds, serialInScriptZone),
        ).toEqual(link);
      }),
    );
  });
});

test.for<[CellValue, string | undefined]>([
  ["2025-07-15", undefined],
  [{ kind: "date", iso: "2025-07-15" }, "yyyy-mm-dd"],
  [{ kind: "date", iso: "2025-07-15T08:00:00" }, "yyyy-mm-dd hh:mm:ss"],
  [{ kind: "time", seconds: 1 }, "[h]:mm:ss"],
  [{ kind: "formula", formula: "TODAY()", result: { kind: "date", iso: "2025-07-15" } }, "yyyy-mm-dd"],
])("the number format of %j is %j", ([value, format]) => expect(formatOf(value)).toBe(format));
