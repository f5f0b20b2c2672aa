import { describe, expect, test } from "vitest";
import { findCopied, readSample, sampleTexts, writeSample } from "../../../apps-script/core/text/text-sample.ts";
import { composeSection, copySentences } from "../../generator/prose.ts";
import { makeRandom } from "../../generator/random.ts";

describe("copies of earlier texts", () => {
  const least = 0.35;

  test.for([
    { length: 400, run: 1 },
    { length: 1300, run: 1 },
    { length: 2700, run: 1 },
    { length: 2700, run: 5 },
    { length: 3500, run: 40 },
  ])("60 % copied of $length words in runs of $run: all of 150 are found, and no other pair", ({ length, run }) => {
    const random = makeRandom(length + run);
    const old = Array.from({ length: 150 }, () => composeSection(random, length));
    const copies = old.map((text) => copySentences(random, text, composeSection(random, length), 0.6, run));
    const unrelated = Array.from({ length: 150 }, () => composeSection(random, length));
    const found = findCopied(sampleTexts([...copies, ...unrelated]), sampleTexts(old), least);
    expect(found.map(({ text, earlier }) => [text, earlier])).toEqual(old.map((_, i) => [i, i]));
  });

  test("what many copy is no common phrase", () => {
    const random = makeRandom(7);
    const old = composeSection(random, 2000);
    const copies = Array.from({ length: 200 }, () => copySentences(random, old, composeSection(random, 2000), 0.6, 3));
    const found = findCopied(sampleTexts(copies), sampleTexts([old]), least);
    expect(found.length).toBe(200);
  });

  test("a short text inside a long one, and the other way round", () => {
    const random = makeRandom(9);
    const [short, rest] = [composeSection(random, 600), composeSection(random, 2800)];
    const whole = `${rest}${short}`;
    for (const [text, earlier] of [
      [short, whole],
      [whole, short],
    ] as const)
      expect(findCopied(sampleTexts([text]), sampleTexts([earlier]), least)[0]?.share).toBeGreaterThan(0.8);
  });

  test("the same text in other characters and with other marks is all the same", () => {
    const text = composeSection(makeRandom(3), 1500);
    const typed = text.replace(/，/g, " ， \n").replace(/数/g, "數");
    const [copied] = findCopied(sampleTexts([typed]), sampleTexts([text]), least);
    expect(copied?.share).toBe(1);
  });

  test("a text too short to tell has no sample", () => {
    expect(sampleTexts(["课堂", ""])).toEqual([undefined, undefined]);
  });
});

describe("a sample in a cell", () => {
  test.for([30, 500, 3500, 40_000])("of %d words is read as it was written, and is short", (length) => {
    const [sample] = sampleTexts([composeSection(makeRandom(length), length)]);
    if (!sample) throw new Error("no sample");
    const written = writeSample(sample);
    expect(readSample(written)).toEqual(sample);
    expect(written.length).toBeLessThan(800);
  });

  test.for(["", "无", "Eabc", "E12 4", "~AAAA", "9AAAA"])("“%s” is none", (text) => {
    expect(readSample(text)).toBeUndefined();
  });
});
