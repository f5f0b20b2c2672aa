import { describe, expect, test } from "vitest";
import { grouped, percent, points } from "../../../apps-script/dialogs/pages/numbers.ts";
import { nextDelay } from "../../../apps-script/dialogs/pages/watch-job.ts";

describe("numbers", () => {
  test.for([
    [0, "0"],
    [999, "999"],
    [1_000, "1,000"],
    [1_234_567, "1,234,567"],
  ] as const)("grouped %d", ([value, text]) => expect(grouped(value)).toBe(text));

  test.for([
    [86, "86"],
    [86.5, "86.5"],
    [259 / 3, "86.33"],
    [86.995, "87"],
  ] as const)("points %d", ([value, text]) => expect(points(value)).toBe(text));

  test.for([
    { part: 1, whole: 4, is: 25 },
    { part: 0, whole: 0, is: 0 },
    { part: 5, whole: 4, is: 100 },
  ])("$part of $whole in percent", ({ part, whole, is }) => expect(percent(part, whole)).toBe(is));
});

describe("nextDelay", () => {
  test("is quick while the job moves, and slower each time it does not, up to a limit", () => {
    const delays = [nextDelay(9_000, true)];
    for (let i = 0; i < 20; i++) delays.push(nextDelay(delays[delays.length - 1]!, false));
    expect(delays[0]).toBe(2_000);
    expect(delays.slice(1, 4)).toEqual([3_000, 4_500, 6_750]);
    expect(delays[20]).toBe(30_000);
  });
});
