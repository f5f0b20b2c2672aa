import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeDocx, paragraph, table } from "../documents/make-docx.ts";
import { readRecords, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";

const form = (summary: string) =>
  makeDocx(
    paragraph("一、案例内容") +
      table(
        ["关键词（3~5 个）", "甲、乙、丙"],
        [`1.案例概要（限 500 字以内）\n${summary}`],
        ["2.案例的特色与创新点（限 500 字以内）\n特色。"],
        ["3.案例的研究和实践过程\n过程。"],
        ["4.案例的应用情况及推广价值\n应用。"],
      ),
  );

async function start() {
  const folder = temporaryFolder();
  const file = join(folder, "a.xlsx");
  const inputs = join(folder, "材料");
  mkdirSync(inputs);
  writeFileSync(join(inputs, "单位名册.csv"), "单位代码,单位名称,类别\n640104,兴庆区教育局,教育局\n");
  const rows = ["NX-1", "NX-2"].map((id) => `${id},名称${id},教学革新,兴庆区教育局\n`).join("");
  writeFileSync(join(inputs, "平台导出.csv"), `案例编号,案例名称,领域,推荐单位\n${rows}`);
  await runCasebook("init", file);
  return { file, inputs };
}

test("a folder with a folder for each 案例编号: every form finds its row, the same name or not", async () => {
  const { file, inputs } = await start();
  for (const id of ["NX-1", "NX-2"]) {
    mkdirSync(join(inputs, id));
    writeFileSync(join(inputs, id, "附件5.docx"), form(`${id}的概要`));
  }
  writeFileSync(join(inputs, "NX-2", "旧稿.wps"), "x");
  const { code, json } = await runJson("import", file, inputs);
  expect(code).toBe(1);
  const forms = json.inputs.filter((i: { file: string }) => i.file === "附件5.docx");
  expect(forms).toEqual(
    ["NX-1", "NX-2"].map((folder) => ({
      ...{ file: "附件5.docx", folder, sheet: "正文", encoding: "" },
      ...{ rows: 1, added: 1, updated: 0, unchanged: 0, kept: [], rejected: [] },
    })),
  );
  expect((await readRecords(file, "正文")).map((row) => `${row.案例编号} ${row.案例概要}`)).toEqual([
    "NX-1 NX-1的概要",
    "NX-2 NX-2的概要",
  ]);
  const before = readFileSync(file);
  const { out, err } = await runCasebook("import", file, inputs);
  expect(out + err).toMatch(/未收下 NX-2\/旧稿\.wps：.*另存为「Word 文档（\*\.docx）」/);
  expect(readFileSync(file.replace(".xlsx", ".bak.xlsx")).equals(before)).toBe(true);
}, 60_000);

test("a form before its table is rejected with exit 1, taken when it comes again", async () => {
  const { file, inputs } = await start();
  const document = join(inputs, "NX-1.docx");
  writeFileSync(document, form("概要"));
  const first = await runCasebook("import", file, document);
  expect(first.code).toBe(1);
  expect(first.err + first.out).toMatch(/材料\/NX-1\.docx → 正文：读到 1 行.*未收下 1 行/);
  expect(first.err + first.out).toMatch(/没有填写案例名称和案例编号/);
  await runCasebook("import", file, ...["单位名册.csv", "平台导出.csv"].map((name) => join(inputs, name)));
  expect((await runCasebook("import", file, document)).code).toBe(0);
  expect(await readRecords(file, "正文")).toHaveLength(1);
}, 60_000);

test("a broken document among good files is reported, the others are taken; alone it is exit 3, nothing written", async () => {
  const { file, inputs } = await start();
  const broken = join(inputs, "NX-1.docx");
  writeFileSync(broken, form("概要").subarray(0, 200));
  const before = readFileSync(file);
  const alone = await runCasebook("import", file, broken);
  expect(alone.code).toBe(3);
  expect(alone.err).toMatch(/「NX-1\.docx」不完整或已损坏.*重新取得这个文件/);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(existsSync(file.replace(".xlsx", ".bak.xlsx"))).toBe(false);
  const { code, out } = await runCasebook("import", file, inputs);
  expect(code).toBe(1);
  expect(out).toMatch(/未收下 NX-1\.docx：「NX-1\.docx」不完整或已损坏/);
  expect(await readRecords(file, "案例")).toHaveLength(2);
}, 60_000);
