import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type CellValue, noteKey, type SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { newWorkbook, type OpenWorkbook, readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { zipParts } from "../../../node-tools/office-files/zip.ts";
import { CellTextError } from "../../../node-tools/xlsx/package/workbook-in-place.ts";
import { fillOf, isUnlocked, readParts } from "./inspect.ts";
import { makePackage, relationship } from "./package-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "casebook-"));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const corner = { top: 1, left: 1, bottom: 1, right: 1 };

async function open(bytes: Uint8Array): Promise<OpenWorkbook> {
  count += 1;
  const path = join(folder, `${count}.xlsx`);
  writeFileSync(path, bytes);
  return readWorkbook(path);
}

async function build(patch: Omit<SheetPatch, "name">): Promise<Uint8Array> {
  const book = newWorkbook();
  book.apply({ sheets: [{ name: "案例", createBefore: null, ...patch }] });
  return book.toBuffer();
}

async function change(bytes: Uint8Array, patch: Omit<SheetPatch, "name">, name = "案例"): Promise<Uint8Array> {
  const book = await open(bytes);
  book.apply({ sheets: [{ name, ...patch }] });
  return book.toBuffer();
}

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

const styles =
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>' +
  '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>' +
  '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>' +
  '<dxfs count="2"><dxf><font><b/></font></dxf><dxf><fill><patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs>';

describe("what other programs write is read for what it means", () => {
  test.for<{ name: string; rows: string; tail?: string; relationships?: string; expected: CellValue[][] }>([
    {
      name: "rich text is plain text",
      rows: '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>案</t></r><r><t>例</t></r></is></c></row>',
      expected: [["案例"]],
    },
    {
      name: "an address that a person typed is a text",
      rows: '<row r="1"><c r="A1" t="str"><v>li@example.org</v></c><c r="B1" t="str"><v>https://example.org/x</v></c><c r="C1" t="str"><v>材料</v></c></row>',
      tail: '<hyperlinks><hyperlink ref="A1" r:id="a"/><hyperlink ref="B1" r:id="b"/><hyperlink ref="C1" r:id="b" location="p2"/></hyperlinks>',
      relationships:
        relationship("a", "hyperlink", "mailto:li@example.org", "External") +
        relationship("b", "hyperlink", "https://example.org/x", "External"),
      expected: [
        ["li@example.org", "https://example.org/x", { kind: "link", text: "材料", target: "https://example.org/x#p2" }],
      ],
    },
    {
      name: "a shared formula is each cell's own",
      rows:
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1&amp;"A1"&amp;$A$1&amp;\'表 A1\'!A1</f><v>1</v></c></row>' +
        '<row r="3"><c r="B3"><f t="shared" si="0"/><v>0</v></c></row>',
      expected: [
        [null, { kind: "formula", formula: `A1&"A1"&$A$1&'表 A1'!A1`, result: 1 }],
        [],
        [null, { kind: "formula", formula: `A3&"A1"&$A$1&'表 A1'!A3`, result: 0 }],
      ],
    },
    {
      name: "a number too large for a date stays a number",
      rows: '<row r="1"><c r="A1" s="1"><v>13800138000</v></c><c r="B1" s="1"><v>20250715</v></c><c r="C1" s="1"><v>45853</v></c></row>',
      expected: [[13_800_138_000, 20_250_715, { kind: "date", iso: "2025-07-15" }]],
    },
    {
      name: "the text of a formula in a date cell",
      rows: '<row r="1"><c r="A1" s="1" t="str"><f>B1&amp;""</f><v>未填 &amp; 空</v></c><c r="B1" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>',
      expected: [
        [
          { kind: "formula", formula: 'B1&""', result: "未填 & 空" },
          { kind: "formula", formula: "1/0", result: { kind: "error", code: "#DIV/0!" } },
        ],
      ],
    },
    {
      name: "dates written as text",
      rows: '<row r="1"><c r="A1" s="1" t="d"><v>2025-07-15</v></c><c r="B1" s="1" t="d"><v>2025-07-15T08:30:00Z</v></c></row>',
      expected: [
        [
          { kind: "date", iso: "2025-07-15" },
          { kind: "date", iso: "2025-07-15T08:30:00" },
        ],
      ],
    },
    {
      name: "rows and cells without addresses count up",
      rows: '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c><v>3</v></c><c r="D4"><v>4</v></c><c><v>5</v></c></row><row/><row><c><v>6</v></c></row>',
      expected: [[1, 2], [], [], [3, null, null, 4, 5], [], [6]],
    },
    {
      name: "merged cells have the value of the first",
      rows: '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c><c r="C2"><v>4</v></c></row>',
      tail: '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>',
      expected: [[1], [null, null, 4]],
    },
    {
      name: "thirty thousand empty formatted rows below are no rows",
      rows: `<row r="1"><c r="A1"><v>1</v></c></row>${Array.from({ length: 30_000 }, (_, i) => `<row r="${i + 2}"><c r="A${i + 2}" s="1"/></row>`).join("")}`,
      expected: [[1]],
    },
  ])("$name", async ({ rows, tail = "", relationships = "", expected }) => {
    const book = await open(makePackage({ sheets: [{ name: "Sheet1", rows, tail, relationships }], styles }));
    expect(book.snapshot.sheets[0]?.rows).toEqual(expected);
    expect((await open(book.toBuffer())).snapshot.sheets[0]?.rows).toEqual(expected);
  });

  test("notes as plain text under any part name, on cells that the sheet does not have", async () => {
    const bytes = makePackage({
      sheets: [{ name: "Sheet1", relationships: relationship("c", "comments", "/xl/comments/comment1.xml") }],
      parts: {
        "xl/comments/comment1.xml":
          '<comments><authors><author>王五</author></authors><commentList><comment ref="D9" authorId="0"><text><t>核对&amp;修改</t></text></comment>' +
          '<comment ref="A1" authorId="0"><text><r><rPr><b/></rPr><t>王五:</t></r><r><t xml:space="preserve">\n第二行</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></text></comment></commentList></comments>',
      },
    });
    const book = await open(bytes);
    const expected = [
      [noteKey(9, 4), "核对&修改"],
      [noteKey(1, 1), "王五:\n第二行"],
    ];
    expect([...(book.snapshot.sheets[0]?.notes ?? [])]).toEqual(expected);
    const again = await open(book.toBuffer());
    expect(new Map(again.snapshot.sheets[0]?.notes)).toEqual(new Map(expected as [string, string][]));
  });
});

describe("saving keeps what people and programs have put in", () => {
  const tail =
    '<sheetProtection sheet="true" objects="false"/>' +
    '<conditionalFormatting sqref="A1:A9"><cfRule type="cellIs" dxfId="1" priority="1" operator="equal"><formula>A1</formula></cfRule></conditionalFormatting>' +
    '<dataValidations count="1"><dataValidation type="list" sqref="A1:C1048576"><formula1>"是,否"</formula1></dataValidation></dataValidations>' +
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations><x14:dataValidation type="list" allowBlank="1">' +
    "<x14:formula1><xm:f>单位!$B$2:$B$9</xm:f></x14:formula1><xm:sqref>D2:D9</xm:sqref></x14:dataValidation></x14:dataValidations></ext>" +
    '<ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups/></ext></extLst>';
  const source = makePackage({
    sheets: [
      {
        name: "案例",
        rows: '<row r="1" ht="30"><c r="A1"><v>1</v></c></row><row r="2" ht="40" customHeight="1"><c r="A2"><v>2</v></c></row>',
        tail,
      },
    ],
    styles,
    parts: {
      "xl/workbook.xml":
        '<workbook xmlns:r="r"><sheets><sheet name="案例" sheetId="7" r:id="rId1"/></sheets><definedNames>' +
        '<definedName name="税率">0.06</definedName><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">案例!$A$1:$B$9</definedName>' +
        '<definedName name="本地" localSheetId="0">案例!$A$2</definedName></definedNames></workbook>',
    },
  });

  test("validations, conditional formats, extensions, names, protection", async () => {
    const parts = readParts(await change(source, { edits: [{ row: 1, column: 1, value: 5 }] }));
    const sheet = parts.get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet).toContain(
      '<dataValidation type="list" sqref="A1:C1048576"><formula1>"是,否"</formula1></dataValidation>',
    );
    expect(sheet).toContain("<xm:f>单位!$B$2:$B$9</xm:f></x14:formula1><xm:sqref>D2:D9</xm:sqref>");
    expect(sheet).toContain('<cfRule type="cellIs" dxfId="1"');
    expect(sheet).toContain("x14:sparklineGroups");
    expect(sheet).toContain('<sheetProtection sheet="true" objects="false"/>');
    expect(/<dxfs.*<\/dxfs>/.exec(parts.get("xl/styles.xml") ?? "")?.[0]).toBe(
      '<dxfs count="2"><dxf><font><b/></font></dxf><dxf><fill><patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs>',
    );
    expect(/<definedNames>.*<\/definedNames>/.exec(parts.get("xl/workbook.xml") ?? "")?.[0]).toBe(
      '<definedNames><definedName name="税率">0.06</definedName><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">案例!$A$1:$B$9</definedName>' +
        '<definedName name="本地" localSheetId="0">案例!$A$2</definedName></definedNames>',
    );
  });

  test("a height that a program worked out does not become fixed", async () => {
    const sheet =
      readParts(await change(source, { edits: [{ row: 1, column: 1, value: 5 }] })).get("xl/worksheets/sheet1.xml") ??
      "";
    expect(sheet).toContain('<row r="1" ht="30">');
    expect(sheet).toContain('ht="40" customHeight="1"');
  });

  test("print titles of a sheet with an apostrophe in its name", async () => {
    const book = newWorkbook();
    book.apply({
      sheets: [{ name: "O'Brien", createBefore: null, layout: { print: { landscape: false, titleRows: [1, 1] } } }],
    });
    expect(readParts(book.toBuffer()).get("xl/workbook.xml")).toContain(">'O''Brien'!$1:$1<");
  });

  test("the sheet that was in front stays in front when one is made before it", async () => {
    const views = '<bookViews><workbookView activeTab="1"/></bookViews>';
    const sheets =
      '<sheets><sheet name="一" sheetId="1" r:id="rId1"/><sheet name="二" sheetId="2" r:id="rId2"/></sheets>';
    const bytes = makePackage({
      sheets: [{ name: "一" }, { name: "二" }],
      parts: { "xl/workbook.xml": `<workbook xmlns:r="r">${views}${sheets}</workbook>` },
    });
    const workbook = readParts(await change(bytes, { createBefore: "二" }, "新")).get("xl/workbook.xml");
    expect(workbook).toContain('activeTab="2"');
  });

  test("line ends of a text are line feeds, whatever they were", async () => {
    const book = await open(await build({ edits: [{ row: 1, column: 1, value: "一\r\n二\r三\n四" }] }));
    expect(book.snapshot.sheets[0]?.rows).toEqual([["一\n二\n三\n四"]]);
  });

  test("links to places of the workbook follow inserted rows, addresses outside stay", async () => {
    const linked = (row: number, target: string) => ({
      row,
      column: 1,
      value: { kind: "link" as const, text: "看", target },
    });
    const bytes = await build({
      edits: [linked(1, "#案例!A5"), linked(2, "https://example.org/#A5"), linked(6, "#案例!A1")],
    });
    const book = await open(await change(bytes, { insertRows: [{ before: 5, count: 10 }] }));
    const targets = book.snapshot.sheets[0]?.rows.flatMap((row, i) =>
      row.map((value) => [i + 1, typeof value === "object" && value?.kind === "link" ? value.target : value]),
    );
    expect(targets).toEqual([
      [1, "#案例!A15"],
      [2, "https://example.org/#A5"],
      [16, "#案例!A1"],
    ]);
  });

  test("a filter keeps what it filters by and the rows that it hid", async () => {
    const bytes = makePackage({
      sheets: [
        {
          name: "案例",
          rows: [1, 2, 3, 4].map((n) => `<row r="${n}" hidden="1"><c r="A${n}"><v>${n}</v></c></row>`).join(""),
          tail: '<autoFilter ref="A1:A3"><filterColumn colId="0"><filters><filter val="9"/></filters></filterColumn></autoFilter>',
        },
      ],
    });
    const sheet = readParts(await change(bytes, { insertRows: [{ before: 3, count: 2 }] })).get(
      "xl/worksheets/sheet1.xml",
    );
    expect(sheet?.match(/<row r="\d" hidden="1"/g)).toEqual([1, 2, 5, 6].map((row) => `<row r="${row}" hidden="1"`));
    expect(sheet).toContain(
      '<autoFilter ref="A1:A5"><filterColumn colId="0"><filters><filter val="9"/></filters></filterColumn></autoFilter>',
    );
  });

  test("they follow inserted rows", async () => {
    const parts = readParts(await change(source, { insertRows: [{ before: 2, count: 3 }] }));
    const sheet = parts.get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet).toContain('sqref="A1:A12"');
    expect(sheet).toContain("<xm:sqref>D5:D12</xm:sqref>");
    expect(sheet).toMatch(/<row r="5" ht="40"/);
    expect(parts.get("xl/workbook.xml")).toContain("案例!$A$5");
  });

  test("a layout takes none of them away", async () => {
    const sheet = readParts(await change(source, { layout: { validations: [], conditionalFormats: [] } })).get(
      "xl/worksheets/sheet1.xml",
    );
    expect(sheet).toContain('sqref="A1:C1048576"');
    expect(sheet).toContain('<cfRule type="cellIs" dxfId="1" priority="1" operator="equal">');
    expect(sheet).toContain("<xm:sqref>D2:D9</xm:sqref>");
  });
});

