import { describe, expect, test } from "vitest";
import type { ProgressView } from "../../../apps-script/dialogs/views.ts";
import { actByHand } from "../../node-tools/local-sheets/by-hand.ts";
import {
  administrator,
  assign,
  fillInScores,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, newReview, reviewProject } from "./review-desk.ts";

const collect = (award: LocalAward) => {
  runReview(award, "collectScores");
  finishJob(award);
};
const progress = (award: LocalAward) => runReview(award, "loadProgress") as ProgressView;
/** 操作, 参数, 结果 and 输入摘要. */
const lastLog = (award: LocalAward) => (cellsOf(award, award.review, "日志").at(-1) ?? []).slice(2, 6);

/** Score sheets handed out and filled in. */
function scored(submissions: number): LocalAward {
  const award = newReview({}, submissions);
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  fillInScores(award);
  return award;
}

/** The first score of a sheet, whatever its drop-downs and limits say. */
function overwrite(award: LocalAward, file: string, change: (score: number) => number): void {
  const { id } = scoreSheets(award).get(file)!;
  const header = cellsOf(award, id, "评分")[2] ?? [];
  const column = header.findIndex((label) => String(label).startsWith("理念创新")) + 1;
  const score = change(Number(cellsOf(award, id, "评分")[3]?.[column - 1]));
  const cell = `book.getSheetByName("评分").getRange(4, ${column})`;
  actByHand(award.google, id, reviewProject(), administrator, `${cell}.clearDataValidations().setValue(${score});`);
}

describe("a collection in two executions", () => {
  /** Collected once; then one expert's score is another and one is none, both of the first twenty files. */
  function changed(): LocalAward {
    const award = scored(8);
    expect(scoreSheets(award).size).toBeGreaterThan(20);
    collect(award);
    const [first = "", second = ""] = [...scoreSheets(award).keys()].sort();
    overwrite(award, first, (score) => (score === 1 ? 2 : 1));
    overwrite(award, second, () => 99);
    return award;
  }

  test("tells in 日志 what it would have told in one", () => {
    const [whole, parted] = [changed(), changed()];
    collect(whole);
    let opened = 0;
    parted.google.surroundings.beforeCall = ({ name }) => {
      // The shared workbook and twenty files; the next one is of the second batch.
      if (name === "SpreadsheetApp.openById") opened++;
      if (opened > 21) throw new Error("Exceeded maximum execution time");
    };
    expect(() => runReview(parted, "collectScores")).toThrow("execution time");
    delete parted.google.surroundings.beforeCall;
    expect(progress(parted)).toMatchObject({ state: "running", done: 20 });
    finishJob(parted);
    const sheets = scoreSheets(whole).size;
    expect(lastLog(whole)[2]).toBe(`评分表 ${sheets} 份，新收或更新评分 0，未收下 1，不一致 1`);
    expect(lastLog(parted)).toEqual(lastLog(whole));
  });
});

test("日志 has the counts, and whose scores counted", () => {
  const award = scored(1);
  collect(award);
  expect(lastLog(award)[2]).toBe("评分表 3 份，新收或更新评分 3，未收下 0，不一致 0");
  expect(progress(award).message).toBe(`${lastLog(award)[2]}。评分已全部收齐。`);
  const [first = "", second = ""] = [...scoreSheets(award).keys()].sort();
  overwrite(award, first, (score) => (score === 1 ? 2 : 1));
  overwrite(award, second, () => 99);
  collect(award);
  expect(lastLog(award)[2]).toBe("评分表 3 份，新收或更新评分 0，未收下 1，不一致 1");
  const expert = first.replace("评分表-", "");
  award.answers.push(expert);
  collect(award);
  expect(lastLog(award)[1]).toContain(`在线评分表；以 ${expert} 现有分数为准`);
  expect(lastLog(award)[2]).toBe("评分表 3 份，新收或更新评分 1，未收下 1，不一致 0");
});

describe("the last day of the review", () => {
  test("ends at midnight: then experts may only view, and what comes is told as late", () => {
    const award = scored(1);
    const [{ id, expert } = { id: "", expert: "" }] = scoreSheets(award).values();
    const editors = () => award.google.files().find((file) => file.id === id)?.editors ?? [];
    award.google.advance(Date.parse("2025-11-30T23:30:00+08:00") - award.google.now().getTime());
    collect(award);
    expect(editors()).toContain(expert);
    expect(progress(award).problems).toEqual([]);
    award.google.advance(3_600_000);
    collect(award);
    expect(editors()).not.toContain(expert);
    expect(progress(award).problems.join()).toContain("在评审截止日期 2025-11-30 之后收到");
  });
});

describe("a file that cannot be opened", () => {
  /** Fails at the second file, so often. */
  function collectWithFailures(award: LocalAward, failures: number): void {
    let [opened, left] = [0, failures];
    award.google.surroundings.beforeCall = ({ name }) => {
      if (name !== "SpreadsheetApp.openById") return;
      opened++;
      if (opened > 2 && left-- > 0) throw new Error("Service Spreadsheets failed");
    };
    collect(award);
    delete award.google.surroundings.beforeCall;
  }

  test.for([
    { failures: 1, problems: [], state: "done" },
    { failures: 2, problems: [expect.stringMatching(/^E\d+：打不开E\d+ 的评分表.*请它的所有者/)], state: "failed" },
  ])("$failures times", ({ failures, problems, state }) => {
    const award = scored(1);
    collectWithFailures(award, failures);
    expect(progress(award)).toMatchObject({ state, problems });
    expect(cellsOf(award, award.review, "评分")).toHaveLength(1 + 3 - problems.length);
    expect(progress(award).message).toContain(
      problems.length === 0 ? "评分已全部收齐" : "还有 1 名专家的 1 个评分没有交齐",
    );
  });
});

test.for([
  { typed: "E999", told: "没有专家 E999 的在线评分表，未收取" },
  { typed: "E998、e999", told: "没有专家 E998、E999 的在线评分表" },
])("whose scores count is asked by number: $typed", ({ typed, told }) => {
  const award = scored(1);
  award.answers.push(typed);
  collect(award);
  expect(award.told.at(-1)).toContain(told);
  expect(cellsOf(award, award.review, "评分")).toHaveLength(1);
});

test("before any score sheet is made it is said what comes first", () => {
  const award = newReview({}, 1);
  runReview(award, "collectScores");
  expect(award.told.at(-1)).toContain("还没有在线评分表");
});
