import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knownTexts, weighText } from "../../../apps-script/core/application-book/text-codes.ts";

describe("weighText", () => {
  test("tells 30,000 accounts and 30,000 people of schools apart", () => {
    const texts = Array.from({ length: 30_000 }, (_, i) => [
      `64010420250${String(i).padStart(7, "0")}`,
      `赖${String.fromCharCode(0x4e00 + (i % 150))}${String.fromCharCode(0x4e00 + Math.floor(i / 150))}|示例第${i % 300}小学`,
    ]).flat();
    // Excel compares 15 digits.
    expect(new Set(texts.map((t) => weighText(t).toPrecision(15))).size).toBe(texts.length);
  });

  test("two digits swapped weigh differently", () => {
    expect(weighText("640104202500010012")).not.toBe(weighText("640104202500010021"));
  });

  test("case makes no difference, length does", () => {
    expect(weighText("NX01")).toBe(weighText("nx01"));
    expect(weighText("a".repeat(40))).not.toBe(weighText("a".repeat(41)));
  });
});

test("knownTexts are sorted by weight, as a search by halving needs", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 }), (texts) => {
      const { weights, numbers } = knownTexts(new Map(texts.map((t, i) => [t, i + 2])));
      expect(weights).toEqual([...weights].sort((a, b) => a - b));
      expect(numbers).toHaveLength(weights.length);
      for (const [i, weight] of weights.entries()) expect(weighText(texts[numbers[i]! - 2]!)).toBe(weight);
    }),
  );
});