describe("marks", () => {
  const painted = () =>
    build({
      edits: [
        { row: 1, column: 1, value: "人涂的" },
        { row: 1, column: 2, value: "没涂" },
      ],
      layout: { styles: [{ area: area(1, 1, 1, 1), style: { fill: "00B0F0" } }] },
    });
  const marks = [1, 2, 3].map((column) => ({ row: 1, column, mark: "error" as const }));
  const fills = (bytes: Uint8Array) => ["A1", "B1", "C1"].map((address) => fillOf(bytes, address));

  test("a person's own fill comes back when the mark goes", async () => {
    const marked = await change(await painted(), { marks });
    for (const fill of fills(marked)) expect(fill).toMatch(/^FFC/);
    expect(fills(await change(marked, { marks: [] }))).toEqual(["00B0F0", "none", "none"]);
  });

  test("a mark over a mark keeps the first fill, and a patch without marks changes none", async () => {
    const twice = await change(await change(await painted(), { marks }), {
      marks: [{ row: 1, column: 1, mark: "warning" }],
    });
    const untouched = await change(twice, { edits: [{ row: 1, column: 2, value: "改" }] });
    expect(fills(untouched)).toEqual(fills(twice));
    expect(fills(twice).slice(1)).toEqual(["none", "none"]);
    expect(fills(await change(twice, { marks: [] }))[0]).toBe("00B0F0");
  });

  test("of two marks on one cell the last shows, over the fill from before both", async () => {
    const both = (["error", "warning"] as const).map((mark) => ({ row: 1, column: 1, mark }));
    const marked = await change(await painted(), { marks: both });
    expect(fillOf(marked, "A1")).toMatch(/^FFE/);
    expect(fillOf(await change(marked, { marks: [] }), "A1")).toBe("00B0F0");
  });

  test("a layout that paints a marked cell paints it under the mark", async () => {
    const marked = await change(await painted(), {
      marks,
      layout: { styles: [{ area: area(1, 1, 1, 3), style: { fill: "FFFF00" } }] },
    });
    expect(fills(marked)).not.toContain("FFFF00");
    expect(fills(await change(marked, { marks: [] }))).toEqual(["FFFF00", "FFFF00", "FFFF00"]);
  });

  test("a list of fills that somebody changed does no harm", async () => {
    const marked = await change(await painted(), { marks });
    const parts = [...readParts(marked)].map(([name, content]) => ({
      name,
      content: Buffer.from(name === "docProps/custom.xml" ? content.replace(/lpwstr>[^<]*</, "lpwstr>坏<") : content),
    }));
    const bytes = zipParts(parts, { compress: true });
    expect(fills(await change(bytes, { marks: [] }))).toEqual(["none", "none", "none"]);
  });

  test("a cell painted in Excel's own colour for bad values is no mark", async () => {
    const own = await build({
      edits: [{ row: 1, column: 1, value: 1 }],
      layout: { styles: [{ area: area(1, 1, 1, 1), style: { fill: "FFC7CE" } }] },
    });
    expect(fillOf(await change(own, { marks: [] }), "A1")).toBe("FFC7CE");
  });
});

