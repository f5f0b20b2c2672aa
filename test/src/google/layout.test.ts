import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { Area, CellStyle } from "../../../apps-script/core/workbook/port.ts";
import { unlockedAreas } from "../../../apps-script/src/google/protect.ts";
import { groupByValue, toSheetsFormat } from "../../../apps-script/src/google/write-styles.ts";

const area = fc
  .tuple(...([6, 6, 4, 4] as const).map((max) => fc.integer({ min: 1, max })))
  .map(([top = 1, left = 1, height = 1, width = 1]) => ({
    top,
    left,
    bottom: top + height - 1,
    right: left + width - 1,
  }));
const styles = fc.array(
  fc.record({
    area,
    style: fc.constantFrom<CellStyle>({ fill: "A" }, { fill: "B" }, { locked: true }, { locked: false }, {}),
  }),
  { maxLength: 12 },
);

/** The last value of each cell. */
function paint(steps: readonly { areas: readonly Area[]; value: string }[]): Map<string, string> {
  const cells = new Map<string, string>();
  for (const { areas, value } of steps)
    for (const { top, left, bottom, right } of areas)
      for (let row = top; row <= bottom; row++)
        for (let column = left; column <= right; column++) cells.set(`${row}:${column}`, value);
  return cells;
}

const sorted = (cells: Map<string, string>) => [...cells].sort();
const inOrder = (given: readonly { area: Area; style: CellStyle }[], read: (style: CellStyle) => string | undefined) =>
  paint(
    given.flatMap(({ area, style }) =>
      read(style) === undefined ? [] : [{ areas: [area], value: read(style) ?? "" }],
    ),
  );

describe("styles", () => {
  test("grouped by value they give every cell what they give one by one", () => {
    const read = ({ fill }: CellStyle) => fill;
    fc.assert(
      fc.property(styles, (given) => {
        expect(sorted(paint(groupByValue(given, read)))).toEqual(sorted(inOrder(given, read)));
      }),
    );
  });

  test("the calls for 案例 do not grow with its columns", () => {
    const submissions = newApplicationWorkbook(ningxia2025).sheets.find((sheet) => sheet.name === "案例");
    const groups = groupByValue(submissions?.layout?.styles ?? [], ({ horizontal }) => horizontal);
    expect(groups.length).toBeLessThanOrEqual(3);
  });

  test("cells are unlocked as the last style about locks says", () => {
    const read = ({ locked }: CellStyle) => locked?.toString();
    fc.assert(
      fc.property(styles, (given) => {
        const unlocked = [...inOrder(given, read)].filter(([, locked]) => locked === "false").map(([place]) => place);
        const areas = paint([{ areas: unlockedAreas(given), value: "" }]);
        expect([...areas.keys()].sort()).toEqual(unlocked.sort());
      }),
    );
  });

  test.for([
    ["[$-804]yyyy-mm-dd", "yyyy-mm-dd"],
    ["[h]:mm:ss", "[h]:mm:ss"],
    ["@", "@"],
    ["General", "General"],
  ] as const)("number format %s → %s", ([format, expected]) => expect(toSheetsFormat(format)).toBe(expected));
});
