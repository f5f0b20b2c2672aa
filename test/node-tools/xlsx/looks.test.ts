import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  newApplicationWorkbook,
  refreshApplicationLayout,
} from "../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { SheetPatch, WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { newWorkbook, readWorkbook, readWorkbookAsPatch } from "../../../node-tools/office-files/workbook.ts";
import { parseConditionalFormats, parseValidations } from "../../../node-tools/xlsx/sheet-rules-read.ts";
import { temporaryFolder } from "../run-casebook.ts";
import { makePackage } from "./package-fixture.ts";

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const grid = area(1, 1, 1_000, 26);

async function throughFile(patch: WorkbookPatch): Promise<{ patch: WorkbookPatch; path: string }> {
  const workbook = newWorkbook();
  workbook.apply(patch);
  const path = join(temporaryFolder(), "a.xlsx");
  writeFileSync(path, workbook.toBuffer());
  return { patch: readWorkbookAsPatch(path), path };
}

test("every look of the port comes back from a file", async () => {
  const sheet: SheetPatch = {
    name: "案例",
    createBefore: null,
    edits: [
      { row: 1, column: 1, value: "题目" },
      { row: 3, column: 2, value: 7 },
      { row: 4, column: 1, value: { kind: "date", iso: "2025-07-15" } },
      { row: 5, column: 1, value: { kind: "link", text: "材料", target: "https://example.org/a" } },
      { row: 6, column: 2, value: { kind: "formula", formula: "SUM(B3:B5)", result: 7 } },
    ],
    notes: [{ row: 3, column: 2, text: "整数" }],
    layout: {
      hidden: false,
      tabColor: "4472C4",
      widths: [
        { column: 1, width: 30 },
        { column: 2, width: 8, hidden: true },
        { column: 3, width: 8, grouped: true },
      ],
      heights: [{ row: 1, height: 28 }],
      frozen: { rows: 2, columns: 1 },
      filter: area(2, 1, 20, 2),
      styles: [
        {
          area: area(1, 1, 1, 2),
          style: {
            font: { name: "微软雅黑", size: 10, bold: true, color: "FFFFFF" },
            fill: "2F5D86",
            horizontal: "center",
            vertical: "middle",
            wrap: true,
            border: "thin",
            borderColor: "D5DCE4",
          },
        },
        { area: area(4, 1, 4, 1), style: { numberFormat: "yyyy-mm-dd" } },
        { area: area(5, 2, 20, 2), style: { fill: "FFFBEA", numberFormat: "@", locked: false } },
      ],
      merges: [area(1, 1, 1, 2)],
      validations: [
        {
          area: area(3, 1, 20, 1),
          validation: { kind: "list", source: ["是", "否"], strict: true, message: "请选择" },
        },
        { area: area(3, 2, 20, 2), validation: { kind: "number", min: 0, max: 9, message: "0–9", integer: true } },
        { area: area(3, 3, 20, 3), validation: { kind: "custom", formula: "LEN(C3)<9", message: "太长" } },
        { area: area(3, 4, 20, 4), validation: { kind: "list", source: "单位!$B$2:$B$60", strict: false } },
      ],
      conditionalFormats: [
        {
          area: area(3, 1, 20, 2),
          formula: '$B3="否"',
          style: { fill: "FBE0DD", font: { bold: true, color: "A3281C" } },
        },
        { area: area(3, 1, 9, 1), formula: "A3<>1", style: { fill: "FFF2CC" } },
      ],
      protected: true,
      print: {
        landscape: true,
        titleRows: [1, 2],
        margins: { top: 20, bottom: 20, left: 15, right: 15 },
        footer: "评案簿",
      },
    },
  };
  const hidden: SheetPatch = { name: "内部", createBefore: null, layout: { hidden: true } };
  const { patch } = await throughFile({ sheets: [sheet, hidden] });
  expect(patch.sheets[0]).toEqual(sheet);
  expect(patch.sheets[1]).toMatchObject({ name: "内部", layout: { hidden: true } });
  const { print, ...looks } = patch.sheets[1]?.layout ?? {};
  expect(looks).toEqual({ hidden: true });
  expect(print).not.toHaveProperty("titleRows");
});

