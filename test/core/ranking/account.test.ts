import { expect, test } from "vitest";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { summariseRanking } from "../../../apps-script/core/ranking/rank-result.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { SubmissionRow } from "../award-builder.ts";
import { sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { assigned, notice, recommendedSubmission, rowsOf, shared } from "../review-fixture.ts";

const submissions = Array.from({ length: 4 }, (_, i) => recommendedSubmission(i));
const review = assigned(shared({ submissions }));
const pairs = rowsOf(review, "分派");
const [pair] = pairs;
const cells = { 评审编号: pair?.评审编号 ?? null, 专家编号: pair?.专家编号 ?? null };

function withRow(book: WorkbookSnapshot, sheet: string, row: number, values: Readonly<Record<string, CellValue>>) {
  const header = sheetNamed(book, sheet).rows[0] ?? [];
  return Object.entries(values).reduce(
    (now, [label, value]) => typeCell(now, sheet, row, header.indexOf(label) + 1, value),
    book,
  );
}
const scored = (values: Readonly<Record<string, CellValue>>, book = review) =>
  withRow(book, "评分", 1 + sheetNamed(book, "评分").rows.length, values);
const orphanedIn = (book: WorkbookSnapshot, change: SubmissionRow = {}) =>
  rankReview(
    shared({ submissions: submissions.map((s) => (s.id === pair?.案例编号 ? { ...s, ...change } : s)) }),
    book,
    notice,
  ).result;
const status = (state: string | null) => withRow(review, "分派", 2, { 状态: state });

test.for<{ name: string; book: WorkbookSnapshot; change?: SubmissionRow; reason: string | undefined }>([
  { name: "a pair in force", book: scored(cells), reason: undefined },
  { name: "one who stands aside", book: scored(cells, status("回避")), reason: undefined },
  {
    name: "no such 评审编号",
    book: scored({ ...cells, 评审编号: "P00000" }),
    reason: "“参评案例”表里没有这个评审编号",
  },
  { name: "no such pair", book: scored({ ...cells, 专家编号: "E999" }), reason: "“分派”表里没有这次分派" },
  { name: "a void pair", book: scored(cells, status("作废")), reason: "这次分派的状态是“作废”" },
  { name: "a pair without a state", book: scored(cells, status(null)), reason: "这次分派没有状态" },
  {
    name: "no longer recommended",
    book: scored(cells),
    change: { recommended: "否" },
    reason: "案例表中已不是推荐案例",
  },
  {
    name: "in no ranking group",
    book: scored(cells),
    change: { field: "体育" },
    reason: "案例表中的领域、赛道或推荐单位无效",
  },
  {
    name: "cancelled, which 案例 says already",
    book: scored(cells),
    change: { status: "取消资格", statusKind: "抄袭剽窃" },
    reason: undefined,
  },
])("a row of 评分: $name", ({ book, change, reason }) => {
  const result = orphanedIn(book, change);
  expect(result.orphaned).toEqual(
    reason === undefined ? [] : [{ reviewId: expect.any(String), expert: expect.any(String), row: 2, reason }],
  );
  expect(result.scores).toEqual({ rows: 1, used: reason === undefined ? 1 : 0 });
  expect(summariseRanking(result).includes("没有归属的评分 1 行")).toBe(reason !== undefined);
});

test("of two rows for one pair the second is not used", () => {
  const { orphaned, scores } = orphanedIn(scored(cells, scored(cells)));
  expect(orphaned).toMatchObject([{ row: 3, reason: "同一评审编号和专家已有一行评分，这一行是重复的" }]);
  expect(scores).toEqual({ rows: 2, used: 1 });
});

test("of the cases that nobody reviews, those that an assignment takes up are told apart from those beyond the quota", () => {
  // A fifth case, of the unit, field and track of the first.
  const late: SubmissionRow = {
    ...recommendedSubmission(12),
    id: "A900",
    field: submissions[0]?.field ?? null,
    firstScore: 1,
  };
  const openWith = (settings: Readonly<Record<string, CellValue>>) =>
    rankReview(shared({ submissions: [...submissions, late], settings }), review, notice)
      .open.filter(({ ids }) => ids.includes("A900"))
      .map(({ kind, ids }) => ({ kind, ids }));
  expect(openWith({})).toEqual([{ kind: "unassigned", ids: ["A900"] }]);
  expect(openWith({ 教育局城市赛道名额: 1, 教育局乡村赛道名额: 1 })).toEqual([{ kind: "beyondQuota", ids: ["A900"] }]);
});
