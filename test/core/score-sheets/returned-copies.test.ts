/** Score sheets as people send them: copies beside the empty sheet, rows pasted, 回避 in words of their own. */
import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { freezeCollection } from "../../../apps-script/core/replay/freeze.ts";
import { performCollection } from "../../../apps-script/core/replay/perform.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import type { CollectInput } from "../../../apps-script/core/score-sheets/take-file.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { CellValue, SheetSnapshot, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch } from "../in-memory-workbook.ts";
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
const [file, other] = scoreSheets(award, blank).filter(({ submissions }) => submissions.length >= 2) as [
  ReturnType<typeof scoreSheets>[number],
  ReturnType<typeof scoreSheets>[number],
];
const eights: readonly CellValue[] = items.map(() => 8);
const nine = (first: CellValue) => eights.map((eight, i) => (i === 0 ? first : eight));
const firstId = file.submissions[0]!.reviewId;
const count = file.submissions.length;

function take(review: WorkbookSnapshot, inputs: readonly CollectInput[], accept: string[] = []) {
  const options = { now: "2025-11-20T09:30:00", accept: new Set(accept) };
  const { result, patch } = collectScoreSheets(review, settings, inputs, options);
  return { result, review: applyPatch(review, patch) };
}

type Fill = Omit<FilledRow, "reviewId"> | undefined;
/** The first row filled as told, the others with eights. */
const filled = (first: Fill = { scores: eights }, rest: Fill = { scores: eights }, of = file) =>
  fillScoreSheet(of, (_, row) => (row === 4 ? first : rest));
const empty = filled({}, {});
const scoresOf = (sheets: readonly SheetSnapshot[]) => sheets[0]!;
const named = (sheet: SheetSnapshot, name: string): SheetSnapshot => ({ ...sheet, name });
const scoreRow = (review: WorkbookSnapshot, reviewId = firstId, expert = file.expert) =>
  rowsOf(review, "评分").find((r) => r.评审编号 === reviewId && r.专家编号 === expert);
const statusOf = (review: WorkbookSnapshot) =>
  rowsOf(review, "分派").find((r) => r.评审编号 === firstId && r.专家编号 === file.expert)?.状态;

describe("a filled copy beside the empty sheet", () => {
  test.for(["评分 (2)", "评分(2)", "Sheet1", "评分 副本", "工作表2"])("%s is read", (name) => {
    const copy = named(scoresOf(filled()), name);
    for (const sheets of [
      [...empty, copy],
      [copy, ...empty],
    ]) {
      const { result, review } = take(blank, [input(file, sheets)]);
      expect(result).toMatchObject({ sheets: 1, scores: count, rejected: [], conflicts: [], warnings: [] });
      expect(scoreRow(review)).toMatchObject({ 总分: 72 });
    }
  });

  test("a copy without its title lines belongs to the same expert", () => {
    const copy = { ...scoresOf(filled()), name: "Sheet1", rows: scoresOf(filled()).rows.slice(2) };
    expect(take(blank, [input(file, [...empty, copy])]).result).toMatchObject({
      sheets: 1,
      scores: count,
      rejected: [],
    });
  });

  test("rows filled in one and rows filled in the other are all taken", () => {
    const { result } = take(blank, [
      input(file, [...filled({ scores: eights }, {}), named(scoresOf(filled({})), "评分 (2)")]),
    ]);
    expect(result).toMatchObject({ scores: count, rejected: [], conflicts: [] });
  });

  test("two that agree are one", () => {
    const { result } = take(blank, [input(file, [...filled(), named(scoresOf(filled()), "评分 (2)")])]);
    expect(result).toMatchObject({ scores: count, rejected: [], conflicts: [] });
  });

  const two = (order: readonly number[]) => {
    const sheets = [scoresOf(filled()), named(scoresOf(filled({ scores: nine(9) })), "评分 (2)")];
    return [...order.map((i) => sheets[i]!), ...empty.slice(1)];
  };

  test.for([
    [0, 1],
    [1, 0],
  ])("two that disagree: neither score is taken, both sheets are named (%s)", (order) => {
    const { result, review } = take(blank, [input(file, two(order))]);
    expect(scoreRow(review)).toMatchObject({ 理念创新: null, 模式创新: 8, 总分: null });
    expect(result.conflicts).toHaveLength(1);
    const [conflict] = result.conflicts;
    expect(conflict).toMatchObject({ disputed: true, expert: file.expert, file: file.fileName });
    expect([conflict!.kept, conflict!.offered].sort()).toEqual(
      ["理念创新 8（“评分”第 4 行）", "理念创新 9（“评分 (2)”第 4 行）"].sort(),
    );
    expect(take(blank, [input(file, two(order))], [file.fileName]).result.conflicts).toHaveLength(1);
  });

  test("a copy that corrects what was taken is a second version", () => {
    const first = take(blank, [input(file, filled())]).review;
    const { result } = take(first, [input(file, two([0, 1]))]);
    expect(result.conflicts).toEqual([
      expect.objectContaining({ kept: "理念创新 8", offered: "理念创新 9（“评分 (2)”第 4 行）" }),
    ]);
    expect(scoreRow(take(first, [input(file, two([0, 1]))], [file.fileName]).review)).toMatchObject({ 理念创新: 9 });
  });

  test("stands aside in one and scores in the other: told, nothing of it taken", () => {
    const copy = named(scoresOf(filled({ conflict: "是，本人参与指导" })), "评分 (2)");
    const { result, review } = take(blank, [input(file, [...filled(), copy])]);
    expect(result.conflicts).toEqual([
      expect.objectContaining({
        kept: "回避 已评分（“评分”第 4 行）",
        offered: "回避 是，本人参与指导（“评分 (2)”第 4 行）",
        disputed: true,
      }),
    ]);
    expect(statusOf(review)).toBe("已分派");
  });

  test("the archive computes the same", () => {
    const inputs = [input(file, [...empty, named(scoresOf(filled()), "评分 (2)")])];
    const frozen = freezeCollection({ award, review: blank, files: [] }, notice, inputs, {
      accept: [],
      now: "2025-11-20T09:30:00",
    });
    expect(performCollection(frozen, notice).result.result).toEqual(take(blank, inputs).result);
  });
});

