import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { runCasebook, runJson, temporaryFolder, workbookValues } from "../run-casebook.ts";

const list = "案例名称,作者,奖项\r\n校园阅读,欧阳翊（某校）,一等奖\r\n";

async function newWorkbook() {
  const folder = temporaryFolder();
  const file = join(folder, "评案簿.xlsx");
  const winners = join(folder, "获奖名单.csv");
  writeFileSync(winners, list);
  await runCasebook("init", file);
  return { folder, file, winners };
}

test("winners of an earlier year stand in a hidden sheet, once, and can be taken back", async () => {
  const { file, winners } = await newWorkbook();
  const { code, json } = await runJson("import", file, "--prior", "2023", winners);
  expect([code, json.inputs[0].added]).toEqual([0, 1]);
  const prior = readWorkbook(file).snapshot.sheets.find(({ name }) => name === "往届");
  expect(prior?.hidden).toBe(true);
  expect(prior?.rows[1]?.slice(0, 4)).toEqual([2023, "一等奖", "校园阅读", "欧阳翊/某校"]);
  const before = await workbookValues(file);
  const again = await runJson("import", file, "--prior", "2023", winners);
  expect(again.json.inputs[0]).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
  expect((await workbookValues(file)).往届).toEqual(before.往届);
  await runCasebook("undo", file);
  await runCasebook("undo", file);
  expect(readWorkbook(file).snapshot.sheets.find(({ name }) => name === "往届")?.rows.length).toBe(1);
});

test.for(["去年", "1889", "2025", "2023.5", ""])("“%s” is no earlier year", async (year) => {
  const { file, winners } = await newWorkbook();
  const before = await workbookValues(file);
  const { code, err } = await runCasebook("import", file, "--prior", year, winners);
  expect([code, err]).toEqual([2, expect.stringMatching(/--prior.*1990—2024/)]);
  expect(await workbookValues(file)).toEqual(before);
});

test("a file that cannot be read is told, and nothing is written", async () => {
  const { folder, file } = await newWorkbook();
  const broken = join(folder, "坏的.xlsx");
  writeFileSync(broken, "PK\u0003\u0004 no workbook");
  const before = await workbookValues(file);
  const { code, err } = await runCasebook("import", file, "--prior", "2023", broken);
  expect([code, err]).toEqual([3, expect.stringContaining("坏的.xlsx")]);
  expect(await workbookValues(file)).toEqual(before);
});

test("with the earlier files at hand the check writes what is alike side by side", async () => {
  const { folder, file, winners } = await newWorkbook();
  await runCasebook("import", file, "--prior", "2023", winners);
  const { json } = await runJson("check", file, "--earlier", winners);
  expect(json.priorPage).toBe(join(folder, "评案簿.往届比对.html"));
  expect(readFileSync(json.priorPage, "utf8")).toContain("往届比对");
  expect((await runJson("check", file)).json).not.toHaveProperty("priorPage");
});
