/** What the terminal shows of lists that are too long for it, and where the rest is. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultSettings } from "../../../apps-script/core/award/settings.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { noAward } from "../../../apps-script/core/schema/choices.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { newWorkbook, readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { makeSnapshot } from "../../core/award-builder.ts";
import { applyPatch, patchOf, sheetNamed } from "../../core/in-memory-workbook.ts";
import {
  assigned,
  defaultExperts,
  fillScoreSheet,
  input,
  items,
  notice,
  recommendedSubmission,
  scoreSheets,
  shared,
} from "../../core/review-fixture.ts";
import { runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";

function write(path: string, snapshot: WorkbookSnapshot): void {
  const workbook = newWorkbook();
  workbook.apply(patchOf(snapshot));
  writeFileSync(path, workbook.toBuffer());
}

/** An award on the disk as it comes from elsewhere, without a run of `init` and `import`. */
function awardOnDisk(application: WorkbookSnapshot, review?: WorkbookSnapshot): string {
  const file = join(temporaryFolder(), "a.xlsx");
  write(file, application);
  if (review) write(file.replace(".xlsx", ".评审.xlsx"), review);
  return file;
}

const linesOf = (out: string, part: string | RegExp) => out.split("\n").filter((line) => line.match(part));

describe("assign", () => {
  const reviewed = shared({}, 24);
  const review = assigned(reviewed);

  test.for([
    { submissions: 20, shown: 20, rest: [] },
    { submissions: 21, shown: 20, rest: ["  ……另有 1 个案例，用 --json 查看全部"] },
  ])("of $submissions submissions without an expert $shown are listed", async ({ submissions, shown, rest }) => {
    const file = awardOnDisk(shared({ experts: defaultExperts().slice(0, 1) }, submissions));
    const { out } = await runCasebook("assign", file);
    expect(linesOf(out, "还缺")).toHaveLength(shown);
    expect(linesOf(out, "个案例，用 --json")).toEqual(rest);
  });

  test("changes: twenty, and all of them where nothing is written", async () => {
    const experts = defaultExperts().map((expert, i) => ({ ...expert, status: i % 4 === 0 ? "退出" : null }));
    const left = shared({ experts }, 24);
    const changes = planReview(left, review, notice).difference.map((line) => `  ${line}`);
    const file = awardOnDisk(left, review);
    const trial = (await runCasebook("assign", file, "--dry-run")).out;
    expect(changes.length).toBeGreaterThan(21);
    expect(linesOf(trial, /^ {2}(与现有|－|＋)/)).toEqual(changes);
    const { out } = await runCasebook("assign", file);
    expect(linesOf(out, /^ {2}(与现有|－|＋)/)).toEqual(changes.slice(0, 20));
    expect(linesOf(out, "见“分派”表")).toEqual([`  ……另有 ${changes.length - 20} 处变动，见“分派”表`]);
    expect(out).not.toContain("没有变化");
  });

  test("where nothing changes, that alone", async () => {
    const { out } = await runCasebook("assign", awardOnDisk(reviewed, review));
    expect(out).toContain("  与现有分派相比没有变化。\n");
    expect(linesOf(out, /^ {2}[－＋]/)).toEqual([]);
    expect((await runCasebook("assign", awardOnDisk(reviewed))).out).not.toContain("没有变化");
  });
});

describe("rank", () => {
  test.for([
    { submissions: 20, shown: 20, rest: [] },
    { submissions: 21, shown: 20, rest: ["    …… 其余 1 个见“汇总”的备注"] },
  ])("of $submissions submissions without scores $shown are listed", async ({ submissions, shown, rest }) => {
    const award = shared({}, submissions);
    const file = awardOnDisk(award, assigned(award));
    const { out, code } = await runCasebook("rank", file);
    const lines = out.split("\n");
    const from = lines.indexOf(`  ${submissions} 个案例待评，不参加排名：`);
    expect(lines.slice(from + 1).findIndex((line) => !line.startsWith("    "))).toBe(shown + rest.length);
    expect(linesOf(out, "其余")).toEqual(rest);
    expect(out).not.toContain("已取消资格");
    expect(out).not.toContain("没有归属");
    expect(code).toBe(1);
  });

  /** A number 0…1 that depends on the text alone. */
  function chance(text: string): number {
    const prime = 1_000_003;
    const sum = [...text].reduce((h, c) => (h * 31 + (c.codePointAt(0) ?? 0)) % prime, 7);
    return ((sum * 7919) % prime) / prime;
  }

  /** Scores that add up to `total` points as nearly as half points allow. */
  function spread(total: number): CellValue[] {
    let [left, most] = [Math.round(total * 2), items.reduce((sum, item) => sum + item.max * 2, 0)];
    return items.map((item) => {
      const halves = Math.round((left * item.max * 2) / most);
      [left, most] = [left - halves, most - item.max * 2];
      return halves / 2;
    });
  }

  test("an award that depends on the method is told with every method's, none as 未获奖", async () => {
    const award = shared({ settings: { 教育局城市赛道名额: 500 } }, 24);
    const review = assigned(award, { reviews: 5 });
    const severity = (expert: string) => (Number(expert.slice(1)) % 2) * 16;
    const sheets = scoreSheets(award, review).map((file) =>
      input(
        file,
        fillScoreSheet(file, (id) => ({
          scores: spread(65 + 25 * chance(id) + 4 * (chance(`${file.expert} ${id}`) - 0.5) - severity(file.expert)),
        })),
      ),
    );
    const collected = collectScoreSheets(review, defaultSettings(notice), sheets, { now: "2025-11-20T09:30:00" });
    const file = awardOnDisk(award, applyPatch(review, collected.patch));
    const { methodDependent } = (await runJson("rank", file)).json;
    expect(methodDependent.length).toBeGreaterThan(0);
    const { out } = await runCasebook("rank", file);
    expect(out).toContain(`  ${methodDependent.length} 个案例奖项因计分方法而不同：\n`);
    for (const { id, awards } of methodDependent) {
      const told = Object.entries(awards).map(([method, given]) => `${method}“${given || noAward}”`);
      expect(out).toContain(`    ${id}：${told.join("、")}\n`);
    }
    expect(out).toContain(`“${noAward}”`);
  });
});

