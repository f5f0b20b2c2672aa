import { describe, expect, test } from "vitest";
import { checkTags, listTags } from "../../../node-tools/forms/check-tags.ts";

const tags = { 推荐单位: "单位名称", 表: { 学段: "学段", 专家: { 序号: "从 1 起", 专家姓名: "姓名" } } };
const whole = "{推荐单位}{#表}{学段}{#专家}{序号}{专家姓名}{/专家}{/表}";

const check = (...texts: string[]) =>
  checkTags([texts.map((text, i) => ({ place: `正文第 ${i + 1} 段`, text }))], tags);

describe("a template with nothing wrong", () => {
  test.for([
    { name: "every tag", texts: [whole], unused: [] },
    { name: "spaces inside the braces", texts: [whole.replaceAll("{", "{ ").replaceAll("}", " }")], unused: [] },
    { name: "over several paragraphs", texts: whole.split(/(?<=\})/), unused: [] },
    {
      name: "an outer tag inside a repeated part",
      texts: ["{#表}{推荐单位}{学段}{#专家}{推荐单位}{/专家}{/表}"],
      unused: ["{序号}", "{专家姓名}"],
    },
    { name: "one tag left out", texts: [whole.replace("{专家姓名}", "")], unused: ["{专家姓名}"] },
  ])("$name", ({ texts, unused }) => expect(check(...texts)).toEqual({ problems: [], unused }));
});

describe("a problem names its place and its remedy", () => {
  test.for([
    { text: "{推荐单为}", says: ["没有 {推荐单为} 这个标签", "是不是“推荐单位”"] },
    { text: "{姓名}", says: ["是不是“专家姓名”"] },
    { text: "{电子邮箱地址簿}", says: ["没有 {电子邮箱地址簿} 这个标签"] },
    { text: "{推荐单位", says: ["没有写完", "补上 }"] },
    { text: "推荐单位}", says: ["前面没有 {"] },
    { text: "{推荐单位{推荐单位}", says: ["没有写完"] },
    { text: "｛推荐单位｝", says: ["全角花括号", "半角"] },
    { text: "{推荐单位｝", says: ["全角 ｝"] },
    { text: "{＃表}", says: ["全角"] },
    { text: "{}", says: ["没有写标签的名称"] },
    { text: "{#推荐单位}", says: ["不是要重复的内容", "{推荐单位}"] },
    { text: "{表}", says: ["{#表}…{/表}"] },
    { text: "{专家姓名}", says: ["只能写在 {#专家} 与 {/专家} 之间"] },
    { text: "{#表}", says: ["{#表} 没有结束", "{/表}"] },
    { text: "{/表}", says: ["前面没有 {#表}"] },
    { text: "{#表}{#专家}{/表}", says: ["{#专家} 没有结束", "在 {/表} 之前写上 {/专家}"] },
    { text: "{constructor}", says: ["没有 {constructor} 这个标签"] },
  ])("$text", ({ text, says }) => {
    const { problems } = check("标题", `${whole}${text}`);
    expect(problems).toHaveLength(1);
    for (const part of ["正文第 2 段：", ...says]) expect(problems[0]).toContain(part);
  });

  test("a name too far from all others brings no guess", () => {
    expect(check(whole, "{荐单为}").problems).toEqual(["正文第 2 段：没有 {荐单为} 这个标签"]);
  });

  test("all of them at once, in reading order", () => {
    const { problems } = check(whole, "{姓名}", "｛序号｝", "{#表}");
    expect(problems.map((p) => p.split("：")[0])).toEqual(["正文第 2 段", "正文第 3 段", "正文第 4 段"]);
  });

  test("a repeated part that is missing, the outer one alone", () => {
    expect(check("{推荐单位}").problems).toEqual(["缺少 {#表}…{/表}：没有它，内容无处可填"]);
  });

  test("a repeated part cannot begin in the header and end in the body", () => {
    const { problems } = checkTags(
      [[{ place: "页眉第 1 段", text: "{#表}" }], [{ place: "正文第 1 段", text: `${whole}{/表}` }]],
      tags,
    );
    expect(problems.map((p) => p.split("：")[0])).toEqual(["页眉第 1 段", "正文第 1 段"]);
  });
});

test("the known tags, those of a repeated part under it", () => {
  expect(listTags(tags)).toEqual([
    "  {推荐单位}　单位名称",
    "  {#表} … {/表}　重复，其中可用：",
    "      {学段}　学段",
    "      {#专家} … {/专家}　重复，其中可用：",
    "          {序号}　从 1 起",
    "          {专家姓名}　姓名",
  ]);
});
