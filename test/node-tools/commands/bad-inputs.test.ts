import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { CellEdit, SheetSnapshot, WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { newWorkbook, readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readRecords, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

async function preparedAward(): Promise<{ folder: string; file: string }> {
  const folder = temporaryFolder();
  const file = join(folder, "a.xlsx");
  await writeSmallAward(join(folder, "inputs"));
  expect((await runCasebook("init", file)).code).toBe(0);
  expect((await runCasebook("import", file, join(folder, "inputs"))).code).toBe(0);
  return { folder, file };
}

async function changeWorkbook(
  file: string,
  patchOf: (sheets: readonly SheetSnapshot[]) => WorkbookPatch,
): Promise<void> {
  const workbook = readWorkbook(file);
  workbook.apply(patchOf(workbook.snapshot.sheets));
  writeFileSync(file, workbook.toBuffer());
}

function findCell(sheet: SheetSnapshot, label: string): { row: number; column: number } {
  for (const [i, row] of sheet.rows.entries()) {
    const c = row.findIndex((value) => cellText(value) === label);
    if (c >= 0) return { row: i + 1, column: c + 1 };
  }
  throw new Error(`no ${label} in ${sheet.name}`);
}

const named = (sheets: readonly SheetSnapshot[], name: string) => sheets.find((s) => s.name === name)!;

describe("inputs that cannot be taken", () => {
  const wide = `${Array.from({ length: 10_000 }, (_, i) => `列${i}`).join(",")}\n`;
  const long = "字".repeat(60_000);
  test.for([
    { name: "empty file", file: "空.csv", bytes: "", code: 3, says: /空文件/ },
    {
      name: "Big5",
      file: "big5.csv",
      bytes: Buffer.from([0xb1, 0xc0, 0xc2, 0xcb, 0xb3, 0xe6, 0xa6, 0xec, 0x2c, 0xa9, 0x6d, 0xa6, 0x57, 0x0a]),
      code: 3,
      says: /Big5/,
    },
    {
      name: "binary",
      file: "图.csv",
      bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 255, 254, 0, 9]),
      code: 3,
      says: /[\u4e00-\u9fff]/,
    },
    {
      name: "headers that fit no sheet",
      file: "别的.csv",
      bytes: "日期,天气\n2025-07-01,晴\n",
      code: 1,
      says: /未收下/,
    },
    {
      name: "headers that fit two sheets",
      file: "名单.csv",
      bytes: "姓名,单位,联系电话\n赵明远,兴庆区第一学校,13809510001\n",
      code: 1,
      says: /既像“专家”表又像“联络员”表/,
    },
    { name: "ten thousand columns", file: "宽.csv", bytes: wide, code: 1, says: /未收下|列/ },
    {
      name: "a cell of 60,000 characters",
      file: "长.csv",
      bytes: `案例编号,案例名称,推荐单位,案例概要\nL1,长文,兴庆区教育局,${long}\n`,
      code: 1,
      says: /第 2 行“长文”未收下.*60000/,
    },
  ])("$name", async ({ file: name, bytes, code, says }) => {
    const { folder, file } = await preparedAward();
    const before = await readRecords(file, "案例");
    writeFileSync(join(folder, name), bytes);
    const run = await runCasebook("import", file, join(folder, name));
    expect(run.code).toBe(code);
    expect(run.out + run.err).toMatch(says);
    expect(run.out + run.err).toContain(name);
    expect(await readRecords(file, "案例")).toEqual(before);
  });

  test("formulas where values belong keep their last result, and it is reported", async () => {
    const { folder, file } = await preparedAward();
    const input = newWorkbook();
    input.apply({
      sheets: [
        {
          name: "导出",
          createBefore: null,
          edits: [
            ...["案例编号", "案例名称", "推荐单位", "领域", "学段", "关键词"].map((value, i) => ({
              row: 1,
              column: i + 1,
              value,
            })),
            { row: 2, column: 1, value: "F1" },
            { row: 2, column: 2, value: { kind: "formula", formula: '"公式"&"名称"', result: "公式名称" } },
            { row: 2, column: 3, value: "兴庆区教育局" },
          ],
        },
      ],
    });
    const path = join(folder, "公式.xlsx");
    writeFileSync(path, input.toBuffer());
    await runCasebook("import", file, path);
    const row = (await readRecords(file, "案例")).find((r) => r.案例编号 === "F1");
    expect(row?.案例名称).toBe("公式名称");
    const { json } = await runJson("check", file);
    expect(
      json.findings.filter((f: { code: string; id: string }) => f.code === "DATA-FORMULA" && f.id === "F1"),
    ).toHaveLength(1);
  });

  test("one unreadable file among many: reported, the others are taken", async () => {
    const { folder, file } = await preparedAward();
    mkdirSync(join(folder, "more"));
    writeFileSync(join(folder, "more", "好.csv"), "案例编号,案例名称,领域,推荐单位\nG1,好的,教学革新,兴庆区教育局\n");
    writeFileSync(join(folder, "more", "坏.xlsx"), "这不是表格");
    const run = await runJson("import", file, join(folder, "more"));
    expect(run.code).toBe(1);
    expect(run.json.inputs.map((input: { file: string; added: number }) => [input.file, input.added])).toEqual([
      ["好.csv", 1],
      ["坏.xlsx", 0],
    ]);
    expect((await readRecords(file, "案例")).map((row) => row.案例编号)).toContain("G1");
  });
});

