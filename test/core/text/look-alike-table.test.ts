import { describe, expect, test } from "vitest";
import {
  cleanIdentifier,
  cleanName,
  cleanText,
  foldForComparison,
  isSameText,
  toStandardCharacters,
} from "../../../apps-script/core/text/clean.ts";
import { countWords } from "../../../apps-script/core/text/count-words.ts";
import { findLookAlikes } from "../../../apps-script/core/text/look-alikes.ts";
import { cjkRadicals, commonIdeographs, dots, invisibles, sameByNfkc } from "./look-alikes.ts";

const folded = (text: string) => foldForComparison(text);
/** What is not as it should be, so that a failure names the characters. */
const unlike = (pairs: readonly (readonly [string, string])[]) => pairs.filter(([a, b]) => a !== b);

describe("the same ideograph under another code", () => {
  test("every radical of Kangxi and every compatibility ideograph is what NFKC makes of it", () => {
    expect(sameByNfkc.length).toBeGreaterThan(214 + 1000);
    expect(unlike(sameByNfkc.map(([c, plain]) => [toStandardCharacters(c), plain]))).toEqual([]);
    expect(unlike(sameByNfkc.map(([c, plain]) => [folded(c), folded(plain)]))).toEqual([]);
  });

  test("every radical of CJK is an ideograph, and is folded like it", () => {
    // U+2E80 ⺀ has no equivalent; U+2E9A is no character.
    const others = cjkRadicals.filter((c) => c !== "\u2e80");
    expect(others.filter((c) => !/^\p{Unified_Ideograph}$/u.test(toStandardCharacters(c)))).toEqual([]);
    expect(unlike(others.map((c) => [folded(c), folded(toStandardCharacters(c))]))).toEqual([]);
  });

  test.for([
    ["⻄吉县", "西吉县"],
    ["⻓城", "长城"],
    ["⻢⻘⻰", "马青龙"],
    ["⽅⽂⼭", "方文山"],
  ] as const)("%s is %s in names, identifiers and comparisons", ([typed, right]) => {
    expect(cleanName(typed)).toBe(right);
    expect(cleanIdentifier(typed)).toBe(right);
    expect(isSameText(typed, right)).toBe(true);
  });

  test("a code between them that is no character stays", () => expect(toStandardCharacters("\u2e9a")).toBe("\u2e9a"));

  test("ideographs themselves stay", () =>
    expect(unlike(commonIdeographs.map((c) => [toStandardCharacters(c), c]))).toEqual([]));
});

describe("traditional characters", () => {
  test.for([
    "张龙华吕温刘陈杨黄赵吴孙马罗谢韩冯邓许傅苏卢叶贾郑钟谭邹陆万钱汤严赖龚庞樊兰颜齐鲁韦俞|張龍華呂溫劉陳楊黃趙吳孫馬羅謝韓馮鄧許傅蘇盧葉賈鄭鍾譚鄒陸萬錢湯嚴賴龔龐樊蘭顏齊魯韋兪",
    "教学革新评价改革数据课堂乡村师资发展实践创新|教學革新評價改革數據課堂鄉村師資發展實踐創新",
    "里众净产录绿说阅岳岩峰群周游证赞|裏眾淨產錄綠說閱嶽巖峯羣週遊證讚",
    "后范余谷丑姜卜沈干于台云|後範餘穀醜薑蔔瀋幹於臺雲",
    "干干台台钟钟发发历历复复只只|乾幹檯颱鐘鍾發髮歷曆復複隻衹",
  ])("%s", (both) => {
    const [simplified = "", traditional = ""] = both.split("|");
    const known = new Set(["衹", "兪"]);
    const pairs = [...traditional].map((c, i) => [c, [...simplified][i] as string] as const);
    expect(unlike(pairs.filter(([c]) => !known.has(c)).map(([a, b]) => [folded(a), folded(b)]))).toEqual([]);
  });

  test("of the 6,763 characters of GB 2312 these few meet others, and all else is itself", () => {
    const classes = new Map<string, string>();
    for (const c of commonIdeographs) classes.set(folded(c), (classes.get(folded(c)) ?? "") + c);
    expect([...classes.values()].filter((all) => [...all].length > 1).sort()).toEqual(
      [
        "伙夥",
        "余馀",
        "借藉",
        "沈渖",
        "咤吒",
        "坂阪",
        "复覆",
        "干乾",
        "征徵",
        "后後",
        "折摺",
        "于於",
        "旋镟",
        "着著",
        "么幺麽",
        "钟锺",
      ]
        .map((all) => [...all].sort((a, b) => commonIdeographs.indexOf(a) - commonIdeographs.indexOf(b)).join(""))
        .sort(),
    );
    expect([...classes].filter(([key]) => !commonIdeographs.includes(key))).toEqual([]);
  });

  test("surnames that look or sound alike stay apart", () => {
    const surnames = [
      "余",
      "佘",
      "于",
      "千",
      "干",
      "王",
      "玉",
      "吴",
      "昊",
      "江",
      "汪",
      "肖",
      "萧",
      "付",
      "傅",
      "阎",
      "闫",
      "戴",
      "代",
      "曲",
      "麴",
      "未",
      "末",
      "士",
      "土",
      "已",
      "己",
      "巳",
    ];
    expect(new Set(surnames.map(folded)).size).toBe(surnames.length);
  });

  test("given names that are variants elsewhere are names of their own", () =>
    expect(["喆哲", "堃坤", "昇升", "淼渺", "珮佩", "陞升", "氾泛"].filter(([a, b]) => isSameText(a!, b!))).toEqual(
      [],
    ));
});

describe("what cannot be seen", () => {
  test("is no part of a name, an identifier or a text", () => {
    const shown = invisibles.filter(
      (c) =>
        cleanText(`葛${c}仁`) !== "葛仁" ||
        cleanName(`葛${c}仁`) !== "葛仁" ||
        cleanIdentifier(`1${c}2`) !== "12" ||
        folded(`葛${c}仁`) !== "葛仁",
    );
    expect(shown).toEqual([]);
  });

  test("counts for no word", () => {
    const counted = invisibles.filter((c) => countWords(`葛${c}仁 K${c}12`).low !== 3);
    expect(counted).toEqual([]);
  });

  test("emoji and rare ideographs stay and count as before", () => {
    expect(cleanText("😀𠮷\u{20000}")).toBe("😀𠮷\u{20000}");
    expect(countWords("😀 𠮷\u{20000}").low).toBe(3);
  });
});

test("every dot of a name is the same dot", () =>
  expect(dots.filter((dot) => !isSameText(`买买提${dot}艾力`, "买买提·艾力"))).toEqual([]));

test("letters are compared without width, font, accent and script", () => {
  for (const typed of ["ＪＯＳＥ", "José", "Jose\u0301", "𝐉𝐨𝐬𝐞", "Јоѕе"]) expect(folded(typed)).toBe("jose");
  expect(folded("ｽｽﾞｷ")).toBe(folded("スズキ"));
});

describe("look-alikes are named", () => {
  test.for([
    ["⽅⽂山", "方文山", ["⽅方", "⽂文"]],
    ["張 龍\u200b华", "张龙华", ["張张", "龍龙"]],
    ["Ａ课", "A课", []],
    ["方文山", "方文山", []],
    ["方文海", "方文山", []],
    ["方文", "方文山", []],
    ["⽅⽅", "方方", ["⽅方"]],
    ["买买提-⾦力", "买买提·金力", ["⾦金"]],
  ] as const)("%s for %s", ([typed, right, told]) =>
    expect(findLookAlikes(typed, right).map(({ character, standard }) => character + standard)).toEqual(told),
  );
});
