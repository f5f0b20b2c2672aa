import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import type { CollectInput } from "../../../apps-script/core/score-sheets/take-file.ts";
import type { CellValue, SheetSnapshot, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, typeCell } from "../in-memory-workbook.ts";
import {
  assigned,
  type FilledRow,
  fillScoreSheet,
  input,
  items,
  notice,
  rowsOf,
  scoreSheets,
  shared,
} from "../review-fixture.ts";

const award = shared();
const blank = assigned(award);
const { settings } = readAward(award, notice);
const files = scoreSheets(award, blank);
const file = files.find(({ expert }) => {
  const { length } = submissionsOf(expert);
  // The submissions must tell whose sheet it is: nobody else has them all.
  return length >= 2 && files.every((f) => f.expert === expert || !includesAll(submissionsOf(f.expert), expert));
})!;
const other = files.find((f) => f !== file)!;

function submissionsOf(expert: string): string[] {
  return rowsOf(blank, "分派").flatMap((r) => (r.专家编号 === expert ? [String(r.评审编号)] : []));
}

function includesAll(submissions: readonly string[], expert: string): boolean {
  return submissionsOf(expert).every((id) => submissions.includes(id));
}
const eights: readonly CellValue[] = items.map(() => 8);
const now = "2025-11-20T09:30:00";

function take(
  review: WorkbookSnapshot,
  inputs: readonly CollectInput[],
  options: { accept?: string[]; now?: string } = {},
) {
  const { result, patch } = collectScoreSheets(review, settings, inputs, {
    now: options.now ?? now,
    ...(options.accept ? { accept: new Set(options.accept) } : {}),
  });
  return { result, patch, review: applyPatch(review, patch) };
}

/** Sheets in which the first row is filled as told and the others with eights. */
function filled(
  first: Omit<FilledRow, "reviewId"> | undefined,
  rest: Omit<FilledRow, "reviewId"> | undefined = { scores: eights },
): SheetSnapshot[] {
  return fillScoreSheet(file, (_, row) => (row === 4 ? first : rest));
}
const withItem = (i: number, value: CellValue) => eights.map((eight, n) => (n === i ? value : eight));
const firstReviewId = file.submissions[0]!.reviewId;
const caseOf = (reviewId: string) => String(rowsOf(blank, "参评案例").find((r) => r.评审编号 === reviewId)!.案例编号);
const scoreRow = (review: WorkbookSnapshot, reviewId = firstReviewId, expert = file.expert) =>
  rowsOf(review, "评分").find((r) => r.评审编号 === reviewId && r.专家编号 === expert);
const statusOf = (review: WorkbookSnapshot, reviewId = firstReviewId, expert = file.expert) =>
  rowsOf(review, "分派").find((r) => r.评审编号 === reviewId && r.专家编号 === expert)?.状态;
const count = filled(undefined)[0]!.rows.length - 3;
const values = (review: WorkbookSnapshot) => JSON.stringify(review.sheets.map((s) => s.rows));
const missingOf = (result: ReturnType<typeof take>["result"], expert = file.expert) =>
  result.missing.find((m) => m.expert === expert)?.submissions ?? [];

describe("a complete sheet", () => {
  const { result, review } = take(blank, [input(file, filled({ scores: withItem(3, 12.5), comment: "思路清楚" }))]);

  test("is taken whole", () => {
    expect(result).toMatchObject({ sheets: 1, scores: count, rejected: [], conflicts: [], warnings: [] });
    expect(scoreRow(review)).toMatchObject({
      理念创新: 8,
      问题针对性: 12.5,
      总分: 76.5,
      评语: "思路清楚",
      来源: file.fileName,
    });
    expect(scoreRow(review)?.收回时间).toEqual({ kind: "date", iso: now });
    expect(statusOf(review)).toBe("已评分");
    expect(missingOf(result)).toEqual([]);
  });

  test("the others are still missing, by expert and 案例编号", () => {
    const due = rowsOf(blank, "分派")
      .filter((r) => r.专家编号 === other.expert)
      .map((r) => r.案例编号);
    expect(missingOf(result, other.expert)).toEqual(due.sort());
    expect(result.missing.map((m) => m.expert)).toEqual(result.missing.map((m) => m.expert).sort());
  });

  test("taken again, renamed or later, changes nothing", () => {
    for (const name of [file.fileName, "我评完了.xlsx"]) {
      const again = take(review, [input(file, filled({ scores: withItem(3, 12.5), comment: "思路清楚" }), name)], {
        now: "2025-11-21T08:00:00",
      });
      expect(again.result).toMatchObject({ scores: 0, conflicts: [], rejected: [] });
      expect(values(again.review)).toBe(values(review));
    }
  });
});

