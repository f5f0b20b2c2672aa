import { describe, expect, test } from "vitest";
import {
  cleanIdentifier,
  cleanName,
  cleanText,
  foldForComparison,
  toHalfWidth,
} from "../../../apps-script/core/text/clean.ts";

const invisible = ["\u200b", "\u200d", "\u200f", "\u202a", "\u202e", "\u2060", "\u2064", "\ufeff", "\u00ad", "\u0007"];

describe("cleanText", () => {
  test.for([
    ["\u3000智慧课堂\u00a0", "智慧课堂"],
    ["第一段\r\n第二段\r第三段\u2028第四段", "第一段\n第二段\n第三段\n第四段"],
    ["数据\u3000治理", "数据 治理"],
    ["Ｋ－１２，保留", "Ｋ－１２，保留"],
    ["\ufeff", ""],
  ] as const)("%j → %j", ([typed, clean]) => expect(cleanText(typed)).toBe(clean));

  test.for(invisible)("removes %j", (c) => expect(cleanText(`智${c}慧`)).toBe("智慧"));
});

describe("cleanIdentifier", () => {
  test.for([
    ["ｎｘ２０２５００７１", "nx20250071"],
    [" A16 401\u3000 04Ｕ００１\n", "A1640104U001"],
    ["0012\u200b3", "00123"],
    ["Ａ－１＿２", "A-1_2"],
    ["A——1", "A-1"],
    ["A──1", "A-1"],
    ["A--1", "A--1"],
    ["A\u00ad-\u00ad1", "A-1"],
    ["一一〇", "一一〇"],
  ] as const)("%j → %j", ([typed, clean]) => expect(cleanIdentifier(typed)).toBe(clean));

  test.for([..."‐‑‒–—―−⁃﹘﹣－ーｰ─━➖"])("A%s1 → A-1", (dash) => expect(cleanIdentifier(`A${dash}1`)).toBe("A-1"));
});

describe("cleanName", () => {
  test.for([
    ["张 三", "张三"],
    ["张\u3000三", "张三"],
    ["\u00a0张\u200b三\n", "张三"],
    ["John  Smith", "John Smith"],
    ["Ｊｏｈｎ\u3000Ｓｍｉｔｈ", "John Smith"],
    ["李 John 雷", "李John雷"],
    ["𠮷 田", "𠮷田"],
    ["阿依 • 古丽", "阿依·古丽"],
    ["阿依‧古丽", "阿依·古丽"],
    ["阿依・古丽", "阿依·古丽"],
    ["阿依．古丽", "阿依·古丽"],
    ["阿依.古丽", "阿依·古丽"],
    ["J. Smith", "J. Smith"],
  ] as const)("%j → %j", ([typed, clean]) => expect(cleanName(typed)).toBe(clean));
});

describe("foldForComparison", () => {
  test.for([
    ["数字化赋能：教学革新", "数字化赋能教学革新"],
    ["（ＡＩ）助力 ——课堂", "AI助力课堂"],
    ["《智慧·校园》。", "智慧校园"],
    ["Ai\u200b课堂！", "aI课堂"],
  ] as const)("%j = %j", ([a, b]) => expect(foldForComparison(a)).toBe(foldForComparison(b)));

  test("letters, digits and enclosed numbers still tell names apart", () =>
    expect(new Set(["一中1", "一中2", "一中①", "一中②", "一中a"].map(foldForComparison)).size).toBe(5));
});

test("toHalfWidth leaves Chinese marks and the full-width space", () =>
  expect(toHalfWidth("（Ａ１）、。\u3000！")).toBe("(A1)、。\u3000!"));
