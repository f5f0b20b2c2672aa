import { describe, expect, test } from "vitest";
import type { SheetPatch } from "../../../../apps-script/core/workbook/port.ts";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { openWorkbookInPlace } from "../../../../node-tools/xlsx/package/workbook-in-place.ts";
import { readParts } from "../inspect.ts";
import { makePackage, relationship } from "../package-fixture.ts";

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** Parts that are none of our business, by what people call them. */
const foreign: Readonly<Record<string, string>> = {
  "xl/pivotTables/pivotTable1.xml": "<pivotTableDefinition/>",
  "xl/slicers/slicer1.xml": "<slicers/>",
  "xl/threadedComments/threadedComment9.xml": "<ThreadedComments/>",
  "xl/persons/person.xml": "<personList/>",
  "xl/cellimages.xml": "<etc:cellImages/>",
  "xl/media/image1.png": "\u0089PNG",
  "xl/ink/ink1.xml": "<ink/>",
  "xl/diagrams/data1.xml": "<dgm:dataModel/>",
  "xl/embeddings/oleObject1.bin": "OLE",
  "xl/ctrlProps/ctrlProp1.xml": "<formControlPr/>",
  "xl/externalLinks/externalLink1.xml": "<externalLink/>",
  "xl/connections.xml": "<connections/>",
  "xl/queryTables/queryTable1.xml": "<queryTable/>",
  "xl/printerSettings/printerSettings1.bin": "\u0000\u0001",
  "xl/metadata.xml": "<metadata/>",
  "xl/richData/rdrichvalue.xml": "<rvData/>",
  "xl/theme/theme1.xml": "<a:theme/>",
  "customXml/item1.xml": "<b:Sources/>",
  "customUI/customUI14.xml": "<customUI/>",
  "docMetadata/LabelInfo.xml": "<clbl:labelList/>",
  "docProps/core.xml":
    "<cp:coreProperties><dc:creator>甲</dc:creator><cp:keywords>评审</cp:keywords></cp:coreProperties>",
};

const sheetHead =
  `<?xml version="1.0"?>\n<worksheet xmlns='${main}' xmlns:r="${office}" xmlns:xdr="urn:x"><sheetPr codeName="表一"><outlinePr summaryBelow="0"/></sheetPr>` +
  '<dimension ref="A1:C9"/><sheetViews><sheetView zoomScale="85" showGridLines="0" workbookViewId="0"><pane ySplit="1" topLeftCell="A5" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
  '<sheetFormatPr defaultRowHeight="14"/><cols><col min="1" max="3" width="12" outlineLevel="1"/></cols>';
const rows =
  '<row r="1" ht="20" x:dy="1"><c r="A1" t="str" ph="1"><v>表头</v></c></row>' +
  '<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2" cm="1"><f t="array" ref="B2:B3">A2:A3*2</f><v>2</v></c></row>' +
  '<row r="3"><c r="A3"><v>2</v></c><c r="B3"><v>4</v></c><c r="C3"><f t="shared" ref="C3:C4" si="0">A3+$A$2</f><v>3</v></c></row>' +
  '<row r="4"><c r="C4"><f t="shared" si="0"/><v>3</v></c></row>';
const tail =
  '<sheetProtection password="CAFE" sheet="1"/><protectedRanges><protectedRange name="r" sqref="A2:A4"/></protectedRanges>' +
  '<autoFilter ref="A1:C4"><filterColumn colId="0"><filters><filter val="2"/></filters></filterColumn></autoFilter>' +
  '<mergeCells count="1"><mergeCell ref="A6:B7"/></mergeCells>' +
  '<conditionalFormatting sqref="A2:A4"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>' +
  '<dataValidations count="1" disablePrompts="1"><dataValidation type="list" showErrorMessage="1" errorTitle="我的" sqref="C2:C9"><formula1>$A$2:$A$4</formula1></dataValidation></dataValidations>' +
  `<hyperlinks><hyperlink ref="A3" location="'案例'!A4" display="x"/></hyperlinks>` +
  '<printOptions headings="1"/><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/><pageSetup paperSize="8" r:id="p"/>' +
  '<rowBreaks count="1"><brk id="3" max="16383" man="1"/></rowBreaks><ignoredErrors><ignoredError sqref="A2:A4" numberStoredAsText="1"/></ignoredErrors>' +
  '<drawing r:id="d"/><tableParts count="1"><tablePart r:id="t"/></tableParts>' +
  '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="urn:x14"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="urn:xm"><x14:cfRule type="dataBar" id="{1}"/><xm:sqref>A2:A4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>';