describe("several experts in one file", () => {
  test("each sheet is its expert's", () => {
    const sheets = [named(scoresOf(filled()), "甲"), named(scoresOf(filled(undefined, undefined, other)), "乙")];
    const { result, review } = take(blank, [{ file: "全组.xlsx", digest: "d", sheets }]);
    expect(result).toMatchObject({ sheets: 2, rejected: [], conflicts: [] });
    expect(scoreRow(review)).toMatchObject({ 总分: 72 });
    expect(scoreRow(review, other.submissions[0]!.reviewId, other.expert)).toMatchObject({ 总分: 72 });
    expect(result.scores).toBe(count + other.submissions.length);
  });
});

describe("rows pasted beneath", () => {
  const own = new Set(file.submissions.map((s) => s.reviewId));
  const foreign = other.submissions.find((s) => !own.has(s.reviewId))!;
  const withRows = (rows: readonly (readonly CellValue[])[]) => {
    const [scores, ...rest] = filled();
    return [{ ...scores!, rows: [...scores!.rows, ...rows] }, ...rest];
  };

  test("a row of another expert is rejected, with whose it is", () => {
    const pasted = scoresOf(filled(undefined, undefined, other)).rows.find(
      (row) => cellText(row[0] ?? null) === foreign.reviewId,
    )!;
    const { result } = take(blank, [input(file, withRows([pasted]))]);
    expect(result).toMatchObject({ scores: count, conflicts: [] });
    expect(result.rejected).toEqual([
      {
        file: file.fileName,
        row: 4 + count,
        reason: expect.stringMatching(`没有分派给专家 ${file.expert}，而是分派给 .*${other.expert}`),
      },
    ]);
  });

  test("a second row of one submission that disagrees is told by its row", () => {
    const again = scoresOf(filled({ scores: nine(9) })).rows[3]!;
    const { result, review } = take(blank, [input(file, withRows([again]))]);
    expect(result.conflicts).toEqual([
      expect.objectContaining({
        kept: "理念创新 8（第 4 行）",
        offered: `理念创新 9（第 ${4 + count} 行）`,
        disputed: true,
      }),
    ]);
    expect(scoreRow(review)).toMatchObject({ 理念创新: null, 模式创新: 8 });
  });
});

