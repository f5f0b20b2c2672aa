import { describe, expect, test } from "vitest";
import { mapFormulaRows, moveFormula } from "../../../node-tools/xlsx/references.ts";

describe("formulas follow rows inserted before row 5 of 案例", () => {
  const mapRow = (row: number) => (row >= 5 ? row + 10 : row);
  test.for([
    ["A4+A5", "A4+A15"],
    ["$A$5+A$6+$A7", "$A$15+A$16+$A17"],
    ["SUM(A2:A9)", "SUM(A2:A19)"],
    ["案例!A5&单位!A5", "案例!A15&单位!A5"],
    ["'案例'!A5:A6", "'案例'!A15:A16"],
    ["'单位 1'!A5:A6+A5", "'单位 1'!A5:A6+A15"],
    ["单位!A5:B6,A5", "单位!A5:B6,A15"],
    ['IF(A5="A5","B5",C5)', 'IF(A15="A5","B5",C15)'],
    ['"引号""A5"&A5', '"引号""A5"&A15'],
    ["LOG10(A5)+ATAN2(A5,B5)", "LOG10(A15)+ATAN2(A15,B15)"],
    ["SUM(5:6)", "SUM(15:16)"],
    ["SUM(A:A)+5", "SUM(A:A)+5"],
    ["合计_5+ABCD5+A5.1", "合计_5+ABCD5+A5.1"],
    ["TRUE+1E5", "TRUE+1E5"],
    // Beyond the last column and the last row: names that people gave.
    ["XFE5+A1048577", "XFE5+A1048577"],
  ] as const)("%s → %s", ([formula, expected]) =>
    expect(mapFormulaRows(formula, "案例", "案例", mapRow)).toBe(expected),
  );
});

describe("a shared formula two rows down and one column right", () => {
  test.for([
    ["A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"],
    ["单位!A1", "单位!B3"],
    ['Z9&"Z9"', 'AA11&"Z9"'],
  ] as const)("%s → %s", ([formula, expected]) => expect(moveFormula(formula, 2, 1)).toBe(expected));
});
