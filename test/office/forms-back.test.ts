import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countWords } from "../../apps-script/core/text/count-words.ts";
import { escapeXml } from "../../node-tools/xlsx/xml.ts";
import { readRecords, runCasebook, runJson } from "../node-tools/run-casebook.ts";
import { convertInLibreOffice } from "./soffice.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-forms-"));
const path = (...names: string[]) => join(home, ...names);
const filesIn = (folder: string, ending: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const sections = {
  案例概要: "本案例面向县域12所小学，用数据支撑分层作业。\n主要解决“作业一刀切”的问题，优秀率由35.6%提高到48%。",
  特色与创新点: "（一）理念创新：以学定教。\n（二）应用创新：AI批改与教师点评相结合。",
  研究和实践过程: "2023年9月起分三步实施。\n1.诊断学情；\n2.推送资源；\n3.跟踪反馈 & 调整 <A 组>。",
  应用情况及推广价值: "已在8所学校推广，见https://example.org/case?id=7。",
};
const experts = ["小学", "初中", "高中"].flatMap((stage, s) =>
  Array.from({ length: 5 }, (_, i) => ({
    学段: stage,
    专家姓名: `${"赵钱孙李周"[i]}明${"甲乙丙"[s]}`,
    职称: "高级教师",
    教育云账号: `nx00${s}${i}`,
    单位: `兴庆区第${s * 5 + i + 20}学校（${stage}部）`,
    联系电话: `1380951000${i}`,
  })),
);
const expertColumns = ["专家姓名", "职称", "教育云账号", "单位", "联系电话"] as const;

const units = "单位代码,单位名称,类别,别名\n640104,兴庆区教育局,教育局,兴庆区\n";
const cases = (...rows: string[]) => `案例编号,案例名称,领域,推荐单位,关键词\n${rows.join("\n")}\n`;

async function startWorkbook(name: string, rows: string): Promise<string> {
  const inputs = path(`${name}-inputs`);
  mkdirSync(inputs);
  writeFileSync(join(inputs, "单位名册.csv"), units);
  writeFileSync(join(inputs, "平台导出.csv"), rows);
  const file = path(`${name}.xlsx`);
  await runCasebook("init", file);
  const { code } = await runCasebook("import", file, inputs);
  expect(code).toBe(0);
  return file;
}

/** Types texts into the empty paragraphs that follow an anchor, one each, as somebody in Writer does; Enter for a line end. */
function typeInto(fodt: string, anchor: string, texts: readonly string[]): string {
  let at = fodt.indexOf(anchor);
  if (at < 0) throw new Error(`no ${anchor} in the form`);
  let filled = fodt;
  for (const text of texts) {
    const found = /<text:p( [^>]*)?\/>/.exec(filled.slice(at));
    if (!found) throw new Error(`no room behind ${anchor}`);
    const paragraph = (line: string) => `<text:p${found[1] ?? ""}>${escapeXml(line)}</text:p>`;
    const typed = text.split("\n").map(paragraph).join("");
    const from = at + found.index;
    filled = filled.slice(0, from) + typed + filled.slice(from + found[0].length);
    at = from + typed.length;
  }
  return filled;
}

/** Lets LibreOffice turn forms into flat XML, types into them, and saves them as .docx again. */
function fillIn(forms: readonly string[], to: string, type: (fodt: string) => string): void {
  const flat = convertInLibreOffice("fodt", forms, home, `${to}-${basename(forms[0] ?? "")}`);
  const files = filesIn(flat, ".fodt");
  for (const file of files) writeFileSync(file, type(readFileSync(file, "utf8")));
  convertInLibreOffice("docx:MS Word 2007 XML", files, home, to);
}

let blank: string;
let back: string;

beforeAll(async () => {
  blank = await startWorkbook("blank", cases("NX-001,云上作业,教学革新,兴庆区教育局,"));
  await runCasebook("export", blank, "--out", path("forms"), "--form", "附件5", "--form", "附件6");
  const [template, table] = ["案例模板", "专家推荐表"].map((name) =>
    filesIn(path("forms"), ".docx").filter((file) => file.includes(name)),
  ) as [string[], string[]];
  back = path("back");
  fillIn(template, "back", (form) => {
    const keyed = typeInto(form, "关键词", ["作业、数据、减负"]);
    return Object.entries(sections).reduce((so, [name, text]) => typeInto(so, `${name}（`, [text]), keyed);
  });
  fillIn(table, "back", (form) =>
    ["小学", "初中", "高中"].reduce((so, stage) => {
      const start = so.indexOf(`专家推荐表（${stage}）`);
      const own = experts.filter((expert) => expert.学段 === stage).flatMap((e) => expertColumns.map((c) => e[c]));
      return so.slice(0, start) + typeInto(so.slice(start), "联系电话<", own);
    }, form),
  );
}, 300_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function expectFilled(file: string) {
  const [text] = await readRecords(file, "正文");
  expect(text).toMatchObject({ 推荐单位: "兴庆区教育局", 案例编号: "NX-001", 案例名称: "云上作业", ...sections });
  const total = Object.values(sections).reduce((sum, section) => sum + countWords(section).low, 0);
  const [submission] = await readRecords(file, "案例");
  expect(submission).toMatchObject({ 关键词: "作业、数据、减负", 总字数: String(total) });
  const rows = await readRecords(file, "专家");
  expect(rows.map((row) => Object.fromEntries(["学段", ...expertColumns].map((c) => [c, row[c]])))).toEqual(experts);
  expect(rows.map((row) => row.序号)).toEqual(experts.map((_, i) => String((i % 5) + 1)));
}

test("forms exported blank and filled in by LibreOffice come back with the same values, once", async () => {
  const { code, json } = await runJson("import", blank, back);
  expect(code).toBe(0);
  expect(json.inputs.flatMap((i: { kept: object[]; rejected: object[] }) => [...i.kept, ...i.rejected])).toEqual([]);
  await expectFilled(blank);
  const again = await runJson("import", blank, back);
  expect(again.json.inputs.map((i: { sheet: string; unchanged: number }) => [i.sheet, i.unchanged])).toEqual([
    ["专家", 15],
    ["正文", 1],
  ]);
});

test("forms exported filled in and saved by LibreOffice come back with the same values", async () => {
  const out = path("filled");
  await runCasebook("export", blank, "--out", out, "--form", "附件5", "--form", "附件6");
  const saved = convertInLibreOffice("docx:MS Word 2007 XML", filesIn(out, ".docx"), home, "saved");
  const other = await startWorkbook("other", cases("NX-001,云上作业,教学革新,兴庆区教育局,"));
  expect((await runCasebook("import", other, saved)).code).toBe(0);
  await expectFilled(other);
  const tables = convertInLibreOffice("xlsx:Calc MS Excel 2007 XML", filesIn(out, ".xlsx"), home, "tables");
  const { json } = await runJson("import", other, tables);
  expect(json.inputs.map((i: { unchanged: number }) => i.unchanged)).toEqual([5, 5, 5]);
  const third = await startWorkbook("third", cases("NX-001,云上作业,教学革新,兴庆区教育局,"));
  await runCasebook("import", third, tables, ...filesIn(saved, "NX-001.docx"));
  await expectFilled(third);
});

test("a form saved as .doc is refused with the remedy, and nothing is written", async () => {
  const old = convertInLibreOffice("doc:MS Word 97", filesIn(back, "NX-001.docx"), home, "old");
  const before = readFileSync(blank);
  const [doc] = filesIn(old, ".doc");
  const { code, err } = await runCasebook("import", blank, doc ?? "");
  expect(code).toBe(3);
  expect(err).toMatch(/案例模板-NX-001\.doc」.*读不了.*另存为「Word 文档（\*\.docx）」/);
  expect(readFileSync(blank).equals(before)).toBe(true);
});