describe("cells that are no score", () => {
  test.for<{ cell: CellValue; reason: string }>([
    { cell: 11, reason: "超出范围" },
    { cell: 7.3, reason: "0.5 的整数倍" },
    { cell: "优", reason: "不是分数" },
    { cell: -1, reason: "超出范围" },
  ])("$cell is rejected with its row and item; the rest of the row is taken", ({ cell, reason }) => {
    const { result, review } = take(blank, [input(file, filled({ scores: withItem(1, cell) }))]);
    expect(result.rejected).toEqual([
      { file: file.fileName, row: 4, reason: expect.stringMatching(`${firstReviewId}“模式创新”.*${reason}`) },
    ]);
    expect(scoreRow(review)).toMatchObject({ 理念创新: 8, 模式创新: null, 总分: null });
    expect(statusOf(review)).toBe("已分派");
    expect(missingOf(result)).toContain(caseOf(firstReviewId));
  });

  test("full-width digits are a score", () => {
    expect(scoreRow(take(blank, [input(file, filled({ scores: withItem(1, "８．５") }))]).review)).toMatchObject({
      模式创新: 8.5,
      总分: 72.5,
    });
  });
});

describe("a sheet that comes back in pieces", () => {
  const half = input(file, filled({ scores: eights.slice(0, 4) }, {}), "半份.xlsx");

  test("what was empty is filled in later", () => {
    const first = take(blank, [half]);
    expect(first.result).toMatchObject({ scores: 1, rejected: [] });
    expect(scoreRow(first.review)).toMatchObject({ 理念创新: 8, 效果量化: null, 总分: null });
    const second = take(first.review, [input(file, filled({ scores: eights }))]);
    expect(second.result).toMatchObject({ scores: count, conflicts: [] });
    expect(scoreRow(second.review)).toMatchObject({ 总分: 72, 来源: `半份.xlsx；${file.fileName}` });
  });

  test("an emptier version takes nothing away", () => {
    const full = take(blank, [input(file, filled({ scores: eights }))]).review;
    const again = take(full, [half]);
    expect(again.result).toMatchObject({ scores: 0, conflicts: [] });
    expect(values(again.review)).toBe(values(full));
  });
});

describe("two versions that disagree", () => {
  const first = take(blank, [input(file, filled({ scores: eights }))]).review;
  const later = input(file, filled({ scores: withItem(0, 9) }), "改.xlsx");

  test("the first stays, with both values told", () => {
    const { result, review } = take(first, [later]);
    expect(result.conflicts).toEqual([
      {
        submission: caseOf(firstReviewId),
        expert: file.expert,
        kept: "理念创新 8",
        offered: "理念创新 9",
        file: "改.xlsx",
      },
    ]);
    expect(result.scores).toBe(0);
    expect(values(review)).toBe(values(first));
  });

  test("an accepted file wins and the trace stays", () => {
    const { result, review } = take(first, [later], { accept: ["改.xlsx"] });
    expect(result).toMatchObject({ scores: 1, conflicts: [] });
    expect(scoreRow(review)).toMatchObject({
      理念创新: 9,
      总分: 73,
      来源: `${file.fileName}；改.xlsx（替换：理念创新 8→9）`,
    });
    const again = take(review, [later], { accept: ["改.xlsx"] });
    expect(again.result.scores).toBe(0);
    expect(values(again.review)).toBe(values(review));
  });

  test.for([
    ["a.xlsx", "b.xlsx"],
    ["b.xlsx", "a.xlsx"],
  ])("in one command the order is that of the names: %s given first", (names) => {
    const versions: Record<string, SheetSnapshot[]> = {
      "a.xlsx": filled({ scores: eights }),
      "b.xlsx": filled({ scores: withItem(0, 9) }),
    };
    const { result, review } = take(
      blank,
      names.map((name) => input(file, versions[name]!, name)),
    );
    expect(result.conflicts.map((c) => c.file)).toEqual(["b.xlsx"]);
    expect(scoreRow(review)?.理念创新).toBe(8);
    const accepted = take(
      blank,
      names.map((name) => input(file, versions[name]!, name)),
      { accept: ["a.xlsx"] },
    );
    expect(accepted.result.conflicts).toEqual([]);
    expect(scoreRow(accepted.review)?.理念创新).toBe(8);
    expect(scoreRow(accepted.review)?.来源).toContain("理念创新 9→8");
  });
});

