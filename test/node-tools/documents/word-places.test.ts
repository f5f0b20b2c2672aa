import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { paragraph, wordBody, writeOfficeFile } from "./make-office-file.ts";

const folder = mkdtempSync(join(tmpdir(), "word-places-"));
afterAll(() => rmSync(folder, { recursive: true }));

const name = "柳知远";

interface Row {
  readonly where: string;
  readonly parts: Readonly<Record<string, string | Buffer>>;
  readonly piece: { readonly kind: string; readonly place?: RegExp; readonly text?: string };
}

const styles = (rest: string) =>
  `<w:styles xmlns:w="urn:w"><w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Secret"/>${rest}</w:style></w:styles>`;

const rows: readonly Row[] = [
  {
    where: "a chart, whose labels are running text",
    parts: {
      "word/document.xml": wordBody(paragraph("正文")),
      "word/charts/chart1.xml": `<c><v>由${name}执教</v></c>`,
    },
    piece: { kind: "body", place: /^图表$/, text: `由${name}执教` },
  },
  {
    where: "a SmartArt graphic",
    parts: {
      "word/document.xml": wordBody(paragraph("正文")),
      "word/diagrams/data1.xml": `<d><t>由${name}执教</t></d>`,
    },
    piece: { kind: "body", place: /^SmartArt 图形$/, text: `由${name}执教` },
  },
  {
    where: "a name cut in two by a deletion",
    parts: {
      "word/document.xml": wordBody(
        `<w:p><w:r><w:t>由柳</w:t></w:r><w:ins><w:r><w:t>某</w:t></w:r></w:ins><w:del><w:r><w:delText>知远</w:delText></w:r></w:del><w:r><w:t>执教</w:t></w:r></w:p>`,
      ),
    },
    piece: { kind: "deleted", text: "由柳知远执教" },
  },
  {
    where: "hidden by a style",
    parts: {
      "word/styles.xml": styles(""),
      "word/document.xml": wordBody(`<w:p><w:r><w:rPr><w:rStyle w:val="Heir"/></w:rPr><w:t>${name}</w:t></w:r></w:p>`),
    },
    piece: { kind: "hidden", text: name },
  },
  {
    where: "hidden by a style and shown by the run",
    parts: {
      "word/styles.xml": styles('<w:rPr><w:vanish w:val="0"/></w:rPr>'),
      "word/document.xml": wordBody(`<w:p><w:r><w:rPr><w:rStyle w:val="Heir"/></w:rPr><w:t>${name}</w:t></w:r></w:p>`),
    },
    piece: { kind: "body", text: name },
  },
  {
    where: "watermark",
    parts: {
      "word/header1.xml": `<w:hdr xmlns:w="urn:w" xmlns:v="urn:v"><w:p><w:r><w:pict><v:shape><v:textpath string="${name}"/></v:shape></w:pict></w:r></w:p></w:hdr>`,
      "word/document.xml": wordBody(paragraph("正文")),
    },
    piece: { kind: "body", place: /水印/, text: name },
  },
  {
    where: "only in the fallback of a shape",
    parts: {
      "word/document.xml": wordBody(
        `<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>${paragraph("图一")}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>${paragraph(name)}</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
      ),
    },
    piece: { kind: "body", place: /文本框/, text: name },
  },
  {
    where: "list of commenting people",
    parts: {
      "word/people.xml": `<w15:people xmlns:w15="urn:w15"><w15:person w15:author="${name}"/></w15:people>`,
      "word/document.xml": wordBody(paragraph("正文")),
    },
    piece: { kind: "metadata", place: /批注者名单/, text: name },
  },
  {
    where: "document variable in the settings",
    parts: {
      "word/settings.xml": `<w:settings xmlns:w="urn:w"><w:docVars><w:docVar w:name="author" w:val="${name}"/></w:docVars></w:settings>`,
      "word/document.xml": wordBody(paragraph("正文")),
    },
    piece: { kind: "metadata", place: /文档设置/ },
  },
  {
    where: "custom XML",
    parts: {
      "customXml/item1.xml": `<root><teacher>${name}</teacher></root>`,
      "word/document.xml": wordBody(paragraph("正文")),
    },
    piece: { kind: "metadata", place: /自定义数据/, text: name },
  },
  {
    where: "field code",
    parts: {
      "word/document.xml": wordBody(
        `<w:p><w:r><w:instrText>INCLUDEPICTURE "C:\\Users\\${name}\\a.png"</w:instrText></w:r></w:p>`,
      ),
    },
    piece: { kind: "hidden", place: /域代码/ },
  },
  {
    where: "name of a printer, UTF-16 on an odd byte",
    parts: {
      "word/printerSettings1.bin": Buffer.concat([Buffer.from([1]), Buffer.from(`${name}的打印机`, "utf16le")]),
      "word/document.xml": wordBody(paragraph("正文")),
    },
    piece: { kind: "metadata", place: /内嵌对象/ },
  },
  {
    where: "main part by another name",
    parts: {
      "[Content_Types].xml":
        '<Types><Override PartName="/word/other.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      "word/other.xml": wordBody(paragraph(name)),
    },
    piece: { kind: "body", place: /^第 1 段$/, text: name },
  },
];

describe("places that only Word makes", () => {
  test.for(rows)("$where", async ({ parts, piece }) => {
    const { pieces } = await readFileFacts(writeOfficeFile(join(folder, "made.docx"), parts));
    const found = pieces.filter(
      ({ kind, place, text }) =>
        kind === piece.kind &&
        (piece.place?.test(place) ?? true) &&
        (piece.text === undefined ? text.includes(name) : text === piece.text),
    );
    expect(found).toHaveLength(1);
  });
});

test("a shape that says the same for newer and older programs says it once", async () => {
  const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;
  const file = writeOfficeFile(join(folder, "twice.docx"), {
    "word/document.xml": wordBody(
      `<w:p><w:r><mc:AlternateContent><mc:Choice>${box(name)}</mc:Choice><mc:Fallback>${box(name)}</mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    ),
  });
  const { pieces } = await readFileFacts(file);
  expect(pieces.filter(({ text }) => text === name)).toHaveLength(1);
});
