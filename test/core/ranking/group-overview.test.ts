import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import {
  assigned,
  fillScoreSheet,
  input,
  items,
  notice,
  recommendedSubmission,
  rowsOf,
  scoreSheets,
  shared,
} from "../review-fixture.ts";

const submissions = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...recommendedSubmission(i),
    field: i % 3 ? "教学革新" : "教研创新",
    track: i % 3 ? "城市" : "乡村",
    nominator: recommendedSubmission(i % 4).nominator!,
    "author1.unit": recommendedSubmission(i % 4)["author1.unit"]!,
  }));
const award = shared({ submissions: submissions(20) });

/** Every expert but one scores, each submission another number of points. */
function scored(): WorkbookSnapshot {
  const review = assigned(award);
  const files = scoreSheets(award, review);
  const inputs = files.slice(1).map((file) =>
    input(
      file,
      fillScoreSheet(file, (reviewId) => ({
        scores: items.map(({ max }) => (max * (Number(reviewId.slice(-2)) % 20)) / 20),
      })),
    ),
  );
  const { settings } = readAward(award, notice);
  return applyPatch(review, collectScoreSheets(review, settings, inputs, { now: "2025-11-20T09:30:00" }).patch);
}

/** What 汇总 says of a group, counted row by row. */
function countIn汇总(review: WorkbookSnapshot, group: string) {
  const rows = rowsOf(review, "汇总").filter((row) => `${row.领域} · ${row.赛道}` === group);
  const ranked = rows.filter((row) => row.名次 !== null).map((row) => Number(row.最终得分));
  const winners = rows.filter((row) => row.奖项 === "优秀案例");
  return {
    参评: rows.length,
    已排名: ranked.length,
    待评: rows.filter((row) => String(row.备注).startsWith("待评")).length,
    取消: rows.filter((row) => String(row.备注).includes("取消资格")).length,
    已获奖: winners.length,
    最高分: Math.max(...ranked),
    最低分: Math.min(...ranked),
  };
}

describe("各组情况", () => {
  const review = scored();
  const first = rowsOf(applyPatch(review, rankReview(award, review, notice).patch), "汇总").find((r) => r.名次 === 1)!;
  const header = sheetNamed(review, "裁定").rows.findIndex((row) => row.includes("决定"));
  const place = (label: string) => sheetNamed(review, "裁定").rows[header]!.indexOf(label) + 1;
  const ruling: Record<string, CellValue> = { 案例编号: first.案例编号!, 决定: "取消资格", 取消类别: "抄袭剽窃" };
  const ruled = Object.entries(ruling).reduce(
    (book, [label, value]) => typeCell(book, "裁定", header + 2, place(label), value),
    review,
  );
  const after = applyPatch(ruled, rankReview(award, ruled, notice).patch);
  const groups = rowsOf(after, "各组情况");

  test("has a row for each group, counted as 汇总 is", () => {
    expect(groups.map((row) => row.组别)).toEqual(["教学革新 · 城市", "教研创新 · 乡村"]);
    for (const row of groups) expect(row).toMatchObject(countIn汇总(after, String(row.组别)));
    expect(groups.reduce((sum, row) => sum + Number(row.取消), 0)).toBe(1);
    expect(groups.some((row) => Number(row.待评) > 0)).toBe(true);
  });

  test("tells places, line, mean and median of what is ranked", () => {
    for (const row of groups) {
      const ranked = rowsOf(after, "汇总").filter((r) => `${r.领域} · ${r.赛道}` === row.组别 && r.名次 !== null);
      const scores = ranked.map((r) => Number(r.最终得分)).sort((a, b) => a - b);
      const middle = scores.length % 2 ? [scores.length >> 1] : [scores.length / 2 - 1, scores.length / 2];
      expect(row.中位数).toBeCloseTo(middle.reduce((sum, i) => sum + scores[i]!, 0) / middle.length, 9);
      expect(row.平均分).toBeCloseTo(scores.reduce((a, b) => a + b, 0) / scores.length, 9);
      expect(row.获奖名额).toBe(Math.floor(0.3 * (scores.length + Number(row.取消)) + 0.5));
      const winners = ranked.filter((r) => r.奖项 === "优秀案例").map((r) => Number(r.最终得分));
      expect(row.获奖最低分).toBe(winners.length > 0 ? Math.min(...winners) : null);
    }
    expect(groups.some((row) => Number(row.获奖最低分) > 0)).toBe(true);
  });

  test("stands before 汇总 also where a workbook from before had none", () => {
    const before = { sheets: ruled.sheets.filter(({ name }) => name !== "各组情况") };
    const names = applyPatch(before, rankReview(award, before, notice).patch).sheets.map(({ name }) => name);
    expect(names.indexOf("各组情况")).toBe(names.indexOf("汇总") - 1);
  });

  test("nothing scored: everybody waits, and no number is made of nothing", () => {
    const fresh = assigned(award);
    const rows = rowsOf(applyPatch(fresh, rankReview(award, fresh, notice).patch), "各组情况");
    expect(rows.map((row) => [row.参评, row.待评, row.平均分, row.中位数, row.获奖最低分])).toEqual(
      rows.map((row) => [row.参评, row.参评, null, null, null]),
    );
    expect(rows).toHaveLength(2);
  });
});