function makeBusyPackage(): Buffer {
  const own =
    relationship("d", "drawing", "../drawings/drawing1.xml") +
    relationship("t", "table", "../tables/table1.xml") +
    relationship("p", "printerSettings", "../printerSettings/printerSettings1.bin");
  return makePackage({
    sheets: [
      { name: "案例", relationships: own },
      { name: "统计", rows: `<row r="1"><c r="A1"><f>SUM('案例'!A2:A4)</f><v>3</v></c></row>` },
    ],
    parts: {
      ...foreign,
      "xl/worksheets/sheet1.xml": `${sheetHead}<sheetData>${rows}</sheetData>${tail}</worksheet>`,
      "xl/tables/table1.xml": `<table xmlns="${main}" ref="A1:C4"><autoFilter ref="A1:C4"/><tableColumns count="1"><tableColumn id="1" name="表头"><calculatedColumnFormula>案例!$A$3</calculatedColumnFormula></tableColumn></tableColumns></table>`,
      "xl/drawings/drawing1.xml":
        "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>2</xdr:row></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:row>5</xdr:row></xdr:to><xdr:graphicFrame/></xdr:twoCellAnchor>" +
        '<xdr:twoCellAnchor editAs="absolute"><xdr:from><xdr:row>3</xdr:row></xdr:from><xdr:to><xdr:row>4</xdr:row></xdr:to><xdr:pic/></xdr:twoCellAnchor></xdr:wsDr>',
      "xl/charts/chart1.xml": "<c:chart><c:val><c:numRef><c:f>案例!$A$2:$A$4</c:f></c:numRef></c:val></c:chart>",
      "xl/pivotCache/pivotCacheDefinition1.xml":
        '<pivotCacheDefinition><cacheSource type="worksheet"><worksheetSource ref="A1:C4" sheet="案例"/></cacheSource></pivotCacheDefinition>',
      "xl/calcChain.xml": "<calcChain/>",
      "xl/workbook.xml":
        `<workbook xmlns="${main}" xmlns:r="${office}"><fileSharing readOnlyRecommended="1"/><workbookPr codeName="本簿"/><workbookProtection lockStructure="1"/><bookViews><workbookView activeTab="1"/></bookViews>` +
        '<sheets><sheet name="案例" sheetId="1" r:id="rId1"/><sheet name="统计" sheetId="2" r:id="rId2"/></sheets>' +
        `<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'案例'!$A$1:$C$4</definedName><definedName name="合计" localSheetId="1">'案例'!$A$4</definedName></definedNames>` +
        '<calcPr calcMode="manual"/><extLst><ext uri="{x}"/></extLst></workbook>',
    },
  });
}

function change(patch: Omit<SheetPatch, "name">) {
  const before = makeBusyPackage();
  const book = openWorkbookInPlace(before, nodeCodec);
  book.apply({ sheets: [{ name: "案例", ...patch }] });
  return { before: readParts(before), after: readParts(book.toBuffer()) };
}

