import { beforeEach, describe, expect, test } from "vitest";
import type { ProgressView, RemindersView } from "../../../apps-script/dialogs/views.ts";
import { notice } from "../../core/review-fixture.ts";
import { actByHand } from "../../node-tools/local-sheets/by-hand.ts";
import {
  administrator,
  assign,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, newReview, reviewProject } from "./review-desk.ts";

let award: LocalAward;
let experts: string[];
beforeEach(() => {
  award = newReview({}, 1);
  assign(award);
  experts = cellsOf(award, award.review, "分派")
    .slice(1)
    .map((row) => String(row[2]))
    .sort();
  expect(experts).toHaveLength(3);
});

const progress = () => runReview(award, "loadProgress") as ProgressView;
const files = () => award.google.files().filter(({ name }) => name.startsWith("评分表-"));

/** Acts within the execution that makes score sheets, before the n-th file is made. */
function beforeFile(n: number, act: () => void): void {
  let made = 0;
  award.google.surroundings.beforeCall = ({ name }) => {
    if (name === "SpreadsheetApp.create" && ++made === n) act();
  };
  try {
    runReview(award, "makeScoreSheets");
  } finally {
    delete award.google.surroundings.beforeCall;
  }
}

describe("进度", () => {
  test("before any job", () => {
    const view = progress();
    expect(view).toMatchObject({ state: "none", title: "" });
    expect(view.experts.map(({ id }) => id)).toEqual(experts);
  });

  test("texts to paste into a chat for those who owe something, with the address of an online score sheet", () => {
    runReview(award, "makeScoreSheets");
    finishJob(award);
    const { units, experts: reminded } = runReview(award, "loadReminders") as RemindersView;
    expect(reminded.map(({ name }) => name.split(" ")[0])).toEqual(experts);
    const addresses = files().map(({ id }) => `https://docs.google.com/spreadsheets/d/${id}/edit`);
    for (const { text } of reminded) expect(addresses.filter((address) => text.includes(address))).toHaveLength(1);
    for (const { name, about, text } of units) {
      expect(text).toContain(`${name}的老师，您好！`);
      expect(about).not.toBe("");
    }
  });

  test("pausing lets the item be finished; going on does the rest", () => {
    beforeFile(2, () => void runReview(award, "pauseJob"));
    expect(progress()).toMatchObject({ state: "paused", done: 2, total: 3, title: "生成评分表" });
    expect(progress().experts).toHaveLength(3);
    expect(award.google.triggers()).toEqual([]);
    runReview(award, "resumeJob");
    expect(progress()).toMatchObject({ state: "running", experts: [] });
    expect(award.google.triggers().map(({ functionName }) => functionName)).toEqual(["continueJob"]);
    finishJob(award);
    expect(progress()).toMatchObject({ state: "done", done: 3 });
    expect(progress().message).toContain("新建 3 份，更新 0 份，其余 0 份不变");
    expect(scoreSheets(award).size).toBe(3);
  });

  test("cancelling keeps what is done; run again it does the rest alone", () => {
    beforeFile(2, () => void runReview(award, "cancelJob"));
    expect(progress()).toMatchObject({ state: "cancelled", done: 2 });
    finishJob(award);
    expect(scoreSheets(award).size).toBe(2);
    runReview(award, "makeScoreSheets");
    expect(award.told.at(-1)).toContain("将为 1 名专家新建在线评分表，并只与本人共享；已有的 2 份");
    finishJob(award);
    expect(progress().message).toContain("新建 1 份，更新 0 份，其余 2 份不变");
    expect(files()).toHaveLength(3);
  });

  test("while it is paused another job is refused, and the same one as well", () => {
    beforeFile(2, () => void runReview(award, "pauseJob"));
    for (const name of ["makeScoreSheets", "collectScores"]) {
      runReview(award, name);
      expect(award.told.at(-1)).toContain("“生成评分表”还没有做完（2/3");
    }
  });
});

