import type { WorkbookPatch } from "../../../../apps-script/core/workbook/port.ts";
import type { SpelledPart } from "./spellings.ts";

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const own = "http://schemas.openxmlformats.org/package/2006";
const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const relationships = (...targets: readonly (readonly [string, string])[]) =>
  `${head}<Relationships xmlns="${own}/relationships">${targets
    .map(([type, target], i) =>
      target.startsWith("http")
        ? `<Relationship Id="r${i}" Type="${office}/${type}" Target="${target}" TargetMode="External"/>`
        : `<Relationship Id="r${i}" Type="${office}/${type}" Target="${target}"/>`,
    )
    .join("")}</Relationships>`;

/** One of each thing that is read or written, as Excel spells it. */
export const plain: readonly SpelledPart[] = Object.entries({
  "[Content_Types].xml":
    `${head}<Types xmlns="${own}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>' +
    (
      [
        ["workbook", "sheet.main"],
        ["worksheets/sheet1", "worksheet"],
        ["worksheets/sheet2", "worksheet"],
        ["styles", "styles"],
        ["sharedStrings", "sharedStrings"],
        ["comments1", "comments"],
        ["tables/table1", "table"],
      ] as const
    )
      .map(([name, kind]) => `<Override PartName="/xl/${name}.xml" ContentType="${spreadsheet}.${kind}+xml"/>`)
      .join("") +
    "</Types>",
  "_rels/.rels": relationships(
    ["officeDocument", "xl/workbook.xml"],
    ["extended-properties", "docProps/app.xml"],
    ["custom-properties", "docProps/custom.xml"],
  ),
  "docProps/app.xml": `${head}<Properties xmlns="${office.replace("relationships", "extended-properties")}"><Application>别的程序</Application><Company>甲校</Company></Properties>`,
  "docProps/custom.xml": `${head}<Properties xmlns="${office.replace("relationships", "custom-properties")}" xmlns:vt="${office.replace("relationships", "docPropsVTypes")}"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="密级"><vt:lpwstr>内部</vt:lpwstr></property></Properties>`,
  "xl/workbook.xml":
    `${head}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr codeName="本簿"/><sheets><sheet name="案例" sheetId="1" r:id="r0"/><sheet name="统计" sheetId="2" state="hidden" r:id="r1"/></sheets>` +
    `<definedNames><definedName name="全部" localSheetId="0">'案例'!$A$2:$C$4</definedName></definedNames><calcPr calcId="1"/></workbook>`,
  "xl/_rels/workbook.xml.rels": relationships(
    ["worksheet", "worksheets/sheet1.xml"],
    ["worksheet", "worksheets/sheet2.xml"],
    ["styles", "styles.xml"],
    ["sharedStrings", "sharedStrings.xml"],
  ),
  "xl/styles.xml":
    `${head}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="General&quot;字&quot;"/></numFmts>` +
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/><bgColor indexed="64"/></patternFill></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="0" fillId="2" borderId="0" xfId="0"><alignment wrapText="1"/></xf></cellXfs>' +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs></styleSheet>',
  "xl/sharedStrings.xml": `${head}<sst xmlns="${main}" count="3" uniqueCount="3"><si><t>案例编号</t></si><si><r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">富 </t></r><r><t>文本</t></r><rPh sb="0" eb="1"><t>ふ</t></rPh><phoneticPr fontId="0"/></si><si><t>a_x0041__x005F_x000D_b_x005F_x005F_</t></si></sst>`,
  "xl/worksheets/sheet1.xml":
    `${head}<worksheet xmlns="${main}" xmlns:r="${office}"><sheetPr><tabColor rgb="FF112233"/></sheetPr><dimension ref="A1:E4"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="2" width="12" customWidth="1"/></cols><sheetData>` +
    '<row r="1" ht="20" customHeight="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" s="3" t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c><c r="E1" t="str"><v>纯文本</v></c></row>' +
    '<row r="2"><c r="A2" s="1"><v>45853</v></c><c r="B2" s="2"><v>480</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2"><f>B2*2</f><v>960</v></c></row>' +
    '<row r="3"><c r="A3" t="s"><f>A1</f><v>0</v></c><c r="B3" t="str"><f>A1&amp;"&lt;字"</f><v>案例编号&lt;字</v></c><c r="C3" t="b"><f>TRUE</f><v>1</v></c><c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E3"><f t="shared" ref="E3:E4" si="0">B3&amp;$A$1</f><v>1</v></c></row>' +
    '<row r="4"><c r="A4" s="1" t="d"><v>2025-07-15</v></c><c r="B4" s="1" t="d"><f>A4</f><v>2025-07-15T00:00:00</v></c><c r="C4"/><c r="D4"><v>1.5E+3</v></c><c r="E4"><f t="shared" si="0"/><v>2</v></c></row></sheetData>' +
    '<autoFilter ref="A1:E4"><filterColumn colId="0"><filters blank="1"/></filterColumn></autoFilter><mergeCells count="1"><mergeCell ref="A6:B7"/></mergeCells>' +
    '<conditionalFormatting sqref="B2:B4"><cfRule type="cellIs" dxfId="0" priority="1" operator="greaterThan"><formula>5</formula></cfRule></conditionalFormatting>' +
    '<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="我的" sqref="C2:C9"><formula1>$A$2:$A$4</formula1></dataValidation></dataValidations>' +
    `<hyperlinks><hyperlink ref="B1" r:id="r2"/><hyperlink ref="E1" location="'案例'!A4" display="x"/></hyperlinks><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/><pageSetup paperSize="8"/><legacyDrawing r:id="r1"/><tableParts count="1"><tablePart r:id="r3"/></tableParts></worksheet>`,
  "xl/worksheets/_rels/sheet1.xml.rels": relationships(
    ["comments", "../comments1.xml"],
    ["vmlDrawing", "../drawings/vmlDrawing1.vml"],
    ["hyperlink", "https://example.org/a"],
    ["table", "../tables/table1.xml"],
  ),
  "xl/worksheets/sheet2.xml": `${head}<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1"><f>SUM('案例'!B2:B4)</f><v>480</v></c></row></sheetData></worksheet>`,
  "xl/comments1.xml": `${head}<comments xmlns="${main}"><authors><author>甲</author></authors><commentList><comment ref="A3" authorId="0"><text><r><rPr><b/></rPr><t>请</t></r><r><t>核对</t></r></text></comment></commentList></comments>`,
  "xl/drawings/vmlDrawing1.vml":
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Anchor>1, 12, 1, 4, 5, 0, 4, 0</x:Anchor><x:Row>2</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>',
  "xl/tables/table1.xml": `${head}<table xmlns="${main}" id="1" name="表一" displayName="表一" ref="A1:E4"><autoFilter ref="A1:E4"/><tableColumns count="1"><tableColumn id="1" name="案例编号"><calculatedColumnFormula>案例!$A$3</calculatedColumnFormula></tableColumn></tableColumns></table>`,
}).map(([name, text]) => ({ name, text }));

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
/** A patch that touches each of them. */
export const patch: WorkbookPatch = {
  properties: { title: "评案", creator: "评案簿" },
  sheets: [
    {
      name: "案例",
      insertRows: [{ before: 3, count: 1 }],
      edits: [
        { row: 3, column: 1, value: "新行 <&>" },
        { row: 3, column: 2, value: { kind: "link", text: "材料", target: "https://example.org/b" } },
        { row: 2, column: 3, value: { kind: "date", iso: "2025-07-16" } },
        { row: 5, column: 5, value: { kind: "formula", formula: "A1&A2", result: "x" } },
        { row: 1, column: 2, value: "无链接" },
      ],
      notes: [
        { row: 2, column: 1, text: "新批注" },
        { row: 4, column: 1, text: null },
      ],
      marks: [
        { row: 2, column: 1, mark: "error" },
        { row: 1, column: 4, mark: "warning" },
      ],
      layout: {
        tabColor: "445566",
        widths: [{ column: 2, width: 20 }],
        heights: [{ row: 5, height: 30 }],
        frozen: { rows: 1, columns: 1 },
        filter: area(1, 1, 9, 5),
        protected: true,
        merges: [area(8, 1, 8, 2)],
        styles: [
          { area: area(2, 1, 3, 2), style: { wrap: true, font: { bold: true }, border: "thin", fill: "EEEEEE" } },
        ],
        validations: [
          { area: area(2, 4, 9, 4), validation: { kind: "list", source: ["是", "否"], strict: true, message: "选" } },
        ],
        conditionalFormats: [{ area: area(2, 1, 9, 1), formula: '$A2=""', style: { fill: "FFEB9C" } }],
        print: { landscape: true, titleRows: [1, 1], header: "页眉", area: area(1, 1, 9, 5) },
      },
    },
    {
      name: "说明",
      createBefore: "案例",
      edits: [{ row: 1, column: 1, value: "说" }],
      notes: [{ row: 1, column: 1, text: "注" }],
    },
  ],
};
