import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOfSerial, kindOfFormat, serialOfIso } from "../../../node-tools/xlsx/cell-values.ts";

describe("kindOfFormat", () => {
  test.for([
    ["General", "number"],
    ["@", "number"],
    ["0.00", "number"],
    ["0.00E+00", "number"],
    ["#,##0.00_ ;[Red]\\-#,##0.00\\ ", "number"],
    ['0"月"', "number"],
    ["[Red]0", "number"],
    ["yyyy-mm-dd", "date"],
    ["m/d/yy h:mm", "date"],
    ['yyyy"年"m"月"d"日";@', "date"],
    ['m"月"d"日"', "date"],
    ["mmm", "date"],
    ["[$-804]e年m月d日;@", "date"],
    ["h:mm:ss", "time"],
    ["hh:mm AM/PM", "time"],
    ["mm:ss", "time"],
    ["[h]:mm:ss", "time"],
    ["[mm]:ss", "time"],
    ["[HH]:MM:SS", "time"],
    ['h"时"mm"分"', "time"],
    ["上午/下午h:mm", "time"],
  ] as const)("%s is a %s", ([format, kind]) => expect(kindOfFormat(format)).toBe(kind));
});

test("civil dates cross to serials and back, to the second", () => {
  const seconds = fc.integer({ min: Date.UTC(1900, 2, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
  fc.assert(
    fc.property(seconds, (time) => {
      const iso = new Date(time * 1000).toISOString().slice(0, 19).replace("T00:00:00", "");
      expect(dateOfSerial(serialOfIso(iso))).toEqual({ kind: "date", iso });
    }),
  );
});

test.for([
  ["2025-07-15", 45_853],
  ["1900-03-01", 61],
  ["2025-07-15T12:00:00", 45_853.5],
] as const)("%s has the serial that spreadsheets give it", ([iso, serial]) => expect(serialOfIso(iso)).toBe(serial));
