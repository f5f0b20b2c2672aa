import { describe, expect, test } from "vitest";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { nameResent, resendList, whyResend } from "../../../apps-script/core/score-sheets/resend.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import { type CellValue, emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";
import {
  assigned,
  defaultExperts,
  fillScoreSheet,
  items,
  notice,
  recommendedSubmission,
  scoreSheets,
  shared,
} from "../review-fixture.ts";

const texts = [0, 1, 2].map((i) => ({
  nominator: String(recommendedSubmission(i).nominator),
  id: String(recommendedSubmission(i).id),
  summary: "背景。\n起因。",
  innovation: "特色",
  process: "过程",
  application: "应用",
}));
const award = shared({ texts }, 40);
const review = assigned(award);
const files = scoreSheets(award, review);
const file = files.find(({ submissions }) => submissions.some(({ text }) => text) && submissions.length > 1)!;
const made = applyPatch(emptySnapshot, file.patch);
const [first] = file.submissions.filter(({ text }) => text);

/** The same file with rows of a sheet changed. */
const withRows = (
  name: string,
  change: (rows: (readonly unknown[])[]) => (readonly unknown[])[],
): WorkbookSnapshot => ({
  sheets: made.sheets.map((sheet) =>
    sheet.name === name ? { ...sheet, rows: change([...sheet.rows]) as typeof sheet.rows } : sheet,
  ),
});
const idOf = (row: readonly unknown[]) => cellText((row[0] ?? null) as CellValue);
const material = (sheetNamed(made, "评分").rows[2] ?? []).indexOf("评审材料");

describe("an earlier score sheet", () => {
  test("of which nothing changed", () => expect(whyResend(file, made, notice)).toEqual([]));

  test("filled in, sorted, saved with other white space, with a column of the expert's own", () => {
    const filled = fillScoreSheet(file, () => ({ scores: items.map(() => 5), comment: "好" }));
    const sheets = filled.map((sheet) => {
      if (sheet.name === "案例正文")
        return {
          ...sheet,
          rows: sheet.rows.map((row) => row.map((c) => (typeof c === "string" ? c.replaceAll("\n", "\r\n") : c))),
        };
      if (sheet.name !== "评分") return sheet;
      const [title, hint, header, ...rows] = sheet.rows;
      return { ...sheet, rows: [title!, hint!, header!, ...rows.reverse()].map((row) => [...row, "记号"]) };
    });
    expect(whyResend(file, { sheets }, notice)).toEqual([]);
  });

  test.for<{ name: string; earlier: WorkbookSnapshot; reasons: string[] }>([
    {
      name: "lacks a submission",
      earlier: withRows("评分", (rows) => rows.filter((row) => idOf(row) !== first!.reviewId)),
      reasons: [`新增 ${first!.reviewId}`],
    },
    {
      name: "has one too many",
      earlier: withRows("评分", (rows) => [...rows, ["P99999", "未评", "", "撤回的", "教学革新", "小学", ""]]),
      reasons: ["撤去 P99999"],
    },
    {
      name: "has another title",
      earlier: withRows("评分", (rows) => rows.map((r) => r.map((c) => (c === first!.title ? "原来的名称" : c)))),
      reasons: [`案例名称有改动：${first!.reviewId}`],
    },
    {
      name: "has another link",
      earlier: withRows("评分", (rows) =>
        rows.map((r) =>
          idOf(r) === first!.reviewId
            ? [...r.slice(0, material), "https://example.org/1", ...r.slice(material + 1)]
            : r,
        ),
      ),
      reasons: [`评审材料有改动：${first!.reviewId}`],
    },
    {
      name: "has another text",
      earlier: withRows("案例正文", (rows) => rows.map((r) => r.map((c) => (c === "特色" ? "原来的特色" : c)))),
      reasons: [
        `案例正文有改动：${file.submissions
          .filter(({ text }) => text)
          .map((s) => s.reviewId)
          .join("、")}`,
      ],
    },
    {
      name: "lacks an item",
      earlier: withRows("评分", (rows) => rows.map((r) => r.map((c) => (c === "理念创新（10分）" ? "理念" : c)))),
      reasons: ["评分项有改动：理念创新"],
    },
    { name: "is none", earlier: emptySnapshot, reasons: ["原来的文件里没有评分表"] },
  ])("$name", ({ earlier, reasons }) => {
    expect(whyResend(file, earlier, notice)).toEqual(reasons);
  });

  test("after an assignment was repaired exactly those are told whose pairs changed", () => {
    const experts = defaultExperts().map((expert, i) => ({ ...expert, status: i % 2 === 0 ? "退出" : null }));
    const left = shared({ texts, experts }, 40);
    const repaired = applyPatch(review, planReview(left, review, notice).patch);
    const of = (book: WorkbookSnapshot, expert: string) =>
      readReview(book, notice)
        .pairs.filter((pair) => pair.active && pair.expert === expert)
        .map(({ reviewId }) => reviewId)
        .sort()
        .join();
    const now = scoreSheets(left, repaired);
    const before = new Map(files.map((each) => [each.expert, each]));
    const told = now.filter((each) => {
      const old = before.get(each.expert);
      return old && whyResend(each, applyPatch(emptySnapshot, old.patch), notice).length > 0;
    });
    const moved = now.filter(({ expert }) => before.has(expert) && of(review, expert) !== of(repaired, expert));
    expect(moved.length).toBeGreaterThan(0);
    expect(told.map(({ expert }) => expert)).toEqual(moved.map(({ expert }) => expert));
  });
});

test("the list names who, why and which file", () => {
  const [known] = readReview(review, notice).tables.reviewers.rows;
  const resent = nameResent(
    [
      { expert: known!.text("expert"), reasons: ["新增 P1", "撤去 P2"], fileName: "评分表-E001.xlsx" },
      { expert: "E999", reasons: ["不用再评"], fileName: "" },
    ],
    readReview(review, notice),
  );
  expect(resent[0]).toMatchObject({
    name: known!.text("name"),
    unit: known!.text("unit"),
    phone: known!.text("phone"),
  });
  const { rows } = sheetNamed(applyPatch(emptySnapshot, resendList(resent, "2025-11-20")), "需重发名单");
  expect(rows[3]!.slice(4)).toEqual(["新增 P1；撤去 P2", "评分表-E001.xlsx"]);
  expect(rows[4]).toEqual(["E999", "", "", "", "不用再评", "不用发，请告诉本人"].map((cell) => cell || null));
});
