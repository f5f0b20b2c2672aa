import { describe, expect, test } from "vitest";
import { archiveInSheet, readArchiveSheet } from "../../../apps-script/core/replay/archive-sheet.ts";
import { emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";

function put(snapshot: WorkbookSnapshot, digest: string, text: string): WorkbookSnapshot {
  const lastRow = snapshot.sheets.find((sheet) => sheet.name === "档案")?.rows.length ?? 0;
  return applyPatch(snapshot, { sheets: [archiveInSheet(lastRow, digest, text)!] });
}

describe("texts kept in a sheet", () => {
  test.for([
    { name: "short", text: "{}\n" },
    { name: "what a spreadsheet would run, or take for a number", text: `${"=".repeat(30_000)}${"1".repeat(30_000)}` },
    { name: "blanks where parts meet", text: " ".repeat(70_000) },
    { name: "a character of two units where parts meet", text: `${"中".repeat(29_999)}𠮷${"文".repeat(40_000)}` },
  ])("$name: comes back as it was, in cells that .xlsx can hold", ({ text }) => {
    const kept = put(put(emptySnapshot, "a", text), "b", "another");
    expect(readArchiveSheet(kept)).toEqual(
      new Map([
        ["a", text],
        ["b", "another"],
      ]),
    );
    for (const [, , content] of sheetNamed(kept, "档案").rows.slice(1)) {
      expect(String(content)).toMatch(/^~.*~$/s);
      expect(String(content).length).toBeLessThanOrEqual(32_767);
      expect(() => encodeURIComponent(String(content))).not.toThrow();
    }
  });

  test("kept twice counts once; no sheet is no archive; a text too long is refused", () => {
    expect(readArchiveSheet(put(put(emptySnapshot, "a", "x"), "a", "x"))).toEqual(new Map([["a", "x"]]));
    expect(readArchiveSheet(emptySnapshot)).toBeUndefined();
    expect(archiveInSheet(0, "a", "x".repeat(8_000_001))).toBeUndefined();
  });
});
