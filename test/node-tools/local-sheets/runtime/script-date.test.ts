import { runInContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRealm } from "../../../../node-tools/local-sheets/runtime/realm.ts";
import { instantOf, offsetAt } from "../../../../node-tools/local-sheets/runtime/zone.ts";

const now = Date.UTC(2025, 6, 15, 9, 30, 5);

function evaluate(code: string, zone = "Asia/Shanghai"): unknown {
  return runInContext(code, createRealm(zone, () => now).context);
}

describe("Date of a script", () => {
  test.for([
    { name: "the clock", code: "Date.now()", value: now },
    { name: "a new date", code: "new Date().getTime()", value: now },
    { name: "hours of the zone", code: "new Date().getHours()", value: 17 },
    { name: "text", code: "String(new Date())", value: "Tue Jul 15 2025 17:30:05 GMT+0800" },
    { name: "called without new", code: "Date()", value: "Tue Jul 15 2025 17:30:05 GMT+0800" },
    {
      name: "parts are of the zone",
      code: "new Date(2025, 6, 15, 1).toISOString()",
      value: "2025-07-14T17:00:00.000Z",
    },
    {
      name: "a text without a zone",
      code: 'new Date("2025-07-15T01:00:00").toISOString()',
      value: "2025-07-14T17:00:00.000Z",
    },
    { name: "a text with slashes", code: 'new Date("2025/07/15").toISOString()', value: "2025-07-14T16:00:00.000Z" },
    { name: "a date alone is UTC", code: 'new Date("2025-07-15").toISOString()', value: "2025-07-15T00:00:00.000Z" },
    { name: "a text with a zone", code: 'new Date("2025-07-15T01:00:00Z").getHours()', value: 9 },
    { name: "no date", code: 'String(new Date("x"))', value: "Invalid Date" },
    {
      name: "setters",
      code: "const d = new Date(0); d.setHours(1, 2); d.toISOString()",
      value: "1969-12-31T17:02:00.000Z",
    },
    { name: "offset", code: "new Date().getTimezoneOffset()", value: -480 },
    { name: "instanceof", code: "new Date() instanceof Date && new Date().constructor === Date", value: true },
    { name: "a copy", code: "new Date(new Date(5)).getTime()", value: 5 },
  ])("$name", ({ code, value }) => expect(evaluate(code)).toBe(value));

  test("another zone", () => expect(evaluate("new Date().getHours()", "America/New_York")).toBe(5));
});

test("a wall time and its instant belong together", () => {
  const zones = fc.constantFrom("Asia/Shanghai", "UTC", "Asia/Kolkata");
  const walls = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(zones, walls, (zone, wall) => {
      const instant = instantOf(zone, wall);
      expect(instant + offsetAt(zone, instant)).toBe(wall);
    }),
  );
});
