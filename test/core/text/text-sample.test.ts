import { describe, expect, test } from "vitest";
import { findCopied, readSample, sampleTexts, writeSample } from "../../../apps-script/core/text/text-sample.ts";
import { composeSection, copySentences } from "../../generator/prose.ts";
import { makeRandom } from "../../generator/random.ts";

describe("copies of earlier texts", () => {
  const least = 0.35;

  test.for([
    { length: 600, run: 1 },
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

  test.for([
    [600, 3400, 1],
    [3400, 600, 1],
    [900, 3400, 0.6],
    [3400, 900, 0.6],
    [1500, 3400, 0.6],
    [1500, 20_000, 0.6],
    [20_000, 3400, 0.6],
  ] as const)(
    "%d words with what is copied of %d (%d of the shorter): all of 40 are found, and no other",
    ([own, old, share]) => {
      const random = makeRandom(own + old);
      const earlier = Array.from({ length: 40 }, () => composeSection(random, old));
      const texts = earlier.map((text) => {
        const shorter = Math.min(own, old);
        const part = copySentences(random, text, composeSection(random, shorter), share, 3);
        return own > old ? `${composeSection(random, own - old)}${part}` : part;
      });
      const found = findCopied(sampleTexts(texts), sampleTexts(earlier), least);
      expect(found.map(({ text, earlier: winner }) => [text, winner])).toEqual(earlier.map((_, i) => [i, i]));
    },
  );

  test("the words of a form, which most of one year hold, are no copy", () => {
    const random = makeRandom(21);
    const form = composeSection(random, 900);
    const make = (count: number) => Array.from({ length: count }, () => `${form}${composeSection(random, 900)}`);
    const [now, old] = [sampleTexts(make(20)), sampleTexts(make(20))];
    expect(findCopied(now, old, least)).toEqual([]);
    // Each from a year of its own they are no form.
    expect(findCopied(now, old, least, (earlier) => earlier).length).toBe(400);
  });

  test("a text too short to tell, or to be kept from being guessed, has no sample", () => {
    expect(sampleTexts(["课堂", "", composeSection(makeRandom(4), 300)])).toEqual([undefined, undefined, undefined]);
  });

  test("most shingles of a text, and any two of them that follow each other but for a few, are not kept", () => {
    const [sample] = sampleTexts([composeSection(makeRandom(6), 3400)]);
    expect(sample?.hashes.length).toBeLessThan(3400 / 7);
  });
});

describe("a sample in a cell", () => {
  test.for([600, 3500, 40_000])("of %d words is read as it was written, and is half as long", (length) => {
    const [sample] = sampleTexts([composeSection(makeRandom(length), length)]);
    if (!sample) throw new Error("no sample");
    const written = writeSample(sample);
    expect(readSample(written)).toEqual(sample);
    expect(written.length).toBeLessThan(Math.min(32_767, length / 1.6));
  });

  test.for(["", "无", "Eabc", "E12 4", "~AAAA", "9AAAA"])("“%s” is none", (text) => {
    expect(readSample(text)).toBeUndefined();
  });
});