describe("layout", () => {
  test("locks all but the cells that are unlocked", async () => {
    const bytes = await build({
      layout: { protected: true, styles: [{ area: area(2, 1, 3, 1), style: { locked: false } }] },
    });
    expect(["A1", "A2", "A3"].map((address) => isUnlocked(bytes, address))).toEqual([false, true, true]);
    expect(readParts(bytes).get("xl/worksheets/sheet1.xml")).toContain("<sheetProtection sheet=");
    expect(
      readParts(await change(bytes, { layout: { protected: false } })).get("xl/worksheets/sheet1.xml"),
    ).not.toContain("sheetProtection");
  });

  test.for([
    {
      validation: { kind: "list", source: ["是", "否"], strict: false } as const,
      xml: 'type="list" allowBlank="1" showInputMessage="1" showErrorMessage="0" sqref="B2:B9"><formula1>&quot;是,否&quot;</formula1>',
    },
    {
      validation: { kind: "list", source: "单位!$B$2:$B$60", strict: true, message: "选单位" } as const,
      xml: 'error="选单位" sqref="B2:B9"><formula1>单位!$B$2:$B$60</formula1>',
    },
    {
      validation: { kind: "number", min: 0, max: 10, integer: true, message: "0–10" } as const,
      xml: 'type="whole" operator="between" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="请检查" error="0–10" sqref="B2:B9"><formula1>0</formula1><formula2>10</formula2>',
    },
    {
      validation: { kind: "custom", formula: "MOD(B2*2,1)=0", message: "步长 <0.5>" } as const,
      xml: 'error="步长 &lt;0.5&gt;" sqref="B2:B9"><formula1>MOD(B2*2,1)=0</formula1>',
    },
  ])("$validation.kind $validation.source", async ({ validation, xml }) => {
    const bytes = await build({ layout: { validations: [{ area: area(2, 2, 9, 2), validation }] } });
    expect(readParts(bytes).get("xl/worksheets/sheet1.xml")).toContain(xml);
  });

  test("a filter, merges and rules stand in the order of the format, wherever the sheet has others", async () => {
    const bytes = makePackage({
      sheets: [
        {
          name: "案例",
          rows: "",
          tail: '<mergeCells count="1"><mergeCell ref="A6:B6"/></mergeCells><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>',
        },
      ],
    });
    const sheet = readParts(
      await change(bytes, {
        layout: {
          filter: { ...corner, right: 3 },
          protected: true,
          conditionalFormats: [{ area: corner, formula: "A1=1", style: { fill: "FFF2CC" } }],
          validations: [{ area: corner, validation: { kind: "list", source: ["是"], strict: true } }],
        },
      }),
    ).get("xl/worksheets/sheet1.xml");
    const places = [
      "sheetData",
      "sheetProtection",
      "autoFilter",
      "mergeCells",
      "conditionalFormatting",
      "dataValidations",
      "pageMargins",
    ].map((name) => sheet?.indexOf(`<${name}`) ?? -1);
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test("columns beyond those that get a width stay one range, as they are", async () => {
    const sheet =
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="2" max="16384" width="9" style="0" hidden="1"/></cols><sheetData/></worksheet>';
    const bytes = makePackage({ sheets: [{ name: "案例" }], parts: { "xl/worksheets/sheet1.xml": sheet } });
    const after = readParts(
      await change(bytes, {
        layout: {
          widths: [
            { column: 1, width: 20 },
            { column: 3, width: 30 },
          ],
        },
      }),
    );
    const columns = after.get("xl/worksheets/sheet1.xml")?.match(/<col [^>]*>/g);
    expect(columns?.map((column) => /min="(\d+)" max="(\d+)"/.exec(column)?.slice(1).join("-") ?? column)).toHaveLength(
      4,
    );
    expect(columns?.at(-1)).toMatch(/min="4".*max="16384"|max="16384".*min="4"/);
    expect(columns?.at(-1)).toContain('hidden="1"');
  });

  test("an inline list that a spreadsheet could not hold is refused", async () => {
    const source = Array.from({ length: 100 }, (_, i) => `选项${i}`);
    const validations = [{ area: area(1, 1, 1, 1), validation: { kind: "list" as const, source, strict: true } }];
    await expect(build({ layout: { validations } })).rejects.toThrow(RangeError);
  });

  test("a later style replaces only what it names", async () => {
    const cell = area(1, 1, 1, 1);
    const first = {
      fill: "FFFF00",
      wrap: true,
      horizontal: "center",
      numberFormat: "0.0",
      font: { bold: true },
    } as const;
    const bytes = await build({
      layout: {
        styles: [
          { area: cell, style: first },
          { area: cell, style: { wrap: false, font: { color: "FF0000" } } },
        ],
      },
    });
    const styles = readParts(bytes).get("xl/styles.xml") ?? "";
    expect(fillOf(bytes, "A1")).toBe("FFFF00");
    expect(styles).toMatch(/<font><b\/><sz val="11"\/><color rgb="FFFF0000"\/>/);
    expect(styles).toContain('formatCode="0.0"');
    expect(styles).toContain('<alignment horizontal="center" wrapText="0"/>');
  });

  test.for([
    {
      frozen: { rows: 1, columns: 0 },
      xml: '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    },
    {
      frozen: { rows: 0, columns: 2 },
      xml: '<pane xSplit="2" topLeftCell="C1" activePane="topRight" state="frozen"/>',
    },
    {
      frozen: { rows: 2, columns: 1 },
      xml: '<pane xSplit="1" ySplit="2" topLeftCell="B3" activePane="bottomRight" state="frozen"/>',
    },
  ])("freezes $frozen.rows rows and $frozen.columns columns", async ({ frozen, xml }) => {
    expect(readParts(await build({ layout: { frozen } })).get("xl/worksheets/sheet1.xml")).toContain(xml);
  });

  test("prints on A4, one page wide, with the header on every page", async () => {
    const bytes = await build({
      layout: {
        print: { landscape: true, titleRows: [1, 2], margins: { top: 25.4, bottom: 25.4, left: 12.7, right: 12.7 } },
      },
    });
    const sheet = readParts(bytes).get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet).toMatch(/<pageSetup paperSize="9" orientation="landscape"[^>]* fitToWidth="1" fitToHeight="0"/);
    expect(sheet).toContain('<pageMargins left="0.5" right="0.5" top="1" bottom="1"');
    expect(readParts(bytes).get("xl/workbook.xml")).toContain("$1:$2</definedName>");
  });
});

test("a text longer than a cell holds is refused, naming the cell", async () => {
  const error = await build({ edits: [{ row: 12, column: 28, value: "字".repeat(32_768) }] }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CellTextError);
  expect(error).toMatchObject({ sheet: "案例", row: 12, column: 28, length: 32_768 });
  expect(String(error)).toContain("AB12");
});

test.for<readonly [string, Omit<SheetPatch, "name">]>([
  ["a number becomes a date", { layout: { styles: [{ area: corner, style: { numberFormat: "yyyy-mm-dd" } }] } }],
  ["a number is shown otherwise", { layout: { styles: [{ area: corner, style: { numberFormat: '0"字"' } }] } }],
  ["a merge covers cells", { layout: { merges: [{ ...corner, right: 2 }] } }],
  ["edits", { edits: [{ row: 2, column: 2, value: "改" }] }],
  ["rows go", { clearFrom: 2 }],
  ["rows come", { insertRows: [{ before: 2, count: 1 }] }],
  ["a note", { notes: [{ row: 1, column: 1, text: "注" }] }],
  ["a mark", { marks: [{ row: 1, column: 1, mark: "error" }] }],
  ["a look that changes no reading", { layout: { styles: [{ area: corner, style: { wrap: true } }] } }],
])("%s: what is read before saving is what the saved file holds", async ([, patch]) => {
  const book = await open(
    await build({
      edits: [
        { row: 1, column: 1, value: 45_000 },
        { row: 1, column: 2, value: "乙" },
        { row: 2, column: 2, value: { kind: "formula", formula: "A1+1", result: 45_001 } },
      ],
    }),
  );
  void book.snapshot.sheets[0]?.rows;
  book.apply({ sheets: [{ name: "案例", ...patch }] });
  const [now] = book.snapshot.sheets;
  const [saved] = (await open(book.toBuffer())).snapshot.sheets;
  expect([now?.rows, now?.notes, now?.shown]).toEqual([saved?.rows, saved?.notes, saved?.shown]);
});

test("the same patches make the same bytes", async () => {
  const patch = {
    edits: [{ row: 1, column: 1, value: { kind: "date", iso: "2025-07-15" } as const }],
    notes: [{ row: 1, column: 1, text: "注" }],
  };
  expect(Buffer.compare(Buffer.from(await build(patch)), Buffer.from(await build(patch)))).toBe(0);
});

test("given properties replace everything that the file said about people", async () => {
  const bytes = makePackage({
    sheets: [
      {
        name: "评分",
        rows: '<row r="1"><c r="A1"><v>1</v></c></row>',
        relationships: relationship("c", "comments", "../comments1.xml"),
      },
    ],
    parts: {
      "docProps/core.xml":
        "<cp:coreProperties><dc:creator>王五</dc:creator><cp:lastModifiedBy>赵六</cp:lastModifiedBy></cp:coreProperties>",
      "docProps/app.xml": "<Properties><Company>某某学校</Company><Manager>钱七</Manager></Properties>",
      "xl/comments1.xml":
        '<comments><authors><author>孙八</author></authors><commentList><comment ref="A1"><text><t>注</t></text></comment></commentList></comments>',
    },
  });
  const book = await open(bytes);
  book.apply({ sheets: [], properties: { title: "评分表", creator: "评案簿" } });
  const all = [...readParts(book.toBuffer()).values()].join("\n");
  expect(all).toContain("<dc:creator>评案簿</dc:creator>");
  expect(all).not.toMatch(/王五|赵六|某某学校|钱七|孙八|ExcelJS|Unknown/);
});

test("a note's box grows with its text", async () => {
  const boxHeight = async (text: string) => {
    const vml =
      readParts(await build({ notes: [{ row: 1, column: 1, text }] })).get("xl/drawings/vmlDrawing1.vml") ?? "";
    return Number(/height:([\d.]+)pt/.exec(vml)?.[1]);
  };
  expect(await boxHeight("很长的说明".repeat(30))).toBeGreaterThan(3 * (await boxHeight("短")));
});
