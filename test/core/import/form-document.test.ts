import { describe, expect, test } from "vitest";
import type { DocumentBlock } from "../../../apps-script/core/import/document.ts";
import { readFormDocument } from "../../../apps-script/core/import/form-document.ts";
import { readHeading } from "../../../apps-script/core/import/section-headings.ts";
import { paragraphs, tableOf } from "./document-blocks.ts";

function read(blocks: readonly DocumentBlock[]) {
  const form = readFormDocument(blocks);
  return form && { facts: Object.fromEntries(form.facts), sections: Object.fromEntries(form.sections) };
}

const expected = {
  facts: { title: "云上作业", keywords: "作业；数据；减负", materials: "课堂实录、学生作品集、2025年成绩单" },
  sections: {
    summary: "概要的第一段。\n概要的第二段。",
    innovation: "特色的内容。",
    process: "过程的内容。",
    application: "应用的内容。",
  },
};

/** The form as it is printed in the notice, filled in. */
const official = [
  ...paragraphs("附件 5\n案例模板\n一、案例内容"),
  tableOf(
    ["案例名称", "云上作业"],
    ["关键词（3~5 个）", "作业；数据；减负"],
    ["1.案例概要（请简要概括基本情况，并阐明案例解决的主要问题。 限 500 字以内）\n概要的第一段。\n概要的第二段。", ""],
    ["2.案例的特色与创新点（限 500 字以内）\n特色的内容。", ""],
    ["3.案例的研究和实践过程（阐述理论依据和实践的具体过程，限2000字以内）\n过程的内容。", ""],
    ["4.案例的应用情况及推广价值（限 500 字以内）\n应用的内容。", ""],
  ),
  ...paragraphs(`二、支撑材料清单
    请在此列出案例的相关材料名称，具体材料文件请另行打包上传，与申报书一并提交。
    1.课堂实录
    （2）学生作品集；
    2025年成绩单`),
];

const asParagraphs = (summary: string, innovation: string, process: string, application: string) =>
  paragraphs(`案例名称：云上作业
    关键词: 作业；数据；减负
    ${summary}
    概要的第一段。
    概要的第二段。
    ${innovation}
    特色的内容。
    ${process}
    过程的内容。
    ${application}
    应用的内容。
    支撑材料清单
    课堂实录
    学生作品集
    2025年成绩单`);

describe("the form, however it was filled in", () => {
  test.for([
    { name: "the official table", blocks: official },
    {
      name: "headings and texts in rows of their own",
      blocks: [
        tableOf(
          ["案例名称", "云上作业", "关键词", "作业；数据；减负"],
          ["1.案例概要（请简要概括）"],
          ["概要的第一段。\n概要的第二段。"],
          ["2.案例的特色与创新点"],
          ["特色的内容。"],
          ["3.案例的研究和实践过程"],
          ["过程的内容。"],
          ["4.案例的应用情况及推广价值"],
          ["应用的内容。"],
          ["二、支撑材料清单"],
          ["1.课堂实录\n2.学生作品集\n3.2025年成绩单"],
        ),
      ],
    },
    {
      name: "headings on the left, texts on the right",
      blocks: [
        tableOf(
          ["案例名称", "云上作业"],
          ["关键词", "作业；数据；减负"],
          ["案例概要", "概要的第一段。\n概要的第二段。"],
          ["特色与创新点", "特色的内容。"],
          ["研究和实践过程", "过程的内容。"],
          ["应用情况及推广价值", "应用的内容。"],
          ["支撑材料清单", "课堂实录\n学生作品集\n2025年成绩单"],
        ),
      ],
    },
    {
      name: "the hint over two lines",
      blocks: asParagraphs(
        "1.案例概要（请简要概括基本情况。\n限 500 字以内）",
        "2.特色与创新点",
        "3.研究和实践过程",
        "4.应用情况及推广价值",
      ),
    },
    {
      name: "hints over three lines, far down",
      blocks: asParagraphs(
        "1.案例概要",
        "2.特色与创新点",
        "3.研究和实践过程（阐述理论依据\n和具体的做法、\n步骤）",
        "4.应用情况及推广价值（写明范围、\n成效\n和前景）",
      ),
    },
    {
      name: "the hint on a line of its own",
      blocks: asParagraphs(
        "案例概要\n（限500字以内）",
        "特色与创新点\n限 500 字以内",
        "研究和实践过程",
        "应用情况及推广价值",
      ),
    },
    {
      name: "一、 and （一）",
      blocks: asParagraphs(
        "一、案例概要",
        "（二）案例的特色与创新点",
        "三.案例的研究和实践过程",
        "第四部分 应用情况及推广价值",
      ),
    },
    {
      name: "full-width, circled and no numbers",
      blocks: asParagraphs("１．案例概要", "②特色与创新点", "Ⅲ、研究和实践过程", "应用情况及推广价值"),
    },
    {
      name: "spaces, brackets and other connectives",
      blocks: asParagraphs(
        "【案 例 概 要】",
        "《案例特色和创新点》",
        "研究与实践的过程：",
        "应用情况与推广价值 (限500字以内)",
      ),
    },
    { name: "lesser names", blocks: asParagraphs("摘要", "创新点", "实践过程", "推广价值") },
    { name: "other names", blocks: asParagraphs("案例简介", "创新点与特色", "3.案例的实施过程", "四、推广应用") },
    {
      name: "a table of contents before it",
      blocks: [
        ...paragraphs(
          "1.案例概要\t1\n2.案例的特色与创新点……2\n3.案例的研究和实践过程 3\n4.案例的应用情况及推广价值 5\n案例名称：云上作业\n关键词：作业；数据；减负",
        ),
        ...official.slice(3),
      ],
    },
    {
      name: "another order",
      blocks: [
        ...asParagraphs("案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值").slice(7, 9),
        ...asParagraphs("案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值").slice(0, 7),
        ...asParagraphs("案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值").slice(9),
      ],
    },
  ])("$name", ({ blocks }) => expect(read(blocks)).toEqual(expected));
});

