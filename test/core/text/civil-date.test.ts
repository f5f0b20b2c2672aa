import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addYears, parseCivilDate, writeClock } from "../../../apps-script/core/text/civil-date.ts";

describe("parseCivilDate", () => {
  test.for([
    "2025-07-15",
    "2025/7/15",
    "2025.7.15",
    "2025-7-15",
    "2025年7月15日",
    "2025 年 7 月 15 日",
    "2025年7月15号",
    "20250715",
    "２０２５年７月１５日",
    "２０２５．７．１５",
    "2025–7–15",
    " 2025/7/15\u200b",
    "2025/7/15 10:20",
    "2025-07-15T10:20:00",
    "2025-07-15T00:00:00+08:00",
    "2025年7月15日 10时20分",
    "2025年7月15日10:20:30",
    "2025/7/15 下午 3:20",
    "2025/7/15 3:20:00 PM",
    "2025年7月15日（星期二）",
    "45853",
    "45853.75",
  ])("%j is 15 July 2025", (typed) => expect(parseCivilDate(typed)).toBe("2025-07-15"));

  test.for([
    ["2025-07-14T16:00:00.000Z", "2025-07-15"],
    ["2025-07-14T15:59:59.999Z", "2025-07-14"],
    ["2025-07-14T16:00:00Z", "2025-07-15"],
    ["2025-07-14 16:00:00+00:00", "2025-07-15"],
    ["2025-07-14T16:00:00+0000", "2025-07-15"],
    ["2025-07-15T00:00:00+08:00", "2025-07-15"],
    ["2025-07-15T23:59:59+08", "2025-07-15"],
    ["2025-07-15T01:00:00+09:00", "2025-07-15"],
    ["2025-07-15T00:30:00+09:00", "2025-07-14"],
    ["2025-07-14T11:00:00-05:00", "2025-07-15"],
    ["2025-07-14T21:44:00+05:45", "2025-07-14"],
    ["2025-07-14T21:45:00+05:45", "2025-07-15"],
    ["2025/7/14 4:00:00 PM UTC", "2025-07-15"],
    ["2025-07-14 16:00:00 GMT+0000", "2025-07-15"],
    ["2024-02-29T16:00:00Z", "2024-03-01"],
    ["2025-12-31T16:00:00.000Z", "2026-01-01"],
    ["２０２５－０７－１４Ｔ１６：００：００Ｚ", "2025-07-15"],
  ] as const)("the instant %s is %s in China", ([typed, date]) => expect(parseCivilDate(typed)).toBe(date));

  test.for([
    [45853, "2025-07-15"],
    [45853.99, "2025-07-15"],
    [20250715, "2025-07-15"],
    [30000, "1982-02-18"],
    [80000, "2119-01-11"],
    ["2024-02-29", "2024-02-29"],
  ] as const)("%j is %s", ([typed, date]) => expect(parseCivilDate(typed)).toBe(date));

  test.for([
    "2月30日",
    "2025年2月30日",
    "2025-02-29",
    "2025-13-01",
    "2025-00-10",
    "2025-04-31",
    "25/7/15",
    "7/15/2025",
    "2025年7月",
    "2025",
    "29999",
    "80001",
    "2025-07-15至2025-07-18",
    "2025-07-151",
    "昨天",
    "",
  ])("%j is none", (typed) => expect(parseCivilDate(typed)).toBeUndefined());

  test("numbers that are no serial are none", () => {
    for (const n of [0, -45853, 29999, 80001, 2025.7, Number.NaN]) expect(parseCivilDate(n)).toBeUndefined();
  });

  test("every spelling of every day reads as that day", () => {
    const day = fc.date({ min: new Date("1983-01-01"), max: new Date("2118-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [y, m, d] = iso.split("-").map(Number);
        const serial = Math.floor(date.getTime() / 86_400_000) + 25_569;
        for (const typed of [`${y}/${m}/${d}`, `${y}年${m}月${d}日`, iso.replaceAll("-", ""), serial, String(serial)]) {
          expect(parseCivilDate(typed)).toBe(iso);
        }
      }),
    );
  });
});

test.for([
  ["2024-02-29", -1, "2023-02-28"],
  ["2024-02-29", 4, "2028-02-29"],
  ["2025-10-15", -1, "2024-10-15"],
  ["2025-02-28", -1, "2024-02-28"],
] as const)("addYears(%s, %i) is %s", ([date, years, expected]) => expect(addYears(date, years)).toBe(expected));

test.for([
  { ahead: 480, time: "2025-11-04 00:30:05" },
  { ahead: 0, time: "2025-11-03 16:30:05" },
  { ahead: -90, time: "2025-11-03 15:00:05" },
])("a clock $ahead minutes ahead of UTC: $time", ({ ahead, time }) =>
  expect(writeClock(new Date("2025-11-03T16:30:05.900Z"), ahead)).toBe(time),
);
