import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import PizZip from "pizzip";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNoticeFolder } from "../../../node-tools/award-files/load-notice.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readRecords, readSheet, runJson } from "../run-casebook.ts";
import { writeAwardOf } from "./award-of-notice.ts";

/** The invented notice of 2026: five fields, four stages, other quotas, limits, tracks and rubric. */
const source = fileURLToPath(new URL("../../../templates/example-2026", import.meta.url));
const notice = readNoticeFolder(source);
const home = mkdtempSync(join(tmpdir(), "casebook-notice-"));
const file = join(home, "award.xlsx");
const review = join(home, "award.评审.xlsx");
// biome-ignore lint/suspicious/noExplicitAny: JSON of the commands
const results: Record<string, { code: number; json: any; err: string }> = {};

const spoilt = (times: number) => "字".repeat(times);
/** Sound under the notice of 2025, each against one thing that the notice of 2026 lays down. */
const flawed = {
  S0000: { 所属领域: "教学革新" },
  S0010: { 关键词: "作业、课堂、评价" },
  S0100: { 时长: "00:17:30" },
  S0110: { 分辨率: "1280*720" },
  S0200: { 案例概要: spoilt(450) },
  S0210: { 提交时间: "2026-09-02" },
  S0300: { 第一作者身份: "家庭教育指导教师" },
  S0310: {
    研究和实践过程: spoilt(1790),
    案例概要: spoilt(390),
    应用情况及推广价值: spoilt(690),
    特色与创新点: spoilt(590),
  },
  S0400: { 作者2: "甲一", 作者3: "甲二", 作者4: "甲三", 作者5: "甲四" },
  S0410: { 第一作者身份: "教育行政部门工作人员" },
};