describe("what people and programs have put into a workbook", () => {
  const everything: Omit<SheetPatch, "name"> = {
    edits: [{ row: 3, column: 1, value: "改" }],
    notes: [{ row: 1, column: 1, text: "注" }],
    marks: [{ row: 3, column: 1, mark: "error" }],
    layout: {
      frozen: { rows: 1, columns: 0 },
      filter: area(1, 1, 9, 3),
      protected: true,
      styles: [{ area: area(2, 2, 3, 2), style: { wrap: true } }],
      validations: [
        { area: area(2, 3, 5, 3), validation: { kind: "list", source: ["是"], strict: true, message: "选" } },
      ],
      conditionalFormats: [{ area: area(2, 1, 9, 1), formula: '$A2=""', style: { fill: "FFEB9C" } }],
      print: { landscape: true },
    },
  };

  test("parts that are none of our business are the same byte for byte", () => {
    const { before, after } = change(everything);
    for (const name of [
      ...Object.keys(foreign),
      "xl/charts/chart1.xml",
      "xl/tables/table1.xml",
      "xl/worksheets/sheet2.xml",
    ]) {
      expect([name, after.get(name)]).toEqual([name, before.get(name)]);
    }
    expect([...before.keys()].filter((name) => !after.has(name))).toEqual(["xl/calcChain.xml"]);
  });

  test("conditional formats of people by formula stay behind ours, and ours stand there once", () => {
    const theirs = '<cfRule type="expression" dxfId="0" priority="1"><formula>A2&gt;9</formula></cfRule>';
    const unpainted = '<cfRule type="expression" priority="3"><formula>A2&gt;8</formula></cfRule>';
    const ours = '<cfRule type="expression" dxfId="1" priority="2"><formula>$A2=""</formula></cfRule>';
    const inExtension =
      '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="urn:x14"><x14:conditionalFormattings>' +
      ["FF00FF00", "FFFBE0DD"]
        .map(
          (rgb, i) =>
            `<x14:conditionalFormatting xmlns:xm="urn:xm"><x14:cfRule type="expression" priority="${i + 4}" id="{${i}}"><xm:f>二!A1=1</xm:f>` +
            `<x14:dxf><fill><patternFill><bgColor rgb="${rgb}"/></patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>A2:A4</xm:sqref></x14:conditionalFormatting>`,
        )
        .join("") +
      "</x14:conditionalFormattings></ext></extLst>";
    const dxf = (rgb: string) => `<dxf><fill><patternFill><bgColor rgb="${rgb}"/></patternFill></fill></dxf>`;
    const bytes = makePackage({
      sheets: [
        {
          name: "案例",
          tail: `<conditionalFormatting sqref="A2:A9">${theirs}${unpainted}${ours}</conditionalFormatting>${inExtension}`,
        },
      ],
      styles: `<dxfs count="2">${dxf("FF00FF00")}${dxf("FFFBE0DD")}</dxfs>`,
    });
    const layout = {
      conditionalFormats: [{ area: area(2, 1, 9, 1), formula: '$A2="无"', style: { fill: "FBE0DD" } }],
    };
    const book = openWorkbookInPlace(bytes, nodeCodec);
    for (let i = 0; i < 2; i += 1) book.apply({ sheets: [{ name: "案例", layout }] });
    const sheet = readParts(book.toBuffer()).get("xl/worksheets/sheet1.xml") ?? "";
    const rules = [...sheet.matchAll(/<(?:x14:)?cfRule.*?priority="(\d+)".*?<(?:formula|xm:f)>(.*?)</g)];
    expect(rules.map(([, priority, formula]) => [priority, formula])).toEqual([
      ["1", "$A2=&quot;无&quot;"],
      ["2", "A2&gt;9"],
      ["3", "A2&gt;8"],
      ["4", "二!A1=1"],
    ]);
  });

  test("a workbook that nobody changes is the same byte for byte", () => {
    const bytes = makeBusyPackage();
    const parts = readParts(openWorkbookInPlace(bytes, nodeCodec).toBuffer());
    expect([...parts]).toEqual([...readParts(bytes)]);
  });

  test("one edit changes one cell of the sheet", () => {
    const { after } = change({ edits: [{ row: 3, column: 1, value: 5 }] });
    const expected = rows.replace('<c r="A3"><v>2</v></c>', '<c r="A3"><v>5</v></c>');
    const links = tail.replace(/<hyperlinks>.*<\/hyperlinks>/, "");
    expect(after.get("xl/worksheets/sheet1.xml")).toBe(
      `${sheetHead}<sheetData>${expected}</sheetData>${links}</worksheet>`,
    );
    expect(after.get("xl/workbook.xml")).toContain('<calcPr calcMode="manual" fullCalcOnLoad="1"/>');
  });

  test("a stylesheet without any list gets one only when a style is needed", () => {
    const stylesAfter = (style?: { readonly wrap: boolean }) => {
      const book = openWorkbookInPlace(makePackage(), nodeCodec);
      const area = { top: 1, left: 1, bottom: 1, right: 1 };
      book.apply({
        sheets: [
          {
            name: "Sheet1",
            edits: [{ row: 1, column: 1, value: 5 }],
            ...(style && { layout: { styles: [{ area, style }] } }),
          },
        ],
      });
      return readParts(book.toBuffer()).get("xl/styles.xml");
    };
    expect(stylesAfter()).toBe(readParts(makePackage()).get("xl/styles.xml"));
    expect(stylesAfter({ wrap: true })).toMatch(
      /<fonts count="1">.*<fills count="2">.*<borders count="1">.*<cellXfs count="2">/,
    );
  });

  test("a sheet that has grown says so, for programs that read no further than that", () => {
    const { after } = change({ edits: [{ row: 20, column: 5, value: 5 }] });
    expect(after.get("xl/worksheets/sheet1.xml")).toContain('<dimension ref="A1:E20"/>');
  });

  test("a layout leaves what people have set", () => {
    const sheet = change(everything).after.get("xl/worksheets/sheet1.xml") ?? "";
    for (const kept of [
      '<sheetProtection password="CAFE" sheet="1"/>',
      'zoomScale="85"',
      'topLeftCell="A5"',
      '<filterColumn colId="0"><filters><filter val="2"/></filters></filterColumn>',
      '<cfRule type="dataBar" priority="2">',
      'disablePrompts="1"',
      'errorTitle="我的" sqref="C6:C9"',
      '<printOptions headings="1" horizontalCentered="1"/>',
      '<row r="2" hidden="1">',
      'outlineLevel="1"',
      "<x14:conditionalFormattings>",
    ]) {
      expect(sheet).toContain(kept);
    }
    expect(sheet).toContain('<autoFilter ref="A1:C9">');
  });

  test("a rule of ours that paints nothing and writes in a colour stands there once, and people's stay", () => {
    const theirs = '<cfRule type="expression" dxfId="0" priority="1"><formula>A2&gt;9</formula></cfRule>';
    const bytes = makePackage({
      sheets: [{ name: "案例", tail: `<conditionalFormatting sqref="A2:A9">${theirs}</conditionalFormatting>` }],
      styles:
        '<dxfs count="1"><dxf><font><color rgb="FF2C6E3F"/></font><fill><patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs>',
    });
    let saved: Uint8Array = bytes;
    for (const bottom of [9, 12, 15]) {
      const book = openWorkbookInPlace(saved, nodeCodec);
      const conditionalFormats = ["2C6E3F", "B4BEC8"].map((color) => ({
        area: area(2, 1, bottom, 1),
        formula: `$A2="${color}"`,
        style: { font: { color } },
      }));
      book.apply({ sheets: [{ name: "案例", layout: { conditionalFormats } }] });
      saved = book.toBuffer();
    }
    const sheet = readParts(Buffer.from(saved)).get("xl/worksheets/sheet1.xml") ?? "";
    const areas = [...sheet.matchAll(/sqref="([^"]*)"><cfRule.*?<formula>(.*?)</g)].map(([, ...rest]) => rest);
    expect(areas).toEqual([
      ["A2:A15", "$A2=&quot;2C6E3F&quot;"],
      ["A2:A15", "$A2=&quot;B4BEC8&quot;"],
      ["A2:A9", "A2&gt;9"],
    ]);
  });

  test("what Excel has moved into extensions is ours where it is ours", () => {
    const x14 = (attributes: string, list: string, areas: string) =>
      `<x14:dataValidation type="list" ${attributes}><x14:formula1><xm:f>${list}</xm:f></x14:formula1><xm:sqref>${areas}</xm:sqref></x14:dataValidation>`;
    const bytes = makePackage({
      sheets: [
        {
          name: "案例",
          rows: '<row r="1"/>',
          tail:
            '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="3">' +
            x14('showErrorMessage="1" errorTitle="请检查"', "单位!$B$2:$B$9", "B2:B9") +
            x14('showErrorMessage="1"', "别的!$A$1:$A$3", "C1:C5") +
            x14('showErrorMessage="1"', "别的!$A$1:$A$3", "D2:D4") +
            '</x14:dataValidations></ext><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups/></ext></extLst>',
        },
      ],
    });
    const book = openWorkbookInPlace(bytes, nodeCodec);
    const validation = { kind: "list", source: "单位!$B$2:$B$9", strict: true, message: "选" } as const;
    const validations = [{ area: area(2, 2, 9, 4), validation }];
    book.apply({ sheets: [{ name: "案例", layout: { validations } }] });
    const sheet = readParts(book.toBuffer()).get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet.match(/<xm:sqref>[^<]*/g)).toEqual(["<xm:sqref>C1"]);
    expect(sheet).toContain('<x14:dataValidations count="1">');
    expect(sheet).toContain("<x14:sparklineGroups/>");
    expect(sheet.match(/<dataValidation /g)).toHaveLength(1);
  });

  test("a cell in which people talk keeps what they said, wherever it goes", () => {
    const bytes = makePackage({
      sheets: [
        {
          name: "案例",
          rows: '<row r="2"><c r="A2"><v>1</v></c></row>',
          relationships:
            relationship("c", "comments", "../comments1.xml") +
            '<Relationship Id="t" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/>',
        },
      ],
      parts: {
        "xl/comments1.xml": `<comments xmlns="${main}"><authors><author>tc={1}</author></authors><commentList><comment ref="A2" authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>`,
        "xl/threadedComments/threadedComment1.xml":
          '<ThreadedComments><threadedComment ref="A2" id="{1}"><text>问</text></threadedComment></ThreadedComments>',
      },
    });
    const book = openWorkbookInPlace(bytes, nodeCodec);
    book.apply({
      sheets: [
        {
          name: "案例",
          insertRows: [{ before: 1, count: 1 }],
          notes: [
            { row: 3, column: 1, text: "【评案簿检查】" },
            { row: 1, column: 1, text: "注" },
          ],
        },
      ],
    });
    const parts = readParts(book.toBuffer());
    expect(parts.get("xl/comments1.xml")).toContain('<comment ref="A3" authorId="0"><text><t>[Threaded comment]</t>');
    expect(parts.get("xl/comments1.xml")).toContain('<comment ref="A1" authorId="1">');
    expect(parts.get("xl/threadedComments/threadedComment1.xml")).toContain('<threadedComment ref="A3" id="{1}">');
  });

  test("all of it follows inserted rows", () => {
    const { after } = change({ insertRows: [{ before: 3, count: 2 }] });
    const sheet = after.get("xl/worksheets/sheet1.xml") ?? "";
    for (const moved of [
      '<dimension ref="A1:C11"/>',
      '<f t="array" ref="B2:B5">A2:A5*2</f>',
      '<c r="C5"><f>A5+$A$2</f>',
      '<c r="C6"><f>A6+$A$2</f>',
      'sqref="A2:A6"/></protectedRanges>',
      '<autoFilter ref="A1:C6">',
      '<mergeCell ref="A8:B9"/>',
      '<conditionalFormatting sqref="A2:A6">',
      'sqref="C2:C11"><formula1>$A$2:$A$6</formula1>',
      `<hyperlink ref="A5" location="'案例'!A6" display="x"/>`,
      '<brk id="5" max="16383" man="1"/>',
      "<xm:sqref>A2:A6</xm:sqref>",
    ]) {
      expect(sheet).toContain(moved);
    }
    expect(after.get("xl/worksheets/sheet2.xml")).toContain("SUM('案例'!A2:A6)");
    expect(after.get("xl/workbook.xml")).toContain("'案例'!$A$1:$C$6");
    expect(after.get("xl/workbook.xml")).toContain("'案例'!$A$6");
    expect(after.get("xl/tables/table1.xml")).toContain('ref="A1:C6"');
    expect(after.get("xl/tables/table1.xml")).toContain("案例!$A$5");
    const anchors = [...(after.get("xl/drawings/drawing1.xml") ?? "").matchAll(/<xdr:row>(\d+)/g)];
    expect(anchors.map(([, row]) => Number(row))).toEqual([4, 7, 3, 4]);
    expect(after.get("xl/charts/chart1.xml")).toContain("案例!$A$2:$A$6");
    expect(after.get("xl/pivotCache/pivotCacheDefinition1.xml")).toContain('ref="A1:C6"');
  });

  test("a sheet put before others moves what counts sheets by their place", () => {
    const book = openWorkbookInPlace(makeBusyPackage(), nodeCodec);
    book.apply({ sheets: [{ name: "说明", createBefore: "案例", edits: [{ row: 1, column: 1, value: "新" }] }] });
    const xml = readParts(book.toBuffer()).get("xl/workbook.xml") ?? "";
    expect(xml).toContain('activeTab="2"');
    expect(xml).toContain('name="合计" localSheetId="2"');
    expect(xml).toMatch(/<sheets><sheet name="说明" sheetId="3" r:id="\w+"\/><sheet name="案例"/);
  });

  test("a text that no cell has any more is gone from the file", () => {
    const items = "<sst><si><t>机密</t></si><si><t>仍用</t></si></sst>";
    const bytes = makePackage({
      sheets: [
        {
          name: "案例",
          rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
        },
      ],
      parts: {
        "xl/sharedStrings.xml": items,
        "xl/_rels/workbook.xml.rels": `<Relationships>${relationship("rId1", "worksheet", "worksheets/sheet1.xml")}${relationship("s", "sharedStrings", "sharedStrings.xml")}</Relationships>`,
      },
    });
    const book = openWorkbookInPlace(bytes, nodeCodec);
    book.apply({ sheets: [{ name: "案例", edits: [{ row: 1, column: 1, value: null }] }] });
    const saved = book.toBuffer();
    expect(readParts(saved).get("xl/sharedStrings.xml")).toBe("<sst><si><t/></si><si><t>仍用</t></si></sst>");
    expect(openWorkbookInPlace(saved, nodeCodec).snapshot.sheets[0]?.rows).toEqual([[null, "仍用"]]);
  });
});
