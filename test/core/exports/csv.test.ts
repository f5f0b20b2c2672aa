import { describe, expect, test } from "vitest";
import { formatCsv, neutraliseCell } from "../../../apps-script/core/exports/csv.ts";

describe("cells that a spreadsheet would run", () => {
  test.for([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    " =1",
    "\u00a0=1",
    "\u3000=1",
    "\t=1",
    "\r\n=1",
    "\u200b=1",
    "＝1",
    "＋1",
    "＠a",
    "\u0001=1",
  ])("%j", (text) => {
    expect(neutraliseCell(text)).toBe(`'${text}`);
  });
  test.for(["", "1=1", "甲-乙", "N25J640122C001", "“=”", "'=1"])("not %j", (text) => {
    expect(neutraliseCell(text)).toBe(text);
  });
});

test("quotes, commas and line breaks stay in their cell", () => {
  expect(formatCsv([["甲,乙", '说"好"', "两\n行", "丙"]])).toBe('\ufeff"甲,乙","说""好""","两\n行",丙\r\n');
});
