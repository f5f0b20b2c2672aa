import { describe, expect, test } from "vitest";
import { decodeText } from "../../../node-tools/documents/decode-text.ts";
import { InputError } from "../../../node-tools/errors.ts";

/** Encodes with the decoder's own table, since Node only decodes these. */
function encode(text: string, encoding: "gb18030" | "big5"): Uint8Array {
  const table = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = new TextDecoder(encoding).decode(Uint8Array.from([lead, trail]));
      if ([...character].length === 1 && !table.has(character)) table.set(character, [lead, trail]);
    }
  }
  return Uint8Array.from(
    [...text].flatMap((character) =>
      character < "\u0080" ? [character.charCodeAt(0)] : (table.get(character) ?? [0x3f]),
    ),
  );
}

const text = "案例编号,案例名称,推荐单位\r\n1,数字化赋能课堂教学,银川市兴庆区\r\n";
const traditional = "案例編號,案例名稱,推薦單位\r\n1,數位化賦能課堂教學,銀川市興慶區\r\n2,國語教學與評量,臺北\r\n";
const utf16 = (s: string, swap: boolean) => {
  const bytes = Buffer.from(s, "utf16le");
  return swap ? bytes.swap16() : bytes;
};

describe("the encoding of a text is recognised", () => {
  test.for<{ name: string; bytes: Uint8Array; encoding: string; expected?: string }>([
    { name: "UTF-8", bytes: Buffer.from(text), encoding: "UTF-8" },
    { name: "UTF-8 with mark", bytes: Buffer.from(`\ufeff${text}`), encoding: "UTF-8 BOM" },
    { name: "UTF-16LE with mark", bytes: utf16(`\ufeff${text}`, false), encoding: "UTF-16LE" },
    { name: "UTF-16BE with mark", bytes: utf16(`\ufeff${text}`, true), encoding: "UTF-16BE" },
    { name: "UTF-16LE without mark", bytes: utf16(text, false), encoding: "UTF-16LE" },
    { name: "UTF-16BE without mark", bytes: utf16(text, true), encoding: "UTF-16BE" },
    { name: "GB18030", bytes: encode(text, "gb18030"), encoding: "GB18030" },
    {
      name: "a few GB18030 characters",
      bytes: encode("单位,是\n", "gb18030"),
      encoding: "GB18030",
      expected: "单位,是\n",
    },
    {
      name: "rare names in GB18030",
      bytes: encode("姓名\n赵喆\n钱昇\n孙珺\n李堃\n", "gb18030"),
      encoding: "GB18030",
      expected: "姓名\n赵喆\n钱昇\n孙珺\n李堃\n",
    },
    {
      name: "traditional characters in GB18030",
      bytes: encode("姓名,單位\n張三,學校\n", "gb18030"),
      encoding: "GB18030",
      expected: "姓名,單位\n張三,學校\n",
    },
    {
      name: "four-byte GB18030",
      bytes: Uint8Array.from([0xd0, 0xd5, 0x0a, 0x82, 0x35, 0x8f, 0x33]),
      encoding: "GB18030",
      expected: "姓\n\u9fa6",
    },
    {
      name: "GB18030 that would be everyday words in Big5 too",
      bytes: encode("北京,报告\n", "gb18030"),
      encoding: "GB18030",
      expected: "北京,报告\n",
    },
    {
      name: "one control character in a hundred",
      bytes: Buffer.from(`${"a".repeat(99)}\u0001`),
      encoding: "UTF-8",
      expected: `${"a".repeat(99)}\u0001`,
    },
    { name: "ASCII", bytes: Buffer.from("a,b\n"), encoding: "UTF-8", expected: "a,b\n" },
  ])("$name", ({ bytes, encoding, expected = text }) =>
    expect(decodeText(bytes)).toEqual({ text: expected, encoding }),
  );
});

describe("what cannot be decided safely is refused", () => {
  test.for([
    { name: "Big5", bytes: encode(traditional, "big5"), says: /Big5.*另存为「CSV UTF-8」/ },
    { name: "a few Big5 characters", bytes: encode("姓名,學校\n", "big5"), says: /Big5/ },
    { name: "binary", bytes: Uint8Array.from({ length: 512 }, (_, i) => (i * 37) % 256), says: /不是文字表格/ },
    {
      name: "three control characters in a hundred",
      bytes: Buffer.from(`${"a".repeat(97)}\u0001\u0002\u0003`),
      says: /不是文字表格/,
    },
    { name: "NUL bytes", bytes: Buffer.from("a,b\u0000\u0000\u0000\n"), says: /不是文字表格/ },
  ])("$name", ({ bytes, says }) => {
    expect(() => decodeText(bytes, "/x/名单.csv")).toThrow(InputError);
    expect(() => decodeText(bytes, "/x/名单.csv")).toThrow(says);
    expect(() => decodeText(bytes, "/x/名单.csv")).toThrow(/「名单.csv」/);
  });
});
