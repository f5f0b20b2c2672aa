import { describe, expect, test } from "vitest";
import {
  contains,
  intersects,
  isCovered,
  readNotation,
  shiftArea,
} from "../../../../node-tools/local-sheets/services/spreadsheet/areas.ts";

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const middle = area(2, 2, 4, 4);

describe("one area and another", () => {
  test.for([
    { other: area(2, 2, 4, 4), contained: true, meets: true },
    { other: area(3, 3, 3, 3), contained: true, meets: true },
    { other: area(1, 2, 4, 4), contained: false, meets: true },
    { other: area(2, 1, 4, 4), contained: false, meets: true },
    { other: area(2, 2, 5, 4), contained: false, meets: true },
    { other: area(2, 2, 4, 5), contained: false, meets: true },
    { other: area(4, 4, 9, 9), contained: false, meets: true },
    { other: area(1, 1, 2, 2), contained: false, meets: true },
    { other: area(5, 2, 9, 4), contained: false, meets: false },
    { other: area(1, 2, 1, 4), contained: false, meets: false },
    { other: area(2, 5, 4, 9), contained: false, meets: false },
    { other: area(2, 1, 4, 1), contained: false, meets: false },
  ])("$other in B2:D4: $contained, meets it: $meets", ({ other, contained, meets }) => {
    expect(contains(middle, other)).toBe(contained);
    expect(intersects(middle, other)).toBe(meets);
    expect(intersects(other, middle)).toBe(meets);
  });

  test.for([
    { by: [], covered: false },
    { by: [area(1, 1, 9, 9)], covered: true },
    { by: [area(2, 2, 4, 3), area(2, 4, 4, 4)], covered: true },
    { by: [area(2, 2, 2, 4), area(3, 2, 4, 4)], covered: true },
    { by: [area(2, 2, 4, 3)], covered: false },
    { by: [area(2, 3, 4, 4)], covered: false },
    { by: [area(3, 2, 4, 4)], covered: false },
    { by: [area(2, 2, 3, 4)], covered: false },
    { by: [area(2, 2, 2, 4), area(4, 2, 4, 4)], covered: false },
  ])("B2:D4 is covered by $by: $covered", ({ by, covered }) => expect(isCovered(middle, by)).toBe(covered));
});

describe("rows that come and go", () => {
  test.for([
    { kind: "insert", at: 1, count: 2, moved: area(4, 2, 6, 4) },
    { kind: "insert", at: 2, count: 1, moved: area(3, 2, 5, 4) },
    { kind: "insert", at: 3, count: 1, moved: area(2, 2, 5, 4) },
    { kind: "insert", at: 4, count: 1, moved: area(2, 2, 5, 4) },
    { kind: "insert", at: 5, count: 1, moved: middle },
    { kind: "delete", at: 1, count: 1, moved: area(1, 2, 3, 4) },
    { kind: "delete", at: 1, count: 2, moved: area(1, 2, 2, 4) },
    { kind: "delete", at: 2, count: 1, moved: area(2, 2, 3, 4) },
    { kind: "delete", at: 3, count: 1, moved: area(2, 2, 3, 4) },
    { kind: "delete", at: 4, count: 5, moved: area(2, 2, 3, 4) },
    { kind: "delete", at: 5, count: 1, moved: middle },
    { kind: "delete", at: 2, count: 3, moved: undefined },
    { kind: "delete", at: 1, count: 9, moved: undefined },
  ] as const)("$kind $count at $at", ({ moved, ...shift }) => expect(shiftArea(middle, shift)).toEqual(moved));
});

describe("A1 notation", () => {
  const grid = { rows: 100, columns: 26 };
  test.for([
    { text: "B5", area: area(5, 2, 5, 2) },
    { text: " $B$5 ", area: area(5, 2, 5, 2) },
    { text: "B5:D9", area: area(5, 2, 9, 4) },
    { text: "D9:B5", area: area(5, 2, 9, 4) },
    { text: "B:D", area: area(1, 2, 100, 4) },
    { text: "2:9", area: area(2, 1, 9, 26) },
    { text: "B2:D", area: area(2, 2, 100, 4) },
    { text: "B2:9", area: area(2, 2, 9, 26) },
    { text: "甲!B5", sheet: "甲", area: area(5, 2, 5, 2) },
    { text: "'甲''s: 表'!B5", sheet: "甲's: 表", area: area(5, 2, 5, 2) },
    { text: "'a:b'!B2:D", sheet: "a:b", area: area(2, 2, 100, 4) },
  ])("$text", ({ text, sheet, area: read }) => expect(readNotation(text, grid)).toEqual({ sheet, area: read }));

  test.for(["", "甲!", "B", "5", "B5:", ":", "B5:D9:E1", "甲 乙", "ABCD1", "!B5"])("“%s” is none", (text) =>
    expect(readNotation(text, grid)).toBeUndefined(),
  );
});
