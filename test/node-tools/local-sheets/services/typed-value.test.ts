import { describe, expect, test } from "vitest";
import { readTyped } from "../../../../node-tools/local-sheets/services/spreadsheet/typed-value.ts";

const july15 = 45_853;
const typed = (text: string, format?: string) => readTyped(text, format, () => 2025);

describe("a typed text", () => {
  test.for<[text: string, content: unknown, numberFormat?: string]>([
    ["", undefined],
    ["普通文字", "普通文字"],
    [" 首尾有空格 ", " 首尾有空格 "],
    ["12", 12],
    [" 12 ", 12],
    ["-1.5", -1.5],
    ["+7", 7],
    [".5", 0.5],
    ["00123", 123],
    ["1,234", 1234, "#,##0"],
    ["1,234.5", 1234.5, "#,##0.00"],
    ["12,34", "12,34"],
    ["110101199001011234", 110101199001011230],
    ["1e3", 1000, "0.00E+00"],
    ["1e999", "1e999"],
    ["15%", 0.15, "0%"],
    ["1.5%", 0.015, "0.00%"],
    ["%", "%"],
    ["TRUE", true],
    ["false", false],
    ["2025-07-15", july15, "yyyy-mm-dd"],
    ["2025/7/15", july15, "yyyy/m/d"],
    ["2025年7月15日", july15, 'yyyy"年"m"月"d"日"'],
    ["2025-07", 45_839, "yyyy-mm"],
    ["7-15", july15, "m-d"],
    ["7月15日", july15, 'm"月"d"日"'],
    ["2025-02-29", "2025-02-29"],
    ["13-45", "13-45"],
    ["2025-7/15", "2025-7/15"],
    ["2025-07-15 12:00", july15 + 0.5, "yyyy-mm-dd h:mm"],
    ["2025/7/15 18:00:00", july15 + 0.75, "yyyy/m/d h:mm:ss"],
    ["17:30", 17.5 / 24, "h:mm"],
    ["0:17:30", 1050 / 86_400, "h:mm:ss"],
    ["26:00:00", 26 / 24, "[h]:mm:ss"],
    ["下午5:30", 17.5 / 24, "h:mm"],
    ["12:30 AM", 0.5 / 24, "h:mm"],
    ["17:60", "17:60"],
    ["=A1+1", { formula: "A1+1" }],
    ["=", "="],
    ["'=A1", "=A1"],
    ["'00123", "00123"],
    ["''单引号", "'单引号"],
    ["'", ""],
  ])("%j", ([text, content, numberFormat]) => {
    expect(typed(text)).toEqual({ content, ...(numberFormat ? { numberFormat } : {}) });
  });

  test.for([["=A1"], ["00123"], ["2025-07-15"], ["TRUE"]])("%j stays a text in a cell of plain text", ([text = ""]) => {
    expect(typed(text, "@")).toEqual({ content: text });
  });

  test("an apostrophe goes in a cell of plain text too", () => {
    expect(typed("'00123", "@")).toEqual({ content: "00123" });
  });
});
