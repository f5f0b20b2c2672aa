import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTabSeparated, parseTabSeparated } from "../../../node-tools/local-sheets/page/tab-separated.ts";

test.for([
  ["a", [["a"]]],
  [
    "a\tb\nc\td\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ["a\r\nb\r\n", [["a"], ["b"]]],
  ["\t\n", [["", ""]]],
  ["a\t", [["a", ""]]],
  ['"两\n行"\t说"好"', [["两\n行", '说"好"']]],
  ['"说""好"""', [['说"好"']]],
  ['"没有结尾\t下一格', [['"没有结尾', "下一格"]]],
  ["甲\n\n乙", [["甲"], [""], ["乙"]]],
] as const)("%j", ([text, cells]) => {
  expect(parseTabSeparated(text)).toEqual(cells);
});

test("what is copied comes back when it is pasted", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', "\t", "\n", "字"), maxLength: 5 });
  const rows = fc
    .integer({ min: 1, max: 3 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(rows, (cells) => {
      // A last line that is empty is the end of the text.
      fc.pre(cells.at(-1)?.some((text) => text !== "") ?? false);
      expect(parseTabSeparated(formatTabSeparated(cells))).toEqual(cells);
    }),
  );
});
