/** Who owes what, as `remind` and `status` tell it of the two workbooks. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readRecords, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-remind-"));
const file = join(home, "a.xlsx");
const alone = join(home, "b.xlsx");
const empty = join(home, "c.xlsx");
const review = join(home, "a.评审.xlsx");
const inputs = join(home, "inputs");

beforeAll(async () => {
  await writeSmallAward(inputs);
  for (const path of [file, alone, empty]) await runCasebook("init", path);
  await runCasebook("import", alone, join(inputs, "单位名册.csv"), join(inputs, "专家推荐表-兴庆区教育局.csv"));
  await runCasebook("import", file, inputs);
  await runCasebook("recommend", file, "--date", "2025-10-20");
  await runCasebook("assign", file, "--reviews", "1");
  const { json } = await runJson("packets", file, "--out", join(home, "packets"));
  const back = join(home, "back");
  mkdirSync(back);
  writeFileSync(join(back, basename(json.files[0])), fillScoreSheet(json.files[0]));
  await runCasebook("collect", file, back);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("remind", () => {
  test("experts by name, unit, phone and what is open; units by what they lack", async () => {
    const experts = await readRecords(review, "评审专家");
    const pairs = (await readRecords(review, "分派")).filter((pair) => pair.状态 === "已分派");
    const { json } = await runJson("remind", file);
    const of = (id: string) => pairs.filter((pair) => pair.专家编号 === id).map((pair) => pair.案例编号);
    expect(json.experts.length).toBeGreaterThan(2);
    expect(new Set(json.experts.map(({ id }: { id: string }) => id))).toEqual(new Set(pairs.map((p) => p.专家编号)));
    for (const { id, name, unit, phone, missing } of json.experts) {
      const row = experts.find((expert) => expert.专家编号 === id);
      expect([name, unit, phone]).toEqual([row?.专家姓名, row?.单位, row?.联系电话]);
      expect([...missing].sort()).toEqual(of(id).sort());
    }
    const { out } = await runCasebook("remind", file);
    const [{ id, name, unit, phone }] = json.experts;
    expect(out).toContain(`  ${id} ${name}（${unit}，${phone}）：`);
    expect(out).toContain("  兴庆区教育局：没有盖章件\n");
    expect(json.units[0]).toMatchObject({ missing: ["《专家推荐表》的盖章扫描件还没有收到"] });
  });

  test("a file with all texts; no expert's phone or name goes to a unit, no author's to an expert", async () => {
    const out = join(temporaryFolder(), "新建", "催交");
    const { json } = await runJson("remind", file, "--out", out);
    const text = readFileSync(join(out, "催交文字.txt"), "utf8");
    expect(text.startsWith("\ufeff")).toBe(true);
    const told = [...json.experts, ...json.units].map((each) => each.text.replaceAll("\n", "\r\n"));
    for (const each of told) expect(text).toContain(each);
    const experts = await readRecords(review, "评审专家");
    const units = json.units.map((each: { text: string }) => each.text).join("\n");
    for (const { 专家姓名: name, 联系电话: phone } of experts) {
      expect(units).not.toContain(name);
      expect(units).not.toContain(phone);
    }
    const toExperts = json.experts.map((each: { text: string }) => each.text).join("\n");
    for (const row of await readRecords(file, "案例")) {
      for (const label of ["案例编号", "案例名称", "第一作者", "第一作者单位", "第一作者教育云账号"] as const)
        expect(toExperts).not.toContain(row[label]);
    }
  });

  test("neither it nor status changes a workbook", async () => {
    const before = [file, review].map((path) => readFileSync(path));
    await runCasebook("remind", file, "--out", temporaryFolder());
    await runCasebook("status", file);
    expect([file, review].map((path) => readFileSync(path))).toEqual(before);
  });

  test("without a review workbook: units alone, those of whom nothing has come first", async () => {
    const { out, code } = await runCasebook("remind", alone);
    expect(code).toBe(0);
    expect(out.split("\n").slice(0, 6)).toEqual([
      "评审：还没有分派专家，没有评分要催。",
      "单位：4 个单位没有报齐：",
      "  平罗县教育局：什么也没有报",
      "  泾源县教育局：什么也没有报",
      "  沙坡头区教育局：什么也没有报",
      "  兴庆区教育局：没有案例、没有盖章件、联络员差 2 名",
    ]);
    expect((await runJson("remind", alone)).json.experts).toEqual([]);
  });

  test("nothing to ask for: that is told, and the file of an earlier day does not stay as it was", async () => {
    const done = join(temporaryFolder(), "d.xlsx");
    await runCasebook("init", done);
    await runCasebook("import", done, join(inputs, "单位名册.csv"));
    const workbook = readWorkbook(done, "edit");
    workbook.apply({ sheets: [{ name: "单位", clearFrom: 2 }] });
    writeFileSync(done, workbook.toBuffer());
    const out = temporaryFolder();
    writeFileSync(join(out, "催交文字.txt"), "昨天");
    const run = await runCasebook("remind", done, "--out", out);
    expect(run.out).toContain("单位：“单位”表里还没有单位，请先导入单位名册。");
    expect(readFileSync(join(out, "催交文字.txt"), "utf8")).toContain("没有要催交的。");
    expect(readFileSync(join(out, "催交文字.bak.txt"), "utf8")).toBe("昨天");
  });

  test("everything is in", async () => {
    const back = join(temporaryFolder(), "all");
    mkdirSync(back);
    const { json } = await runJson("packets", file, "--out", join(back, "out"));
    for (const path of json.files) writeFileSync(join(back, basename(path)), fillScoreSheet(path));
    const copy = join(back, "a.xlsx");
    for (const [from, to] of [
      [file, copy],
      [review, join(back, "a.评审.xlsx")],
    ] as const)
      writeFileSync(to, readFileSync(from));
    await runCasebook("collect", copy, ...json.files.map((path: string) => join(back, basename(path))));
    const sealed = readWorkbook(copy, "edit");
    sealed.apply({ sheets: [{ name: "单位", edits: [2, 3, 4, 5].map((row) => ({ row, column: 7, value: "是" })) }] });
    writeFileSync(copy, sealed.toBuffer());
    const { out } = await runCasebook("remind", copy);
    expect(out).toBe("评审：评分都已交齐。\n单位：都已报齐。\n");
    const status = await runJson("status", copy);
    expect(status.json).toMatchObject({ stage: "定奖", next: "rank" });
  });

  test.for([
    ["remind", "a.评审.xlsx", 3, "是评审工作簿，不是申报工作簿"],
    ["status", "a.评审.xlsx", 3, "是评审工作簿，不是申报工作簿"],
    ["remind", "没有.xlsx", 3, "没有.xlsx"],
    ["status", "没有.xlsx", 3, "没有.xlsx"],
    ["remind", "a.et", 2, "应以 .xlsx 结尾"],
  ] as const)("%s %s ends with %i", async ([command, name, code, says]) => {
    const run = await runCasebook(command, join(home, name));
    expect(run.code).toBe(code);
    expect(run.err).toContain(says);
    expect(existsSync(join(home, "催交文字.txt"))).toBe(false);
  });
});

describe("status", () => {
  test("an empty workbook", async () => {
    const { out, code } = await runCasebook("status", empty);
    expect(code).toBe(0);
    expect(out).toContain("现在是“准备”阶段。\n");
    expect(out).toContain("单位 0 个，报齐的 0 个：案例 0 个，推荐 0 个。\n");
    expect(out.endsWith(`没有未了的事项。\n下一步：casebook import ${empty} 单位名册\n`)).toBe(true);
    expect((await runJson("status", empty)).json).toMatchObject({
      stage: "准备",
      open: [],
      units: [],
      next: "importUnits",
    });
  });

  test("a review: stage, units, what is open, what is next, computed anew", async () => {
    const { json } = await runJson("status", file);
    expect(json).toMatchObject({
      stage: "评审",
      next: "collect",
      units: Array.from({ length: 4 }, () => ({
        submissions: 3,
        recommended: 3,
        experts: 15,
        liaisons: 2,
        sealed: false,
      })),
    });
    const { json: owed } = await runJson("remind", file);
    const open = json.open.find(({ kind }: { kind: string }) => kind === "openReviews");
    expect(open.count).toBe(owed.experts.length);
    const { out } = await runCasebook("status", file);
    expect(out).toContain(`  ${open.message}\n`);
    expect(out).toMatch(/下一步：casebook collect \S*a\.xlsx 收回的评分表\n$/);
  });

  test("what is next can be typed as it stands, also for a name with a space", async () => {
    const spaced = join(temporaryFolder(), "我的 评案簿.xlsx");
    writeFileSync(spaced, readFileSync(alone));
    expect((await runCasebook("status", spaced)).out).toContain(`下一步：casebook import "${spaced}" 收到的文件\n`);
  });

  test("a command that is done does not fail for a review workbook that cannot be read", async () => {
    const folder = temporaryFolder();
    const copy = join(folder, "f.xlsx");
    writeFileSync(copy, readFileSync(alone));
    writeFileSync(join(folder, "f.评审.xlsx"), "不是表格");
    const { code, out } = await runCasebook("recommend", copy);
    expect([code, out.includes("下一步")]).toEqual([0, false]);
    expect((await runCasebook("status", copy)).code).toBe(3);
  });

  test("a wrong value in 参数 is said, nothing is computed from it", async () => {
    const wrong = join(temporaryFolder(), "e.xlsx");
    const workbook = readWorkbook(alone, "edit");
    const rows = await readRecords(alone, "参数");
    const row = Number(rows.find((each) => each.项目 === "评审截止日期")?.row);
    workbook.apply({ sheets: [{ name: "参数", edits: [{ row, column: 2, value: "月底" }] }] });
    writeFileSync(wrong, workbook.toBuffer());
    for (const command of ["status", "remind"]) {
      const { code, err, out } = await runCasebook(command, wrong);
      expect([code, out]).toEqual([3, ""]);
      expect(err).toContain("月底");
    }
  });
});
