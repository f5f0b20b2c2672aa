import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { cellAt, type Typed, typedSheets } from "./typed-source.ts";

function calculate(cells: Readonly<Record<string, Typed>>) {
  const sheets = typedSheets(cells);
  const calculation = new Calculation(sheets);
  return {
    calculation,
    value: (address: string) => {
      const { sheet, row, column } = cellAt(address);
      return calculation.valueOf(sheet, row, column);
    },
    type: (address: string, value: Typed) => calculation.invalidate([sheets.type(address, value)]),
    sheets,
  };
}

const broken = { error: "#REF!" };

describe("single cells of ranges", () => {
  test.for([
    { name: "the cell of the formula's own row", at: "B2", formula: "=A1:A3*10", expected: 20 },
    { name: "the cell of its own column", at: "A5", formula: "=A1:C1+1", expected: 2 },
    { name: "neither", at: "D9", formula: "=A1:A3*10", expected: { error: "#VALUE!" } },
    { name: "an empty cell stays empty", at: "D9", formula: "=F20", expected: null },
    { name: "a whole column", at: "D9", formula: "=SUM(A:A)", expected: 6 },
    { name: "a column from a row on", at: "D9", formula: "=SUM(A2:A)", expected: 5 },
    { name: "whole rows", at: "D9", formula: "=COUNT(1:2)", expected: 2 },
    { name: "another sheet", at: "D9", formula: "='另 表'!A1&\"!\"", expected: "好!" },
  ])("$name", ({ at, formula, expected }) => {
    const { value } = calculate({ A1: 1, A2: 2, A3: 3, "另 表!A1": "好", [at]: formula });
    expect(value(at)).toEqual(expected);
  });
});

describe("spills", () => {
  const cells = { A1: 1, A2: 2, A3: 3, B1: "=ARRAY_CONSTRAIN(ARRAYFORMULA(A1:A9*2),3,1)", C2: "=B2+1" };

  test("fill the cells below and feed other formulas", () => {
    const { value } = calculate(cells);
    expect(["B1", "B2", "B3", "B4", "C2"].map(value)).toEqual([2, 4, 6, null, 5]);
  });

  test("are blocked by a cell in the way, until it is emptied", () => {
    const { value, type } = calculate({ ...cells, B3: "挡" });
    expect(["B1", "B2", "B3", "C2"].map(value)).toEqual([broken, null, "挡", 1]);
    type("B3", null);
    expect(["B1", "B2", "B3", "C2"].map(value)).toEqual([2, 4, 6, 5]);
    type("B2", "再挡");
    expect(["B1", "B2", "C2"].map(value)).toEqual([broken, "再挡", { error: "#VALUE!" }]);
  });

  test("go with the formula", () => {
    const { value, type } = calculate(cells);
    expect(value("B3")).toBe(6);
    type("B1", null);
    expect(["B1", "B2", "B3", "C2"].map(value)).toEqual([null, null, null, 1]);
  });
});

describe("cycles", () => {
  test.for([
    { name: "its own cell", cells: { A1: "=A1+1" }, at: ["A1"] },
    { name: "a circle of three", cells: { A1: "=B1", B1: "=C1+1", C1: "=A1" }, at: ["C1", "A1", "B1"] },
    { name: "hidden by IFERROR", cells: { A1: "=IFERROR(A1,0)" }, at: ["A1"] },
  ])("$name", ({ cells, at }) => {
    const { value } = calculate(cells as Record<string, Typed>);
    expect(at.map(value)).toEqual(at.map(() => broken));
  });

  test("a long one", () => {
    const cells = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`A${i + 1}`, `=A${((i + 1) % 50) + 1}`]));
    expect(calculate(cells).value("A7")).toEqual(broken);
  });

  test("two circles that share a cell are one", () => {
    const { value } = calculate({ A1: "=COUNTIF(A:A,1)", A3: "=SUM(A1:B3)", B1: "=ARRAYFORMULA(A1:A2+1)" });
    expect(["A3", "A1", "B1", "B2"].map(value)).toEqual([broken, broken, broken, null]);
  });

  test("a branch not taken is none", () => {
    expect(calculate({ A1: "=IF(TRUE,1,A1)" }).value("A1")).toBe(1);
  });

  test("ends when a cell of it is typed over", () => {
    const { value, type } = calculate({ A1: "=B1+1", B1: "=A1+1" });
    expect(value("A1")).toEqual(broken);
    type("B1", 4);
    expect(value("A1")).toBe(5);
  });
});

