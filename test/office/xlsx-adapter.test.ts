import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CellValue, noteKey, type SheetPatch, type SheetSnapshot } from "../../apps-script/core/workbook/port.ts";
import { newWorkbook, readWorkbook, readWorkbookBytes } from "../../node-tools/office-files/workbook.ts";
import { fillOf, isUnlocked, readParts } from "../node-tools/xlsx/inspect.ts";

const folder = mkdtempSync(join(tmpdir(), "casebook-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Opens a workbook in LibreOffice and saves it there. */
function saveInLibreOffice(path: string): string {
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  const out = join(folder, "saved");
  execFileSync(
    "soffice",
    [profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path],
    { stdio: "ignore" },
  );
  return join(out, path.slice(path.lastIndexOf("/") + 1));
}

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

const patch: SheetPatch = {
  name: "评分",
  createBefore: null,
  edits: (
    [
      ["评审编号", "理念创新", "总分", "日期", "时长"],
      [
        "P-001 _x0041_",
        7.5,
        { kind: "formula", formula: 'IF(B2="","",B2*2)', result: null },
        { kind: "date", iso: "2025-07-15" },
        { kind: "time", seconds: 93_600 },
      ],
      [
        " 空格 \n换行",
        null,
        { kind: "formula", formula: 'IF(B3="","未评",B3*2)', result: null },
        { kind: "date", iso: "2025-07-15T08:30:00" },
        true,
      ],
      [
        "00123",
        { kind: "link", text: "见案例", target: "#'评分'!A2" },
        { kind: "link", text: "材料", target: "https://example.org/a?b=1&c=2" },
      ],
    ] satisfies CellValue[][]
  ).flatMap((row, i) => row.map((value, j) => ({ row: i + 1, column: j + 1, value }))),
  notes: [
    { row: 2, column: 2, text: "0–10 分，步长 0.5。\n第二行" },
    { row: 9, column: 8, text: "空格上的批注" },
  ],
  marks: [
    { row: 3, column: 2, mark: "error" },
    { row: 1, column: 1, mark: "warning" },
  ],
  layout: {
    frozen: { rows: 1, columns: 1 },
    filter: area(1, 1, 4, 5),
    protected: true,
    styles: [
      { area: area(1, 1, 1, 5), style: { font: { bold: true, color: "FFFFFF" }, fill: "4472C4" } },
      { area: area(2, 2, 9, 2), style: { locked: false } },
      { area: area(4, 1, 4, 1), style: { numberFormat: "@" } },
    ],
    validations: [
      { area: area(2, 2, 9, 2), validation: { kind: "number", min: 0, max: 10, message: "请填 0 至 10" } },
      { area: area(2, 6, 9, 6), validation: { kind: "list", source: ["是", "否"], strict: true } },
    ],
    conditionalFormats: [{ area: area(2, 1, 9, 5), formula: '$C2="未评"', style: { fill: "FFEB9C" } }],
    print: { landscape: true, titleRows: [1, 1] },
  },
};

describe("a workbook that LibreOffice has saved", () => {
  let first: SheetSnapshot;
  let second: SheetSnapshot;
  let secondBytes: Uint8Array;

  async function readSheet(path: string): Promise<{ sheet: SheetSnapshot; bytes: Uint8Array }> {
    const book = readWorkbook(path);
    const sheet = book.snapshot.sheets[0];
    if (!sheet) throw new Error("no sheet");
    return { sheet, bytes: book.toBuffer() };
  }

  beforeAll(async () => {
    const book = newWorkbook();
    book.apply({ sheets: [patch] });
    const path = join(folder, "评分表.xlsx");
    writeFileSync(path, book.toBuffer());
    const once = await readSheet(saveInLibreOffice(path));
    first = once.sheet;
    // What we save of LibreOffice's file must be good for LibreOffice again.
    writeFileSync(path, once.bytes);
    const twice = await readSheet(saveInLibreOffice(path));
    second = twice.sheet;
    secondBytes = twice.bytes;
  });

  test("has the same values, its formulas calculated", () => {
    expect(first.rows).toEqual([
      ["评审编号", "理念创新", "总分", "日期", "时长"],
      [
        "P-001 _x0041_",
        7.5,
        { kind: "formula", formula: 'IF(B2="","",B2*2)', result: 15 },
        { kind: "date", iso: "2025-07-15" },
        { kind: "time", seconds: 93_600 },
      ],
      [
        " 空格 \n换行",
        null,
        { kind: "formula", formula: 'IF(B3="","未评",B3*2)', result: "未评" },
        { kind: "date", iso: "2025-07-15T08:30:00" },
        true,
      ],
      [
        "00123",
        { kind: "link", text: "见案例", target: "#'评分'!A2" },
        { kind: "link", text: "材料", target: "https://example.org/a?b=1&c=2" },
      ],
    ]);
    expect(second.rows).toEqual(first.rows);
  });

  test("keeps notes", () => {
    const expected = new Map([
      [noteKey(2, 2), "0–10 分，步长 0.5。\n第二行"],
      [noteKey(9, 8), "空格上的批注"],
    ]);
    expect(first.notes).toEqual(expected);
    expect(second.notes).toEqual(expected);
  });

  test("keeps validations, conditional formats, protection and unlocked cells through two rounds", () => {
    const parts = readParts(secondBytes);
    const sheet = parts.get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet).toMatch(
      /<dataValidation [^>]*type="decimal"[^>]*sqref="B2:B9"|<dataValidation [^>]*sqref="B2:B9"[^>]*type="decimal"/,
    );
    expect(sheet).toContain("是,否");
    expect(sheet).toMatch(/<cfRule type="expression"/);
    expect(sheet).toContain('<sheetProtection sheet="true"');
    expect([isUnlocked(secondBytes, "B2"), isUnlocked(secondBytes, "A2")]).toEqual([true, false]);
  });

  test("our rules are known again and stand there once when they are laid anew", () => {
    const book = readWorkbookBytes("评分表.xlsx", Buffer.from(secondBytes), "edit");
    const { validations = [], conditionalFormats = [] } = patch.layout ?? {};
    book.apply({ sheets: [{ name: "评分", layout: { validations, conditionalFormats } }] });
    const sheet = readParts(book.toBuffer()).get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet.match(/<cfRule /g)).toHaveLength(conditionalFormats.length);
    expect(sheet.match(/<dataValidation /g)).toHaveLength(validations.length);
  });

  test("its marks are still known as marks, and go from what people painted", async () => {
    const path = join(folder, "标记.xlsx");
    writeFileSync(path, secondBytes);
    const book = readWorkbook(path);
    const fills = (bytes: Uint8Array) => ["B3", "A1", "B1"].map((address) => fillOf(bytes, address));
    expect(fills(secondBytes)).not.toEqual(["none", "4472C4", "4472C4"]);
    book.apply({ sheets: [{ name: "评分", marks: [] }] });
    expect(fills(book.toBuffer())).toEqual(["none", "4472C4", "4472C4"]);
  });
});
