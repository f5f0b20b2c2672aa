import { beforeEach, describe, expect, test } from "vitest";
import { defaultSettings } from "../../../apps-script/core/award/settings.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { blankReviewSnapshot } from "../../../apps-script/core/review-book/review-workbook.ts";
import { guideSheetLabel } from "../../../apps-script/core/schema/application.ts";
import { onlineSheetsSheet, reviewSheetOrder } from "../../../apps-script/core/schema/review.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import { readTable } from "../../../apps-script/core/tables/table.ts";
import type { AssignmentView, ProgressView, RankingView } from "../../../apps-script/dialogs/views.ts";
import { applyPatch } from "../../core/in-memory-workbook.ts";
import { defaultExperts, notice } from "../../core/review-fixture.ts";
import {
  administrator,
  assign,
  fillInScores,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, newReview } from "./review-desk.ts";

const scored = (award: LocalAward) => {
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  fillInScores(award);
};
const progress = (award: LocalAward) => runReview(award, "loadProgress") as ProgressView;
const lastLog = (award: LocalAward) => cellsOf(award, award.review, "日志").at(-1) ?? [];

describe("the review workbook's menu", () => {
  let award: LocalAward;
  beforeEach(() => {
    award = newReview({}, 6);
  });

  test("opens with every action, each a function of the script", () => {
    const [menu] = award.google.open(award.review, administrator);
    expect(menu?.label).toBe("评审");
    expect(menu?.items.map((item) => item.label).filter((label) => label !== "")).toEqual([
      "连接申报工作簿",
      "设为单位初评",
      "导入文件（云端硬盘中的表格或 CSV）",
      "导入往届名单",
      "移交专家名单",
      "分派专家",
      "填写评审材料",
      "生成评分表",
      "催交提醒",
      "收集评分",
      "汇总排名",
      "裁定",
      "进度",
      "操作日志",
      "复核",
      "帮助",
    ]);
  });

  test("connecting makes the sheets and tells what it found", () => {
    const names = award.google.modelOf(award.review).sheets.map((sheet) => sheet.name);
    expect(names).toEqual([guideSheetLabel, ...reviewSheetOrder, onlineSheetsSheet.label]);
    expect(award.told.at(-1)).toContain("已连接“申报工作簿”：6 个单位，6 个案例，77 行专家");
  });

  test("assignment: nothing before it is confirmed, then what the command would write", () => {
    runReview(award, "assignExperts");
    const view = runReview(award, "loadAssignmentPreview") as AssignmentView;
    expect(view).toMatchObject({ submissions: 6, added: 18, kept: 0, unfilled: [] });
    expect(cellsOf(award, award.review, "分派")).toHaveLength(1);
    runReview(award, "applyAssignment", view.token);
    const { patch } = planReview(award.google.snapshotOf(award.shared), blankReviewSnapshot(notice), notice);
    const expected = applyPatch(blankReviewSnapshot(notice), patch);
    for (const name of ["参评案例", "评审专家", "分派"]) {
      expect(cellsOf(award, award.review, name)).toEqual(expected.sheets.find((s) => s.name === name)?.rows);
    }
    expect(lastLog(award).slice(1, 3)).toEqual([administrator, "分派专家"]);
  });

  test("assignment: refused when the data have changed since the preview", () => {
    const view = runReview(award, "loadAssignmentPreview") as AssignmentView;
    const status =
      readTable(
        award.google.snapshotOf(award.shared),
        { ...onlineSheetsSheet, label: "专家", columns: [{ key: "status", label: "状态", kind: "text", width: 8 }] },
        ["专家"],
      ).positions.get("status") ?? 0;
    award.google.edit(award.shared, administrator, { sheet: "专家", row: 2, column: status, values: [["退出"]] });
    expect(() => runReview(award, "applyAssignment", view.token)).toThrow("数据有了变化");
    expect(cellsOf(award, award.review, "分派")).toHaveLength(1);
  });

  test("collecting takes what the command would take", () => {
    scored(award);
    const files = [...scoreSheets(award)].map(([file, { id }]) => ({
      file,
      digest: file,
      sheets: award.google.snapshotOf(id).sheets,
    }));
    const before = award.google.snapshotOf(award.review);
    runReview(award, "collectScores");
    finishJob(award);
    const { patch, result } = collectScoreSheets(before, defaultSettings(notice), files, {
      now: "2025-11-03T09:00:00",
    });
    const expected = applyPatch(before, patch);
    const plain = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.slice(0, -1));
    expect(result.scores).toBe(18);
    const rowsOf = (name: string) => expected.sheets.find((s) => s.name === name)?.rows ?? [];
    expect(cellsOf(award, award.review, "分派")).toEqual(rowsOf("分派"));
    const order = (rows: readonly (readonly unknown[])[]) =>
      [...plain(rows)].sort((a, b) => (String(a) < String(b) ? -1 : 1));
    expect(order(cellsOf(award, award.review, "评分"))).toEqual(order(rowsOf("评分")));
    expect(progress(award)).toMatchObject({
      state: "done",
      problems: [],
      message: expect.stringContaining("评分已全部收齐"),
    });
  });

  test("ranking fills 汇总 and 结果 as the command does, and shows them", () => {
    scored(award);
    runReview(award, "collectScores");
    finishJob(award);
    const before = award.google.snapshotOf(award.review);
    const toasts: string[] = [];
    award.google.surroundings.toast = (message) => toasts.push(message);
    runReview(award, "rankSubmissions");
    const { patch, open } = rankReview(award.google.snapshotOf(award.shared), before, notice);
    expect(toasts).toHaveLength(1);
    expect(toasts[0]?.includes(`还有 ${open.length} 项待定，暂不能公布`)).toBe(open.length > 0);
    const expected = applyPatch(before, patch);
    for (const name of ["汇总", "结果"])
      expect(cellsOf(award, award.review, name)).toEqual(expected.sheets.find((s) => s.name === name)?.rows);
    const view = runReview(award, "loadRanking") as RankingView;
    expect(view.groups.reduce((sum, group) => sum + group.ranked, 0)).toBe(6 - view.pending.length);
  });

  test("a score changed after it was collected stays until the administrator names the expert", () => {
    scored(award);
    runReview(award, "collectScores");
    finishJob(award);
    const [[name = "", file] = []] = [...scoreSheets(award)];
    const expert = name.replace("评分表-", "");
    const at = cellsOf(award, file?.id ?? "", "评分");
    const column = (at[2] ?? []).findIndex((label) => String(label).startsWith("理念创新")) + 1;
    const old = Number(at[3]?.[column - 1]);
    const other = old === 5 ? 6 : 5;
    award.google.edit(file?.id ?? "", file?.expert ?? "", { sheet: "评分", row: 4, column, values: [[String(other)]] });
    runReview(award, "collectScores");
    finishJob(award);
    expect(progress(award).problems.join()).toContain(`已收 理念创新 ${old}，评分表里现为 理念创新 ${other}`);
    award.answers.push(expert);
    runReview(award, "collectScores");
    finishJob(award);
    expect(progress(award).problems).toEqual([]);
    expect(cellsOf(award, award.review, "评分").flat().join()).toContain(`理念创新 ${old}→${other}`);
  });
});

