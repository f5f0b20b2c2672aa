import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRecords, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";

const header = "案例编号,案例名称,领域,推荐单位,联系电话\n";
const good = (id: string, title = `名称${id}`) => `${header}${id},${title},教学革新,兴庆区教育局,13900000001\n`;
const roster = "单位代码,单位名称,类别\n640104,兴庆区教育局,教育局\n";

/** An empty award, and files below a folder of inputs. */
async function open(files: Record<string, string | Buffer>): Promise<{ file: string; inputs: string }> {
  const folder = temporaryFolder();
  const file = join(folder, "a.xlsx");
  const inputs = join(folder, "收件");
  await runCasebook("init", file);
  for (const [name, content] of Object.entries({ "单位名册.csv": roster, ...files })) {
    mkdirSync(dirname(join(inputs, name)), { recursive: true });
    writeFileSync(join(inputs, name), content);
  }
  return { file, inputs };
}

const titles = async (file: string) =>
  (await readRecords(file, "案例")).map((row) => `${row.案例编号} ${row.案例名称}`);
const ole = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]);

describe("a file that cannot be read, among others", () => {
  test.for([
    { name: "坏.xlsx", content: "这不是表格", says: /另存为「Excel 工作簿/ },
    { name: "断.xlsx", content: Buffer.from("504b0304140000000800", "hex"), says: /不完整或已损坏/ },
    { name: "空.csv", content: "", says: /空文件/ },
    { name: "旧.xls", content: ole, says: /另存为「Excel 工作簿/ },
    { name: "表.et", content: ole, says: /用 WPS 打开.*另存为「Excel 工作簿/ },
    { name: "模板.ett", content: ole, says: /用 WPS 打开.*另存为「Excel 工作簿/ },
    { name: "稿.wps", content: ole, says: /另存为「Word 文档（\*\.docx）」/ },
    { name: "稿.doc", content: ole, says: /另存为「Word 文档（\*\.docx）」/ },
    { name: "表.xlsb", content: ole, says: /另存为「Excel 工作簿/ },
    { name: "表.ods", content: "PK", says: /另存为「Excel 工作簿/ },
    { name: "表.numbers", content: "PK", says: /导出为—Excel/ },
    { name: "扫描.pdf", content: "%PDF-1.4", says: /原来的 \.xlsx 或 \.docx.*录入/ },
    { name: "全部.zip", content: "PK", says: /先解压/ },
    { name: "全部.rar", content: "Rar!", says: /先解压/ },
    { name: "网页.htm", content: "<table></table>", says: /另存为「Excel 工作簿/ },
  ])("$name is reported with the way out, exit 1, the rest is taken", async ({ name, content, says }) => {
    const { file, inputs } = await open({ "甲/导出.csv": good("A1"), [`甲/${name}`]: content, "导出.csv": good("A2") });
    const { code, json } = await runJson("import", file, inputs);
    expect(code).toBe(1);
    const entry = json.inputs.find((input: { file: string }) => input.file === `甲/${name}`);
    expect(entry).toMatchObject({ sheet: "", rows: 0, added: 0, kept: [], rejected: [{ row: 0 }] });
    expect(entry.rejected[0].reason).toMatch(says);
    expect(await titles(file)).toEqual(["A1 名称A1", "A2 名称A2"]);
    const alone = await runCasebook("import", file, join(inputs, "甲", name));
    expect(alone.code).toBe(3);
    expect(alone.err).toMatch(says);
    expect(alone.err).toContain(name);
    const among = await runCasebook("import", file, join(inputs, "甲", name), join(inputs, "导出.csv"));
    expect(among.code).toBe(1);
    expect(among.out + among.err).toMatch(says);
  });

  test("what systems leave lying about is passed over, pictures are reported", async () => {
    const junk = [".DS_Store", "Thumbs.db", "~$导出.csv", "._导出.csv", "a.xlsx.casebook-lock", "b.备份/导出.csv"];
    const { file, inputs } = await open({
      ...{ "导出.csv": good("A1"), "照片.jpg": "x", "视频.mp4": "x" },
      ...Object.fromEntries(junk.map((name) => [name, "x"])),
    });
    const { code, json } = await runJson("import", file, inputs);
    expect(code).toBe(0);
    expect(json.inputs).toHaveLength(2);
    expect(json.skipped.map(({ file: name }: { file: string }) => name).sort()).toEqual(["照片.jpg", "视频.mp4"]);
    expect((await runCasebook("import", file, inputs)).out).toMatch(/跳过 照片\.jpg：是图片.*扫描件.*录入填报表/);
  });

  test("a file name that is not there among others; alone it is exit 3", async () => {
    const { file, inputs } = await open({ "导出.csv": good("A1") });
    const [there, gone] = [join(inputs, "导出.csv"), join(inputs, "没有.csv")];
    const { code, json } = await runJson("import", file, there, gone);
    expect([code, json.inputs.map((input: { file: string }) => input.file)]).toEqual([1, ["导出.csv", "没有.csv"]]);
    expect((await runCasebook("import", file, gone)).code).toBe(3);
  });
});