describe("inside a section", () => {
  const form = (process: string) =>
    read(paragraphs(`1.案例概要\n概。\n2.特色与创新点\n特。\n3.研究和实践过程\n${process}\n4.应用情况及推广价值\n用。`))
      ?.sections.process;
  test.for([
    { name: "parts with lesser names", text: "（一）研究过程\n甲。\n（二）推广价值\n乙。" },
    { name: "a sentence that begins like a heading", text: "案例概要的撰写经过三轮。\n特色与创新点有三。" },
    { name: "labels", text: "学段：小学、初中\n第一作者的经历" },
    { name: "a bracketed year behind the name", text: "研究和实践过程（2023—2025年）分三步。" },
  ])("$name stay text", ({ text }) => expect(form(text)).toBe(text));

  test("a table stays text, a row a line, and its labels are no facts of the submission", () => {
    const blocks = official.flatMap((block) => (block.kind === "table" ? [block] : []));
    const data = tableOf(["学段", "人数"], ["小学", "120"]);
    const form = read([...blocks, data]);
    expect(form?.facts).toEqual({ title: "云上作业", keywords: "作业；数据；减负" });
    expect(form?.sections.application).toBe("应用的内容。\n学段　人数\n小学　120");
  });
});

describe("readHeading", () => {
  test.for([
    ["1.案例概要：本案例解决作业问题", "summary", "本案例解决作业问题"],
    ["1.案例概要（限 500 字以内）本案例解决作业问题", "summary", "本案例解决作业问题"],
    ["2、案例的特色与创新点（限500字以内）（486字）", "innovation", ""],
    ["二、支撑材料清单", "materials", ""],
    ["案例概要", "summary", ""],
    ["1.案例概要 本案例解决作业问题", "summary", "本案例解决作业问题"],
    ["案例概要 本案例解决作业问题", undefined, undefined],
    ["案例概要如下", undefined, undefined],
    ["35.6%的应用情况", undefined, undefined],
    ["概要地说", undefined, undefined],
    ["", undefined, undefined],
  ] as const)("%s", ([line, section, rest]) => {
    const heading = readHeading(line, false);
    expect([heading?.section, heading?.rest]).toEqual([section, rest]);
  });
});

test.for([
  { name: "nothing", blocks: [] },
  { name: "one section only", blocks: paragraphs("案例概要\n甲") },
  { name: "a letter", blocks: paragraphs("各校：\n现将案例概要、特色与创新点的填写要求说明如下。") },
])("$name is no form", ({ blocks }) => expect(read(blocks)).toBeUndefined());

test.for([
  { heading: "3.研究和实践过程(限2000字以内", text: "过程的内容。" },
  { heading: "3.研究和实践过程（阐述理论依据和实践的具体过程，限2000字以内", text: "过程（含试点）的内容。" },
  { heading: "3.研究和实践过程（限2000字以内过程的内容。", text: "" },
])("a hint that nobody closed swallows no text: $heading", ({ heading, text }) => {
  const form = read(
    paragraphs(`1.案例概要\n概。\n2.特色与创新点\n特。\n${heading}\n${text}\n4.应用情况及推广价值（限500字）\n用。`),
  );
  expect(form?.sections).toEqual({
    summary: "概。",
    innovation: "特。",
    process: text || "过程的内容。",
    application: "用。",
  });
});

test("a limit without a bracket is a hint, a title over two lines is one title", () => {
  const table = tableOf(["案例名称", "云上作业\n——三年实践"]);
  const form = read([table, ...paragraphs("案例概要\n500字以内\n甲。\n特色与创新点 500字以内\n乙。")]);
  expect(form).toEqual({ facts: { title: "云上作业——三年实践" }, sections: { summary: "甲。", innovation: "乙。" } });
});

test("a section without its heading is missing, one without text is empty", () => {
  const form = read(paragraphs("案例概要\n甲。\n特色与创新点\n应用情况及推广价值\n乙。"));
  expect(form?.sections).toEqual({ summary: "甲。", innovation: "", application: "乙。" });
});
