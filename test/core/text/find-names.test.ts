import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findHidden, foldForSearch, makeSearchable, mayHoldAny } from "../../../apps-script/core/text/find-names.ts";
import { dots, invisibles, lookAlikesOf, spaces } from "./look-alikes.ts";

const slices = (text: string, needle: string) => findHidden(text, needle).map((match) => match.slice);

describe("findHidden", () => {
  test.for([
    ["由张三老师执教", "张三", ["张三"]],
    ["由张 三老师执教", "张三", ["张 三"]],
    ["由 张\u200b\u3000三 老师", "张三", ["张\u200b\u3000三"]],
    ["张\n三", "张三", ["张\n三"]],
    ["张三与张 三", "张三", ["张三", "张 三"]],
    ["张三", "张 三", ["张三"]],
    ["Ｊｏｈｎ Smith 上课", "john smith", ["Ｊｏｈｎ Smith"]],
    ["阿依•古丽与阿依古丽", "阿依·古丽", ["阿依•古丽", "阿依古丽"]],
    ["第１中学", "第1中学", ["第１中学"]],
    ["哈哈哈哈哈", "哈哈", ["哈哈", "哈哈"]],
    ["张，三", "张三", []],
    ["张", "张三", []],
    ["", "张三", []],
    ["张三", "", []],
    ["张三", "\u200b ", []],
    ["由⽅⽂⼭主讲", "方文山", ["⽅⽂⼭"]],
    ["由方文山主讲", "⽅⽂⼭", ["方文山"]],
    ["由\u{2f8a6}\uf90a主讲", "慈金", ["\u{2f8a6}\uf90a"]],
    ["由張龍華主講", "张龙华", ["張龍華"]],
    ["由葛\u{e0100}仁山\u{e0101}主讲", "葛仁山", ["葛\u{e0100}仁山\u{e0101}"]],
    ["由𠮷田明和吉田明主讲", "𠮷田明", ["𠮷田明", "吉田明"]],
    ["由𬭎毅主讲", "鋐毅", ["𬭎毅"]],
    ["由Jose\u0301主讲", "José", ["Jose\u0301"]],
    ["由𝐉𝐨𝐬é主讲", "jose", ["𝐉𝐨𝐬é"]],
    ["スズキ、ｽｽﾞｷ", "スズキ", ["スズキ", "ｽｽﾞｷ"]],
    ["由买买提。艾力和买买提-艾力主讲", "买买提·艾力", ["买买提。艾力", "买买提-艾力"]],
    ["\ud840由张三\udc00", "张三", ["张三"]],
    ["\ud840由张三\udc00", "\udc00", ["\udc00"]],
  ] as const)("%j holds %j as %j", ([text, needle, expected]) => expect(slices(text, needle)).toEqual(expected));

  test("a prepared text gives what the text gives", () => {
    const text = "“张 三”和李\u200b四";
    for (const name of ["张三", "李四"]) expect(findHidden(makeSearchable(text), name)).toEqual(findHidden(text, name));
  });

  test("a prepared text is folded as any other", () => {
    for (const text of ["𠀁", "𠮷田𬭎", "由⽅\u200b⼭、Ｊｏｓé"])
      expect(makeSearchable(text).folded).toBe(foldForSearch(text));
  });

  test("tells the stops, hyphens and dashes inside", () =>
    expect(
      ["高明", "高 明", "高·明", "高。明", "高——明", "高 - 明"].map((text) => findHidden(text, "高明")[0]?.dots),
    ).toEqual(["", "", "", "。", "——", "-"]));

  const names = ["张三", "欧阳小明", "阿依古丽", "葉華龍", "𠮷田𬭎", "方金山", "Li Lei", "José"];
  const anyOf = (characters: readonly string[], most: number) =>
    fc.array(fc.constantFrom(...characters), { maxLength: most }).map((all) => all.join(""));

  test("nothing inserted between its characters and no look-alike hides a name, and the place is exact", () => {
    const gap = anyOf([...invisibles, ...dots, ...spaces], 3);
    const plain = anyOf(["课", "堂", "，", " ", "\u200b", "A", "。", "⽅", "𠀀", "\u{e0020}", "國"], 8);
    const name = fc.constantFrom(...names);
    const choices = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });
    const gaps = fc.array(gap, { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(plain, name, gaps, choices, plain, (before, whole, between, choice, after) => {
        const hidden = [...whole]
          .map((c, i) => {
            const alike = [c, ...lookAlikesOf(c)];
            return (i === 0 ? "" : between[i]) + (alike[choice[i]! % alike.length] as string);
          })
          .join("");
        const [match, ...others] = findHidden(before + hidden + after, whole);
        expect(others).toEqual([]);
        expect(match).toMatchObject({ start: before.length, end: before.length + hidden.length, slice: hidden });
      }),
      { numRuns: 500 },
    );
  });

  test("whatever holds a name is among the texts that may", () => {
    const pieces = [
      ...names,
      "高明",
      "𠮷",
      "葛",
      "課堂",
      "，",
      "。",
      " ",
      "\u200b",
      "·",
      "A",
      "⽅",
      "\ud840",
      "\u{e0100}",
      "é",
    ];
    const text = fc
      .array(fc.constantFrom(...pieces, ..."张三欧阳小明方金山"), { maxLength: 9 })
      .map((all) => all.join(""));
    const needles = fc.array(fc.oneof(fc.constantFrom(...names, "高明", ""), text), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), needles, (texts, sought) => {
        const may = mayHoldAny(texts, sought);
        texts.forEach((each, i) => {
          if (sought.some((needle) => findHidden(each, needle).length > 0)) expect(may[i]).toBe(true);
        });
      }),
      { numRuns: 1000 },
    );
  });

  test("few other texts are among them, whatever was sought before", () => {
    mayHoldAny(["课堂评价"], ["课堂", "评价"]);
    const texts = ["课堂评价", "张和三", "三张", "由张 三讲"];
    expect(mayHoldAny(texts, ["张三", "李四"])).toEqual([false, false, false, true]);
    expect(mayHoldAny(["高明"], ["明高", "高明"])).toEqual([true]);
    expect(mayHoldAny(texts, [])).toEqual([false, false, false, false]);
  });

  test("other characters are no look-alikes: texts of everyday words hold none of the names", () => {
    const words = anyOf([..."课堂评价数据学校老师教研提高明确发展三年级，。· —"], 60);
    fc.assert(
      fc.property(words, (text) => {
        for (const name of ["欧阳小明", "葉華龍", "方金山", "张三"]) expect(findHidden(text, name)).toEqual([]);
      }),
    );
  });
});
