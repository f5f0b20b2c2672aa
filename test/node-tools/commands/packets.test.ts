/** Score sheets made again: what changed goes out once more, everything else stays as it lies there. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readRecords, readSheet, runCasebook, runJson } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-packets-"));
const file = join(home, "a.xlsx");
const review = join(home, "a.评审.xlsx");
const out = join(home, "评分表");
const contents = (folder: string) =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".xlsx"))
      .map((name) => [name, readFileSync(join(folder, name)).toString("base64")]),
  );

/** Changes one cell of 分派 or 参评案例. */
async function setCell(sheet: string, isMeant: (row: Record<string, string>) => boolean, label: string, value: string) {
  const workbook = readWorkbook(review, "edit");
  const header = (await readSheet(review, sheet)).rows[0] ?? [];
  const rows = (await readRecords(review, sheet)).filter(isMeant);
  const edits = rows.map((row) => ({ row: Number(row.row), column: header.indexOf(label) + 1, value }));
  workbook.apply({ sheets: [{ name: sheet, edits }] });
  writeFileSync(review, workbook.toBuffer());
  return rows;
}

beforeAll(async () => {
  await writeSmallAward(join(home, "inputs"));
  await runCasebook("init", file);
  await runCasebook("import", file, join(home, "inputs"));
  await runCasebook("recommend", file, "--date", "2025-10-20");
  await runCasebook("assign", file, "--reviews", "2");
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("the first time all of them, and no folder besides", async () => {
  const { json } = await runJson("packets", file, "--out", out);
  expect(json.files.map((path: string) => basename(path))).toEqual(readdirSync(out).sort());
  expect(json.resend).toEqual([]);
});

test("again: nothing is written, whatever the experts have filled in or has been collected", async () => {
  const [name] = readdirSync(out);
  writeFileSync(join(out, name!), fillScoreSheet(join(out, name!)));
  await runCasebook("collect", file, out);
  const before = contents(out);
  const run = await runCasebook("packets", file, "--out", out);
  expect(run.out).toContain(`${out} 里的 ${before.size} 份评分表都没有变化，不用重发。\n`);
  const submissions = (await readRecords(review, "参评案例")).length;
  expect(run.out).toMatch(new RegExp(`${submissions} 个案例（.*）的“评审材料”空着.*--materials-pattern`));
  expect(readdirSync(out)).toHaveLength(before.size);
  expect(contents(out)).toEqual(before);
});

test("what changed is put into 需重发 with a list, the sheet before stays under another name", async () => {
  const before = contents(out);
  const [filled] = [...before.keys()];
  const id = (await readRecords(join(out, filled!), "评分")).length > 0 ? filled!.slice(4, 8) : "";
  const [pair] = (await readRecords(review, "分派")).filter((each) => each.专家编号 === id);
  await setCell("参评案例", (row) => row.评审编号 === pair?.评审编号, "评审材料", "https://example.org/m");
  const concerned = (await readRecords(review, "分派")).filter((each) => each.评审编号 === pair?.评审编号);
  const { json } = await runJson("packets", file, "--out", out);
  expect(json.resend.map(({ expert }: { expert: string }) => expert)).toEqual(
    concerned.map((each) => each.专家编号).sort(),
  );
  expect(json.files).toHaveLength(before.size);
  const names = json.resend.map(({ expert }: { expert: string }) => `评分表-${expert}.xlsx`);
  expect(readdirSync(join(out, "需重发")).sort()).toEqual([...names, "需重发名单.xlsx"].sort());
  const after = contents(out);
  for (const [name, content] of before) {
    const isChanged = names.includes(name);
    expect(after.get(name) === content).toBe(!isChanged);
    if (!isChanged) continue;
    expect(after.get(name.replace(".xlsx", ".旧1.xlsx"))).toBe(content);
    expect(contents(join(out, "需重发")).get(name)).toBe(after.get(name));
  }
  const list = (await readSheet(join(out, "需重发", "需重发名单.xlsx"), "需重发名单")).rows.slice(3, 3 + names.length);
  const reason = `评审材料有改动：${pair?.评审编号}`;
  expect(list.map((row) => [row[0], row[1], row[3], row[4], row[5]])).toEqual(
    json.resend.map((each: Record<string, unknown>, i: number) => [
      each.expert,
      each.name,
      each.phone,
      reason,
      names[i],
    ]),
  );
});

test("another change while 需重发 is still there goes into a folder of its own", async () => {
  const pairs = await readRecords(review, "分派");
  const [one] = pairs;
  const dropped = await setCell("分派", (row) => row.专家编号 === one?.专家编号, "状态", "作废");
  const earlier = contents(join(out, "需重发"));
  const { json } = await runJson("packets", file, "--out", out);
  expect(json.resend).toMatchObject([{ expert: one?.专家编号, file: "", reasons: ["分派都已作废，不用再评"] }]);
  expect(dropped.length).toBeGreaterThan(0);
  expect(contents(join(out, "需重发"))).toEqual(earlier);
  expect(readdirSync(join(out, "需重发（2）"))).toEqual(["需重发名单.xlsx"]);
  expect(existsSync(join(out, `评分表-${one?.专家编号}.xlsx`))).toBe(false);
  expect(readdirSync(out).filter((name) => name.startsWith(`评分表-${one?.专家编号}.旧`)).length).toBeGreaterThan(0);
  const again = await runCasebook("packets", file, "--out", out);
  expect(again.out).toContain("都没有变化");
});

test("a file that cannot be opened, and one that is gone, are made anew; a damaged one is kept", async () => {
  const [one, two] = readdirSync(out).filter((name) => /^评分表-E\d+\.xlsx$/.test(name));
  writeFileSync(join(out, one!), "不是表格");
  rmSync(join(out, two!));
  const { json } = await runJson("packets", file, "--out", out);
  expect(json.resend.map((each: { reasons: string[] }) => each.reasons)).toEqual([
    ["原来的文件打不开"],
    ["以前没有评分表"],
  ]);
  const kept = readdirSync(out).filter((name) => name.startsWith(one!.replace(".xlsx", ".旧")));
  expect(kept.map((name) => readFileSync(join(out, name), "utf8"))).toContain("不是表格");
});

test("a new folder gets all of them", async () => {
  const other = join(home, "新");
  const { json } = await runJson("packets", file, "--out", other);
  expect(json.resend).toEqual([]);
  expect(readdirSync(other)).toHaveLength(json.files.length);
});

test("评审材料 by a pattern: what somebody has typed stays, and the experts get the rest", async () => {
  const [typed] = await setCell("参评案例", ({ 案例编号 }) => 案例编号 === "S10", "评审材料", "光盘一");
  const folder = join(home, "按样式");
  const run = await runCasebook("packets", file, "--out", folder, "--materials-pattern", "https://x.cn/{评审编号}.zip");
  expect(run).toMatchObject({ code: 0, err: "" });
  expect(run.out).toContain(`“参评案例”第 ${typed?.row} 行 ${typed?.评审编号}：原样保留“光盘一”`);
  for (const { 评审编号, 评审材料 } of await readRecords(review, "参评案例"))
    expect(评审材料).toBe(评审编号 === typed?.评审编号 ? "光盘一" : `https://x.cn/${评审编号}.zip`);
  const [name] = readdirSync(folder);
  expect(JSON.stringify((await readSheet(join(folder, name!), "评分")).rows)).toContain("https://x.cn/");
  expect((await readRecords(review, "日志")).at(-1)?.参数).toContain("评审材料 https://x.cn/{评审编号}.zip，新填 ");
});

test("评审材料 by a table: rows that mean no case are told", async () => {
  await setCell("参评案例", () => true, "评审材料", "");
  const table = join(home, "材料.csv");
  writeFileSync(table, "案例编号,材料\nS00,一.zip\nS99,二.zip\n");
  const { code, json } = await runJson("packets", file, "--out", join(home, "按表格"), "--materials-table", table);
  expect(code).toBe(1);
  expect(json.materials).toMatchObject({
    filled: 1,
    rejected: [{ row: 3, reason: "“S99”不是“参评案例”表里的评审编号或案例编号" }],
  });
});

test.for([
  { words: ["--materials-pattern", "https://x.cn/all.zip"], code: 2, says: "所有案例的材料都一样" },
  { words: ["--materials-pattern", "{评审编号}", "--materials-table", "a.csv"], code: 2, says: "只写一个" },
  { words: ["--materials-table", join(home, "没有.csv")], code: 3, says: "没有.csv" },
])("$words: nothing is written", async ({ words, code, says }) => {
  const before = readFileSync(review);
  const run = await runCasebook("packets", file, "--out", join(home, "不写"), ...words);
  expect(run).toMatchObject({ code, err: expect.stringContaining(says) });
  expect(readFileSync(review).equals(before)).toBe(true);
});
