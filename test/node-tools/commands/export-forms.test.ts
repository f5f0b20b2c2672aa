import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { templatesFolder } from "../../../node-tools/forms/load-template.ts";
import { readRecords, readSheet, runCasebook, runJson } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-export-"));
const file = join(home, "award.xlsx");
let out: string;

beforeAll(async () => {
  await writeSmallAward(join(home, "inputs"));
  await runJson("init", file);
  await runJson("import", file, join(home, "inputs"));
  await runJson("check", file);
  await runJson("recommend", file, "--date", "2025-10-20");
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => {
  out = mkdtempSync(join(home, "out-"));
});

const namesOf = (files: readonly string[]) => files.map((path) => basename(path)).sort();

describe("which files come", () => {
  test.for([
    {
      name: "one form, one unit by its alias",
      words: ["--form", "附件6", "--unit", "兴庆区"],
      files: [
        "专家推荐表-兴庆区教育局.docx",
        "专家推荐表（初中）-兴庆区教育局.xlsx",
        "专家推荐表（小学）-兴庆区教育局.xlsx",
        "专家推荐表（高中）-兴庆区教育局.xlsx",
      ],
    },
    {
      name: "by another name of the form, two units",
      words: ["--form", "推荐汇总表", "--unit", "兴庆区教育局", "--unit", "640221"],
      files: ["推荐案例汇总表-兴庆区教育局.xlsx", "推荐案例汇总表-平罗县教育局.xlsx"],
    },
    {
      name: "a form for each submission",
      words: ["--form", "案例模板", "--unit", "泾源县"],
      files: ["案例模板-S30.docx", "案例模板-S31.docx", "案例模板-S32.docx"],
    },
  ])("$name", async ({ words, files }) => {
    const { code, json } = await runJson("export", file, "--out", out, ...words);
    expect([code, json.skipped]).toEqual([0, []]);
    expect(namesOf(json.files)).toEqual(files);
    expect(readdirSync(out).sort()).toEqual(files);
  });

  test("全部: what cannot be made yet is reported, form by form", async () => {
    const { code, json } = await runJson("export", file, "--out", out, "--form", "全部");
    expect(code).toBe(0);
    expect(json.files).toHaveLength(12 + 4 + 12 + 4 + 2);
    expect(json.skipped.map((s: { name: string }) => s.name)).toEqual([
      "评分表",
      "专家评审意见汇总",
      "公示名单",
      "获奖证书",
      "通报",
      "发布清单",
    ]);
  });
});

test("推荐案例汇总表 holds what the workbook holds, row by row", async () => {
  await runJson("export", file, "--out", out, "--form", "推荐案例汇总表", "--unit", "兴庆区");
  const { rows } = await readSheet(join(out, "推荐案例汇总表-兴庆区教育局.xlsx"), "推荐案例汇总表");
  const header = rows[2]!.map(String);
  const listed = rows
    .slice(3, 6)
    .map((row) => Object.fromEntries(header.map((label, c) => [label, String(row[c] ?? "")])));
  const submissions = (await readRecords(file, "案例")).filter((r) => r.推荐单位 === "兴庆区教育局" && r.推荐 === "是");
  expect(submissions).toHaveLength(3);
  for (const submission of submissions) {
    const line = listed.find((l) => l.案例编号 === submission.案例编号)!;
    for (const label of header.filter((l) => l !== "序号")) expect(line[label], label).toBe(submission[label]);
  }
});

test("made twice: unchanged files stay, a file filled in meanwhile is kept beside", async () => {
  const words = ["export", file, "--out", out, "--form", "附件5", "--unit", "泾源县"];
  await runJson(...words);
  const form = join(out, "案例模板-S30.docx");
  writeFileSync(form, "filled in");
  const { json } = await runJson(...words);
  expect(json.files).toHaveLength(3);
  expect(
    readdirSync(out)
      .filter((n) => !n.includes(".bak"))
      .sort(),
  ).toEqual(["案例模板-S30.docx", "案例模板-S30.旧1.docx", "案例模板-S31.docx", "案例模板-S32.docx"]);
  expect(readFileSync(join(out, "案例模板-S30.旧1.docx"), "utf8")).toBe("filled in");
});

describe("wrong words", () => {
  test.for([
    { words: ["--form", "附件9"], says: ["没有“附件9”这种表格", "附件6", "全部"] },
    { words: ["--form", "附件6", "--unit", "贺兰县"], says: ["没有“贺兰县”", "兴庆区教育局"] },
    { words: ["--form", "公示名单", "--unit", "兴庆区"], says: ["公示名单不分单位"] },
    { words: ["--unit", "兴庆区"], says: ["--unit 要和 --form 一起用"] },
    { words: ["--pdf"], says: ["--pdf 要和 --form 一起用"] },
  ])("$words", async ({ words, says }) => {
    const before = readFileSync(file);
    const { code, err } = await runCasebook("export", file, "--out", out, ...words);
    expect(code).toBe(2);
    for (const part of says) expect(err).toContain(part);
    expect(readdirSync(out)).toEqual([]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

test("a wrong template of one's own: every form waits until it is mended", async () => {
  const templates = join(out, "templates");
  cpSync(templatesFolder(ningxia2025.id), templates, { recursive: true });
  cpSync(join(templates, "通报.docx"), join(templates, "附件6-专家推荐表.docx"));
  const lists = join(out, "lists");
  const words = ["--out", lists, "--templates", templates, "--form", "附件5", "--form", "附件6"];
  const { code, err } = await runCasebook("export", file, ...words);
  expect(code).toBe(3);
  for (const part of ["「附件6-专家推荐表.docx」", "缺少 {#表}…{/表}", "可用的标签"]) expect(err).toContain(part);
  expect(existsSync(lists)).toBe(false);
});

test("--pdf: a scan of the same name is kept, however often; what has not changed is not converted again", async () => {
  const office = join(out, "bin", "soffice");
  mkdirSync(join(out, "bin"));
  writeFileSync(
    office,
    `#!/bin/sh\nfor f; do case "$f" in *.docx|*.xlsx) date +%N > "$(echo "$f" | sed 's/[.][a-z]*$/.pdf/')";; esac; done\n`,
    { mode: 0o755 },
  );
  const path = process.env.PATH;
  process.env.PATH = `${join(out, "bin")}:${path}`;
  try {
    const words = ["export", file, "--out", out, "--form", "推荐案例汇总表", "--unit", "兴庆区", "--pdf"];
    const scan = join(out, "推荐案例汇总表-兴庆区教育局.pdf");
    writeFileSync(join(out, "推荐案例汇总表-兴庆区教育局.xlsx"), "filled in");
    writeFileSync(scan, "scan");
    const first = await runJson(...words);
    const made = readFileSync(scan, "utf8");
    const again = await runJson(...words);
    expect([first.json.files, again.json.files].map((files) => files.map((f: string) => basename(f)))).toEqual(
      Array(2).fill(["推荐案例汇总表-兴庆区教育局.xlsx", "推荐案例汇总表-兴庆区教育局.pdf"]),
    );
    expect(readFileSync(join(out, "推荐案例汇总表-兴庆区教育局.旧1.pdf"), "utf8")).toBe("scan");
    expect(made).not.toBe("scan");
    expect(readFileSync(scan, "utf8")).toBe(made);
  } finally {
    process.env.PATH = path;
  }
});

test("--pdf without LibreOffice: the forms come, and how to get the program is reported", async () => {
  const path = process.env.PATH;
  process.env.PATH = out;
  try {
    const words = ["export", file, "--out", out, "--form", "附件6", "--unit", "兴庆区", "--pdf"];
    const { code, json } = await runJson(...words);
    expect(code).toBe(0);
    expect(json.files).toHaveLength(4);
    expect(json.skipped).toEqual([{ name: "PDF", reason: expect.stringContaining("libreoffice") }]);
  } finally {
    process.env.PATH = path;
  }
});

describe("--blank: forms to be filled in by hand", () => {
  const blank = (stage: string) => `专家推荐表${stage}-空白（教育局用）`;
  const school = "专家推荐表-空白（厅直属学校用）";

  test.for([
    { name: "one form, no workbook", words: ["--form", "附件5"], files: ["案例模板-空白.docx"] },
    {
      name: "all of them, by the notice of a workbook",
      words: [file],
      files: [
        `${blank("")}.docx`,
        ...["（初中）", "（小学）", "（高中）"].map((stage) => `${blank(stage)}.xlsx`),
        `${school}.docx`,
        `${school}.xlsx`,
        "案例模板-空白.docx",
      ],
    },
  ])("$name", async ({ words, files }) => {
    const before = readFileSync(file);
    const { code, json } = await runJson("export", "--blank", "--out", out, ...words);
    expect(code).toBe(0);
    expect(namesOf(json.files)).toEqual([...files].sort());
    expect(readdirSync(out).sort()).toEqual([...files].sort());
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("附件6 has the lines of the notice and nobody in them", async () => {
    await runJson("export", "--blank", "--form", "附件6", "--out", out);
    const { rows } = await readSheet(join(out, `${blank("（小学）")}.xlsx`), "专家推荐表");
    const header = rows.findIndex((row) => row.includes("专家姓名"));
    const lines = rows.slice(header + 1).filter((row) => typeof row[0] === "number");
    expect(lines).toEqual([1, 2, 3, 4, 5].map((no) => [no]));
  });

  test.for([
    { words: ["--form", "公示名单"], says: "公示名单没有空白表；可以输出空白表的：附件5、附件6" },
    { words: ["--unit", "兴庆区"], says: "空白表不分单位" },
  ])("$words: told, nothing written", async ({ words, says }) => {
    const run = await runCasebook("export", "--blank", "--out", out, ...words);
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining(says) });
    expect(readdirSync(out)).toEqual([]);
  });
});
