import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldForComparison } from "../../../apps-script/core/text/clean.ts";
import { findMatchingPassages } from "../../../apps-script/core/text/matching-passages.ts";

const shared = "教师依据诊断报告分层推送练习并在课后定期回看错误率";
const slices = (a: string, b: string) => findMatchingPassages(a, b).map((p) => [a.slice(...p.a), b.slice(...p.b)]);

describe("passages that two texts share", () => {
  test.for([
    { name: "none", a: "甲乙丙丁戊己庚辛壬癸子丑寅卯", b: "天地玄黄宇宙洪荒日月盈昃辰宿", found: [] },
    { name: "one, elsewhere in each", a: `开头${shared}结尾`, b: `${shared}完`, found: [[shared, shared]] },
    { name: "too short", a: "一二三四五六七八九十百", b: "零一二三四五六七八九十百零", found: [] },
    {
      name: "twelve are enough",
      a: "一二三四五六七八九十百千",
      b: "零一二三四五六七八九十百千零",
      found: [["一二三四五六七八九十百千", "一二三四五六七八九十百千"]],
    },
    {
      name: "other marks and spaces",
      a: "教师，依据诊断报告分层推送练习。",
      b: "【教师依据 诊断报告，分层推送练习",
      found: [["教师，依据诊断报告分层推送练习", "教师依据 诊断报告，分层推送练习"]],
    },
    {
      name: "a word changed inside is one passage",
      a: `${shared}，并且${shared.slice(0, 14)}`,
      b: `${shared}，而且${shared.slice(0, 14)}`,
      found: [[`${shared}，并且${shared.slice(0, 14)}`, `${shared}，而且${shared.slice(0, 14)}`]],
    },
    { name: "empty", a: "", b: shared, found: [] },
  ])("$name", ({ a, b, found }) => expect(slices(a, b)).toEqual(found));

  test("a passage copied anywhere is found whole, and what is told is the same on both sides", () => {
    const text = fc.string({ unit: fc.constantFrom(..."课堂评价数据，。 "), maxLength: 60 });
    fc.assert(
      fc.property(text, text, text, text, (before, after, left, right) => {
        const [a, b] = [before + shared + after, left + shared + right];
        const passages = findMatchingPassages(a, b);
        expect(passages.some((p) => b.slice(...p.b).includes(shared))).toBe(true);
        for (const p of passages) {
          const [left, right] = [foldForComparison(a.slice(...p.a)), foldForComparison(b.slice(...p.b))];
          expect(left.slice(0, 12)).toBe(right.slice(0, 12));
          expect(left.slice(-8)).toBe(right.slice(-8));
        }
      }),
    );
  });
});