test("rank of a unit's own review tells what became of 初评得分 and what comes next; the award's own does not", async () => {
  const submissions = Array.from({ length: 12 }, (_, i) => ({
    ...recommendedSubmission(i),
    recommended: "否",
    recommendedOn: null,
  }));
  const file = awardOnDisk(shared({ submissions }));
  await runCasebook("assign", file, "--unit", "银川市教育局");
  const { json } = await runJson("rank", file, "--unit", "银川市教育局");
  expect(json.firstScores).toEqual(expect.any(Array));
  const { out } = await runCasebook("rank", file, "--unit", "银川市教育局");
  expect(out).toContain(`下一步：casebook collect ${file} --unit 银川市教育局 收回的评分表\n`);
  expect(out).toContain("回填情况见“初评得分”");
  const whole = shared({}, 2);
  const award = awardOnDisk(whole, assigned(whole));
  expect((await runJson("rank", award)).json).not.toHaveProperty("firstScores");
  const plain = (await runCasebook("rank", award)).out;
  for (const each of ["casebook recommend", "初评得分"]) expect(plain).not.toContain(each);
});

describe("import", () => {
  const labels = ["单位代码", "单位名称", "类别", "别名", "上级单位"];
  const roster = (count: number, alias: string) =>
    [
      labels,
      ...Array.from({ length: count }, (_, i) => [
        `64${1000 + i}`,
        `第${i}县教育局`,
        "教育局",
        `${alias}${i}`,
        "自治区",
      ]),
    ]
      .map((row) => row.join(","))
      .join("\n");

  test.for([
    { kept: 10, rest: [] },
    { kept: 11, rest: ["  ……另有 1 处，用 --json 查看全部"] },
  ])("of $kept cells that stay ten are listed", async ({ kept, rest }) => {
    const file = awardOnDisk(makeSnapshot({ units: [], submissions: [], experts: [], liaisons: [] }));
    const table = join(file, "..", "名册.csv");
    writeFileSync(table, roster(kept, "甲"));
    await runCasebook("import", file, table);
    const workbook = readWorkbook(file, "edit");
    const units = sheetNamed(workbook.snapshot, "单位");
    const column = (units.rows[0] ?? []).indexOf("别名") + 1;
    const edits = Array.from({ length: kept }, (_, i) => ({ row: i + 2, column, value: `手填${i}` }));
    workbook.apply({ sheets: [{ name: "单位", edits }] });
    writeFileSync(file, workbook.toBuffer());
    writeFileSync(table, roster(kept, "乙"));
    const { out } = await runCasebook("import", file, table);
    expect(out).toContain(`原样保留 ${kept} 处`);
    expect(linesOf(out, /^ {2}第 \d+ 行“别名”/)).toHaveLength(10);
    expect(linesOf(out, "用 --json")).toEqual(rest);
  });

  test.for([200, 201])("%i files in 日志", async (count) => {
    const file = awardOnDisk(makeSnapshot({ units: [], submissions: [], experts: [], liaisons: [] }));
    const folder = join(file, "..", "in");
    mkdirSync(folder);
    for (let i = 0; i < count; i++) writeFileSync(join(folder, `${1000 + i}.csv`), roster(1, "甲"));
    await runCasebook("import", file, folder);
    const log = sheetNamed(readWorkbook(file, "input").snapshot, "日志").rows;
    const text = String(log.at(-1)?.[(log[0] ?? []).indexOf("参数")]);
    expect(text.match(/\d+\.csv/g)).toHaveLength(200);
    expect(text.includes("等 201 个文件")).toBe(count > 200);
  });
});

/** Twenty rows of a sheet are named one by one, the rest of it in one line more. */
test.for([
  { ranked: 8, rest: [] },
  { ranked: 9, rest: ["  ……另有 1 处"] },
])("replay lists fifty of what differs, with $ranked rows of 汇总 changed", async ({ ranked, rest }) => {
  const file = awardOnDisk(shared({}, 24));
  await runCasebook("assign", file);
  await runCasebook("rank", file);
  const path = file.replace(".xlsx", ".评审.xlsx");
  const workbook = readWorkbook(path, "edit");
  const change = (name: string, rows: number) =>
    workbook.apply({
      sheets: [{ name, edits: Array.from({ length: rows }, (_, i) => ({ row: i + 2, column: 3, value: "改过" })) }],
    });
  change("参评案例", 22);
  change("分派", 22);
  change("汇总", ranked);
  writeFileSync(path, workbook.toBuffer());
  const { out, code } = await runCasebook("replay", file);
  expect(linesOf(out, "现在的评审工作簿")).toHaveLength(50);
  expect(linesOf(out, "另有 1 处")).toEqual(rest);
  expect(code).toBe(1);
});
