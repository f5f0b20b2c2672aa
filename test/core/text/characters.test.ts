import { expect, test } from "vitest";
import { foldForComparison } from "../../../apps-script/core/text/clean.ts";
import { namesIn } from "../../../apps-script/core/text/person-names.ts";

test.for([
  "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
  "！＂＃＄％＆＇（）＊＋，－．／：；＜＝＞？＠［＼］＾＿｀｛｜｝～｟｠｡｢｣､･",
  "¡¢£¤¥¦§¨©«¬®¯°±´¶·¸»¿×÷",
  "‐‑‒–—―‖‗‘’‚‛“”„‟†‡•‣․‥…‧‰′″‹›※‼⁞",
  "、。〃〄〈〉《》「」『』【】〒〓〔〕〖〗〘〙〚〛〜〝〞〟〠〰〽〾〿゠・",
  "←↑→↓─━│┃┌■□▲△○●★☆♀♂✓✕❵",
  "￠￡￢￣￤￥￦￨￩￪￫￬￭￮",
])("marks are no part of what is compared: %s", (marks) => {
  for (const mark of marks) expect([mark, foldForComparison(`甲${mark}乙`)]).toEqual([mark, "甲乙"]);
});

test.for("①⑳⓿㈠㊀々〇〡〩ªºµ¹²³¼½¾❶➀０Ａａ가あアⅠ".split(""))("%s is text", (character) =>
  expect(foldForComparison(`甲${character}乙`).length).toBeGreaterThan(2),
);

test("characters beyond the first plane stay themselves", () => {
  for (const character of ["𠮷", "𠀀", "𪛖", "🙂"]) expect([...foldForComparison(character)]).toHaveLength(1);
  expect(foldForComparison("𠀁")).toBe("𠀁");
  expect(foldForComparison("𠀁")).not.toBe(foldForComparison("𠀂"));
});

test.for([
  { cell: "欧阳明 欧阳明华", names: ["欧阳明", "欧阳明华"] },
  { cell: "李 四光", names: ["李四光"] },
  { cell: "欧阳 明华", names: ["欧阳明华"] },
  { cell: "李明 王四光", names: ["李明", "王四光"] },
])("$cell: $names", ({ cell, names }) => expect(namesIn(cell)).toEqual(names));