test("a chain of thousands of cells is calculated", () => {
  const length = 5000;
  const sheets = typedSheets({}, { rows: length, columns: 1 });
  for (let row = 1; row < length; row += 1) sheets.type(`A${row}`, `=A${row + 1}+1`);
  expect(new Calculation(sheets).valueOf("表", 1, 1)).toBe(length - 1);
});

describe("a formula of a conditional format", () => {
  const { calculation } = calculate({ A1: "甲", B1: "乙", A5: 1, B5: 2, C5: 3 });
  test.for([
    { formula: "$A2=1", row: 5, column: 3, expected: true },
    { formula: "A2=3", row: 5, column: 3, expected: true },
    { formula: "A2=3", row: 5, column: 2, expected: false },
    { formula: 'A$1="乙"', row: 40, column: 2, expected: true },
    { formula: "ROW()", row: 7, column: 2, expected: 7 },
    { formula: "A1", row: 1, column: 1, expected: broken },
  ])("$formula in row $row, column $column", ({ formula, row, column, expected }) => {
    expect(calculation.evaluate(formula, "表", row, column, { row: 2, column: 1 })).toEqual(expected);
  });
});

describe("custom functions", () => {
  const sheets = typedSheets({ A1: "甲乙", A2: "丙", B1: "=CASE_WORDS(A1)", C1: "=CASE_WORDS(A1:A2)" });
  const length = (text: unknown) => String(text).length;
  const calculation = new Calculation(sheets, Date.now, {
    CASE_WORDS: (text) => (Array.isArray(text) ? text.map((row) => row.map(length)) : length(text)),
  });

  test("get a value or rows of values and spill what they give", () => {
    expect([calculation.valueOf("表", 1, 2), calculation.valueOf("表", 1, 3), calculation.valueOf("表", 2, 3)]).toEqual(
      [2, 2, 1],
    );
  });
});

test("a sheet that comes later is found after everything is forgotten", () => {
  const { value, sheets, calculation } = calculate({ A1: "='新表'!A1" });
  expect(value("A1")).toEqual(broken);
  sheets.type("新表!A1", 7);
  calculation.invalidate();
  expect(value("A1")).toBe(7);
});

test("time goes on at every change", () => {
  let now = Date.UTC(2025, 0, 1);
  const sheets = typedSheets({ A1: "=TODAY()", A2: "=A1+1" });
  const calculation = new Calculation(sheets, () => now);
  const before = calculation.valueOf("表", 2, 1) as number;
  now += 86_400_000;
  expect(calculation.valueOf("表", 2, 1)).toBe(before);
  calculation.invalidate([sheets.type("C9", 1)]);
  expect(calculation.valueOf("表", 2, 1)).toBe(before + 1);
});

const addresses = ["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"];
const contents = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom<Typed>(
    null,
    "文",
    "=A1+B2",
    "=SUM(A1:B3)",
    "=IF(A1>1,B1,C3)",
    "=COUNTIF(A:A,1)",
    "=ARRAYFORMULA(A1:A2+1)",
    "=INDEX(A1:C3,A1,2)",
    "=IFERROR(C2,9)",
    "=MATCH(1,A1:A3,0)",
    "={1,2;3,4}",
    "=UNIQUE(A1:A3)",
  ),
);

test("after any changes the cells show what a new calculation shows", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...addresses), contents), { maxLength: 8 }),
      fc.array(fc.tuple(fc.constantFrom(...addresses), contents, fc.subarray(addresses)), {
        minLength: 1,
        maxLength: 8,
      }),
      (first, changes) => {
        const { value, type, sheets } = calculate(Object.fromEntries(first));
        for (const [address, content, looks] of changes) {
          looks.map(value);
          type(address, content);
        }
        const anew = new Calculation(sheets);
        const expected = addresses.map((address) => {
          const { sheet, row, column } = cellAt(address);
          return anew.valueOf(sheet, row, column);
        });
        expect(addresses.map(value)).toEqual(expected);
      },
    ),
    { numRuns: 3000 },
  );
});
