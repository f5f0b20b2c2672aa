import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import PizZip from "pizzip";
import { describe, expect, test } from "vitest";
import type { Form, TagRecord, TagTree } from "../../../apps-script/core/exports/forms/form.ts";
import { findForm, officialForms } from "../../../apps-script/core/exports/forms/index.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { readPlacedTexts } from "../../../node-tools/forms/docx-texts.ts";
import { loadTemplates, templatesFolder } from "../../../node-tools/forms/load-template.ts";
import { readWorkbookBytes } from "../../../node-tools/office-files/workbook.ts";
import { contextOfSize } from "../../core/exports/forms/award-of-size.ts";
import { temporaryFolder } from "../run-casebook.ts";

const folder = templatesFolder(ningxia2025.id);

/** The tags that values bear, in the shape of a tree; of repeated parts the first entry. */
function shapeOf(values: TagRecord): object {
  return Object.fromEntries(
    Object.entries(values).map(([tag, value]) => [tag, typeof value === "object" ? shapeOf(value[0] ?? {}) : ""]),
  );
}
const treeShape = (tags: TagTree): object =>
  Object.fromEntries(
    Object.entries(tags).map(([tag, inside]) => [tag, typeof inside === "string" ? "" : treeShape(inside)]),
  );

describe.for(officialForms.map((form) => ({ name: form.name, form })))("$name", ({ form }) => {
  test("its templates use every tag and no other", async () => {
    for (const template of loadTemplates(folder, form)) expect(template.remarks).toEqual([]);
  });

  test("its values are those that the tags promise", () => {
    const { documents, missing } = form.build(contextOfSize(1));
    expect(missing ?? []).toEqual([]);
    expect(documents.length).toBeGreaterThan(0);
    for (const { values } of documents.slice(0, 1)) expect(shapeOf(values)).toEqual(treeShape(form.tags));
  });

  test("a template that is filled twice makes the same bytes", async () => {
    const values = form.build(contextOfSize(1)).documents[0]!.values;
    for (const template of loadTemplates(folder, form)) {
      expect(Buffer.from(template.fill(values)).equals(Buffer.from(template.fill(values)))).toBe(true);
    }
  });
});

async function textOf(form: Form, extension: string, values: TagRecord): Promise<string> {
  const template = loadTemplates(folder, form).find((t) => t.extension === extension)!;
  const bytes = Buffer.from(template.fill(values));
  if (extension === ".docx") {
    const xml = new PizZip(bytes).file("word/document.xml")!.asText();
    return readPlacedTexts(xml, "正文")
      .map(({ text }) => text)
      .join("\n");
  }
  const { snapshot } = readWorkbookBytes("form.xlsx", bytes, "edit");
  return snapshot.sheets[0]!.rows.map((row) => row.join("|")).join("\n");
}

const experts = findForm("附件6")!;
const hostile = {
  序号: 1,
  专家姓名: "=1+1",
  职称: "<w:p>&\u0001",
  教育云账号: "{推荐单位}",
  单位: "甲\n乙",
  联系电话: "",
};

describe.for([".docx", ".xlsx"])("values in a %s", (extension) => {
  test("stay text, whatever they hold", async () => {
    const values = { 推荐单位: "示例县教育局", 表: [{ 学段括注: "（小学）", 专家: [hostile] }] };
    const text = await textOf(experts, extension, values);
    for (const part of ["=1+1", "<w:p>&", "{推荐单位}", "甲\n乙", "推荐单位（盖章）：示例县教育局"])
      expect(text).toContain(part);
    for (const part of ["undefined", "null", "\u0001"]) expect(text).not.toContain(part);
  });
});

test("a form names nobody who edited its template", async () => {
  const values = findForm("附件5")!.build(contextOfSize(1)).documents[0]!.values;
  const home = temporaryFolder();
  const zip = new PizZip(readFileSync(join(folder, "附件5-案例模板.docx")));
  const core = zip.file("docProps/core.xml")!.asText().replace("<dc:creator>", "<dc:creator>赖澜思");
  zip.file("docProps/core.xml", core);
  writeFileSync(join(home, "附件5-案例模板.docx"), zip.generate({ type: "nodebuffer" }));
  const [template] = loadTemplates(home, findForm("附件5")!);
  const filled = new PizZip(Buffer.from(template!.fill(values)));
  expect(
    Object.values(filled.files)
      .filter((f) => f.asText().includes("赖澜思"))
      .map((f) => f.name),
  ).toEqual([]);
});

