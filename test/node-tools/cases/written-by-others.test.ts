import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { plantedAuthor, runEvidence, writeWorkbook } from "../evidence/evidence-award.ts";
import { readRecords, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";
import { caseFolder } from "./open-case.ts";

const fileOf = (name: string) => join(caseFolder("files"), name);

/** An award with the units of the bundled example and nothing else. */
async function emptyAward(): Promise<string> {
  const file = join(temporaryFolder(), "a.xlsx");
  await runCasebook("init", file);
  await runCasebook("import", file, "node-tools/example/inputs/单位名册.csv");
  return file;
}

describe("exports as other programs write them are taken whole", () => {
  test.for([
    { name: "single-quoted-attributes.xlsx" },
    { name: "prefixed-names.xlsx" },
    { name: "inline-phonetic.xlsx" },
    { name: "formula-shared-string-result.xlsx" },
  ])("$name", async ({ name }) => {
    const file = await emptyAward();
    const { code, json } = await runJson("import", file, fileOf(name));
    expect(code).toBe(0);
    expect(json.inputs).toMatchObject([{ sheet: "案例", rows: 1, added: 1, kept: [], rejected: [] }]);
    expect(await readRecords(file, "案例")).toMatchObject([
      {
        案例编号: "A901",
        案例名称: "会说话的作业本",
        领域: "教学革新",
        学段: "小学",
        推荐单位: "兴庆区教育局",
        提交日期: "2025-09-01",
        第一作者: "张三",
        第一作者教育云账号: "nx64010001",
        特色字数: "480",
      },
    ]);
  });
});

describe("papers that are no lists of ours are not taken, and what they are is said", () => {
  test.for([
    { name: "contact-card-form.docx", says: /登记卡.*没有收下.*每人一行/ },
    { name: "contact-card-form.xlsx", says: /登记卡.*没有收下.*每人一行/ },
    { name: "signup-list.docx", says: /写的是“兴庆区教育局 值班表”，不是联络员名单.*“联络员姓名”/ },
    { name: "expert-card-form.docx", says: /登记卡.*没有收下.*每人一行/ },
    { name: "expert-card-form.xlsx", says: /登记卡.*没有收下.*每人一行/ },
  ])("$name", async ({ name, says }) => {
    const file = await emptyAward();
    const { code, json } = await runJson("import", file, fileOf(name));
    expect(code).toBe(1);
    expect(json.inputs).toMatchObject([{ sheet: "", added: 0, updated: 0, kept: [] }]);
    expect(json.inputs[0].rejected).toEqual([{ row: expect.any(Number), reason: expect.stringMatching(says) }]);
    for (const sheet of ["联络员", "专家"]) expect(await readRecords(file, sheet)).toEqual([]);
  });
});

test("a binary workbook among the materials: the leak is found, and how to save it", async () => {
  const folder = temporaryFolder();
  const files = join(folder, "材料", "A1");
  mkdirSync(files, { recursive: true });
  copyFileSync(fileOf("binary-workbook.xlsb"), join(files, "成绩.xlsb"));
  const workbook = await writeWorkbook(folder, [{ 案例编号: "A1" }]);
  const { code, json, err } = await runEvidence(workbook, "--files", join(folder, "材料"));
  expect(err).toBe("");
  expect(code).toBe(1);
  const found = json.findings.map(({ message, remedy }: Record<string, string>) => `${message}；${remedy}`);
  for (const says of [
    new RegExp(`^单元格中出现作者姓名“${plantedAuthor.第一作者}”`),
    /^单元格中出现申报单位“兴庆区梧桐实验小学”/,
    /成绩\.xlsb.*二进制工作簿.*另存为 \.xlsx/,
  ]) {
    expect(found.filter((each: string) => says.test(each))).toHaveLength(1);
  }
});
