import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatBlock, parseBlock } from "../../../../../node-tools/page/app/unit/pasted-block.ts";

/** Letters of which every kind of trouble is made. */
const cell = fc
  .array(fc.constantFrom("甲", "a", '"', '""', "\t", "\n", " ", ",", "=", "'"), { maxLength: 8 })
  .map((parts) => parts.join(""));
const block = (of: typeof cell) =>
  fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(of, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }));

/** As Excel writes a block: quotes only where a cell holds a tab or a line break. */
const byExcel = (rows: readonly (readonly string[])[]) =>
  rows
    .map((row) => row.map((text) => (/[\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t"))
    .map((line) => `${line}\r\n`)
    .join("");

describe("a block from the clipboard", () => {
  test("what Excel writes comes back; a text that itself looks like a quoted cell is beyond anybody", () => {
    const plain = cell.filter((text) => !text.startsWith('"') || /[\t\n]/.test(text));
    fc.assert(fc.property(block(plain), (rows) => void expect(parseBlock(byExcel(rows))).toEqual(rows)));
  });

  test("what the page writes comes back, whatever it is", () => {
    fc.assert(fc.property(block(cell), (rows) => void expect(parseBlock(formatBlock(rows))).toEqual(rows)));
  });

  test.for([
    { name: "nothing", text: "", rows: [[""]] },
    { name: "one cell without a line end", text: "甲", rows: [["甲"]] },
    {
      name: "rows of unequal length",
      text: "甲\t乙\n丙",
      rows: [
        ["甲", "乙"],
        ["丙", ""],
      ],
    },
    { name: "an empty last row", text: "甲\r\n\r\n", rows: [["甲"], [""]] },
    { name: "an empty last cell", text: "甲\t", rows: [["甲", ""]] },
    { name: "line breaks and tabs in quotes", text: '"一\n二\t三"\t乙\r\n', rows: [["一\n二\t三", "乙"]] },
    { name: "line breaks of Windows in quotes", text: '"一\r\n二"', rows: [["一\n二"]] },
    { name: "quotes of the text", text: '他说"好"\t"引文"', rows: [['他说"好"', '"引文"']] },
    {
      name: "a quote that is never closed",
      text: '"甲\t乙\n丙\t丁',
      rows: [
        ['"甲', "乙"],
        ["丙", "丁"],
      ],
    },
    { name: "lines of an old Macintosh", text: "甲\r乙", rows: [["甲"], ["乙"]] },
  ])("$name", ({ text, rows }) => expect(parseBlock(text)).toEqual(rows));
});