describe("a shared workbook that people have rearranged", () => {
  test("a deleted column is named, and nothing is written", async () => {
    const { file } = await preparedAward();
    await changeWorkbook(file, (sheets) => {
      const cell = findCell(named(sheets, "案例"), "视频时长");
      return { sheets: [{ name: "案例", edits: [{ ...cell, value: null }] }] };
    });
    const before = readFileSync(file);
    const run = await runCasebook("check", file);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/“案例”表缺少列“视频时长”/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("moved columns are found by their labels", async () => {
    const { file } = await preparedAward();
    const before = (await runJson("check", file)).json;
    await changeWorkbook(file, (sheets) => {
      const sheet = named(sheets, "案例");
      const a = findCell(sheet, "学段").column;
      const b = findCell(sheet, "关键词").column;
      const edits = sheet.rows.flatMap((row, i): CellEdit[] => [
        { row: i + 1, column: a, value: row[b - 1] ?? null },
        { row: i + 1, column: b, value: row[a - 1] ?? null },
      ]);
      return { sheets: [{ name: "案例", edits }] };
    });
    const after = (await runJson("check", file)).json;
    expect(after.findings).toEqual(before.findings);
  });

  test("nothing runs on a wrong value in 参数, and the cell is named", async () => {
    const { file } = await preparedAward();
    let row = 0;
    await changeWorkbook(file, (sheets) => {
      const sheet = named(sheets, "参数");
      row = findCell(sheet, "每案评审专家数").row;
      return { sheets: [{ name: "参数", edits: [{ row, column: findCell(sheet, "值").column, value: "三个" }] }] };
    });
    const check = await runJson("check", file);
    expect(check.code).toBe(1);
    expect(check.json.findings).toEqual([
      expect.objectContaining({ severity: "error", sheet: "参数", row, column: "值" }),
    ]);
    for (const words of [["recommend"], ["assign"]]) {
      const run = await runCasebook(words[0]!, file);
      expect(run.code).toBe(3);
      expect(run.err).toContain(`第 ${row} 行`);
    }
  });
});

describe("calls that are wrong", () => {
  test.for([
    { words: ["import", "a.xlsx"], says: /用法/ },
    { words: ["nonsense"], says: /没有“nonsense”/ },
    { words: ["check", "a.csv"], says: /\.xlsx/ },
    { words: ["forms", "a.xlsx"], says: /--out/ },
    { words: ["assign", "a.xlsx", "--reviews", "many"], says: /1—20/ },
    { words: ["check", "a.xlsx", "--fast"], says: /：没有选项“--fast”（/ },
    { words: ["check", "a.xlsx", "-x"], says: /：没有选项“-x”（/ },
    { words: ["check", "a.xlsx", "--json=1"], says: /：选项“--json”后面不带内容（/ },
    { words: ["assign", "a.xlsx", "--seed"], says: /：选项“--seed”后面要写上内容/ },
    { words: ["assign", "a.xlsx", "--seed", "-1"], says: /：选项“--seed”后面要写上内容；.*--seed=内容（/ },
  ])("$words", async ({ words, says }) => {
    const run = await runCasebook(...words);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(says);
  });

  test("a workbook that is not there", async () => {
    const run = await runCasebook("check", join(temporaryFolder(), "没有.xlsx"));
    expect(run.code).toBe(3);
    expect(run.err).toContain("没有.xlsx");
  });

  test("init does not overwrite", async () => {
    const file = join(temporaryFolder(), "a.xlsx");
    expect((await runCasebook("init", file)).code).toBe(0);
    const before = readFileSync(file);
    expect((await runCasebook("init", file)).code).toBe(2);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
