import { describe, expect, test } from "vitest";
import type { CellValue } from "../../../../apps-script/core/workbook/port.ts";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { openWorkbookInPlace } from "../../../../node-tools/xlsx/package/workbook-in-place.ts";
import { makePackage, relationship } from "../package-fixture.ts";

const styles =
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>' +
  '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/></cellXfs>';

function readRows(rows: string, { parts = {}, tail = "" }: { parts?: Record<string, string>; tail?: string } = {}) {
  const bytes = makePackage({ sheets: [{ name: "案例", rows, tail }], styles, parts });
  return openWorkbookInPlace(bytes, nodeCodec).snapshot.sheets[0]?.rows;
}

const strings = (items: string) => ({
  "xl/sharedStrings.xml": `<sst>${items}</sst>`,
  "xl/_rels/workbook.xml.rels": `<Relationships>${relationship("rId1", "worksheet", "worksheets/sheet1.xml")}${relationship("s", "sharedStrings", "sharedStrings.xml")}${relationship("styles", "styles", "/xl/styles.xml")}</Relationships>`,
});

const formula = (text: string, result: CellValue) => ({ kind: "formula", formula: text, result });

describe("cells as other programs write them", () => {
  test.for<{ name: string; rows: string; tail?: string; parts?: Record<string, string>; expected: unknown }>([
    {
      name: "single quotes, any order of attributes, line breaks in tags",
      rows: "<row spans='1:2' r='2'><c t='str'\n s='1'  r='B2'><v>文</v></c></row>",
      expected: [[], [null, "文"]],
    },
    {
      name: "rows and cells without numbers count up",
      rows: '<row><c><v>1</v></c><c t="str"><v>二</v></c></row><row/><row><c r="C3"><v>3</v></c><c><v>4</v></c></row>',
      expected: [[1, "二"], [], [null, null, 3, 4]],
    },
    {
      name: "an inline string has its runs, without what is read aloud",
      rows: '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>案</t></r><r><t>例</t></r><rPh sb="0" eb="1"><t>あん</t></rPh><phoneticPr fontId="1"/></is></c></row>',
      expected: [["案例"]],
    },
    {
      name: "shared strings, in a formula cell as well",
      rows: '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><f>A1</f><v>1</v></c><c r="C1" t="s"><v>0</v></c></row>',
      parts: strings(
        "<si><t/></si><si><r><t xml:space='preserve'>一 </t></r><r><t>&lt;二&gt;</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>",
      ),
      expected: [["一 <二>", formula("A1", "一 <二>")]],
    },
    {
      name: "escapes, and escapes of escapes",
      rows: '<row r="1"><c r="A1" t="str"><v>a_x0041__x005F_x0042_&amp;#65;&#x4e00;</v></c></row>',
      expected: [["aA_x0042_&#65;一"]],
    },
    {
      name: "truth, errors, dates written out, dates of built-in Chinese formats",
      rows: '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="d" s="1"><v>2025-07-15</v></c><c r="D1" s="2"><v>45853</v></c></row>',
      expected: [
        [
          true,
          { kind: "error", code: "#N/A" },
          { kind: "date", iso: "2025-07-15" },
          { kind: "date", iso: "2025-07-15" },
        ],
      ],
    },
    {
      name: "formulas that cells share",
      rows: '<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1&amp;$A$1</f><v>1</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>',
      expected: [
        [null, formula("A1&$A$1", 1)],
        [null, formula("A2&$A$1", 2)],
      ],
    },
    {
      name: "comments, and text as it is",
      rows: '<!-- <row r="9"> --><row r="1"><c r="A1" t="str"><v><![CDATA[<&>]]></v></c></row>',
      expected: [["<&>"]],
    },
    {
      name: "of merged cells the first alone",
      rows: '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c><c r="C2"><v>4</v></c></row>',
      tail: '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
      expected: [[1], [null, null, 4]],
    },
  ])("$name", ({ rows, tail = "", parts = {}, expected }) => {
    expect(readRows(rows, { tail, parts })).toEqual(expected);
  });

  test("a prefix, and a strict document", () => {
    const main = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    const own = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    const bytes = makePackage({
      parts: {
        "xl/workbook.xml": `<x:workbook xmlns:x="${main}" xmlns:r="${own}"><x:sheets><x:sheet name="表" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>`,
        "xl/worksheets/sheet1.xml": `<?xml version="1.0"?><x:worksheet xmlns:x="${main}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
        "xl/styles.xml": `<x:styleSheet xmlns:x="${main}"/>`,
      },
    });
    const book = openWorkbookInPlace(bytes, nodeCodec);
    expect(book.snapshot.sheets[0]?.rows).toEqual([["甲"]]);
    const link = { kind: "link", text: "材料", target: "https://example.org/" } as const;
    book.apply({
      sheets: [
        {
          name: "表",
          insertRows: [{ before: 1, count: 1 }],
          edits: [{ row: 1, column: 2, value: link }],
          notes: [{ row: 2, column: 1, text: "注" }],
          marks: [{ row: 2, column: 1, mark: "error" }],
        },
      ],
    });
    const again = openWorkbookInPlace(book.toBuffer(), nodeCodec).snapshot.sheets[0];
    expect(again?.rows).toEqual([[null, link], ["甲"]]);
    expect([...(again?.notes ?? [])]).toEqual([["2:1", "注"]]);
  });

  test("a workbook that counts days from 1904", () => {
    const bytes = makePackage({
      sheets: [{ name: "案例", rows: '<row r="1"><c r="A1" s="1"><v>44391</v></c></row>' }],
      styles,
    });
    const book = openWorkbookInPlace(bytes, nodeCodec);
    const parts = {
      "xl/workbook.xml":
        '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="案例" sheetId="1" r:id="rId1"/></sheets></workbook>',
    };
    const counted = openWorkbookInPlace(
      makePackage({
        sheets: [{ name: "案例", rows: '<row r="1"><c r="A1" s="1"><v>44391</v></c></row>' }],
        styles,
        parts,
      }),
      nodeCodec,
    );
    expect(book.snapshot.sheets[0]?.rows).toEqual([[{ kind: "date", iso: "2021-07-14" }]]);
    expect(counted.snapshot.sheets[0]?.rows).toEqual([[{ kind: "date", iso: "2025-07-15" }]]);
    counted.apply({
      sheets: [{ name: "案例", edits: [{ row: 1, column: 2, value: { kind: "date", iso: "2025-07-16" } }] }],
    });
    expect(openWorkbookInPlace(counted.toBuffer(), nodeCodec).snapshot.sheets[0]?.rows).toEqual([
      [
        { kind: "date", iso: "2025-07-15" },
        { kind: "date", iso: "2025-07-16" },
      ],
    ]);
  });
});
