import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { countAward, type FunnelLine } from "../../../apps-script/core/exports/award-statistics.ts";
import { readFormContext } from "../../../apps-script/core/exports/forms/index.ts";
import { statisticsReport } from "../../../apps-script/core/exports/forms/statistics-report.ts";
import { whatBarsPublishing } from "../../../apps-script/core/exports/publish-guard.ts";
import { groupTable, statisticsTables, steps } from "../../../apps-script/core/exports/statistics-tables.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { placeReviewed } from "../../../apps-script/core/review-book/find-reviewed.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import { layOutPrintedTable } from "../../../apps-script/core/tables/printed-table.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { makeRandom } from "../../generator/random.ts";
import { makeSnapshot, xingqing } from "../award-builder.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import {
  assigned,
  fillScoreSheet,
  input,
  items,
  recommendedSubmission,
  scoreSheets,
  shared,
} from "../review-fixture.ts";

const random = makeRandom(3);
const cancelled = { ...recommendedSubmission(0), id: "Z900", status: "取消资格", statusKind: "弄虚作假" };
const withdrawn = { ...cancelled, id: "Z901", recommended: "否" };
const application = shared({
  submissions: [...Array.from({ length: 60 }, (_, i) => recommendedSubmission(i)), cancelled, withdrawn],
});
const start = assigned(application);
const sheets = scoreSheets(application, start).map((file) =>
  input(
    file,
    fillScoreSheet(file, () => ({ scores: items.map(({ max }) => random.between(max, 2 * max) / 2) })),
  ),
);
const { settings } = readAward(application, ningxia2025);
const review = applyPatch(start, collectScoreSheets(start, settings, sheets, { now: "2025-11-20T09:30:00" }).patch);
const { award, findings } = judgeAward(application, ningxia2025);
const statistics = countAward(award, placeReviewed(award, readReview(review, ningxia2025)), findings);
/** The figures after a change of the review workbook. */
function countWith(change: (book: WorkbookSnapshot) => WorkbookSnapshot) {
  return countAward(award, placeReviewed(award, readReview(change(review), ningxia2025)), findings);
}
const withRuling = (id: string) => (book: WorkbookSnapshot) => {
  const { rows } = sheetNamed(book, "裁定");
  const header = rows.findIndex((row) => row.includes("决定"));
  const type = (made: WorkbookSnapshot, label: string, value: string) =>
    typeCell(made, "裁定", header + 2, (rows[header] ?? []).indexOf(label) + 1, value);
  return type(type(type(book, "案例编号", id), "决定", "取消资格"), "取消类别", "弄虚作假");
};
const withoutScores = (book: WorkbookSnapshot): WorkbookSnapshot => ({
  ...book,
  sheets: book.sheets.map((sheet) => (sheet.name === "评分" ? { ...sheet, rows: sheet.rows.slice(0, 1) } : sheet)),
});
const withOneScoreLess = (book: WorkbookSnapshot): WorkbookSnapshot => ({
  ...book,
  sheets: book.sheets.map((sheet) => (sheet.name === "评分" ? { ...sheet, rows: sheet.rows.slice(0, -1) } : sheet)),
});
const { result, profiles } = rankReview(application, review, ningxia2025);
const places = result.groups.flatMap(({ field, track, ranking }) =>
  ranking.map(({ id, award: prize }) => ({ id, field, track, won: prize !== "" })),
);

const splits = ["units", "fields", "tracks", "stages", "roles"] as const;
const sum = (lines: readonly FunnelLine[], key: keyof typeof statistics.total) =>
  lines.reduce((all, line) => all + line[key], 0);

