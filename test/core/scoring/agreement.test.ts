import { describe, expect, test } from "vitest";
import { measureAgreement, showReliability } from "../../../apps-script/core/scoring/agreement.ts";
import { showInterval, showRate, wilsonInterval } from "../../../apps-script/core/scoring/rates.ts";

describe("agreement", () => {
  test("is that of Shrout and Fleiss for their own example: ICC(1,1) .17, ICC(1,4) .44", () => {
    const example = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ];
    const { single, mean, cases, scores, raters } = measureAgreement(example);
    expect([single?.toFixed(4), mean?.toFixed(4)]).toEqual(["0.1657", "0.4428"]);
    expect([cases, scores, raters]).toEqual([6, 24, 4]);
  });

  test("is 1 where all agree, also with scores of different number", () => {
    const { single, mean } = measureAgreement([[80, 80], [70, 70, 70], [60, 60], [55]]);
    expect([single, mean]).toEqual([1, 1]);
  });

  test("of the mean is (MSB − MSW) ÷ MSB: never over 1, unknown where the means are equal, below 0 without bound", () => {
    const alike = measureAgreement(
      [
        [60, 80],
        [65, 75],
        [69, 72],
      ].map((scores) => scores),
    );
    expect(alike.mean).toBeLessThan(-10);
    expect(
      measureAgreement([
        [60, 80],
        [65, 75],
      ]),
    ).toMatchObject({ single: -1, mean: undefined });
    const uneven = measureAgreement([
      [60, 80],
      [65, 75, 70, 71, 69, 70, 70],
      [71, 70],
    ]);
    expect(uneven.mean).toBeLessThan(0);
  });

  test("is told in words where it says nothing", () => {
    expect([showReliability(0.523, 10), showReliability(0.523, 9)]).toEqual(["0.52", "数少，不算"]);
    expect([showReliability(-13.2, 40), showReliability(0, 40)]).toEqual(["≤0，看不出一致", "≤0，看不出一致"]);
    expect(showReliability(undefined, 40)).toBe("—");
  });

  test("is unknown where there is nothing to compare", () => {
    for (const cases of [
      [],
      [[80], [70]],
      [[80, 70]],
      [
        [70, 70],
        [70, 70],
      ],
    ])
      expect(measureAgreement(cases)).toMatchObject({ single: undefined, mean: undefined });
  });
});

describe("a rate", () => {
  // Newcombe, Statistics in Medicine 17, 1998, table I: the score method without continuity correction.
  test.for([
    { count: 81, of: 263, low: 0.2553, high: 0.3662 },
    { count: 15, of: 148, low: 0.0624, high: 0.1605 },
    { count: 0, of: 20, low: 0, high: 0.1611 },
    { count: 1, of: 29, low: 0.0061, high: 0.1718 },
  ])("$count of $of: the interval of the literature", ({ low, high, ...rate }) => {
    const [from = -1, to = -1] = wilsonInterval(rate) ?? [];
    expect([from.toFixed(4), to.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
  });

  test("of few is told as counts", () => {
    expect([showRate({ count: 3, of: 9 }), showInterval({ count: 3, of: 9 })]).toEqual(["3/9（数少）", "—"]);
    expect([showRate({ count: 3, of: 10 }), showInterval({ count: 3, of: 10 })]).toEqual(["30.0%", "10.8%—60.3%"]);
    expect([showRate({ count: 0, of: 0 }), showInterval({ count: 0, of: 0 })]).toEqual(["—", "—"]);
  });
});