describe("a sheet that was changed on the way", () => {
  const whole = filled({ scores: eights });
  const scores = whole[0]!;
  const body = scores.rows.slice(3);
  const rebuilt = (rows: SheetSnapshot["rows"], rest = whole.slice(1)): SheetSnapshot[] => [
    { ...scores, rows },
    ...rest,
  ];
  const expected = rowsOf(take(blank, [input(file, whole)]).review, "评分");
  const reviewIds = new Set(expected.map((r) => r.评审编号));

  test.for<{
    name: string;
    sheets: SheetSnapshot[];
    fileName?: string;
    lost?: number;
    warning?: string;
    extra?: number;
  }>([
    { name: "rows in another order", sheets: rebuilt([...scores.rows.slice(0, 3), ...[...body].reverse()]) },
    { name: "the title rows deleted", sheets: rebuilt(scores.rows.slice(2)) },
    {
      name: "columns in another order",
      sheets: rebuilt(scores.rows.map((row) => [...Array.from({ length: 18 }, (_, c) => row[17 - c] ?? null)])),
    },
    {
      name: "labels without the maxima",
      sheets: rebuilt(
        scores.rows.map((row, i) => (i === 2 ? row.map((v) => String(v ?? "").replace(/（.*分）/, "")) : row)),
      ),
    },
    { name: "a row deleted", sheets: rebuilt(scores.rows.slice(0, -1)), lost: 1 },
    { name: "only 评分 left, renamed", sheets: rebuilt(scores.rows, []), fileName: "张老师交.xlsx" },
    {
      name: "no number in it, known by its submissions",
      sheets: rebuilt(scores.rows.slice(2), []),
      fileName: "交.xlsx",
      warning: "按所评案例认作",
    },
    {
      name: "somebody else's number in the file name",
      sheets: whole,
      fileName: `评分表-${other.expert}.xlsx`,
      warning: "已按表内编号收取",
    },
  ])("$name", ({ sheets, fileName = "x.xlsx", lost = 0, warning }) => {
    const { result, review } = take(blank, [input(file, sheets, fileName)]);
    expect(result).toMatchObject({ sheets: 1, rejected: [], conflicts: [], scores: count - lost });
    expect(result.warnings.some((w) => warning !== undefined && w.includes(warning))).toBe(warning !== undefined);
    const got = rowsOf(review, "评分");
    for (const row of got) {
      expect({ ...row, 来源: "" }).toEqual({ ...expected.find((r) => r.评审编号 === row.评审编号), 来源: "" });
      expect(reviewIds.has(row.评审编号!)).toBe(true);
    }
    expect(missingOf(result)).toHaveLength(lost);
  });

  test.for<{ name: string; row: (sheet: SheetSnapshot) => CellValue[]; reason: string }>([
    { name: "an unknown 评审编号", row: (s) => ["P00000", ...s.rows[3]!.slice(1)], reason: "不在参评案例中" },
    { name: "scores without a 评审编号", row: (s) => [null, ...s.rows[3]!.slice(1)], reason: "没有评审编号" },
    {
      name: "a submission of another expert",
      row: (s) => [
        String(rowsOf(blank, "分派").find((r) => r.专家编号 !== file.expert && !reviewIds.has(r.评审编号!))!.评审编号),
        ...s.rows[3]!.slice(1),
      ],
      reason: "没有分派给专家",
    },
  ])("$name is rejected and the rest is taken", ({ row, reason }) => {
    const { result } = take(blank, [input(file, rebuilt([...scores.rows, row(scores)]))]);
    expect(result.rejected).toEqual([
      { file: file.fileName, row: scores.rows.length + 1, reason: expect.stringContaining(reason) },
    ]);
    expect(result.scores).toBe(count);
  });

  test("lines of text below the table are no rows", () => {
    const { result } = take(blank, [input(file, rebuilt([...scores.rows, [], ["以上评分请查收，谢谢"]]))]);
    expect(result).toMatchObject({ rejected: [], scores: count });
  });

  test("a file without a score sheet is rejected whole", () => {
    const { result, review } = take(blank, [
      { file: "通知.xlsx", digest: "d", sheets: [{ ...scores, rows: [["关于评审的通知"]] }] },
    ]);
    expect(result).toMatchObject({ sheets: 0, scores: 0, rejected: [{ file: "通知.xlsx", row: 0 }] });
    expect(values(review)).toBe(values(blank));
  });

  test("nobody's sheet is rejected whole", () => {
    const strangers = rebuilt([...scores.rows.slice(2, 3), ["P00000", ...body[0]!.slice(1)]], []);
    const { result } = take(blank, [input(file, strangers, "交.xlsx")]);
    expect(result).toMatchObject({ sheets: 0, rejected: [{ row: 0, reason: expect.stringContaining("认不出") }] });
  });
});

