import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import { findDoubts } from "../../../apps-script/core/schema/notice-doubts.ts";
import { notice } from "../review-fixture.ts";

const { windows, text, expertDeadline } = notice;
const during = (from: string, to: string) => ({ value: { from, to }, article: "" });

test.for<{ name: string; change: Partial<Notice>; says: readonly string[] }>([
  { name: "as it is", change: {}, says: [] },
  {
    name: "the year alone is another",
    change: { year: 2026 },
    says: [
      "通知编号里写着 2025",
      "名称里写着 2025",
      "提交时间在 2025 年",
      "推荐时间在 2025 年",
      "评审时间在 2025 年",
      "公布结果时间在 2025 年",
      "专家推荐截止日期在 2025 年",
    ],
  },
  {
    name: "results in January of the next year",
    change: { windows: { ...windows, results: during("2026-01-05", "2026-01-20") } },
    says: [],
  },
  {
    name: "a review that begins on the last day of recommending",
    change: { windows: { ...windows, review: during(windows.recommendation.value.to, "2025-11-30") } },
    says: [`评审时间 ${windows.recommendation.value.to} 就开始，推荐时间 ${windows.recommendation.value.to} 才截止`],
  },
  {
    name: "experts are named until the review begins",
    change: { expertDeadline: { ...expertDeadline, value: windows.review.value.from } },
    says: ["专家推荐 2025-10-31 才截止，评审 2025-10-31 就开始"],
  },
  {
    name: "the day before",
    change: { expertDeadline: { ...expertDeadline, value: windows.recommendation.value.to } },
    says: [],
  },
  {
    name: "a total that the sections cannot come to",
    change: { text: { ...text, total: { ...text.total, value: 3501 } } },
    says: ["各部分合计限 3500 字，总字数限 3501 字"],
  },
  {
    name: "a section longer than the whole",
    change: { text: { ...text, total: { ...text.total, value: 1999 } } },
    says: ["一个部分限 2000 字，总字数才限 1999 字"],
  },
  {
    name: "a total below what the sections come to",
    change: { text: { ...text, total: { ...text.total, value: 2000 } } },
    says: [],
  },
])("$name", ({ change, says }) => {
  const told = findDoubts({ ...notice, ...change }).map(({ message }) => message);
  expect(told).toEqual(says.map((words) => expect.stringContaining(words)));
});

test("the example of another notice leaves none", () => {
  const example = JSON.parse(readFileSync("templates/example-2026/notice.json", "utf8")) as Notice;
  expect(findDoubts(example)).toEqual([]);
});
