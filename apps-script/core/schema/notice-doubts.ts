/** What a sound notice says that people seldom mean: they look at it again, and may leave it. */
import type { Fault } from "../notice/json-shape.ts";
import type { Notice } from "../notice/notice.ts";

const doubt = (path: string, message: string): Fault => ({ path, message, besideField: message });

const yearOf = (date: string) => Number(date.slice(0, 4));

/** Numbers of years that were left from an earlier notice. */
function* findOtherYears({ id, title, year, windows, expertDeadline }: Notice): Iterable<Fault> {
  for (const [path, what, text] of [
    ["id", "通知编号", id],
    ["title", "名称", title],
  ] as const)
    for (const [written] of text.matchAll(/(?<!\d)20\d\d(?!\d)/g))
      if (Number(written) !== year) yield doubt(path, `${what}里写着 ${written}，“年份”是 ${year}，请核对。`);
  // Results may be made known in the next year.
  for (const [path, what, from, to] of [
    ...listWindows(windows),
    ["expertDeadline.value", "专家推荐截止日期", expertDeadline.value, expertDeadline.value],
  ] as const)
    if (yearOf(to) < year || yearOf(from) > year + 1)
      yield doubt(path, `${what}在 ${yearOf(from)} 年，“年份”是 ${year}，请核对。`);
}

const listWindows = ({ submission, recommendation, review, results }: Notice["windows"]) =>
  [
    ["windows.submission.value.from", "提交时间", submission.value.from, submission.value.to],
    ["windows.recommendation.value.from", "推荐时间", recommendation.value.from, recommendation.value.to],
    ["windows.review.value.from", "评审时间", review.value.from, review.value.to],
    ["windows.results.value.from", "公布结果时间", results.value.from, results.value.to],
  ] as const;

/** Each stage begins when the one before has ended. */
function* findDisorder({ windows, expertDeadline }: Notice): Iterable<Fault> {
  const stages = listWindows(windows);
  for (const [i, [path, what, from]] of stages.entries()) {
    const [, before, , end] = stages[i - 1] ?? [];
    if (end !== undefined && from <= end)
      yield doubt(path, `${what} ${from} 就开始，${before} ${end} 才截止，请核对。`);
  }
  const { from } = windows.review.value;
  if (expertDeadline.value >= from)
    yield doubt("expertDeadline.value", `专家推荐 ${expertDeadline.value} 才截止，评审 ${from} 就开始，请核对。`);
}

/** A limit that another one makes void. */
function* findSums({ text: { sections, total } }: Notice): Iterable<Fault> {
  const parts = Object.entries(sections);
  for (const [key, { value }] of parts)
    if (value > total.value)
      yield doubt(`text.sections.${key}.value`, `一个部分限 ${value} 字，总字数才限 ${total.value} 字，请核对。`);
  const sum = parts.reduce((all, [, { value }]) => all + value, 0);
  if (sum < total.value)
    yield doubt("text.total.value", `各部分合计限 ${sum} 字，总字数限 ${total.value} 字，请核对。`);
}

/** @param notice without faults */
export const findDoubts = (notice: Notice): Fault[] => [
  ...findOtherYears(notice),
  ...findDisorder(notice),
  ...findSums(notice),
];
