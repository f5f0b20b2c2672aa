import { describe, expect, test } from "vitest";
import { areaAddress, columnLetters, columnNumber } from "../../../apps-script/core/workbook/addresses.ts";
import { cellText, isBlank } from "../../../apps-script/core/workbook/cell-text.ts";
import {
  comparableText,
  derivedFingerprint,
  documentFingerprint,
  fingerprintLength,
  fingerprintOf,
  isVacant,
} from "../../../apps-script/core/workbook/fingerprint.ts";
import {
  cellReference,
  columnRange,
  dateConstant,
  listConstant,
  quoteSheet,
} from "../../../apps-script/core/workbook/formula.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";

describe("addresses", () => {
  test.for([
    [1, "A"],
    [26, "Z"],
    [27, "AA"],
    [52, "AZ"],
    [53, "BA"],
    [702, "ZZ"],
    [703, "AAA"],
    [16384, "XFD"],
  ] as const)("column %i is %s", ([column, letters]) => {
    expect(columnLetters(column)).toBe(letters);
    expect(columnNumber(letters.toLowerCase())).toBe(column);
  });

  test("of an area, of one cell, of a column, with a sheet whose name holds a mark", () => {
    expect(areaAddress({ top: 5, left: 2, bottom: 9, right: 4 })).toBe("B5:D9");
    expect(areaAddress({ top: 5, left: 2, bottom: 5, right: 2 })).toBe("B5");
    expect(areaAddress({ top: 5, left: 2, bottom: 5, right: 3 })).toBe("B5:C5");
    expect(columnRange(3, 2, 60)).toBe("$C$2:$C$60");
    expect(columnRange(3, 2, 60, "甲's 'b'")).toBe("'甲''s ''b'''!$C$2:$C$60");
    expect(cellReference(2, 28)).toBe("$AB$2");
    expect(cellReference(2, 28, "案例")).toBe("'案例'!$AB$2");
    expect(quoteSheet("案例")).toBe("'案例'");
  });

  test("constants of formulas", () => {
    expect(listConstant(["a", '说"b"'])).toBe('{"a","说""b"""}');
    expect(dateConstant("2025-09-01")).toBe("DATE(2025,9,1)");
    expect(dateConstant("2025-10-31T08:00:00")).toBe("DATE(2025,10,31)");
  });
});

const formula = (result: Extract<CellValue, { kind: "formula" }>["result"]): CellValue => ({
  kind: "formula",
  formula: "A1",
  result,
});

describe("what a cell says", () => {
  test.for<{ value: CellValue; text: string; comparable?: string }>([
    { value: null, text: "" },
    { value: " 甲　", text: " 甲　", comparable: "甲" },
    { value: 0, text: "0" },
    { value: 17.5, text: "17.5" },
    { value: true, text: "TRUE" },
    { value: false, text: "FALSE" },
    { value: { kind: "date", iso: "2025-09-01" }, text: "2025-09-01" },
    { value: { kind: "date", iso: "2025-09-01T08:05:00" }, text: "2025-09-01 08:05:00" },
    { value: { kind: "date", iso: "2025-09-01T00:00:00" }, text: "2025-09-01 00:00:00", comparable: "2025-09-01" },
    { value: { kind: "date", iso: "2025-09-01T00:00" }, text: "2025-09-01 00:00", comparable: "2025-09-01" },
    { value: { kind: "time", seconds: 1050 }, text: "00:17:30" },
    { value: { kind: "error", code: "#N/A" }, text: "#N/A" },
    { value: { kind: "link", text: "去看", target: "#'案例'!B5" }, text: "去看" },
    { value: formula("算"), text: "算" },
    { value: formula(null), text: "" },
    { value: "2025-09-01 00:00:00", text: "2025-09-01 00:00:00" },
  ])("$value", ({ value, text, comparable = text }) => {
    expect(cellText(value)).toBe(text);
    expect(comparableText(value)).toBe(comparable);
    expect(isVacant(value)).toBe(comparable === "");
    expect(isBlank(value)).toBe(text.trim() === "");
  });

  test.for([
    { text: " ".repeat(50), vacant: true },
    { text: `${" ".repeat(60)}字`, vacant: false },
    { text: "\u200b".repeat(45), vacant: true },
    { text: "字".repeat(41), vacant: false },
    { text: "—", vacant: false },
    { text: `${"\u200b".repeat(45)}字`, vacant: false },
  ])("spaces and invisible characters are nothing: $text", ({ text, vacant }) => expect(isVacant(text)).toBe(vacant));
});

describe("fingerprints", () => {
  test("are seven characters that no year has changed: 导入记录 of earlier workbooks holds them", () => {
    expect(["案例", "a", "b", "ab", "ba", "字".repeat(5000)].map(fingerprintOf)).toEqual([
      ...["9WKN1NB", "6nxpMsL", "YjJur8t", "KYA8zI4", "MYW4gsj", "QAd5xJx"],
    ]);
    expect(fingerprintOf("案例")).toHaveLength(fingerprintLength);
  });

  test("follow what a cell says, not how it is stored, and tell sources apart", () => {
    expect(fingerprintOf(" 12 ")).toBe(fingerprintOf(12));
    expect(fingerprintOf("12")).not.toBe(fingerprintOf("21"));
    expect([fingerprintOf(""), fingerprintOf(null), documentFingerprint(" ")]).toEqual(["", "", ""]);
    expect(derivedFingerprint("")).not.toBe("");
    expect(documentFingerprint("甲")).toHaveLength(fingerprintLength);
    expect(new Set([fingerprintOf("甲"), derivedFingerprint("甲"), documentFingerprint("甲")]).size).toBe(3);
  });

  test("of ten thousand texts none meet", () => {
    const texts = Array.from({ length: 10_000 }, (_, i) => `${i % 100}-${Math.floor(i / 100)}`);
    expect(new Set(texts.map(fingerprintOf)).size).toBe(10_000);
  });
});
