import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findDelimiter, isUtf8 } from "../../../apps-script/core/import/csv-text.ts";

const isValid = (bytes: Uint8Array) => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

describe("UTF-8", () => {
  test.for([
    { name: "a text", bytes: [...new TextEncoder().encode("案例编号,a\n𠮷")], is: true },
    { name: "GB18030", bytes: [0xb0, 0xb8, 0xc0, 0xfd], is: false },
    { name: "an overlong form", bytes: [0xc0, 0x80], is: false },
    { name: "a surrogate", bytes: [0xed, 0xa0, 0x80], is: false },
    { name: "past the last character", bytes: [0xf4, 0x90, 0x80, 0x80], is: false },
    { name: "cut off", bytes: [0xe6, 0xa1], is: false },
  ])("$name", ({ bytes, is }) => expect(isUtf8(bytes)).toBe(is));

  test("is told like the platform's strict decoder", () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x9f, 0xa0, 0xbf, 0xc2));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 6 }), (bytes) => isUtf8(bytes) === isValid(Uint8Array.from(bytes))),
      { numRuns: 5_000 },
    );
  });
});

test.for([
  { text: "案例编号\t案例名称\n1\t一，二\n", delimiter: "\t" },
  { text: "案例编号;名称\n1;a,b\n2;c\n", delimiter: ";" },
  { text: "案例编号，名称\n1，甲\n", delimiter: "，" },
  { text: "案例编号；名称；领域\n1；甲；教\n", delimiter: "；" },
  { text: "编号,名称,词,域\n1,甲,a；b；c；d,教\n2,乙,x,a；b；c；d,教\n3,丙,x,a；b；c；d,教\n", delimiter: "," },
  { text: "只有一列\n1\n", delimiter: "," },
])("the delimiter of $text", ({ text, delimiter }) => {
  const split = (head: string, by: string, rows: number) =>
    head
      .split("\n")
      .slice(0, rows)
      .map((line) => line.split(by));
  expect(findDelimiter(text, split)).toBe(delimiter);
});