beforeAll(async () => {
  writeAwardOf(notice, join(home, "inputs"), flawed);
  results.init = await runJson("init", file, "--notice", source);
  results.units = await runJson("import", file, join(home, "inputs", "单位名册.csv"));
  results.forms = await runJson("forms", file, "--out", join(home, "forms"));
  results.import = await runJson("import", file, join(home, "inputs"));
  results.check = await runJson("check", file);
  results.recommend = await runJson("recommend", file, "--date", notice.windows.recommendation.value.from);
  results.assign = await runJson("assign", file);
  results.packets = await runJson("packets", file, "--out", join(home, "packets"));
  mkdirSync(join(home, "back"));
  for (const path of results.packets.json.files)
    writeFileSync(join(home, "back", basename(path)), fillScoreSheet(path, notice));
  results.collect = await runJson("collect", file, join(home, "back"));
  results.rank = await runJson("rank", file);
  results.lists = await runJson("export", file, "--out", join(home, "lists"), "--draft");
  results.replay = await runJson("replay", file);
}, 180_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const codes = () => Object.fromEntries(Object.entries(results).map(([name, { code }]) => [name, code]));

test("the whole award runs by the notice of the folder, told once to init", () => {
  expect(codes()).toEqual({ ...Object.fromEntries(Object.keys(codes()).map((name) => [name, 0])), check: 1 });
});

describe("what the notice lays down is what counts", () => {
  test("the findings are those of 2026, and no others", () => {
    const told = results
      .check!.json.findings.filter((f: { severity: string }) => f.severity !== "info")
      .map((f: { id: string; code: string }) => `${f.id} ${f.code}`);
    expect(told.sort()).toEqual(
      [
        "S0000 SUB-VALUE",
        "S0010 SUB-KEYWORDS",
        "S0100 VIDEO-DURATION",
        "S0110 VIDEO-RESOLUTION",
        "S0200 TEXT-SECTION",
        "S0210 SUB-WINDOW",
        "S0300 SUB-ELIGIBILITY",
        "S0310 TEXT-TOTAL",
        "S0400 AUTHOR-COUNT",
        "S0410 SUB-ELIGIBILITY",
        ...Array.from({ length: 4 }, () => "S0400 AUTHOR-IDENTITY"),
      ].sort(),
    );
  });

  test("配额 has a row for each of five fields and two tracks, with the quotas of 2026", async () => {
    const rows = (await readRecords(file, "配额")).filter((row) => row.推荐单位 === "兴庆区教育局");
    expect(rows.map((row) => `${row.领域} ${row.赛道}`)).toEqual(
      notice.fields.flatMap(({ label }) => [`${label} 城区`, `${label} 乡镇`]),
    );
    const settings = await readRecords(file, "参数");
    expect(settings.find((row) => row.项目 === "教育局城区赛道名额")?.值).toBe("20");
    expect(settings.find((row) => row.项目 === "教育局乡镇赛道名额")?.值).toBe("25");
  });

  test("a unit form asks for what the notice asks for", async () => {
    const form = results.forms!.json.files.find((path: string) => path.includes("兴庆区"));
    const { notes, rows } = await readSheet(form, "案例");
    const helpOf = (label: string) => notes.get(`1:${rows[0]!.indexOf(label) + 1}`);
    expect(helpOf("领域")).toContain("五个领域之一");
    expect(helpOf("赛道")).toContain("城区或乡镇");
    expect(helpOf("学段")).toContain("四个学段");
    expect(helpOf("关键词")).toContain("4—6 个");
    expect(helpOf("其他作者")).toContain("限报 4 人");
  });

  test("日志 of both workbooks names the notice and a digest of all it says", async () => {
    for (const path of [file, review]) {
      const rows = await readRecords(path, "日志");
      expect(rows.length).toBeGreaterThan(2);
      expect(rows.filter((row) => !/通知 example-2026（[0-9a-f]{8}）$/.test(row.参数!))).toEqual([]);
    }
  });

  test("schema FILE prints the notice of the workbook, schema alone the built-in one", async () => {
    const own = await runJson("schema", file);
    expect(own.json.notice).toEqual(notice);
    expect((await runJson("schema")).json.notice.id).toBe("ningxia-2025");
  });
});

describe("the rubric of 2026", () => {
  test("a score sheet has the eight items with their maxima", async () => {
    const { rows } = await readSheet(results.packets!.json.files[0], "评分");
    const header = rows.find((row) => row.includes("评审编号"))!.map(String);
    expect(header.filter((label) => /（[\d.]+分）$/.test(label))).toEqual(
      notice.rubric.items.map(({ label, max }) => `${label}（${max}分）`),
    );
    expect(String(rows.flat().find((cell) => String(cell).startsWith("填写：")))).toContain("八项按");
  });

  test("汇总 holds the means of the dimensions, and ranks by total, 育人实效, 辐射带动, 极差", async () => {
    const scores = await readRecords(review, "评分");
    const ranking = await readRecords(review, "汇总");
    expect(ranking.length).toBeGreaterThan(60);
    const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
    const standing = (row: Record<string, string>) => {
      const cards = scores.filter((score) => score.评审编号 === row.评审编号);
      const points = (items: readonly { label: string }[]) =>
        cards.map((card) => items.reduce((total, { label }) => total + Number(card[label]), 0));
      const totals = points(notice.rubric.items);
      const dimensions = notice.rubric.dimensions.map(({ key, label }) => ({
        label,
        value: mean(points(notice.rubric.items.filter((item) => item.dimension === key))),
      }));
      return { final: mean(totals), dimensions, range: Math.max(...totals) - Math.min(...totals) };
    };
    for (const row of ranking) {
      const { final, dimensions } = standing(row);
      expect(Number(row.最终得分)).toBeCloseTo(final, 9);
      for (const { label, value } of dimensions) expect(Number(row[label])).toBeCloseTo(value, 9);
    }
    for (const { ranking: places } of results.rank!.json.groups) {
      const keys = places.map(({ id }: { id: string }) => {
        const { final, dimensions, range } = standing(ranking.find((row) => row.案例编号 === id)!);
        return [final, dimensions[0]!.value, dimensions[2]!.value, -range];
      });
      for (let i = 1; i < keys.length; i++) {
        const different = keys[i].findIndex((value: number, k: number) => Math.abs(value - keys[i - 1][k]) > 1e-9);
        if (different >= 0) expect(keys[i - 1][different]).toBeGreaterThan(keys[i][different]);
      }
    }
  });

  test("the groups are the five fields by two tracks, with the awards of 2026", () => {
    const { groups } = results.rank!.json;
    expect(groups.map((g: { field: string; track: string }) => `${g.field} ${g.track}`)).toEqual(
      notice.fields.flatMap(({ label }) => [`${label} 城区`, `${label} 乡镇`]),
    );
    const awards = new Set(groups.flatMap((g: { ranking: { award: string }[] }) => g.ranking.map((r) => r.award)));
    expect([...awards].sort()).toEqual(["", "优秀案例", "典型案例"]);
  });

  test("replay recomputes every step by the notice in the workbook", () => {
    expect(results.replay!.json.steps.filter((step: { same: boolean }) => !step.same)).toEqual([]);
    expect(results.replay!.json.steps.length).toBeGreaterThan(4);
  });
});

test("the official forms are those of the folder", async () => {
  const out = join(home, "official");
  const { code, json } = await runJson("export", file, "--out", out, "--draft", "--form", "全部");
  expect([code, json.skipped.map((s: { name: string }) => s.name)]).toEqual([0, ["通报"]]);
  const names = readdirSync(out);
  for (const stage of notice.stages) expect(names).toContain(`专家推荐表（${stage}）-兴庆区教育局.xlsx`);
  const xml = new PizZip(readFileSync(join(out, "案例模板-S0001.docx"))).file("word/document.xml")!.asText();
  expect(xml).toContain("限 1800 字以内");
});

test("unit forms come back as they went out", async () => {
  const forms = join(home, "filled");
  await runJson("forms", file, "--out", forms);
  const { code, json } = await runJson("import", file, forms);
  expect(code).toBe(0);
  const told = json.inputs.map(({ added, updated, kept }: Record<string, unknown>) => ({ added, updated, kept }));
  expect(told.length).toBeGreaterThan(15);
  expect(told).toEqual(told.map(() => ({ added: 0, updated: 0, kept: [] })));
});