describe("score sheets", () => {
  test("are shared with their expert alone, who can type scores and nothing else", () => {
    const award = newReview({}, 3);
    assign(award);
    runReview(award, "makeScoreSheets");
    finishJob(award);
    const files = award.google.files().filter((file) => file.name.startsWith("评分表-"));
    expect(files).toHaveLength(9);
    for (const file of files) {
      expect(file.owner).toBe(administrator);
      expect([...file.editors, ...file.viewers].filter((user) => user !== administrator)).toHaveLength(1);
    }
    const [{ id, expert } = { id: "", expert: "" }] = scoreSheets(award).values();
    const header = cellsOf(award, id, "评分")[2] ?? [];
    const column = header.findIndex((label) => String(label).startsWith("理念创新")) + 1;
    const type = (row: number, at: number, text: string) =>
      award.google.edit(id, expert, { sheet: "评分", row, column: at, values: [[text]] });
    type(4, column, "8.5");
    expect(cellsOf(award, id, "评分")[3]?.[column - 1]).toBe(8.5);
    expect(() => type(4, 1, "P001")).toThrow();
    expect(() => type(3, column, "别的")).toThrow();
    expect(() => type(4, column, "11")).toThrow();
    expect(() => award.google.open(award.review, expert)).toThrow();
  });

  test("again: nothing is made anew, and typing stays", () => {
    const award = newReview({}, 3);
    scored(award);
    const before = [...scoreSheets(award)].map(([name, { id }]) => [name, id, cellsOf(award, id, "评分")]);
    runReview(award, "makeScoreSheets");
    finishJob(award);
    expect([...scoreSheets(award)].map(([name, { id }]) => [name, id, cellsOf(award, id, "评分")])).toEqual(before);
  });

  test("experts without an address are named, with the way to a packet", () => {
    const award = newReview({ experts: defaultExperts().map((expert) => ({ ...expert, email: null })) }, 8);
    assign(award);
    runReview(award, "makeScoreSheets");
    expect(award.told.at(-1)).toContain("casebook packets");
    expect(scoreSheets(award).size).toBe(0);
  });

  test("become read-only when they are collected after the review window", () => {
    const award = newReview({}, 3);
    scored(award);
    award.google.advance(35 * 24 * 3_600_000);
    runReview(award, "collectScores");
    finishJob(award);
    const [{ id, expert } = { id: "", expert: "" }] = scoreSheets(award).values();
    const file = award.google.files().find((each) => each.id === id);
    expect(file?.editors ?? []).not.toContain(expert);
    expect(file?.viewers).toContain(expert);
    expect(progress(award).problems.join()).toContain("在评审截止日期 2025-11-30 之后收到");
  });
});

