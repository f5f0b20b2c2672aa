import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldForComparison } from "../../../apps-script/core/text/clean.ts";
import { findNearDuplicates, type NearDuplicate } from "../../../apps-script/core/text/similarity.ts";
import { makeRandom } from "../../generator/random.ts";

function compareAllPairs(texts: readonly string[], threshold: number): NearDuplicate[] {
  const sets = texts.map((text) => {
    const bare = foldForComparison(text);
    return new Set(Array.from({ length: Math.max(0, bare.length - 7) }, (_, i) => bare.slice(i, i + 8)));
  });
  const pairs: NearDuplicate[] = [];
  sets.forEach((first, a) => {
    sets.forEach((second, b) => {
      if (b <= a || first.size === 0 || second.size === 0) return;
      const overlap = [...first].filter((shingle) => second.has(shingle)).length;
      const similarity = overlap / (first.size + second.size - overlap);
      if (similarity >= threshold) pairs.push({ a, b, similarity });
    });
  });
  return pairs;
}

const letters = fc.string({ unit: fc.constantFrom("甲", "乙", "丙"), minLength: 0, maxLength: 30 });
const phrase = fc.constantFrom(
  "教研组依托平台组织跨校研修",
  "课题组运用大数据改进增值评价",
  "学生参与度明显提升，",
  "家长满意度持续向好。",
  "备课组结合分层作业设计",
  "a\u200bb c",
);
const fromTemplate = fc.array(phrase, { maxLength: 12 }).map((phrases) => phrases.join(""));
const threshold = fc.constantFrom(0.01, 0.1, 0.25, 1 / 3, 0.5, 0.6, 0.75, 0.9, 1);

describe("findNearDuplicates", () => {
  test.for([
    { name: "equal texts", texts: ["甲乙丙丁戊己庚辛壬", "甲乙丙丁戊己庚辛壬"], at: 1, pairs: [[0, 1, 1]] },
    {
      name: "equal up to marks",
      texts: ["甲乙丙丁，戊己庚辛。", "甲 乙\u200b丙丁戊己\n庚辛"],
      at: 1,
      pairs: [[0, 1, 1]],
    },
    {
      name: "exactly on the threshold",
      texts: ["甲乙丙丁戊己庚辛壬", "乙丙丁戊己庚辛壬"],
      at: 0.5,
      pairs: [[0, 1, 0.5]],
    },
    { name: "just below it", texts: ["甲乙丙丁戊己庚辛壬", "乙丙丁戊己庚辛壬"], at: 0.51, pairs: [] },
    { name: "too short for a shingle", texts: ["甲乙丙丁戊己庚", "甲乙丙丁戊己庚"], at: 0.1, pairs: [] },
    { name: "no texts", texts: [], at: 0.5, pairs: [] },
  ])("$name", ({ texts, at, pairs }) =>
    expect(findNearDuplicates(texts, at).map((pair) => [pair.a, pair.b, pair.similarity])).toEqual(pairs),
  );

  test.for([
    { name: "of few letters", text: letters },
    { name: "of shared phrases", text: fromTemplate },
  ])("finds what comparing all pairs finds in texts $name", ({ text }) => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 14 }), threshold, (texts, at) => {
        expect(findNearDuplicates(texts, at)).toEqual(compareAllPairs(texts, at));
      }),
      { numRuns: 400 },
    );
  });

  test.for([
    { name: "of few letters", text: letters },
    { name: "of shared phrases", text: fromTemplate },
  ])("finds the same after each change of a few texts $name", ({ text }) => {
    const change = fc.record({ at: fc.nat(14), gone: fc.nat(3), come: fc.array(text, { maxLength: 3 }) });
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 14 }),
        fc.array(change, { maxLength: 5 }),
        threshold,
        (texts, changes, at) => {
          const now = [...texts];
          findNearDuplicates(texts, at);
          for (const { at: place, gone, come } of changes) {
            now.splice(place, gone, ...come);
            expect(findNearDuplicates([...now], at)).toEqual(compareAllPairs(now, at));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("finds a partly rewritten text among many of the same template", () => {
    const phrases = Array.from(
      { length: 40 },
      (_, i) => `第${i}步由小组${(i * 7) % 11}完成并记录反思${(i * i) % 13}次。`,
    );
    const compose = (seed: number, length: number) =>
      Array.from({ length }, (_, i) => phrases[(seed * 31 + i * (seed % 7) + ((i * i * seed) % 17)) % 40]!).join("");
    const texts = Array.from({ length: 120 }, (_, seed) => compose(seed, 30 + (seed % 9)));
    texts.push(texts[17]!.slice(0, 300) + texts[18]!.slice(0, 120));
    for (const at of [0.2, 0.5, 0.8]) expect(findNearDuplicates(texts, at)).toEqual(compareAllPairs(texts, at));
  });

  /** Shares its first characters with the base text; the rest are its own. */
  const plant = (base: string, share: number, own: string) =>
    base.slice(0, Math.round(base.length * share)) + own.slice(Math.round(base.length * share), base.length);

  test.for([
    { length: 900, at: 0.2 },
    { length: 3000, at: 0.2 },
    { length: 3000, at: 0.5 },
    { length: 3000, at: 0.8 },
    { length: 3000, at: 1 },
    { length: 24000, at: 0.5 },
  ])("tells pairs just over $at from pairs just under it in texts of $length characters", ({ length, at }) => {
    const random = makeRandom(length);
    const write = () => Array.from({ length }, () => String.fromCharCode(0x4e00 + random.below(0x5000))).join("");
    // Texts of n shingles that share s of them: s / (2n - s) = at.
    const share = (2 * at) / (1 + at);
    const texts = Array.from({ length: 6 }, write).flatMap((base) => [
      base,
      plant(base, Math.min(1, share + 0.02), write()),
      plant(base, share - 0.02, write()),
    ]);
    const found = findNearDuplicates(texts, at);
    expect(found).toEqual(compareAllPairs(texts, at));
    const planted = found.filter(({ a, b }) => a % 3 === 0 && b === a + 1);
    expect(planted).toHaveLength(6);
    expect(found.filter(({ a, b }) => a % 3 === 0 && b === a + 2)).toEqual([]);
  });

  test.for([
    { name: "a long text of few shingles", text: "甲乙丙丁戊己庚辛壬癸".repeat(2000) },
    { name: "one shingle", text: "甲".repeat(5000) },
  ])("finds copies of $name", ({ text }) => {
    const texts = [text, `${text}，`, "子丑寅卯辰巳午未申酉".repeat(2000)];
    expect(findNearDuplicates(texts, 0.5)).toEqual([{ a: 0, b: 1, similarity: 1 }]);
  });

  test("finds pairs of unequal lengths, whose samples are of different density", () => {
    const random = makeRandom(5);
    const whole = Array.from({ length: 6000 }, () => String.fromCharCode(0x4e00 + random.below(0x5000))).join("");
    const texts = [100, 250, 700, 1500, 3000, 6000].map((length) => whole.slice(0, length));
    for (const at of [0.2, 0.35, 0.45]) expect(findNearDuplicates(texts, at)).toEqual(compareAllPairs(texts, at));
  });
});
