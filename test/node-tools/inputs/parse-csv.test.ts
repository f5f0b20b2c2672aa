import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../node-tools/inputs/read-input.ts";

describe("parseCsv", () => {
  test.for<{ name: string; text: string; rows: string[][] }>([
    { name: "nothing is converted", text: "00123,1e5,TRUE\n", rows: [["00123", "1e5", "TRUE"]] },
    {
      name: "quotes, commas and line ends in a cell",
      text: 'a,"b,\n""c"""\r\nd,e',
      rows: [
        ["a", 'b,\n"c"'],
        ["d", "e"],
      ],
    },
    {
      name: "repeated headers",
      text: "姓名,姓名\n甲,乙\n",
      rows: [
        ["姓名", "姓名"],
        ["甲", "乙"],
      ],
    },
    { name: "rows of unequal length", text: "标题\na,b,c\nd\n", rows: [["标题"], ["a", "b", "c"], ["d"]] },
    { name: "empty rows inside stay, at the end go", text: "a,b\n\nc,d\n\n,\n", rows: [["a", "b"], [""], ["c", "d"]] },
    {
      name: "tab",
      text: "a\tb,1\nc\td,2\n",
      rows: [
        ["a", "b,1"],
        ["c", "d,2"],
      ],
    },
    {
      name: "semicolon",
      text: "a;b;c\nd;e;f,g\n",
      rows: [
        ["a", "b", "c"],
        ["d", "e", "f,g"],
      ],
    },
    {
      name: "full-width comma",
      text: "姓名，单位\n甲，一中\n",
      rows: [
        ["姓名", "单位"],
        ["甲", "一中"],
      ],
    },
    {
      name: "full-width commas in text",
      text: "编号,说明\n1,先做，再写，后改\n2,好，很好\n",
      rows: [
        ["编号", "说明"],
        ["1", "先做，再写，后改"],
        ["2", "好，很好"],
      ],
    },
    { name: "one column", text: "姓名\n甲\n", rows: [["姓名"], ["甲"]] },
    { name: "nothing", text: "", rows: [] },
  ])("$name", ({ text, rows }) => expect(parseCsv(text)).toEqual(rows));

  test("an unclosed quote is refused with its line", () => {
    expect(() => parseCsv('a,b\nc,"d\ne,f\n', "/x/表.csv")).toThrow(/「表.csv」第 2 行.*双引号/);
  });
});