describe("columns sorted apart from the numbers", () => {
  /** The values of some columns of two rows exchanged. */
  const exchange = (sheets: readonly SheetSnapshot[], columns: (label: string) => boolean): SheetSnapshot[] => {
    const [scores, ...rest] = sheets;
    const header = scores!.rows[2]!.map(String);
    const rows = scores!.rows.map((row, r) => {
      const from = r === 3 ? scores!.rows[4]! : r === 4 ? scores!.rows[3]! : row;
      return row.map((value, c) => (columns(header[c] ?? "") ? (from[c] ?? null) : value));
    });
    return [{ ...scores!, rows }, ...rest];
  };
  const [a, b] = file.submissions as [(typeof file.submissions)[number], (typeof file.submissions)[number]];

  test.for([
    { name: "titles and scores, not the numbers", moved: (label: string) => label !== "评审编号" },
    { name: "the numbers alone", moved: (label: string) => label === "评审编号" },
    { name: "titles alone", moved: (label: string) => label === "案例名称" },
  ])("$name", ({ moved }) => {
    const { result, review } = take(blank, [input(file, exchange(filled({ scores: nine(1) }), moved))]);
    expect(result.rejected.map(({ row }) => row)).toEqual([4, 5]);
    for (const { reason } of result.rejected) {
      for (const named of [a.title, b.title, a.reviewId, b.reviewId, "没有一起排序"]) expect(reason).toContain(named);
    }
    expect(result.scores).toBe(count - 2);
    expect(scoreRow(review)).toBeUndefined();
  });

  test("rows that nothing is typed in are not told", () => {
    const { result } = take(blank, [
      input(
        file,
        exchange(filled({}, {}), (label) => label === "案例名称"),
      ),
    ]);
    expect(result.rejected).toEqual([]);
  });

  test("a title corrected in the review workbook since: old sheets come back", () => {
    const sheet = blank.sheets.find((each) => each.name === "参评案例")!;
    const rows = sheet.rows.map((row) =>
      cellText(row[0] ?? null) === a.reviewId ? row.map((v, c) => (c === 2 ? "改过的名称" : v)) : row,
    );
    const corrected = { sheets: blank.sheets.map((each) => (each === sheet ? { ...sheet, rows } : each)) };
    for (const sheets of [filled(), filled().slice(0, 1)])
      expect(take(corrected, [input(file, sheets)]).result).toMatchObject({ scores: count, rejected: [] });
    const moved = exchange(filled(), (label) => label === "案例名称");
    expect(take(corrected, [input(file, moved)]).result.rejected.map(({ row }) => row)).toEqual([4, 5]);
  });
});

describe("回避 in words of their own", () => {
  test.for(["无回避", "不存在回避情形", "No", "N", "×", "/", "-", "没有", "不需要回避", "否"])(
    "“%s” keeps the scores",
    (conflict) => {
      const { result, review } = take(blank, [input(file, filled({ scores: eights, conflict }))]);
      expect(result).toMatchObject({ scores: count, rejected: [], warnings: [] });
      expect(scoreRow(review)).toMatchObject({ 总分: 72, 回避: null });
      expect(statusOf(review)).toBe("已评分");
    },
  );

  test.for(["是", "回避", "需回避", "√", "1", "Y", "作者是本人同事"])(
    "“%s” stands aside, with scores and without",
    (conflict) => {
      for (const scores of [undefined, eights]) {
        const { result, review } = take(blank, [input(file, filled({ conflict, ...(scores ? { scores } : {}) }))]);
        expect(statusOf(review)).toBe("回避");
        expect(result.rejected).toEqual([]);
        expect(result.warnings.some((w) => w.includes("既填了回避又打了分（9 项，共 72 分）"))).toBe(
          scores !== undefined,
        );
      }
    },
  );

  test.for(["待定", "?", "同上", "张老师的案例我看过", "无，但认识作者"])(
    "“%s” beside scores: they are taken, the row is listed",
    (conflict) => {
      const { result, review } = take(blank, [input(file, filled({ scores: eights, conflict }))]);
      expect(result.rejected).toEqual([
        {
          file: file.fileName,
          row: 4,
          reason: expect.stringMatching(`${firstId} 的“回避”写的是“.+”，看不出是否回避；评分已收`),
        },
      ]);
      expect(scoreRow(review)).toMatchObject({ 总分: 72, 回避: null });
      expect(statusOf(review)).toBe("已评分");
    },
  );

  test("a text of no table and no score is a reason, and told", () => {
    const { result, review } = take(blank, [input(file, filled({ conflict: "案例来自邻县" }))]);
    expect(statusOf(review)).toBe("回避");
    expect(result.warnings).toEqual([expect.stringContaining("“案例来自邻县”，按回避处理")]);
  });

  test("a doubt without a score leaves the row open", () => {
    const { result, review } = take(blank, [input(file, filled({ conflict: "待定" }))]);
    expect(statusOf(review)).toBe("已分派");
    expect(result.rejected).toEqual([
      { file: file.fileName, row: 4, reason: expect.stringContaining("这一行没有评分") },
    ]);
  });
});