describe("the figures of an award", () => {
  test("are those of its ranking: who was ranked, who won, in which field and on which track", () => {
    expect(places.length).toBeGreaterThan(20);
    expect(places.some(({ won }) => won)).toBe(true);
    expect(statistics.total).toMatchObject({ ranked: places.length, won: places.filter(({ won }) => won).length });
    for (const { label, ranked, won } of statistics.fields) {
      const own = places.filter(({ field }) => field === label);
      expect([label, ranked, won]).toEqual([label, own.length, own.filter((place) => place.won).length]);
    }
    // Direct schools rank with 城市, and are told apart.
    const urban = places.filter(({ track }) => track === "城市");
    const [city, , schools] = statistics.tracks;
    expect(schools?.label).toBe("厅直属学校");
    expect((city?.ranked ?? 0) + (schools?.ranked ?? 0)).toBe(urban.length);
    expect((city?.won ?? 0) + (schools?.won ?? 0)).toBe(urban.filter(({ won }) => won).length);
  });

  test("of the scores too: award lines, 复评, the ranges", () => {
    const { lines, arbitrated, meanRange, agreement } = statistics.scores ?? {};
    expect(lines?.map(({ profile }) => profile)).toEqual(profiles.groups);
    expect(arbitrated).toEqual({
      count: profiles.groups.reduce((all, group) => all + group.arbitrated, 0),
      of: places.length,
    });
    expect(meanRange).toBeGreaterThan(0);
    expect(agreement?.cases).toBe(places.length);
  });

  test("add up to the whole, however they are split", () => {
    for (const key of splits)
      for (const { key: step } of steps)
        expect([key, step, sum(statistics[key], step)]).toEqual([key, step, statistics.total[step]]);
    expect(statistics.total).toMatchObject({ submitted: 62, cancelled: 2 });
  });

  test("what is recommended is ranked, waits or is kept out; cancelled rows use up quotas until they are unticked", () => {
    for (const { recommended, ranked, pending, barred } of [statistics.total, ...statistics.units])
      expect(ranked + pending + barred).toBe(recommended);
    expect(statistics.total).toMatchObject({ recommended: 61, pending: 0, barred: 2 });
    expect(statistics.quotas.groups.reduce((all, { recommended }) => all + recommended, 0)).toBe(61);
    const ruled = countWith(withRuling(places[0]?.id ?? ""));
    expect(ruled.total).toMatchObject({
      recommended: 61,
      barred: 3,
      cancelled: 3,
      pending: 0,
      ranked: places.length - 1,
    });
  });

  test("scores that are missing leave cases waiting", () => {
    const lacking = countWith(withoutScores).total;
    expect(lacking).toMatchObject({ recommended: 61, ranked: 0, pending: places.length, won: 0 });
  });

  test("two rows of one case count once, by the one that recommends it", () => {
    const first = { ...recommendedSubmission(0), recommended: "否" };
    const twice = judgeAward(makeSnapshot({ submissions: [first, recommendedSubmission(0)] }), ningxia2025);
    expect(countAward(twice.award, undefined, twice.findings).total).toMatchObject({ submitted: 1, recommended: 1 });
  });

  test("units of one name have each their own cases", () => {
    const { award: twins } = judgeAward(
      makeSnapshot({ units: [xingqing, { ...xingqing, code: "999999" }], submissions: [{}, {}] }),
      ningxia2025,
    );
    const { units, total } = countAward(twins, undefined, []);
    expect(units.map(({ label }) => label).slice(0, 2)).toEqual([xingqing.name, xingqing.name]);
    expect([sum(units, "submitted"), units.some(({ submitted }) => submitted === 2)]).toEqual([total.submitted, true]);
  });

  test("tell quotas and findings as they stand", () => {
    const { bureau, school } = ningxia2025.quotas;
    const fields = ningxia2025.fields.length;
    const ofBureau = fields * (bureau.urban.value + bureau.rural.value);
    expect(statistics.quotas.units.map(({ quota }) => quota)).toEqual(
      award.units.map(({ kind }) => (kind === "school" ? fields * school.value : ofBureau)),
    );
    const total = (lines: typeof statistics.quotas.units) => lines.reduce((all, { quota }) => all + quota, 0);
    expect(total(statistics.quotas.groups)).toBe(total(statistics.quotas.units));
    expect(statistics.rules.reduce((all, rule) => all + rule.findings, 0)).toBe(findings.length);
  });

  test("of an award without a review are told as far as there are any", () => {
    const early = judgeAward(makeSnapshot({ submissions: [{}, { field: null }] }), ningxia2025);
    const counted = countAward(early.award, undefined, early.findings);
    expect(counted.scores).toBeUndefined();
    expect(counted.total).toMatchObject({ submitted: 2, clean: 1, ranked: 0, pending: 0, won: 0 });
    expect(counted.fields.at(-1)).toMatchObject({ label: "未填或不明", submitted: 1 });
    expect(statisticsTables(counted, early.award.settings, 0).map(({ sheet }) => sheet)).not.toContain("评分一致性");
  });

  test("the tables hold numbers; of few there is no rate, and a remark instead", () => {
    const whole = statisticsTables(statistics, settings, 0);
    expect(new Set(whole.map(({ sheet }) => sheet)).size).toBe(whole.length);
    const remarks = new Set<unknown>();
    for (const { columns, rows } of whole.filter(({ sheet }) => sheet.startsWith("按"))) {
      const at = (label: string) => columns.findIndex((column) => column.label === label);
      expect(columns[at("获奖率")]?.numberFormat).toBe("0.0%");
      for (const row of rows) {
        if ("heading" in row) throw new Error("a heading");
        const [ranked, won] = [Number(row[at("已排名")]), Number(row[at("获奖")])];
        const shown = [row[at("获奖率")], row[at("备注")]];
        expect(shown).toEqual(ranked === 0 ? [null, null] : ranked < 10 ? [null, "数少"] : [won / ranked, null]);
        remarks.add(row[at("备注")]);
        const [low, high] = [row[at("区间下限")], row[at("区间上限")]];
        if (ranked >= 10) expect(Number(low) <= won / ranked && won / ranked <= Number(high)).toBe(true);
      }
    }
    expect([...remarks].sort()).toEqual(["数少", null].sort());
    const agreement = whole.find(({ sheet }) => sheet === "评分一致性")?.rows ?? [];
    for (const row of agreement) if (!("heading" in row)) expect([row[0], typeof row[1]]).not.toContain("undefined");
  });

  test("a number of many digits makes no row higher", () => {
    const whole = statisticsTables(statistics, settings, 0).find(({ sheet }) => sheet === "总体");
    if (!whole) throw new Error("no sheet");
    const heightOf = (value: number | null) => {
      const row = whole.columns.map(({ label }) => (label === "范围" ? "全部" : value));
      return layOutPrintedTable({ ...whole, rows: [row] }).layout?.heights?.find((each) => each.row === 4)?.height;
    };
    expect(heightOf(1 / 3)).toBe(heightOf(null));
  });

  test("figures that may still change are drafts, on every sheet", () => {
    for (const { header, closing, heading } of statisticsTables(statistics, settings, 2)) {
      expect(header).toContain("草");
      expect(closing[0]).toMatch(/^还有 2 项未定/);
      if (closing.length > 1) expect(heading[0]).toContain("暂按现有评分");
    }
    for (const { header, closing } of statisticsTables(statistics, settings, 0))
      expect([header, closing.join("")]).not.toContain(expect.stringMatching(/未定/));
  });

  test("of several awards each is told", () => {
    const awards = [
      { label: "特等奖", share: 0.1 },
      { label: "一等奖", share: 0.2 },
    ];
    const several = { ...award, settings: { ...award.settings, awards } };
    const told = countAward(several, placeReviewed(several, readReview(review, ningxia2025)), findings);
    expect(told.scores?.awards.map(({ label }) => label)).toEqual(["特等奖", "一等奖"]);
    expect(told.scores?.awards.reduce((all, { awarded }) => all + awarded, 0)).toBe(told.total.won);
    const lines = groupTable(told.scores?.lines ?? []).rows;
    expect(lines.length).toBe(3 * (told.scores?.lines.length ?? 0));
    expect(lines[1]).toContain("　特等奖");
  });
});

