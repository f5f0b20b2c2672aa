/** What `export` makes without --form: the units' own forms among it, on their way out and back. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecords, runCasebook, runJson } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-lists-"));
const file = join(home, "award.xlsx");
const out = join(home, "out");
const form = "填报表-兴庆区教育局.xlsx";

beforeAll(async () => {
  await writeSmallAward(join(home, "inputs"));
  await runJson("init", file);
  await runJson("import", file, join(home, "inputs"));
  const faulty = join(home, "补报.csv");
  writeFileSync(faulty, "案例编号,案例名称,领域,推荐单位\nZ9,学情诊断,教学,兴庆区教育局\n");
  await runJson("import", file, faulty);
  await runJson("check", file);
  await runJson("export", file, "--out", out);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("a unit's form comes back as it went: nothing added, nothing changed, nothing refused", async () => {
  const copy = join(home, "copy.xlsx");
  copyFileSync(file, copy);
  const forms = readdirSync(out).filter((name) => name.startsWith("填报表-"));
  expect(forms.length).toBeGreaterThan(2);
  const { code, json } = await runJson("import", copy, ...forms.map((name) => join(out, name)));
  expect(code).toBe(0);
  const totals = json.inputs.map(({ added, updated, kept, rejected }: Record<string, unknown>) => [
    added,
    updated,
    kept,
    rejected,
  ]);
  expect(totals.length).toBeGreaterThan(forms.length);
  expect(totals).toEqual(totals.map(() => [0, 0, [], []]));
});

test("its 检查 names the rules in Chinese, and links to the cells", async () => {
  const { code, out: said } = await runCasebook("check", file);
  expect([code, said.includes("检查完成")]).toEqual([1, true]);
  const listed = await readRecords(file, "检查");
  expect(listed.length).toBeGreaterThan(1);
  expect(listed.every((row) => /^[\u4e00-\u9fff]+$/.test(String(row.问题类别)))).toBe(true);
});

test("what went out to be mended comes back through import", async () => {
  await runCasebook("check", file);
  const { out: said } = await runCasebook("export", file, "--out", out);
  expect(said).toMatch(/还有：.*\d+ 处错误待改.*。下一步：casebook import \S+ 收到的文件\n$/);
});

test("a form that a unit has filled in is never overwritten", async () => {
  writeFileSync(join(out, form), "what the unit has sent");
  const { out: said } = await runCasebook("export", file, "--out", out);
  const kept = readdirSync(out).filter((name) => name.includes(".旧"));
  expect(kept).toEqual(["填报表-兴庆区教育局.旧1.xlsx"]);
  expect(readFileSync(join(out, kept[0] ?? ""), "utf8")).toBe("what the unit has sent");
  expect(said).toContain("填报表-兴庆区教育局.旧1.xlsx");
  expect(existsSync(join(out, "填报表-兴庆区教育局.bak.xlsx"))).toBe(false);
});

test("进度 has a row for each unit, with the errors of the check", async () => {
  const rows = await readRecords(file, "进度");
  const units = await readRecords(file, "单位");
  expect(rows.map((row) => row.推荐单位).sort()).toEqual(units.map((row) => row.单位名称).sort());
  const { json } = await runJson("check", file);
  const errors = rows.reduce((sum, row) => sum + Number(row.待改错误), 0);
  expect([errors, errors > 1]).toEqual([json.counts.error, true]);
});

test("recommending leaves the errors of the last check in 进度", async () => {
  const copy = join(home, "recommended.xlsx");
  copyFileSync(file, copy);
  const errorsOf = async () => (await readRecords(copy, "进度")).map((row) => [row.推荐单位, row.待改错误]);
  const before = await errorsOf();
  expect((await runJson("recommend", copy)).code).toBeLessThan(2);
  expect(await errorsOf()).toEqual(before);
  expect(before.some(([, errors]) => Number(errors) > 0)).toBe(true);
});
