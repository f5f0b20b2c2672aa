import { describe, expect, test } from "vitest";
import { linesOf } from "../../../apps-script/core/import/document.ts";
import { InputError } from "../../../node-tools/errors.ts";
import { docxLimits, readDocxStructure } from "../../../node-tools/inputs/docx-structure.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { makeDocx, paragraph } from "../documents/make-docx.ts";

const lines = (body: string) => linesOf(readDocxStructure("案例.docx", makeDocx(body)));
const run = (text: string, properties = "") => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;

describe("the visible text", () => {
  test.for([
    { name: "runs", body: `<w:p>${run("案例")}${run("概要")}</w:p>`, text: ["案例概要"] },
    {
      name: "tabs and breaks",
      body: "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>",
      text: ["甲\t乙", "丙"],
    },
    {
      name: "tracked changes: inserted yes, deleted and moved away no",
      body: `<w:p><w:ins>${run("新")}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>${run("走")}</w:moveFrom><w:moveTo>${run("来")}</w:moveTo></w:p>`,
      text: ["新来"],
    },
    {
      name: "hidden runs",
      body: `<w:p>${run("见")}${run("不见", "<w:vanish/>")}${run("又见", "<w:vanish w:val='0'/>")}</w:p>`,
      text: ["见又见"],
    },
    {
      name: "a paragraph whose mark alone is hidden",
      body: `<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>${run("见")}</w:p>`,
      text: ["见"],
    },
    {
      name: "content controls: the text, not the prompt",
      body: `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${paragraph("单击此处输入文字")}</w:sdtContent></w:sdt><w:sdt><w:sdtContent>${paragraph("正文")}</w:sdtContent></w:sdt>`,
      text: ["正文"],
    },
    {
      name: "a text box once, behind its paragraph",
      body: `<w:p>${run("锚")}<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>${paragraph("框")}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${paragraph("框")}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>${run("后")}</w:p>`,
      text: ["锚后", "框"],
    },
    {
      name: "fields: the result, not the code; formulas; pinyin left out",
      body: `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>${run("3")}<m:r><m:t>x+1</m:t></m:r><w:r><w:ruby><w:rt>${run("zhōng")}</w:rt><w:rubyBase>${run("中")}</w:rubyBase></w:ruby></w:r></w:p>`,
      text: ["3x+1中"],
    },
    {
      name: "a nested table",
      body: `<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>${paragraph("里")}</w:tc></w:tr></w:tbl>${paragraph("外")}</w:tc></w:tr></w:tbl>`,
      text: ["里", "外"],
    },
  ])("$name", ({ body, text }) => expect(lines(body)).toEqual(text));
});

test("merged cells keep the columns of a table below each other", () => {
  const cell = (text: string, properties: string) => `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
  const body = `<w:tbl>
    <w:tr>${cell("甲", "<w:gridSpan w:val='2'/>")}${cell("组", "<w:vMerge w:val='restart'/>")}</w:tr>
    <w:tr>${cell("乙", "")}${cell("丙", "")}${cell("接着", "<w:vMerge/>")}</w:tr></w:tbl>`;
  const [table] = readDocxStructure("案例.docx", makeDocx(body));
  const rows = table?.kind === "table" ? table.rows.map((cells) => cells.map((c) => linesOf(c).join())) : [];
  expect(rows).toEqual([
    ["甲", "", "组"],
    ["乙", "丙", ""],
  ]);
});

test("the main part is found where the package names it", () => {
  const docx = makeDocx(paragraph("正文"), { part: "word/document2.xml" });
  expect(linesOf(readDocxStructure("案例.docx", docx))).toEqual(["正文"]);
});

describe("what cannot be read is named with the remedy", () => {
  const zip = (...parts: [string, string][]) =>
    zipParts(
      parts.map(([name, text]) => ({ name, content: Buffer.from(text) })),
      { compress: true },
    );
  const ole = (word: string) => Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from(word, "utf16le")]);
  const deep = "<w:sdt><w:sdtContent>".repeat(docxLimits.depth) + "</w:sdtContent></w:sdt>".repeat(docxLimits.depth);
  test.for([
    { name: ".doc", bytes: ole("WordDocument"), says: /\.doc 或 \.wps.*另存为「Word 文档（\*\.docx）」/ },
    { name: "password", bytes: ole("EncryptedPackage"), says: /密码.*取消密码/ },
    { name: "RTF", bytes: Buffer.from("{\\rtf1 abc}"), says: /RTF.*另存为/ },
    { name: "PDF", bytes: Buffer.from("%PDF-1.7"), says: /PDF.*Word 文档/ },
    { name: "web page", bytes: Buffer.from("<html>"), says: /网页.*另存为/ },
    { name: "noise", bytes: Buffer.from("abc"), says: /不是 Word 文档.*另存为/ },
    { name: "cut off", bytes: makeDocx(paragraph("正文")).subarray(0, 300), says: /不完整或已损坏.*重新取得/ },
    { name: "workbook", bytes: zip(["xl/workbook.xml", "<a/>"]), says: /表格文件.*\.xlsx/ },
    { name: ".odt", bytes: zip(["content.xml", "<a/>"]), says: /OpenDocument.*另存为/ },
    { name: "no document", bytes: zip(["a.txt", ""]), says: /没有文档正文/ },
    { name: "broken XML", bytes: makeDocx("<w:p>"), says: /已损坏.*另存为/ },
    {
      name: "external entity",
      bytes: makeDocx(paragraph("&x;"), {
        before: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      }).subarray(),
      says: /DTD/,
    },
    { name: "deep nesting", bytes: makeDocx(deep), says: /嵌套过深/ },
    {
      name: "too many paragraphs",
      bytes: makeDocx("<w:p/>".repeat(docxLimits.paragraphs + 1)),
      says: /超过 100000 段/,
    },
    { name: "bomb", bytes: makeDocx(" ".repeat(docxLimits.partBytes)), says: /解压后过大/ },
  ])("$name", ({ bytes, says }) => {
    const read = () => readDocxStructure("甲/案例.docx", bytes);
    expect(read).toThrow(InputError);
    expect(read).toThrow(says);
    expect(read).toThrow(/^「案例\.docx」/);
  });
});

test("a text of more than 64 MiB is not unpacked, whatever else the file holds", () => {
  const small = makeDocx(paragraph("案例"));
  const parts = unzipParts(small);
  // Pictures that do not shrink keep the file from looking like a bomb as a whole.
  const picture = { name: "word/media/a.jpg", content: Buffer.alloc(400_000, "案") };
  const bytes = zipParts([...parts, picture], { compress: false });
  const name = bytes.lastIndexOf("word/document.xml");
  bytes.writeUInt32LE(docxLimits.partBytes + 1, name - 46 + 24);
  expect(() => readDocxStructure("a.docx", bytes)).toThrow(/解压后过大/);
});