describe("回避", () => {
  test.for([
    { conflict: "是，本人参与指导", aside: true, warning: undefined },
    { conflict: "是", aside: true, warning: "没有写原因" },
    { conflict: "与作者有亲属关系", aside: true, warning: undefined },
    { conflict: "否", aside: false, warning: undefined },
    { conflict: "无", aside: false, warning: undefined },
  ])("$conflict", ({ conflict, aside, warning }) => {
    const { result, review } = take(blank, [input(file, filled({ conflict, ...(aside ? {} : { scores: eights }) }))]);
    expect(statusOf(review)).toBe(aside ? "回避" : "已评分");
    expect(scoreRow(review)?.总分).toBe(aside ? null : 72);
    expect(missingOf(result)).toEqual([]);
    expect(result.warnings.some((w) => warning !== undefined && w.includes(warning))).toBe(warning !== undefined);
    expect(values(take(review, [input(file, filled({ conflict, ...(aside ? {} : { scores: eights }) }))]).review)).toBe(
      values(review),
    );
  });

  test("the next assignment asks somebody else, and never this expert again", () => {
    const { review } = take(blank, [input(file, filled({ conflict: "是，本人参与指导" }, {}))]);
    const { result } = planReview(award, review, notice);
    const panel = result.pairs.filter((p) => p.submission === caseOf(firstReviewId)).map((p) => p.expert);
    expect(panel).toHaveLength(3);
    expect(panel).not.toContain(file.expert);
  });

  test("with scores beside it the scores are not taken", () => {
    const { result, review } = take(blank, [input(file, filled({ scores: eights, conflict: "是，本人参与指导" }))]);
    expect(scoreRow(review)).toMatchObject({ 理念创新: null, 总分: null });
    expect(result.warnings).toEqual([expect.stringContaining("既填了回避又打了分")]);
  });

  test("after a score was taken it is a disagreement", () => {
    const scored = take(blank, [input(file, filled({ scores: eights }))]).review;
    const aside = input(file, filled({ conflict: "是，本人参与指导" }), "改.xlsx");
    expect(take(scored, [aside]).result.conflicts).toMatchObject([
      { kept: "回避 已评分", offered: "回避 是，本人参与指导" },
    ]);
    const accepted = take(scored, [aside], { accept: ["改.xlsx"] });
    expect(statusOf(accepted.review)).toBe("回避");
    const old = input(file, filled({ scores: eights }));
    expect(take(accepted.review, [old]).result.rejected).toEqual([
      { file: old.file, row: 4, reason: expect.stringContaining("登记回避") },
    ]);
    const back = take(accepted.review, [old], { accept: [old.file] });
    expect(back.result).toMatchObject({ rejected: [], conflicts: [] });
    expect(statusOf(back.review)).toBe("已评分");
    expect(scoreRow(back.review)).toMatchObject({ 总分: 72, 回避: null });
  });
});

test("a sheet after the review window is taken with a warning", () => {
  const last = take(blank, [input(file, filled({ scores: eights }))], { now: "2025-11-30T23:59:59" });
  expect(last.result.warnings).toEqual([]);
  const late = take(blank, [input(file, filled({ scores: eights }))], { now: "2025-12-01T00:00:00" });
  expect(late.result.warnings).toEqual([expect.stringContaining("截止日期 2025-11-30 之后")]);
  expect(late.result.scores).toBe(count);
});

test("scores for a pair that was withdrawn are rejected", () => {
  const at = rowsOf(blank, "分派").findIndex((r) => r.评审编号 === firstReviewId && r.专家编号 === file.expert) + 2;
  const { result } = take(typeCell(blank, "分派", at, 6, "作废"), [input(file, filled({ scores: eights }))]);
  expect(result.rejected).toEqual([{ file: file.fileName, row: 4, reason: expect.stringContaining("已作废") }]);
});

test("columns and notes that people added stay", () => {
  const noted = typeCell(typeCell(blank, "分派", 1, 9, "电话已通知"), "分派", 2, 9, "是");
  const { review } = take(noted, [input(file, filled({ scores: eights }))]);
  expect(rowsOf(review, "分派")[0]!.电话已通知).toBe("是");
});
