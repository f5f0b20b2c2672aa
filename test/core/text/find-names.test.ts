import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findHidden, makeSearchable } from "../../../apps-script/core/text/find-names.ts";

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
  ] as const)("%j holds %j as %j", ([text, needle, slices]) =>
    expect(findHidden(text, needle).map((match) => match.slice)).toEqual(slices),
  );

  test("a prepared text gives what the text gives", () => {
    const text = "“张 三”和李\u200b四";
    for (const name of ["张三", "李四"]) expect(findHidden(makeSearchable(text), name)).toEqual(findHidden(text, name));
  });

  test("nothing inserted between its characters hides a name, and the place is exact", () => {
    const gap = fc.array(
      fc.constantFrom("\u200b", "\u200c", "\ufeff", "\u00ad", "\u2060", " ", "\u3000", "\u00a0", "\n", "·"),
      {
        maxLength: 3,
      },
    );
    const plain = fc
      .array(fc.constantFrom("课", "堂", "，", " ", "\u200b", "A"), { maxLength: 8 })
      .map((cs) => cs.join(""));
    const name = fc.constantFrom("张三", "欧阳小明", "阿依古丽");
    fc.assert(
      fc.property(plain, name, fc.array(gap, { minLength: 3, maxLength: 3 }), plain, (before, whole, gaps, after) => {
        const hidden = [...whole].map((c, i) => (i === 0 ? c : gaps[i - 1]!.join("") + c)).join("");
        expect(findHidden(before + hidden + after, whole)).toEqual([
          { start: before.length, end: before.length + hidden.length, slice: hidden },
        ]);
      }),
    );
  });
});
