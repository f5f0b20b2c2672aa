import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { writeSmallAward } from "../commands/small-award.ts";
import { readRecords, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";
import { makePackage } from "../xlsx/package-fixture.ts";
import { caseFolder } from "./open-case.ts";

/** An award with its experts assigned, score sheets and unit forms, made once. */
let made: string;

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "casebook-"));
  await writeSmallAward(join(made, "inputs"));
  const file = join(made, "评案簿.xlsx");
  for (const words of [
    ["init", file],
    ["import", file, join(made, "inputs")],
    ["recommend", file],
    ["assign", file],
    ["packets", file, "--out", join(made, "评分表")],
    ["forms", file, "--out", join(made, "填报表")],
  ]) {
    const { code, err, out } = await runCasebook(...words);
    if (code !== 0) throw new Error(`casebook ${words.join(" ")}: ${err}${out}`);
  }
}, 60_000);

afterAll(() => rmSync(made, { recursive: true }));

/** A copy with one of each file that people take for another. */
function desk() {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  for (const name of ["评案簿.xlsx", "评案簿.评审.xlsx"]) copyFileSync(join(made, name), at(name));
  copyFileSync(join(made, "评分表", "评分表-E001.xlsx"), at("评分表-E001.xlsx"));
  const form = readdirSync(join(made, "填报表"))[0] ?? "";
  copyFileSync(join(made, "填报表", form), at("填报表.xlsx"));
  copyFileSync(join(caseFolder("xlsx-zero-format"), "平台导出.xlsx"), at("平台导出.xlsx"));
  copyFileSync(join(caseFolder("xlsx-zero-format"), "单位名册.csv"), at("单位名册.csv"));
  const withMacros = unzipParts(readFileSync(at("平台导出.xlsx"))).concat({
    name: "xl/vbaProject.bin",
    content: Buffer.from("x"),
  });
  writeFileSync(at("带宏的导出.xlsx"), zipParts(withMacros, { compress: true }));
  const damaged = unzipParts(readFileSync(at("平台导出.xlsx"))).map(({ name, content }) => ({
    name,
    content: name.endsWith("sheet1.xml") ? content.subarray(0, 400) : content,
  }));
  writeFileSync(at("损坏的导出.xlsx"), zipParts(damaged, { compress: true }));
  return { folder, at };
}

const contentsOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString("base64")]));

const order = (first: string, second: string) =>
  new RegExp(`次序写反了：申报工作簿写在前面，要读入的文件写在后面，即 \\S*${first} \\S*${second}`);