describe("the report", () => {
  const ranked = applyPatch(review, rankReview(application, review, ningxia2025).patch);
  const build = (book: WorkbookSnapshot | undefined) =>
    statisticsReport.build(readFormContext(application, book, ningxia2025, ""));
  const told = (book: WorkbookSnapshot | undefined) => String(build(book).documents[0]?.values.总体情况);

  test("is a draft while anything is open, whatever 汇总 says, and says what is not decided", () => {
    for (const book of [review, withoutScores(ranked), withOneScoreLess(ranked)])
      expect(build(book).isDraft).toBe(true);
    const { documents, workbooks } = build(withOneScoreLess(ranked));
    expect(workbooks?.[0]?.fileName).toBe("统计表（草稿）");
    expect(documents[0]?.values.总体情况).toMatch(/待评 1 个、结果未定；暂按现有评分获奖 \d+ 个/);
    expect(documents[0]?.values.总体情况).toMatch(/还有 \d+ 项未定/);
  });

  test("is none once everything is decided", () => {
    expect(whatBarsPublishing(application, ranked, ningxia2025)).toEqual([]);
    expect([build(ranked).isDraft, build(ranked).workbooks?.[0]?.fileName]).toEqual([false, "统计表"]);
    expect(told(ranked)).not.toMatch(/未定|暂按/);
  });

  test("without a ranking has no steps after 推荐: neither bars nor a table of award lines", () => {
    const [document] = build(undefined).documents;
    expect(document?.charts?.总体?.categories).toEqual(["申报", "检查无误", "推荐"]);
    expect(document?.charts?.领域?.series.map(({ name }) => name)).toEqual(["申报", "推荐"]);
    expect(document?.values.获奖线).toEqual([]);
    expect(build(undefined).isDraft).toBe(false);
  });
});