describe("a file that was made and not recorded before the execution ended", () => {
  const name = () => `评分表-${experts[0]}`;
  const minutes = 60_000;

  test("is taken up: no expert gets two", () => {
    let isEnding = false;
    award.google.surroundings.beforeCall = ({ name }) => {
      if (isEnding) throw new Error("Exceeded maximum execution time");
      isEnding = name === "SpreadsheetApp.create";
    };
    expect(() => runReview(award, "makeScoreSheets")).toThrow("execution time");
    delete award.google.surroundings.beforeCall;
    expect(files()).toHaveLength(1);
    finishJob(award);
    expect(
      files()
        .map((file) => file.name)
        .sort(),
    ).toEqual(experts.map((expert) => `评分表-${expert}`));
  });

  test.for([
    { what: "older than the job", owner: administrator, minutes: -5, prepare: "" },
    { what: "somebody else's", owner: "other@example.org", minutes: 0, prepare: "" },
    { what: "shared already", owner: administrator, minutes: 0, prepare: 'book.addViewer("someone@example.org");' },
    {
      what: "thrown away",
      owner: administrator,
      minutes: 0,
      prepare: "DriveApp.getFileById(book.getId()).setTrashed(true);",
    },
  ])("a file of that name that is $what is left alone", ({ owner, minutes: before, prepare }) => {
    const content = {
      sheets: [{ name: "工作表1", createBefore: null, edits: [{ row: 1, column: 1, value: "别动" }] }],
    };
    const id = award.google.addSpreadsheet(name(), owner, content);
    if (prepare !== "") actByHand(award.google, id, reviewProject(), owner, prepare);
    award.google.advance(-before * minutes);
    runReview(award, "makeScoreSheets");
    finishJob(award);
    expect(cellsOf(award, id, "工作表1")).toEqual([["别动"]]);
    expect(files().filter((file) => file.id !== id)).toHaveLength(3);
  });
});

test("在线评分表 that somebody has deleted is made again", () => {
  const remove = 'book.deleteSheet(book.getSheetByName("在线评分表"));';
  actByHand(award.google, award.review, reviewProject(), administrator, remove);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  const [labels, ...rows] = cellsOf(award, award.review, "在线评分表");
  expect(labels?.[0]).toBe("专家编号");
  expect(rows.map((row) => row[0])).toEqual(experts);
  expect(award.google.modelOf(award.review).sheetNamed("在线评分表")?.isHidden).toBe(true);
});

test("a ranking says how much it leaves open, and nothing of it where nothing is", () => {
  const toasts: string[] = [];
  award.google.surroundings.toast = (message) => toasts.push(message);
  runReview(award, "rankSubmissions");
  expect(toasts).toEqual([expect.stringContaining("还有 1 项待定，暂不能公布。")]);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  for (const { id, expert } of scoreSheets(award).values()) {
    const header = cellsOf(award, id, "评分")[2] ?? [];
    const column = header.findIndex((label) => String(label).startsWith("理念创新")) + 1;
    const values = [notice.rubric.items.map(({ max }) => String(max - 1))];
    award.google.edit(id, expert, { sheet: "评分", row: 4, column, values });
  }
  runReview(award, "collectScores");
  finishJob(award);
  toasts.length = 0;
  runReview(award, "rankSubmissions");
  expect(toasts).toEqual([expect.not.stringContaining("待定")]);
});

describe("sheets to look at", () => {
  test.for([
    { action: "openDecisions", sheet: "裁定" },
    { action: "showReviewLog", sheet: "日志" },
  ])("$action shows $sheet, or says that it is gone", ({ action, sheet }) => {
    const toasts: string[] = [];
    award.google.surroundings.toast = (message) => toasts.push(message);
    runReview(award, action);
    expect(award.google.selectionOf(award.review, administrator).sheet).toBe(sheet);
    expect(toasts.join()).toContain(sheet === "裁定" ? "每个决定填一行" : "");
    const rename = `book.getSheetByName("${sheet}").setName("旧表");`;
    actByHand(award.google, award.review, reviewProject(), administrator, rename);
    runReview(award, action);
    expect(award.told.at(-1)).toContain(`评审工作簿里没有“${sheet}”表`);
  });
});
