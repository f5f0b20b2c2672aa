/** What the page shows of units, experts and scores is what the workbooks, `remind` and `rank` tell. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillScoreSheet } from "../../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../../node-tools/office-files/workbook.ts";
import { readExpert, readOverview } from "../../../../node-tools/page/administrator/award-overview.ts";
import { readStatistics } from "../../../../node-tools/page/administrator/award-statistics.ts";
import { writeSmallAward } from "../../commands/small-award.ts";
import { readRecords, runCasebook, runJson } from "../../run-casebook.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-overview-"));
const book = join(home, "评案簿.xlsx");
const review = join(home, "评案簿.评审.xlsx");
const path = book.slice(1);
const run = async (...words: string[]) => expect((await runCasebook(...words)).code).toBeLessThan(2);

beforeAll(async () => {
  const inputs = join(home, "inputs");
  await writeSmallAward(inputs);
  writeFileSync(join(inputs, "多一个单位.csv"), "单位代码,单位名称,类别\n640122,贺兰县教育局,教育局\n");
  await run("init", book);
  await run("import", book, inputs);
  await run("recommend", book, "--date", "2025-10-20");
  await run("check", book);
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const cellsOf = (unit: string) => {
  const { columns, units } = readOverview(path);
  const row = units.find((each) => each.unit === unit);
  return Object.fromEntries(columns.map(({ label }, i) => [label, row?.cells[i]]));
};

test("before the review: what each unit has sent, as 进度 has it, and what it lacks", async () => {
  const rows = await readRecords(book, "进度");
  for (const row of rows) {
    const cells = cellsOf(String(row.推荐单位));
    for (const label of ["案例", "推荐", "专家", "联络员", "盖章件", "待改错误"])
      expect([row.推荐单位, label, cells[label]?.text]).toEqual([row.推荐单位, label, String(row[label] ?? "")]);
    expect(cells.参评).toEqual({ text: "", lacks: "" });
  }
  expect(cellsOf("兴庆区教育局").专家).toEqual({ text: "15", lacks: "" });
  expect(cellsOf("贺兰县教育局").专家?.lacks).toBe("小学专家差 5 名、初中专家差 5 名、高中专家差 5 名");
  expect(cellsOf("贺兰县教育局").盖章件).toEqual({ text: "未收", lacks: "没有盖章件" });
});

test("its texts are those of `remind`", async () => {
  const { json } = await runJson("remind", book);
  const { units, experts, groups } = readOverview(path);
  const texts = units.flatMap(({ unit, reminder }) => (reminder === "" ? [] : [{ unit, text: reminder }]));
  expect(texts).toEqual(json.units.map(({ unit, text }: { unit: string; text: string }) => ({ unit, text })));
  expect(texts.length).toBeGreaterThan(0);
  expect([experts, groups]).toEqual([[], []]);
});

test("after the review: experts as 专家情况 has them, groups as 各组情况, one expert's cases as 分派 and 评分", async () => {
  await run("assign", book);
  await run("packets", book, "--out", join(home, "评分表"));
  mkdirSync(join(home, "收回"));
  const [first = "", ...others] = readdirSync(join(home, "评分表")).filter((name) => name.startsWith("评分表-"));
  for (const name of others) writeFileSync(join(home, "收回", name), fillScoreSheet(join(home, "评分表", name)));
  await run("collect", book, join(home, "收回"));
  await run("rank", book);
  const overview = readOverview(path);

  const told = await readRecords(review, "专家情况");
  expect(overview.experts.map(({ id, assigned, scored, status }) => [id, assigned, scored, status])).toEqual(
    told.map((row) => [row.专家编号, Number(row.应评), Number(row.已评), row.状态]),
  );
  const silent = overview.experts.find(({ id }) => first.includes(id));
  expect(silent).toMatchObject({ scored: 0, status: "未交", late: 0 });
  expect(silent?.reminder).toContain(`专家编号 ${silent?.id}`);
  expect(overview.experts.filter(({ reminder }) => reminder !== "")).toHaveLength(1);

  const groups = await readRecords(review, "各组情况");
  expect(
    overview.groups.map(({ name, scores, pending, awards }) => [name, scores.length, pending, awards[0]?.line ?? null]),
  ).toEqual(
    groups.map((row) => [
      row.组别,
      Number(row.已排名),
      Number(row.待评),
      row.获奖最低分 ? Number(row.获奖最低分) : null,
    ]),
  );
  for (const { scores, histogram } of overview.groups)
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(scores.length);

  const counted = ["参评", "已排名", "已获奖"].map((label) =>
    overview.units.reduce((sum, { cells }) => {
      const at = overview.columns.findIndex((column) => column.label === label);
      return sum + Number(cells[at]?.text);
    }, 0),
  );
  expect(counted).toEqual(
    ["参评", "已排名", "已获奖"].map((label) => groups.reduce((sum, row) => sum + Number(row[label]), 0)),
  );

  const expert = others[0]?.slice("评分表-".length, -".xlsx".length) ?? "";
  const scores = (await readRecords(review, "评分")).filter((row) => row.专家编号 === expert);
  const page = readExpert(path, expert);
  expect(page.cases.map(({ reviewId, total }) => [reviewId, total]).sort()).toEqual(
    scores.map((row) => [row.评审编号, Number(row.总分)]).sort(),
  );
  const [one] = page.cases.filter(({ others: mean }) => mean !== null);
  const beside = (await readRecords(review, "评分")).filter(
    (row) => row.评审编号 === one?.reviewId && row.专家编号 !== expert && row.总分,
  );
  expect(one?.others).toBeCloseTo(beside.reduce((sum, row) => sum + Number(row.总分), 0) / beside.length, 9);
  expect(page.tables.map(({ sheet }) => sheet)).toEqual(["评审专家", "专家情况"]);
});

test("figures are those of the report: every number of 统计表 stands in a table, as a spreadsheet shows it", async () => {
  const out = join(home, "统计");
  await run("export", book, "--form", "统计", "--out", out);
  const [name = ""] = readdirSync(out).filter((each) => each.startsWith("统计表"));
  const figures = readStatistics(path);
  const { sheets } = readWorkbook(join(out, name), "input").snapshot;
  expect(figures?.tables.map(({ title }) => title)).toEqual(sheets.map((sheet) => sheet.name));
  for (const [i, { labels, rows }] of figures?.tables.entries() ?? []) {
    const printed = sheets[i]?.rows.slice(2, 3 + rows.length) ?? [];
    expect(printed[0]).toEqual(labels);
    const numbers = rows.map((cells) => cells.map((cell) => Number.parseFloat(cell) / (cell.endsWith("%") ? 100 : 1)));
    printed.slice(1).forEach((cells, row) => {
      cells.forEach((cell, column) => {
        if (typeof cell === "number") expect(numbers[row]?.[column], labels[column]).toBeCloseTo(cell, 2);
        else expect(rows[row]?.[column] ?? "").toBe(String(cell ?? ""));
      });
    });
  }
  expect(figures?.total).toMatch(/^\d+ 个单位中有 \d+ 个报送，共申报案例 \d+ 个/);
  expect(Object.keys(figures?.charts ?? {})).toEqual(["总体", "领域", "名额", "问题"]);
});

test("figures of a workbook without cases: none", async () => {
  const empty = join(home, "空.xlsx");
  await run("init", empty);
  expect(readStatistics(empty.slice(1))).toBeUndefined();
});
