import { expect, test } from "vitest";
import { kindOfFormat } from "../../../node-tools/xlsx/cell-values.ts";
import { showNumber } from "../../../node-tools/xlsx/shown-number.ts";

// As LibreOffice 7.4 shows them; test/office compares them all.
test.for<[format: string, value: number, shown: string]>([
  ["000000", 123, "000123"],
  ["000000", 1234567, "1234567"],
  ["000000", -5, "-000005"],
  ['"XJ"0000', 7, "XJ0007"],
  ['0000"号"', 7, "0007号"],
  ['"第"0"号"', 7, "第7号"],
  ["[$XJ]0000", 7, "XJ0007"],
  ["\\N\\X000", 7, "NX007"],
  ["0\\d", 480, "480d"],
  ['General"字"', 480, "480字"],
  ['"号"General', 7, "号7"],
  ["号0000", 7, "号0007"],
  ["000-0000", 1234567, "123-4567"],
  ["000-0000", 7, "000-0007"],
  ['"NX-"000"-"000', 123, "NX-000-123"],
  ["000\\-000\\-000", 1234567, "001-234-567"],
  ['"宁"0"-"00', 123, "宁1-23"],
  ["(000)0000", 123, "(000)0123"],
  ["000 000", 123, "000 123"],
  ['000"."000', 123, "000.123"],
  ["0000–00", 123, "0001–23"],
  ["00#00", 7, "0007"],
  ["#", 123, "123"],
  ["0_ ", 123, "123 "],
  ["0_);[Red]\\(0\\)", -5, "(5)"],
  ["[Red]000", 7, "007"],
  ["[Color5]000", 7, "007"],
  ["[$¥-804]000", 7, "¥007"],
  ['"a;b"000', 7, "a;b007"],
  ['"A"0;"B"0', -5, "B5"],
  ['"A"0;"B"0;"C"', 0, "C"],
  ["+0;-0;0", 7, "+7"],
  ['0;-0;"零"', 0, "零"],
  ['[>=1000]"大"0;[>=100]"中"000;"小"0000', 123, "中123"],
  ['[>=1000]"大"0;[>=100]"中"000;"小"0000', 7, "小0007"],
  ['[>=1000]"大"0;[>=100]"中"000;"小"0000', 1234567, "大1234567"],
  ['[=7]"七";0', 7, "七"],
  ['[=7]"七";0', 123, "123"],
  ['[<10]"0"0;0', 7, "07"],
  ['[Blue][>100]"大"000;"小"000', 7, "小007"],
  ["0%", 0.5, "50%"],
  ["0.0#", 0.5, "0.5"],
  ["0.00", 1.5, "1.50"],
  ["000.000", 123.456, "123.456"],
  ["'0000", 7, "'0007"],
  ["@", 7, "7"],
])("%s of %d is %s", ([format, value, shown]) => expect(showNumber(value, format)).toBe(shown));

// The digits alone are what is numbered.
test.for<[format: string, value: number, shown: string]>([
  ["#,##0", 1234567, "1234567"],
  ["#,##0.00_ ", 1234567, "1234567 "],
  ["0.00", 123, "123"],
  ["0.00E+00", 640104198001, "640104198001"],
])("%s of %d is %s: no separators, no decimals of zero", ([format, value, shown]) =>
  expect(showNumber(value, format)).toBe(shown),
);

test.for<[format: string, value: number, why: string]>([
  ["0", 0.5, "rounded"],
  ["0,", 1234567, "thousands hidden"],
  ["[DBNum1][$-804]General", 123, "programs differ"],
  ["[DBNum2][$-804]0", 123, "programs differ"],
  ["[NatNum1]000", 7, "programs differ"],
  ["# ?/?", 0.5, "a fraction"],
  ["*-000", 7, "filled to the width"],
  ['[=1]"是";[=0]"否"', 7, "no section"],
  ['[=7]"七";0', -5, "programs differ"],
  ['"保密"', 7, "every number the same"],
  ["XJ000", 7, "no program writes this"],
  ["0.0.0", 7, "two points"],
])("%s of %d cannot be told: %s", ([format, value]) => expect(showNumber(value, format)).toBeNull());

test("nothing is shown of a hidden number", () => expect(showNumber(7, ";;;")).toBeFalsy());

test.for<[format: string, kind: string]>([
  ['General"字"', "number"],
  ["[DBNum1][$-804]General", "number"],
  ["0\\d", "number"],
  ['"XJMD"0000', "number"],
  ["[h]:mm:ss", "time"],
  ["h:mm AM/PM", "time"],
  ["上午/下午h:mm", "time"],
  ['yyyy"年"m"月"d"日"', "date"],
  ["m/d/yy h:mm", "date"],
])("%s is a %s", ([format, kind]) => expect(kindOfFormat(format)).toBe(kind));
