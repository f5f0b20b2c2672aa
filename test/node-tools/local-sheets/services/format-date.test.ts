import { expect, test } from "vitest";
import { formatDate } from "../../../../node-tools/local-sheets/services/format-date.ts";

const instant = Date.UTC(2025, 6, 5, 16, 4, 9, 7);

test.for([
  ["yyyy-MM-dd HH:mm:ss", "2025-07-06 00:04:09"],
  ["yy/M/d H:m:s", "25/7/6 0:4:9"],
  ["yyyy年M月d日", "2025年7月6日"],
  ["hh:mm a", "12:04 AM"],
  ["SSS Z XXX", "007 +0800 +08:00"],
  ["EEE EEEE MMM MMMM u", "Sun Sunday Jul July 7"],
  ["yyyy-MM-dd'T'HH:mm:ss''", "2025-07-06T00:04:09'"],
] as const)("%s", ([pattern, text]) => expect(formatDate(instant, "Asia/Shanghai", pattern)).toBe(text));

test("another zone", () => expect(formatDate(instant, "UTC", "d HH")).toBe("5 16"));
test("an unknown letter", () =>
  expect(() => formatDate(instant, "UTC", "yyyy-QQ")).toThrow("Illegal pattern character 'Q'"));
test("an unknown zone", () => expect(() => formatDate(instant, "Mars/Base", "yyyy")).toThrow("timeZone"));
