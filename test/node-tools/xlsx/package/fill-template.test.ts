import { expect, test } from "vitest";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { fillTemplate, templateTexts } from "../../../../node-tools/xlsx/package/fill-template.ts";
import { openWorkbookInPlace } from "../../../../node-tools/xlsx/package/workbook-in-place.ts";
import { readParts } from "../inspect.ts";
import { makePackage, relationship } from "../package-fixture.ts";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const text = (address: string, content: string, style = 0) =>
  `<c r="${address}" s="${style}" t="inlineStr"><is><t>${content}</t></is></c>`;

/** A template as people make it: a heading, one repeated row, a total, and what office programs offer around them. */
const template = makePackage({
  sheets: [
    {
      name: "名单",
      rows:
        `<row r="1" ht="30" customHeight="1">${text("A1", "{单位}名单")}</row>` +
        `<row r="2" ht="24" customHeight="1" x:dy="1">${text("A2", "{#人}{姓名}", 1)}${text("B2", "{简介}{/人}", 1)}<c r="C2"><v>2</v></c>` +
        '<c r="D2"><f>C2*$C$3+C3</f><v>9</v></c></row>' +
        '<row r="3"><c r="C3"><f>SUM(C2:C2)</f><v>2</v></c></row>',
      tail:
        '<autoFilter ref="A1:D2"/><mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="D2:E2"/></mergeCells>' +
        '<conditionalFormatting sqref="A2:C2"><cfRule type="duplicateValues" priority="1"/></conditionalFormatting>' +
        '<dataValidations count="1"><dataValidation type="list" sqref="B2:B2"><formula1>"甲,乙"</formula1></dataValidation></dataValidations>' +
        '<pageSetup paperSize="9" r:id="p"/><headerFooter><oddHeader>&amp;C{单位}</oddHeader></headerFooter><drawing r:id="d"/>',
      relationships:
        relationship("d", "drawing", "../drawings/drawing1.xml") +
        relationship("p", "printerSettings", "../printerSettings/printerSettings1.bin"),
    },
  ],
  styles: '<cellXfs count="2"><xf/><xf><alignment wrapText="1"/></xf></cellXfs>',
  parts: {
    "xl/printerSettings/printerSettings1.bin": "\\\\SERVER\\罗岚的打印机",
    "xl/persons/person.xml": '<personList><person displayName="罗岚"/></personList>',
    "xl/drawings/drawing1.xml":
      "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:row>2</xdr:row></xdr:from><xdr:to><xdr:row>4</xdr:row></xdr:to><xdr:sp/></xdr:twoCellAnchor></xdr:wsDr>",
    "xl/charts/chart1.xml": "<c:chart><c:f>名单!$C$2:$C$2</c:f></c:chart>",
    "xl/workbook.xml":
      `<workbook xmlns="${main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><fileSharing userName="罗岚" readOnlyRecommended="1"/>` +
      '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\罗岚\\"/></mc:Choice></mc:AlternateContent>' +
      '<sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets>' +
      `<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'名单'!$A$1:$D$2</definedName></definedNames></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${relationship("rId1", "worksheet", "worksheets/sheet1.xml")}${relationship("styles", "styles", "/xl/styles.xml")}${relationship("who", "person", "persons/person.xml")}</Relationships>`,
  },
});
const long = "长".repeat(60);
const people = [
  { 姓名: "甲", 简介: "短" },
  { 姓名: "{单位}", 简介: long },
  { 姓名: "丙", 简介: "" },
];

function fill(header = "") {
  const book = openWorkbookInPlace(template, nodeCodec);
  fillTemplate(book, { 单位: "示例县", 人: people }, header);
  const bytes = book.toBuffer();
  const parts = readParts(bytes);
  const sheet = parts.get("xl/worksheets/sheet1.xml") ?? "";
  return { parts, sheet, rows: openWorkbookInPlace(bytes, nodeCodec).snapshot.sheets[0]?.rows ?? [] };
}

test("texts are named by their places, the header too", () => {
  const texts = templateTexts(openWorkbookInPlace(template, nodeCodec)).flat();
  expect(texts.map(({ place }) => place)).toEqual([
    "工作表「名单」单元格 A1",
    "工作表「名单」单元格 A2",
    "工作表「名单」单元格 B2",
    "工作表「名单」页眉",
  ]);
});

test("repeated rows are copies; what stands below, names, rules and pictures follow", () => {
  const { parts, sheet, rows } = fill();
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ["示例县名单"],
    ["甲", "短", 2],
    ["{单位}", long, 2],
    ["丙", null, 2],
    [null, null, { kind: "formula", formula: "SUM(C2:C4)", result: null }],
  ]);
  for (const expected of [
    '<row r="2" ht="24" customHeight="1" x:dy="1">',
    '<row r="4" ht="24" customHeight="1" x:dy="1">',
    '<c r="D2"><f>C2*$C$5+C5</f></c>',
    '<c r="D4"><f>C4*$C$5+C7</f></c>',
    '<mergeCell ref="A1:D1"/><mergeCell ref="D2:E2"/><mergeCell ref="D3:E3"/><mergeCell ref="D4:E4"/>',
    '<autoFilter ref="A1:D4"/>',
    '<conditionalFormatting sqref="A2:C4"><cfRule type="duplicateValues"',
    'sqref="B2:B4"><formula1>"甲,乙"',
    "<oddHeader>&amp;C示例县</oddHeader>",
  ]) {
    expect(sheet).toContain(expected);
  }
  expect(parts.get("xl/workbook.xml")).toContain("'名单'!$A$1:$D$4");
  expect(parts.get("xl/drawings/drawing1.xml")).toContain("<xdr:row>4</xdr:row></xdr:from>");
  expect(parts.get("xl/charts/chart1.xml")).toContain("名单!$C$2:$C$4");
});

test("a row is as high as its longest text needs", () => {
  const height = Number(/<row r="3" ht="(\d+)"/.exec(fill().sheet)?.[1]);
  // 60 Chinese characters of 11 points in a column of 8.43: 120 widths over some 7 a line.
  expect(height).toBeGreaterThan(200);
});

test("a draft says so on every page, whatever header the template has", () => {
  const { sheet } = fill("&C草稿");
  for (const margin of ["oddHeader", "evenHeader", "firstHeader"])
    expect(sheet).toContain(`<${margin}>&amp;C草稿</${margin}>`);
  expect(sheet).not.toContain("示例县</oddHeader>");
});

test("nothing tells who made the template", () => {
  const { parts } = fill();
  for (const [name, content] of parts) expect(`${name} ${content}`).not.toMatch(/罗岚|printerSettings|r:id="p"/);
  expect(parts.get("xl/workbook.xml")).toContain('<fileSharing readOnlyRecommended="1"/>');
});
