import { expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { enterFirstReview, viewFirstReview } from "../../../apps-script/core/first-review/first-review.ts";
import {
  fillFirstScores,
  summariseFirstScores,
  tellKept,
} from "../../../apps-script/core/first-review/first-scores.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { type CellValue, emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch } from "../in-memory-workbook.ts";
import { notice, recommendedSubmission, rowsOf, shared, yinchuan } from "../review-fixture.ts";

const unit = { name: String(yinchuan.name) };
const [first, foreign] = [recommendedSubmission(0), recommendedSubmission(1)];
const id = String(first.id);

/** One submission of the unit with this 初评得分, and one of another unit. */
const withScore = (firstScore: CellValue) =>
  shared({ submissions: [{ ...first, recommended: "否", recommendedOn: null, firstScore }, foreign] });

const blank = withScore(null);
const assigned = applyPatch(
  emptySnapshot,
  planReview(viewFirstReview(blank, unit, notice), undefined, notice, {
    unit: unit.name,
    eligible: enterFirstReview(blank, undefined, unit, notice).eligible,
  }).patch,
);

/** A ranking with this score; null while it has none. */
const ranking = (score: number | null) => ({
  groups: score === null ? [] : [{ field: "教学革新", track: "城市", ranking: [{ id, score, rank: 1, award: "" }] }],
});

function fill(award: WorkbookSnapshot, review: WorkbookSnapshot, score: number | null) {
  const filled = fillFirstScores(award, review, unit, ranking(score), notice);
  return {
    ...filled,
    state: filled.scores[0]?.state,
    after: applyPatch(award, filled.award),
    memory: applyPatch(review, filled.review),
  };
}

const scoreIn = (award: WorkbookSnapshot, row = 0) => readAward(award, notice).submissions[row]?.firstScore;

/** The first review after it has filled in these scores, one ranking after another. */
function remembering(scores: readonly (number | null)[]): WorkbookSnapshot {
  let [award, review] = [blank, assigned];
  for (const score of scores) ({ after: award, memory: review } = fill(award, review, score));
  return review;
}

test.for<{
  name: string;
  wrote: (number | null)[];
  stands: CellValue;
  ranked: number | null;
  state: string;
  after: number | undefined;
}>([
  { name: "empty", wrote: [], stands: null, ranked: 74.3333, state: "written", after: 74.33 },
  { name: "empty, and not ranked", wrote: [], stands: null, ranked: null, state: "pending", after: undefined },
  { name: "empty, and ranked with the fewest points", wrote: [], stands: null, ranked: 0, state: "written", after: 0 },
  { name: "half a cent is rounded up", wrote: [], stands: null, ranked: 74.125, state: "written", after: 74.13 },
  { name: "typed", wrote: [], stands: 80, ranked: 74, state: "kept", after: 80 },
  { name: "typed as text", wrote: [], stands: "80", ranked: 74, state: "kept", after: 80 },
  { name: "typed, the same as computed", wrote: [], stands: 74, ranked: 74, state: "written", after: 74 },
  { name: "typed, and not ranked", wrote: [], stands: 80, ranked: null, state: "kept", after: 80 },
  { name: "written by us", wrote: [70], stands: 70, ranked: 74, state: "updated", after: 74 },
  {
    name: "written by us, since stored as text",
    wrote: [70.25],
    stands: "70.25",
    ranked: 74,
    state: "updated",
    after: 74,
  },
  { name: "written by us, then typed over", wrote: [70], stands: 80, ranked: 74, state: "kept", after: 80 },
  { name: "written by us, then emptied", wrote: [70], stands: null, ranked: 74, state: "written", after: 74 },
  {
    name: "written by us, no longer ranked",
    wrote: [70],
    stands: 70,
    ranked: null,
    state: "cleared",
    after: undefined,
  },
  {
    name: "updated by us, and the update never arrived",
    wrote: [70, 72],
    stands: 70,
    ranked: 74,
    state: "updated",
    after: 74,
  },
  {
    name: "cleared by us, and the clearing never arrived",
    wrote: [70, null],
    stands: 70,
    ranked: null,
    state: "cleared",
    after: undefined,
  },
  {
    name: "two updates ago ours, so by now a person's",
    wrote: [70, 72, 73],
    stands: 70,
    ranked: 74,
    state: "kept",
    after: 70,
  },
])("初评得分 $name", ({ wrote, stands, ranked, state, after }) => {
  const outcome = fill(withScore(stands), remembering(wrote), ranked);
  expect([outcome.state, scoreIn(outcome.after)]).toEqual([state, after]);
  expect(scoreIn(outcome.after, 1)).toBe(foreign.firstScore ?? undefined);
  expect(fill(outcome.after, outcome.memory, ranked).award.sheets).toEqual([]);
});

test("what is not text of a score is kept and told", () => {
  const outcome = fill(withScore("优秀"), assigned, 74);
  expect(outcome.state).toBe("kept");
  expect(tellKept(outcome, "案例")).toEqual([expect.stringMatching(new RegExp(`“案例”表 ${id} .*“优秀”.*算得 74）`))]);
  expect(summariseFirstScores(outcome)).toBe("保留人工填写 1");
});

test("the sheet 初评得分 stands before 日志 and says what was done", () => {
  const { memory } = fill(withScore(80), assigned, 74);
  const names = memory.sheets.map((sheet) => sheet.name);
  expect(names.slice(-2)).toEqual(["初评得分", "日志"]);
  expect(rowsOf(memory, "初评得分")).toEqual([
    expect.objectContaining({ 案例编号: id, 名次: 1, 初评得分: 74, 申报表原值: "80", 情况: "保留人工填写" }),
  ]);
});

test("what becomes of a score that is no longer ranked stands in the sheet and in the summary", () => {
  const cleared = fill(withScore(70), remembering([70]), null);
  expect(rowsOf(cleared.memory, "初评得分")[0]).toMatchObject({
    名次: null,
    初评得分: null,
    申报表原值: "70",
    备注: "评分不足或已取消，原由初评填写的 70 已清空。",
  });
  const pending = fill(withScore(null), assigned, null);
  expect(rowsOf(pending.memory, "初评得分")[0]).toMatchObject({ 备注: "评分不足或已取消，没有名次。" });
  const written = fill(withScore(null), assigned, 74);
  expect(rowsOf(written.memory, "初评得分")[0]?.备注).toBeNull();
  expect([cleared, pending, written].map(summariseFirstScores)).toEqual(["已清空 1", "未填 1", "已填写 1"]);
});

test("what a person typed is coloured over the whole row", () => {
  const { review } = fill(withScore(80), assigned, 74);
  const [format] = review.sheets[0]?.layout?.conditionalFormats ?? [];
  expect(format?.area).toMatchObject({ top: 2, left: 1 });
  expect(format?.formula).toContain('="保留人工填写"');
});

test("without the sheet nothing is ours", () => {
  expect(fill(withScore(70), assigned, 74).state).toBe("kept");
});