describe("a file is its path", () => {
  test("two of one name in two folders are two, however they are named", async () => {
    const { file, inputs } = await open({ "甲/导出.csv": good("A1", "一"), "乙/导出.csv": good("A1", "二") });
    for (const words of [
      [inputs],
      [join(inputs, "甲"), join(inputs, "乙")],
      ["甲", "乙"].map((unit) => join(inputs, unit, "导出.csv")),
    ]) {
      const { code, json } = await runJson("import", file, ...words);
      expect(code).toBe(1);
      expect(json.inputs.map((input: { file: string }) => input.file)).toEqual(
        expect.arrayContaining(["甲/导出.csv", "乙/导出.csv"]),
      );
      expect(json.conflicts).toEqual([
        expect.objectContaining({
          ...{ code: "IMPORT-CONFLICT", sheet: "案例", column: "案例名称", id: "A1", kept: "" },
          offered: [
            { file: "乙/导出.csv", row: 2, value: "二" },
            { file: "甲/导出.csv", row: 2, value: "一" },
          ],
        }),
      ]);
    }
    const { out } = await runCasebook("import", file, inputs);
    expect(out).toMatch(/A1.*“案例名称”说法不一：乙\/导出\.csv 第 2 行为“二”，甲\/导出\.csv 第 2 行为“一”/);
    const check = await runJson("check", file);
    expect(check.json.findings.filter(({ code }: { code: string }) => code === "IMPORT-CONFLICT")).toMatchObject([
      { severity: "error", sheet: "案例", row: 2, column: "案例名称", id: "A1" },
    ]);
    expect((await runJson("import", file, join(inputs, "乙", "导出.csv"))).code).toBe(0);
    expect(await titles(file)).toEqual(["A1 二"]);
    const settled = await runJson("check", file);
    expect(settled.json.findings.map(({ code }: { code: string }) => code)).not.toContain("IMPORT-CONFLICT");
  });

  test("a row that is gone from its file is reported and stays; another file of that name says nothing of it", async () => {
    const both = `${good("A1")}A2,名称A2,教学革新,兴庆区教育局,13900000001\n`;
    const { file, inputs } = await open({ "甲/导出.csv": both, "乙/导出.csv": good("A3") });
    await runCasebook("import", file, inputs);
    writeFileSync(join(inputs, "甲", "导出.csv"), good("A1"));
    const { json } = await runJson("import", file, inputs);
    expect(json.inputs.flatMap((input: { missing?: unknown[] }) => input.missing ?? [])).toEqual([
      { row: 3, column: "", reason: expect.stringMatching(/^A2 名称A2：上次导入时在这份文件里，这次没有了/) },
    ]);
    expect(await titles(file)).toEqual(["A1 名称A1", "A2 名称A2", "A3 名称A3"]);
  });

  test("a case under another number is taken and reported, the row of the old number stays", async () => {
    const { file, inputs } = await open({ "导出.csv": `${good("A1")}A2,名称A2,教学革新,兴庆区教育局,13900000001\n` });
    await runCasebook("import", file, inputs);
    const renumbered = good("A9").replace("名称A9", "名称A1");
    const sent = join(inputs, "改回.csv");
    writeFileSync(sent, renumbered);
    const { json } = await runJson("import", file, sent);
    expect(json.inputs.flatMap((input: { missing?: unknown[] }) => input.missing ?? [])).toEqual([
      { row: 0, column: "", reason: expect.stringMatching(/^A9 名称A1：像是 A1 改了编号.*请在表中删去 A1 那一行$/) },
    ]);
    expect(await titles(file)).toEqual(["A1 名称A1", "A2 名称A2", "A9 名称A1"]);
  });
});
