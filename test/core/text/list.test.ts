import { expect, test } from "vitest";
import { firstLines, splitKeywords, splitList } from "../../../apps-script/core/text/list.ts";

test.for([
  ["人工智能、数字画像、学情诊断", ["人工智能", "数字画像", "学情诊断"]],
  ["a，b,c；d;e/f|g\nh\ti", ["a", "b", "c", "d", "e", "f", "g", "h", "i"]],
  ["人工智能／数字画像｜学情诊断", ["人工智能", "数字画像", "学情诊断"]],
  ["人工智能 数字画像\u3000学情诊断", ["人工智能", "数字画像", "学情诊断"]],
  ["人工智能 数字画像、学情诊断", ["人工智能 数字画像", "学情诊断"]],
  ["人工智能 数字画像、", ["人工智能 数字画像"]],
  ["machine learning", ["machine learning"]],
  ["基于 Python 的教学", ["基于 Python 的教学"]],
  ["张 三", ["张 三"]],
  ["、\u200b，；\n", []],
  ["", []],
] as const)("%j → %j", ([typed, entries]) => expect(splitList(typed)).toEqual(entries));

test.for([
  ["人工智能、数字画像、学情诊断", ["人工智能", "数字画像", "学情诊断"]],
  ["人工智能 数字画像\u3000学情诊断", ["人工智能", "数字画像", "学情诊断"]],
  ["AI 教学  STEM", ["AI", "教学", "STEM"]],
  ["AI 教学、STEM", ["AI 教学", "STEM"]],
  ["AI 教学、", ["AI 教学"]],
  ["人 工 智 能", ["人工智能"]],
  [" \u3000", []],
] as const)("keywords: %j → %j", ([typed, entries]) => expect(splitKeywords(typed)).toEqual(entries));

test.for([
  { lines: [], shown: [] },
  { lines: ["甲"], shown: ["甲"] },
  { lines: ["甲", "乙"], shown: ["甲", "乙"] },
  { lines: ["甲", "乙", "丙"], shown: ["甲", "乙", "……另有 1 条"] },
  { lines: ["甲", "乙", "丙", "丁"], shown: ["甲", "乙", "……另有 2 条"] },
])("the first two of $lines", ({ lines, shown }) => expect(firstLines(lines, 2)).toEqual(shown));

test("what is said of the rest", () => {
  expect(firstLines(["甲", "乙"], 1, (left) => `还有 ${left} 处`)).toEqual(["甲", "还有 1 处"]);
});
