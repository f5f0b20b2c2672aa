import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newWorkbook as newWorkbookFile, readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { composeSection } from "../../generator/prose.ts";
import { makeRandom } from "../../generator/random.ts";
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

test("with the earlier files at hand the check writes what is alike side by side, and no page where nothing is", async () => {
  const { folder, file, winners } = await newWorkbook();
  const page = join(folder, "评案簿.往届比对.html");
  const text = composeSection(makeRandom(5), 900);
  const own = join(folder, "案例.csv");
  const header = "推荐单位,案例编号,案例名称,第一作者,所属领域,研究和实践过程";
  writeFileSync(own, `${header}\r\n兴庆区教育局,A01,课堂改进,章虚构,教学革新,${text}\r\n`);
  await runCasebook("import", file, own);
  await runCasebook("import", file, "--prior", "2023", winners);
  const none = await runCasebook("check", file, "--earlier", winners);
  expect([none.out, existsSync(page)]).toEqual([expect.stringContaining("没有可以并排比对的"), false]);
  expect((await runJson("check", file, "--earlier", winners)).json).not.toHaveProperty("priorPage");

  const copied = join(folder, "有正文.csv");
  writeFileSync(copied, `案例名称,作者,奖项,正文\r\n旧案例,温虚构,一等奖,${text}\r\n`);
  await runCasebook("import", file, "--prior", "2022", copied);
  const { json } = await runJson("check", file, "--earlier", copied);
  expect(json.priorPage).toBe(page);
  expect(readFileSync(page, "utf8")).toContain("旧案例");
  expect((await runJson("check", file)).json).not.toHaveProperty("priorPage");
  // What an earlier call wrote is brought up to date.
  await runCasebook("check", file, "--earlier", winners);
  expect(readFileSync(page, "utf8")).not.toContain("旧案例");
});

test("merged cells of a workbook stand for each of their rows", async () => {
  const { folder, file } = await newWorkbook();
  const book = newWorkbookFile();
  const rows = [
    ["奖项", "案例名称", "作者"],
    ["特等奖", "校园阅读", "温虚构"],
    ["一等奖", "集体备课", "章虚构"],
    ["", "错题订正", "卢虚构"],
    ["", "", "唐虚构"],
  ];
  const edits = rows.flatMap((cells, r) =>
    cells.flatMap((value, c) => (value === "" ? [] : [{ row: r + 1, column: c + 1, value }])),
  );
  const merges = [
    { top: 3, bottom: 5, left: 1, right: 1 },
    { top: 4, bottom: 5, left: 2, right: 2 },
  ];
  book.apply({ sheets: [{ name: "名单", createBefore: null, layout: { merges }, edits }] });
  const merged = join(folder, "合并的.xlsx");
  writeFileSync(merged, book.toBuffer());
  const { json } = await runJson("import", file, "--prior", "2023", merged);
  expect(json.inputs).toMatchObject([{ added: 3, rejected: [] }]);
  const prior = readWorkbook(file).snapshot.sheets.find(({ name }) => name === "往届");
  expect(prior?.rows.slice(1).map((row) => row.slice(1, 4))).toEqual([
    ["一等奖", "错题订正", "卢虚构、唐虚构"],
    ["一等奖", "集体备课", "章虚构"],
    ["特等奖", "校园阅读", "温虚构"],
  ]);
});

test("what was passed over of a list is said", async () => {
  const { folder, file } = await newWorkbook();
  const mixed = join(folder, "结果.csv");
  writeFileSync(mixed, `${list}没有得奖的,卢虚构,未获奖\r\n`);
  const { out } = await runCasebook("import", file, "--prior", "2023", mixed);
  expect(out).toContain("略过 1 行");
  writeFileSync(mixed, "案例名称,作者,奖项\r\n没有得奖的,卢虚构,未获奖\r\n");
  const none = await runCasebook("import", file, "--prior", "2022", mixed);
  expect([none.code, none.out]).toEqual([1, expect.stringContaining("1 行中没有一行获奖")]);
});