test("the application workbook is the same after two files as after one", async () => {
  const workbook = newWorkbook();
  workbook.apply(newApplicationWorkbook(notice));
  workbook.apply(refreshApplicationLayout(workbook.snapshot, notice));
  const path = join(temporaryFolder(), "a.xlsx");
  writeFileSync(path, workbook.toBuffer());
  const once = readWorkbookAsPatch(path);
  const twice = await throughFile(once);
  expect(twice.patch).toEqual(once);
  expect(readWorkbook(twice.path).snapshot.sheets.map(({ rows, notes }) => [rows, notes])).toEqual(
    workbook.snapshot.sheets.map(({ rows, notes }) => [rows, notes]),
  );
});

test("marks of findings are lifted from the fill below", async () => {
  const { patch } = await throughFile({
    sheets: [
      {
        name: "案例",
        createBefore: null,
        edits: [{ row: 1, column: 1, value: "甲" }],
        layout: { styles: [{ area: area(1, 1, 1, 1), style: { fill: "FFFBEA" } }] },
      },
      { name: "案例", marks: [{ row: 1, column: 1, mark: "error" }] },
    ],
  });
  expect(patch.sheets[0]?.layout?.styles).toEqual([{ area: area(1, 1, 1, 1), style: { fill: "FFFBEA" } }]);
});

test("looks as other programs write them: prefixes, single quotes, empty rows with a height, lists that Excel moved away", () => {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const sheet =
    `<x:worksheet xmlns:x='${main}'><x:sheetPr><x:tabColor rgb='FF00AA00'/></x:sheetPr>` +
    "<x:sheetViews><x:sheetView workbookViewId='0'><x:pane ySplit='1' state='frozen'/></x:sheetView></x:sheetViews>" +
    "<x:cols><x:col min='2' max='3' width='12.5' hidden='true'/></x:cols>" +
    "<x:sheetData><x:row r='1'><x:c r='A1' s='1'><x:v>1</x:v></x:c></x:row><x:row r='2' ht='8' customHeight='true'/><x:row r='3' ht='15'/></x:sheetData>" +
    "<x:autoFilter ref='A1:B9'/><x:mergeCells count='1'><x:mergeCell ref='A4:B5'/></x:mergeCells>" +
    "<x:pageSetup orientation='landscape'/><x:headerFooter><x:oddFooter>&amp;P</x:oddFooter></x:headerFooter>" +
    '<x:extLst><x:ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations xmlns:x14="urn:x14" xmlns:xm="urn:xm"><x14:dataValidation type="list" showErrorMessage="true" error="选">' +
    "<x14:formula1><xm:f>单位!$B$2:$B$9</xm:f></x14:formula1><xm:sqref>B2:B9</xm:sqref></x14:dataValidation></x14:dataValidations></x:ext></x:extLst></x:worksheet>";
  const styles =
    "<cellXfs count='2'><xf/><xf fontId='1' fillId='2' borderId='1'><alignment vertical='center' wrapText='true'/><protection locked='0'/></xf></cellXfs>";
  const lists =
    "<fonts><font><sz val='11'/></font><font><b val='true'/><sz val='12'/><name val='黑体'/></font></fonts>" +
    "<fills><fill/><fill/><fill><patternFill patternType='solid'><fgColor rgb='FFDDEE00'/></patternFill></fill></fills>" +
    "<borders><border/><border>" +
    ["left", "right", "top", "bottom"]
      .map((side) => `<${side} style='thin'><color rgb='FF112233'/></${side}>`)
      .join("") +
    "</border></borders>";
  const path = join(temporaryFolder(), "a.xlsx");
  const bytes = makePackage({ styles: lists + styles, parts: { "xl/worksheets/sheet1.xml": sheet } });
  writeFileSync(path, bytes);
  expect(readWorkbookAsPatch(path).sheets[0]?.layout).toEqual({
    hidden: false,
    tabColor: "00AA00",
    widths: [2, 3].map((column) => ({ column, width: 12.5, hidden: true })),
    heights: [{ row: 2, height: 8 }],
    frozen: { rows: 1, columns: 0 },
    filter: area(1, 1, 9, 2),
    styles: [
      {
        area: area(1, 1, 1, 1),
        style: {
          font: { name: "黑体", size: 12, bold: true },
          fill: "DDEE00",
          vertical: "middle",
          wrap: true,
          border: "thin",
          borderColor: "112233",
          locked: false,
        },
      },
    ],
    merges: [area(4, 1, 5, 2)],
    validations: [
      {
        area: area(2, 2, 9, 2),
        validation: { kind: "list", source: "单位!$B$2:$B$9", strict: true, message: "选" },
      },
    ],
    print: { landscape: true, footer: "&P" },
  });
});