describe("reminders", () => {
  test("go once a day to whoever has missing scores, and tell nothing about submissions", () => {
    const award = newReview({}, 3);
    assign(award);
    runReview(award, "makeScoreSheets");
    finishJob(award);
    const remind = () => {
      runReview(award, "remindReviewers");
      finishJob(award);
    };
    remind();
    const { mails } = award.google;
    expect(mails).toHaveLength(scoreSheets(award).size);
    expect(new Set(mails.map((mail) => mail.to)).size).toBe(mails.length);
    expect(mails.map((mail) => mail.subject + mail.body).join()).not.toMatch(/案例名称|推荐单位|教育局|实验学校/);
    remind();
    expect(award.google.mails).toHaveLength(mails.length);
    award.google.advance(24 * 3_600_000);
    fillInScores(award);
    runReview(award, "collectScores");
    finishJob(award);
    remind();
    expect(award.google.mails).toHaveLength(mails.length);
  });
});

describe("the move of experts", () => {
  test("leaves none in the shared workbook and assigns the same", () => {
    const stay = newReview({}, 3);
    const award = newReview({}, 3);
    runReview(award, "takeOverExperts");
    expect(cellsOf(award, award.shared, "专家")).toHaveLength(1);
    const [head = [], ...rows] = cellsOf(stay, stay.shared, "专家");
    const isKept = (_: unknown, i: number) => head[i] !== "即时检查";
    expect(cellsOf(award, award.review, "专家")).toEqual([head, ...rows].map((row) => row.filter(isKept)));
    assign(award);
    assign(stay);
    expect(cellsOf(award, award.review, "分派")).toEqual(cellsOf(stay, stay.review, "分派"));
    runReview(award, "takeOverExperts");
    expect(award.told.at(-1)).toContain("没有新的专家");
  });
});
