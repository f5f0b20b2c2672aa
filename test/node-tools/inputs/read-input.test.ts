import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { digestBytes } from "../../../node-tools/disk/files.ts";
import { readInputTables } from "../../../node-tools/inputs/read-input.ts";
import { makePackage } from "../xlsx/package-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "casebook-"));
afterAll(() => rmSync(folder, { recursive: true }));

function save(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

test("a CSV is one sheet of texts, named after the file", async () => {
  const path = save("名单.2025.csv", "a,,b\r\n,\r\n00123,\r\n");
  expect(readInputTables(path)).toEqual({
    file: "名单.2025.csv",
    path,
    digest: digestBytes("a,,b\r\n,\r\n00123,\r\n"),
    encoding: "UTF-8",
    sheets: [{ name: "名单.2025", hidden: false, rows: [["a", null, "b"], [], ["00123"]], notes: new Map() }],
  });
});

test("a file of one character is a table of one cell", async () => {
  expect(readInputTables(save("一字.csv", "1")).sheets[0]?.rows).toEqual([["1"]]);
});

test("an old workbook is refused as one, whatever it is called", async () => {
  const old = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(504, 0x20)]);
  expect(() => readInputTables(save("其实是旧表格.csv", old))).toThrow(/旧版的 \.xls.*另存为/);
});

test("a workbook is known by its content, whatever it is called", async () => {
  const { encoding, sheets } = readInputTables(save("其实是表格.csv", makePackage()));
  expect({ encoding, rows: sheets[0]?.rows }).toEqual({ encoding: "", rows: [[1]] });
});

test("a long number stays the number that it has become", async () => {
  const rows = '<row r="1"><c r="A1"><v>1.10101199001011E+17</v></c><c r="B1"><v>12345678901234567</v></c></row>';
  const { sheets } = readInputTables(save("长数字.xlsx", makePackage({ sheets: [{ name: "Sheet1", rows }] })));
  expect(sheets[0]?.rows).toEqual([[110_101_199_001_011_000, 12_345_678_901_234_568]]);
});

test("a text longer than a cell may hold is read whole", async () => {
  const text = "长".repeat(60_000);
  const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`;
  const { sheets } = readInputTables(save("长文.xlsx", makePackage({ sheets: [{ name: "Sheet1", rows }] })));
  expect(sheets[0]?.rows).toEqual([[text]]);
});