test.for([
  [
    '<dataValidation type="textLength" operator="lessThan" showErrorMessage="1" sqref="B2:B1048576"><formula1>9</formula1></dataValidation>',
    [{ area: area(2, 2, 1_000, 2), validation: { kind: "custom", formula: "LEN(B2)<9", message: "" } }],
  ],
  [
    '<dataValidation type="custom" showErrorMessage="1" sqref="A1 C3"><formula1>A1&gt;0</formula1></dataValidation>',
    [
      { area: area(1, 1, 1, 1), validation: { kind: "custom", formula: "A1>0", message: "" } },
      { area: area(3, 3, 3, 3), validation: { kind: "custom", formula: "C3>0", message: "" } },
    ],
  ],
  [
    '<dataValidation type="whole" operator="greaterThan" showErrorMessage="0" sqref="A1"><formula1>1</formula1></dataValidation>',
    [],
  ],
] as const)("validation of a foreign file %#", ([xml, expected]) => {
  expect(parseValidations(xml, grid)).toEqual(expected);
});

test("conditional formats of a foreign file: order by priority, comparisons as formulas", () => {
  const dxf = '<dxf><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></dxf>';
  const xml = [
    '<conditionalFormatting sqref="B2:B9"><cfRule type="expression" dxfId="0" priority="2"><formula>B2=1</formula></cfRule></conditionalFormatting>',
    '<conditionalFormatting sqref="A1"><cfRule type="cellIs" operator="between" dxfId="0" priority="1"><formula>1</formula><formula>5</formula></cfRule></conditionalFormatting>',
  ];
  expect(parseConditionalFormats(xml, () => dxf, grid)).toEqual([
    { area: area(1, 1, 1, 1), formula: "AND(A1>=1,A1<=5)", style: { fill: "FF0000" } },
    { area: area(2, 2, 9, 2), formula: "B2=1", style: { fill: "FF0000" } },
  ]);
});

test("a workbook that is laid again as it was holds the same cells, which are not read again", async () => {
  const { path } = await throughFile(newApplicationWorkbook(notice));
  const workbook = readWorkbook(path);
  const before = workbook.snapshot.sheets.map(({ rows }) => rows);
  workbook.apply(refreshApplicationLayout(workbook.snapshot, notice));
  workbook.snapshot.sheets.forEach(({ rows }, i) => {
    expect(rows).toBe(before[i]);
  });
});

test("areas that overlap change a cell one after the other, as if each had come alone", async () => {
  const bold = { area: area(1, 1, 3, 3), style: { font: { bold: true }, fill: "FFFFFF" } };
  const filled = { area: area(2, 2, 5, 4), style: { fill: "AABBCC", horizontal: "center" as const } };
  const last = { area: area(3, 3, 3, 3), style: { fill: "112233", wrap: true } };
  const sheet = { name: "表", createBefore: null, edits: [{ row: 2, column: 3, value: "字" }] };
  const together = await throughFile({ sheets: [{ ...sheet, layout: { styles: [bold, filled, last] } }] });
  const workbook = newWorkbook();
  workbook.apply({ sheets: [sheet] });
  for (const each of [bold, filled, last]) workbook.apply({ sheets: [{ name: "表", layout: { styles: [each] } }] });
  const path = join(temporaryFolder(), "b.xlsx");
  writeFileSync(path, workbook.toBuffer());
  expect(stylesByCell(together.patch)).toEqual(stylesByCell(readWorkbookAsPatch(path)));
  expect(stylesByCell(together.patch).size).toBe(9 + 12 - 4);
});

/** The looks of a workbook's only sheet by row and column. */
function stylesByCell({ sheets }: WorkbookPatch): Map<string, unknown> {
  const looks = new Map<string, unknown>();
  for (const { area, style } of sheets[0]?.layout?.styles ?? []) {
    for (let row = area.top; row <= area.bottom; row += 1) {
      for (let column = area.left; column <= area.right; column += 1) looks.set(`${row}:${column}`, style);
    }
  }
  return looks;
}