describe("a file that is not the shared workbook is reported as what it is, and nothing is written", () => {
  test.for<{ words: readonly string[]; code?: number; says: readonly RegExp[] }>([
    {
      words: ["import", "平台导出.xlsx", "评案簿.xlsx"],
      says: [/「平台导出\.xlsx」不是申报工作簿/, order("评案簿.xlsx", "平台导出.xlsx")],
    },
    { words: ["import", "单位名册.csv", "评案簿.xlsx"], code: 2, says: [order("评案簿.xlsx", "单位名册.csv")] },
    {
      words: ["import", "带宏的导出.xlsx", "评案簿.xlsx"],
      says: [/「带宏的导出\.xlsx」不是申报工作簿/, order("评案簿.xlsx", "带宏的导出.xlsx")],
    },
    { words: ["import", "损坏的导出.xlsx", "评案簿.xlsx"], says: [/「损坏的导出\.xlsx」不是申报工作簿/] },
    {
      words: ["collect", "评分表-E001.xlsx", "评案簿.xlsx"],
      says: [/是评分表，不是申报工作簿/, order("评案簿.xlsx", "评分表-E001.xlsx")],
    },
    { words: ["check", "平台导出.xlsx"], says: [/不是申报工作簿，里面的工作表是“.*casebook init.*casebook import/] },
    { words: ["check", "带宏的导出.xlsx"], says: [/不是申报工作簿，里面的工作表是“/] },
    {
      words: ["check", "评案簿.评审.xlsx"],
      says: [/是评审工作簿，不是申报工作簿。请写它旁边的申报工作簿（评案簿\.xlsx）/],
    },
    { words: ["assign", "评案簿.评审.xlsx"], says: [/是评审工作簿，不是申报工作簿/] },
    { words: ["rank", "评分表-E001.xlsx"], says: [/是评分表，不是申报工作簿。收回评分表请运行 casebook collect/] },
    { words: ["check", "填报表.xlsx"], says: [/是填报表，不是申报工作簿。导入填报表请运行 casebook import/] },
    { words: ["check", "评案簿.xls"], code: 2, says: [/\.xlsx 结尾.*另存为「Excel 工作簿/] },
  ])("$words", async ({ words: [command = "", ...files], code = 3, says }) => {
    const { folder, at } = desk();
    const before = contentsOf(folder);
    const run = await runCasebook(command, ...files.map(at));
    expect(run.code).toBe(code);
    for (const each of says) expect(run.err).toMatch(each);
    expect(run.err).not.toMatch(/宏（|内部结构|“参数”表/);
    expect(contentsOf(folder)).toEqual(before);
  });

  test("a file of another kind in the place of the review workbook", async () => {
    const { at } = desk();
    copyFileSync(at("平台导出.xlsx"), at("评案簿.评审.xlsx"));
    const run = await runCasebook("assign", at("评案簿.xlsx"));
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/「评案簿\.评审\.xlsx」不是评审工作簿.*备份.*casebook assign/);
  });

  test.for([
    { part: "xl/vbaProject.bin", says: /「评案簿\.xlsx」含有宏（\.xlsm）.*没有做任何改动.*另存为/ },
    { part: "_xmlsignatures/sig1.xml", says: /「评案簿\.xlsx」带有数字签名.*失效.*删除签名/ },
  ])("the shared workbook itself with $part: why, and the way out", async ({ part, says }) => {
    const { at } = desk();
    const parts = [...unzipParts(readFileSync(at("评案簿.xlsx"))), { name: part, content: Buffer.from("x") }];
    writeFileSync(at("评案簿.xlsx"), zipParts(parts, { compress: true }));
    const run = await runCasebook("check", at("评案簿.xlsx"));
    expect([run.code, says.test(run.err)], run.err).toEqual([3, true]);
  });

  test("a shared workbook from which sheets are missing is told which", async () => {
    const file = join(temporaryFolder(), "a.xlsx");
    writeFileSync(file, makePackage({ sheets: ["单位", "检查", "配额", "日志"].map((name) => ({ name })) }));
    expect((await runCasebook("check", file)).err).toMatch(/没有“.*”表，请恢复/);
  });
});

describe("workbooks of ours among the files that are read in", () => {
  test.for([
    { words: ["import", "评案簿.xlsx", "评案簿.评审.xlsx"], says: /这是评审工作簿.*没有收下/ },
    { words: ["import", "评案簿.xlsx", "评分表-E001.xlsx"], says: /这是专家的评分表.*没有收下.*casebook collect/ },
  ])("$words: not taken", async ({ words: [command = "", ...files], says }) => {
    const { at } = desk();
    const before = await readRecords(at("评案簿.xlsx"), "专家");
    const { code, json } = await runJson(command, ...files.map(at));
    expect(code).toBe(1);
    expect(json.inputs).toMatchObject([
      { sheet: "", added: 0, rejected: [{ row: 0, reason: expect.stringMatching(says) }] },
    ]);
    expect(await readRecords(at("评案簿.xlsx"), "专家")).toEqual(before);
  });

  test.for([
    { file: "填报表.xlsx", says: /「填报表\.xlsx」是填报表，不是评分表.*casebook import/ },
    { file: "评案簿.评审.xlsx", says: /是评审工作簿，不是评分表/ },
    { file: "评案簿.xlsx", says: /是申报工作簿，不是评分表/ },
  ])("collect of $file", async ({ file, says }) => {
    const { folder, at } = desk();
    mkdirSync(join(folder, "收回"));
    for (const name of [file, "评分表-E001.xlsx"]) copyFileSync(at(name), join(folder, "收回", name));
    const alone = await runCasebook("collect", at("评案簿.xlsx"), join(folder, "收回", file));
    expect([alone.code, says.test(alone.err)], alone.err).toEqual([3, true]);
    const among = await runJson("collect", at("评案簿.xlsx"), join(folder, "收回"));
    expect(among.code).toBe(1);
    expect(among.json.rejected).toEqual([expect.objectContaining({ file, reason: expect.stringMatching(says) })]);
  });
});
