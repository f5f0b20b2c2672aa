import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countWords } from "../../../apps-script/core/text/count-words.ts";

describe("countWords", () => {
  test.for([
    ["", 0, 0],
    [" \n\u3000\u200b", 0, 0],
    ["35.6%", 1, 1],
    ["K-12", 1, 1],
    ["https://example.invalid/a?b=1&c=2", 1, 1],
    ["2025年7月15日", 6, 6],
    ["①②③", 3, 3],
    ["１２３", 3, 3],
    ["智慧课堂，好。", 7, 7],
    ["（一）《标题》", 7, 7],
    ["用AI助教3次", 6, 6],
    ["machine learning 课程", 4, 4],
    ["智\u200b慧", 2, 2],
    ["A\u200bI", 1, 1],
    ["𠮷田", 2, 2],
    ["“智慧”课堂", 4, 6],
    ["智慧——课堂……", 4, 8],
    ["阿依·古丽", 4, 5],
    ["don’t", 1, 3],
  ] as const)("%j: %i…%i", ([text, low, high]) => expect(countWords(text)).toEqual({ low, high }));

  const piece = fc.constantFrom(
    "智",
    "慧",
    "，",
    "。",
    "K-12",
    "35.6%",
    "“",
    "”",
    "—",
    "…",
    "·",
    " ",
    "\n",
    "①",
    "Ａ",
    "\u200b",
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

  test("low is never above high, and equal to it without doubtful marks", () => {
    fc.assert(
      fc.property(text, (t) => {
        const { low, high } = countWords(t);
        expect(low).toBeLessThanOrEqual(high);
        const plain = countWords(t.replace(/[“”‘’—…·]/g, ""));
        expect(plain).toEqual({ low, high: low });
      }),
    );
  });

  test("texts on lines of their own add up", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [one, other, both] = [countWords(a), countWords(b), countWords(`${a}\n${b}`)];
        expect(both).toEqual({ low: one.low + other.low, high: one.high + other.high });
      }),
    );
  });

  test("spaces and invisible characters at a Chinese character change nothing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("智", "慧", "，", "①")),
        fc.constantFrom(" ", "\u200b", "\u3000"),
        (cs, gap) => {
          expect(countWords(cs.join(gap))).toEqual({ low: cs.length, high: cs.length });
        },
      ),
    );
  });
});
