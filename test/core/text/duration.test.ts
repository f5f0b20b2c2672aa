import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatDuration,
  parseDuration,
  timeCellToDuration,
  writeDuration,
} from "../../../apps-script/core/text/duration.ts";

describe("parseDuration", () => {
  test.for([
    ["17:30", 1050],
    ["00:17:30", 1050],
    ["0:17:30", 1050],
    ["１７：３０", 1050],
    ["17:30:00", 1050],
    ["１７：３０：００", 1050],
    ["3:00:00", 180],
    ["02:59:59", 10799],
    ["17小时30分", 63000],
    ["1050:00", 63000],
    ["17分30秒", 1050],
    ["17分30", 1050],
    ["17分钟30秒钟", 1050],
    ["17 分 30 秒", 1050],
    ["17.5分钟", 1050],
    ["17′30″", 1050],
    ["17'30''", 1050],
    ["17'30\"", 1050],
    ["17’30”", 1050],
    ["17min30s", 1050],
    ["17 MIN 30 SEC", 1050],
    ["1050秒", 1050],
    ["17分", 1020],
    ["17m", 1020],
    ["1小时2分3秒", 3723],
    ["1h2m3s", 3723],
    ["1小时", 3600],
    ["75:00", 4500],
    ["00:20:00.4", 1200],
  ] as const)("%j is %i s", ([typed, seconds]) => expect(parseDuration(typed)).toBe(seconds));

  test.for([
    "",
    "17",
    "1050",
    "17.5",
    "17:60",
    "17:5",
    "00:60:00",
    "1小时30",
    "30'' 17'",
    "分秒",
    "约一刻钟",
    "-17:30",
  ])("%j is none", (typed) => expect(parseDuration(typed)).toBeUndefined());

  test("reads what writeDuration writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359_999 }), (seconds) => {
        expect(parseDuration(writeDuration(seconds))).toBe(seconds);
      }),
    );
  });
});

test.for([
  [1050, 1050],
  [10_799, 10_799],
  [10_800, 180],
  [63_000, 1050],
  [63_015, 1050],
] as const)("a time cell of %i s means %i s", ([cell, meant]) => expect(timeCellToDuration(cell)).toBe(meant));

test.for([
  [0, "00:00:00"],
  [1050, "00:17:30"],
  [3723, "01:02:03"],
  [1199.6, "00:20:00"],
] as const)("formatDuration(%d) is %s", ([seconds, text]) => expect(formatDuration(seconds)).toBe(text));
