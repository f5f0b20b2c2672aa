import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findDelimiter, guessUtf16, isUtf8 } from "../../../apps-script/core/import/csv-text.ts";

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

describe("UTF-16", () => {
  const little = (text: string) => [...text].flatMap((c) => [c.charCodeAt(0) & 0xff, c.charCodeAt(0) >> 8]);
  const big = (text: string) => [...text].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 0xff]);
  test.for([
    { name: "a mark alone, little-endian", bytes: [0xff, 0xfe, 0x61, 0x00], is: "UTF-16LE" },
    { name: "a mark alone, big-endian", bytes: [0xfe, 0xff, 0x00, 0x61], is: "UTF-16BE" },
    { name: "half a mark", bytes: [0xff, 0xff, 0x61, 0x62], is: undefined },
    { name: "the other half", bytes: [0xfe, 0xfe, 0x61, 0x62], is: undefined },
    { name: "no mark, little-endian", bytes: little("案例,名称\n甲"), is: "UTF-16LE" },
    { name: "no mark, big-endian", bytes: big("案例,名称\n甲"), is: "UTF-16BE" },
    { name: "one separator at the very end", bytes: little("案\n"), is: "UTF-16LE" },
    { name: "one separator at the very end, big-endian", bytes: big("案\n"), is: "UTF-16BE" },
    ...[",", "\t", ";", "\n", "\r"].map((mark) => ({
      name: `by ${JSON.stringify(mark)}`,
      bytes: big(`a${mark}`),
      is: "UTF-16BE",
    })),
    {
      name: "a character whose code ends as a comma does, among the commas of the other order",
      bytes: little("、,Ⰰ,"),
      is: "UTF-16LE",
    },
    { name: "UTF-8", bytes: [...new TextEncoder().encode("案例,名称\n")], is: undefined },
    { name: "nothing", bytes: [], is: undefined },
  ])("$name", ({ bytes, is }) => expect(guessUtf16(bytes)).toBe(is));
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