/** A template of ours with a text of it changed. */
async function spoil(
  name: string,
  from: string,
  to: string,
  part = name.endsWith(".docx") ? "word/document.xml" : "xl/sharedStrings.xml",
): Promise<string> {
  const home = temporaryFolder();
  const zip = new PizZip(readFileSync(join(folder, name)));
  const xml = zip.file(part)!.asText();
  expect(xml).toContain(from);
  zip.file(part, xml.replace(from, to));
  writeFileSync(join(home, name), zip.generate({ type: "nodebuffer" }));
  return home;
}

describe("a wrong template", () => {
  test.for([
    {
      file: "附件6-专家推荐表.docx",
      from: "{推荐单位}",
      to: "{推荐单为}",
      says: ["正文第 6 段", "是不是“推荐单位”", "{#专家} … {/专家}"],
    },
    {
      file: "附件6-专家推荐表.docx",
      from: "{/专家}",
      to: "",
      says: ["正文第 1 个表格第 2 行第 1 格", "{#专家} 没有结束"],
    },
    {
      file: "附件6-专家推荐表.xlsx",
      from: "{专家姓名}",
      to: "{专家姓名",
      says: ["工作表「专家推荐表」单元格 B8", "没有写完"],
    },
    { file: "附件6-专家推荐表.docx", from: "</w:body>", to: "", says: ["内部结构无法解读", "另存为"] },
  ])("$file: $to", async ({ file, from, to, says }) => {
    const home = await spoil(file, from, to);
    for (const part of [`「${file}」`, ...says]) expect(() => loadTemplates(home, experts)).toThrow(part);
  });

  test("none there: the missing files are named, and those that are there", async () => {
    const home = temporaryFolder();
    expect(() => loadTemplates(home, experts)).toThrow("「附件6-专家推荐表.docx」或「附件6-专家推荐表.xlsx」");
    copyFileSync(join(folder, "通报.docx"), join(home, "通报.docx"));
    expect(() => loadTemplates(home, experts)).toThrow("现有：通报.docx");
  });

  test("a repeated part that begins in a table and ends outside", async () => {
    const home = temporaryFolder();
    mkdirSync(home, { recursive: true });
    const zip = new PizZip(readFileSync(join(folder, "通报.docx")));
    const xml = zip.file("word/document.xml")!.asText();
    const outside = xml.replace("{/案例}", "").replace(/(<w:sectPr>)/, "<w:p><w:r><w:t>{/案例}</w:t></w:r></w:p>$1");
    zip.file("word/document.xml", outside);
    writeFileSync(join(home, "通报.docx"), zip.generate({ type: "nodebuffer" }));
    const form = findForm("通报")!;
    for (const part of ["{#案例} 写在正文第 1 个表格第 2 行第 1 格", "应写在同一个表格的行里", "可用的标签"]) {
      expect(() => loadTemplates(home, form)).toThrow(part);
    }
  });
});

test("a page break that LibreOffice moved into the opening tag makes no empty first page", async () => {
  const home = await spoil(
    "获奖证书.docx",
    "{#证书}</w:t></w:r>",
    '{#证书}</w:t></w:r><w:r><w:br w:type="page"/></w:r>',
  );
  const form = findForm("获奖证书")!;
  const [template] = loadTemplates(home, form);
  const filled = template!.fill(form.build(contextOfSize(2)).documents[0]!.values);
  const xml = new PizZip(Buffer.from(filled)).file("word/document.xml")!.asText();
  expect(xml.slice(xml.indexOf("<w:body>")).search("获奖证书")).toBeGreaterThan(0);
  expect(xml.slice(0, xml.indexOf("获奖证书"))).not.toContain('w:type="page"');
});

test("a formula that somebody put into a repeated row refers to the cells of each copy", async () => {
  const sheet = "xl/worksheets/sheet1.xml";
  const home = await spoil(
    "推荐案例汇总表.xlsx",
    '</row><row r="5"',
    '<c r="L4"><f>K4*$A$1+1</f><v>0</v></c></row><row r="5"',
    sheet,
  );
  const form = findForm("推荐案例汇总表")!;
  const [template] = loadTemplates(home, form);
  const filled = new PizZip(Buffer.from(template!.fill(form.build(contextOfSize(3)).documents[0]!.values)));
  const formulas = [
    ...filled
      .file(sheet)!
      .asText()
      .matchAll(/<f>([^<]*)<\/f>/g),
  ].map(([, formula]) => formula);
  expect(formulas).toEqual(["K4*$A$1+1", "K5*$A$1+1", "K6*$A$1+1"]);
});

test("the folder of a notice without templates need not exist", () => {
  expect(existsSync(templatesFolder("nowhere-1999"))).toBe(false);
});
