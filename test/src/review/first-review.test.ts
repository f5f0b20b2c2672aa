import { beforeEach, expect, test } from "vitest";
import type { AssignmentView } from "../../../apps-script/dialogs/views.ts";
import { recommendedSubmission } from "../../core/review-fixture.ts";
import {
  assign,
  fillInScores,
  finishJob,
  type LocalAward,
  runReview,
} from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, expertsWithAddresses, newReview } from "./review-desk.ts";

const unit = "银川市教育局";
let award: LocalAward;

/** Every sixth submission is the unit's; none is recommended, and the unit's second has a score that somebody typed. */
beforeEach(() => {
  const submissions = Array.from({ length: 24 }, (_, i) => ({
    ...recommendedSubmission(i),
    recommended: "否",
    recommendedOn: null,
    firstScore: i === 6 ? 88 : null,
  }));
  award = newReview({ submissions, experts: expertsWithAddresses() });
});

const choose = (answer: string) => {
  award.answers.push(answer);
  runReview(award, "setFirstReview");
  return award.told.at(-1);
};

/** 推荐单位, 案例编号 and 初评得分 of each row of the shared workbook. */
function firstScores(): [string, string, unknown][] {
  const [header = [], ...rows] = cellsOf(award, award.shared, "案例") as string[][];
  const at = (label: string) => header.indexOf(label);
  return rows
    .filter((row) => row[at("案例编号")])
    .map((row) => [row[at("推荐单位")]!, row[at("案例编号")]!, row[at("初评得分")] ?? null]);
}

function score(): void {
  runReview(award, "makeScoreSheets");
  finishJob(award);
  fillInScores(award);
  runReview(award, "collectScores");
  finishJob(award);
}

test("a unit's own review: its rows alone, its own experts, 初评得分 filled in, what was typed kept", () => {
  expect(choose("银川市")).toContain(`本工作簿现在是“${unit}”的初评`);
  const view = runReview(award, "loadAssignmentPreview") as AssignmentView;
  expect(view).toMatchObject({ submissions: 4, added: 12, unfilled: [] });
  expect(view.notes).toContainEqual(expect.stringContaining("不按推荐单位（含上下级）回避"));
  assign(award);
  score();
  runReview(award, "rankSubmissions");
  const own = firstScores().filter(([nominator]) => nominator === unit);
  expect(own.map(([, , value]) => value)).toEqual([expect.any(Number), 88, expect.any(Number), expect.any(Number)]);
  expect(firstScores().filter(([nominator, , value]) => nominator !== unit && value !== null)).toEqual([]);
  const reviewed = cellsOf(award, award.review, "参评案例").slice(1) as string[][];
  expect(reviewed.map((row) => row[1]).sort()).toEqual(own.map(([, id]) => id).sort());
  expect(cellsOf(award, award.review, "日志").at(-1)?.slice(2, 5)).toEqual([
    "回填初评得分",
    expect.stringContaining(unit),
    "已填写 3，保留人工填写 1",
  ]);
  const before = firstScores();
  runReview(award, "rankSubmissions");
  expect(firstScores()).toEqual(before);
  runReview(award, "replayActions");
  expect(award.told.at(-1)).not.toContain("不符");
});

test("experts are not moved away from the award", () => {
  choose(unit);
  const experts = cellsOf(award, award.shared, "专家");
  runReview(award, "takeOverExperts");
  expect(award.told.at(-1)).toContain("不移交专家");
  expect(cellsOf(award, award.shared, "专家")).toEqual(experts);
});

test("the award's review again with an empty answer, until something is assigned", () => {
  choose(unit);
  expect(choose("")).toContain("本工作簿现在是全区的评审");
  expect(choose("火星教育局")).toContain("没有“火星教育局”");
  choose(unit);
  assign(award);
  expect(choose("")).toContain("不能改变评审范围");
});
