import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SheetPatch } from "../../../../apps-script/core/workbook/port.ts";
import { readWorkbookBytes } from "../../../../node-tools/office-files/workbook.ts";
import { readParts } from "../inspect.ts";
import { makePackage } from "../package-fixture.ts";
import { type LeftThing, leftThings } from "./left-things.ts";

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** Puts an attribute or an element where the file format has it. */
function inHead(xml: string): string {
  const isOf = (names: string) => new RegExp(`^(${names})`).test(xml);
  const sheetPr = isOf("codeName") ? `<sheetPr ${xml}/>` : isOf("<outlinePr") ? `<sheetPr>${xml}</sheetPr>` : "";
  const isView = isOf("zoomScale|showGridLines|rightToLeft|view|showZeros");
  const views = `<sheetViews><sheetView ${isView ? `${xml} ` : ""}workbookViewId="0"/></sheetViews>`;
  return sheetPr + views + (isOf("<sheetFormatPr") ? xml : "") + (isOf("<col ") ? `<cols>${xml}</cols>` : "");
}

function inTail(xml: string): string {
  if (xml.startsWith("<filterColumn")) return `<autoFilter ref="A1:C4">${xml}</autoFilter>`;
  if (xml.startsWith("<mergeCell ")) return `<mergeCells count="1">${xml}</mergeCells>`;
  if (xml.startsWith("<hyperlink ")) return `<hyperlinks>${xml}</hyperlinks>`;
  if (xml.startsWith("<ext ")) return `<extLst>${xml}</extLst>`;
  if (xml.startsWith("<dataValidations")) return `${xml.replace('count="2"', 'count="1"')}</dataValidations>`;
  if (xml.startsWith("<conditionalFormatting")) return xml.replace('priority="2"', 'priority="1"');
  return xml;
}

function inStyles(xml: string): string {
  const list = (name: string, first: string) =>
    `<${name} count="2">${first}${xml.startsWith(`<${name.slice(0, -1)}`) || (name === "cellXfs" && xml.startsWith("<xf")) ? xml : ""}</${name}>`;
  return (
    (xml.startsWith("<numFmt") ? `<numFmts count="1">${xml}</numFmts>` : "") +
    '<fonts count="1"><font/></fonts>' +
    list("fills", "<fill/>") +
    list("borders", "<border/>") +
    list("cellXfs", '<xf numFmtId="0"/>') +
    (xml.startsWith("<cellStyle ") ? `<cellStyles count="1">${xml}</cellStyles>` : "") +
    '<dxfs count="1"><dxf><font><b/></font></dxf></dxfs>' +
    (xml.startsWith("<tableStyles") || xml.startsWith("<colors") ? xml : "")
  );
}

function inWorkbook({ place, xml }: LeftThing): string {
  const sheets =
    '<sheets><sheet name="案例" sheetId="1" r:id="rId1"/><sheet name="统计" sheetId="2" r:id="rId2"/></sheets>';
  const isCalculation = /^(calcMode|iterate)/.test(xml);
  const later =
    place !== "workbook after"
      ? ""
      : isCalculation
        ? `<calcPr ${xml}/>`
        : xml.startsWith("<definedName ")
          ? `<definedNames>${xml}</definedNames>`
          : xml;
  return `<workbook xmlns="${main}" xmlns:r="${office}">${place === "workbook before" ? xml : ""}${sheets}${later}</workbook>`;
}

function build(thing: LeftThing): Buffer {
  const { place, xml, part } = thing;
  const cells = place !== "cells" ? "" : xml.startsWith("<row") ? xml : `<row r="8">${xml}</row>`;
  const rows = [1, 2, 3, 4].map((n) => `<row r="${n}"><c r="A${n}"><v>${n}</v></c></row>`).join("") + cells;
  return makePackage({
    sheets: [{ name: "案例" }, { name: "统计" }],
    styles: inStyles(place === "styles" ? xml : ""),
    parts: {
      "xl/workbook.xml": inWorkbook(thing),
      "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}" xmlns:r="${office}">${inHead(place === "head" ? xml : "")}<sheetData>${rows}</sheetData>${place === "tail" ? inTail(xml) : ""}</worksheet>`,
      ...(part === undefined ? {} : { [part]: xml }),
    },
  });
}

/** All that commands do to a sheet that is there. */
const patch: Omit<SheetPatch, "name"> = {
  edits: [
    { row: 3, column: 1, value: "改" },
    { row: 3, column: 2, value: { kind: "formula", formula: "A2&1", result: "21" } },
    { row: 4, column: 2, value: { kind: "link", text: "看", target: "#案例!A1" } },
  ],
  notes: [{ row: 1, column: 1, text: "注" }],
  marks: [{ row: 3, column: 1, mark: "error" }],
  layout: {
    widths: [{ column: 1, width: 20 }],
    heights: [{ row: 1, height: 30 }],
    frozen: { rows: 1, columns: 0 },
    filter: area(1, 1, 4, 3),
    protected: true,
    styles: [{ area: area(2, 2, 3, 2), style: { wrap: true, fill: "EAF0F6", border: "thin" } }],
    merges: [area(6, 1, 6, 2)],
    validations: [
      { area: area(2, 3, 5, 3), validation: { kind: "list", source: ["是"], strict: true, message: "选" } },
    ],
    conditionalFormats: [{ area: area(2, 1, 9, 1), formula: '$A2=""', style: { fill: "FFF2CC" } }],
    print: { landscape: true },
  },
};

const partOf = ({ place, part }: LeftThing) =>
  part ??
  (place === "styles"
    ? "xl/styles.xml"
    : place.startsWith("workbook")
      ? "xl/workbook.xml"
      : "xl/worksheets/sheet1.xml");

test.for(leftThings.map((thing) => [thing.name, thing] as const))("%s stays", ([, thing]) => {
  const bytes = build(thing);
  // Without a change it stands there, or the test would prove nothing.
  expect(readParts(bytes).has(partOf(thing))).toBe(true);
  const book = readWorkbookBytes("a.xlsx", bytes, "edit");
  for (let i = 0; i < 2; i += 1) book.apply({ sheets: [{ name: "案例", ...patch }] });
  const saved = book.toBuffer();
  expect(readParts(saved).get(partOf(thing))).toContain(
    thing.name === "自定义属性" ? thing.xml.slice("<Properties>".length, -"</Properties>".length) : thing.xml,
  );
  const again = readWorkbookBytes("a.xlsx", Buffer.from(saved), "edit").snapshot.sheets[0];
  expect(again?.rows[2]?.[0]).toBe("改");
});

test("the table of the documentation names each of them", () => {
  const table = readFileSync("docs/what-stays.md", "utf8");
  const named = [...table.matchAll(/^\| ([^|]+) \| 保留 \|$/gm)].map(([, name = ""]) => name.trim());
  expect(named).toEqual(leftThings.map(({ name }) => name));
});
