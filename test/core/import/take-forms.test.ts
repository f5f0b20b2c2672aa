import { describe, expect, test } from "vitest";
import type { ImportInput } from "../../../apps-script/core/import/plan-import.ts";
import { paragraphs } from "./document-blocks.ts";
import { csv, docx, Import, unitRoster } from "./import-inputs.ts";

const cases = csv("平台导出.csv", [
  ["案例编号", "案例名称", "领域", "推荐单位", "关键词"],
  ["NX-001", "云上作业", "教学革新", "兴庆区教育局", null],
  ["NX-002", "智慧课堂", "教学革新", "兴庆区教育局", "课堂、数据、人工智能"],
  ["NX-003", "数字画像", "评价改革", "同心县教育局", null],
  ["NX-003", "数字画像", "评价改革", "兴庆区教育局", null],
  ["NX-004", "智慧课堂", "教研创新", "同心县教育局", null],
]);
const start = () => new Import().take(unitRoster, cases);

interface Filled {
  readonly front?: string;
  readonly summary?: string;
  readonly more?: string;
}
const form = ({ front = "", summary = "概要五个字", more = "" }: Filled) =>
  paragraphs(
    `${front}\n1.案例概要（限 500 字以内）\n${summary}\n2.特色与创新点\n特色。\n3.研究和实践过程\n过程。\n4.应用情况及推广价值\n应用。\n${more}`,
  );
const texts = (imported: Import) => imported.cells("正文", "推荐单位", "案例编号", "案例概要").map((c) => c.join(" "));
const counts = { rows: 1, added: 0, updated: 0, unchanged: 0 };

describe("which submission a document is about", () => {
  test.for<{ name: string; input: ImportInput; row: string }>([
    {
      name: "推荐单位 and 案例编号 in it",
      input: docx("附件5.docx", form({ front: "案例编号：NX-003\n推荐单位：同心县" })),
      row: "同心县教育局 NX-003",
    },
    { name: "the name of the file", input: docx("NX-001.docx", form({})), row: "兴庆区教育局 NX-001" },
    {
      name: "a part of that name",
      input: docx("附件5案例模板（NX-001）终稿.docx", form({})),
      row: "兴庆区教育局 NX-001",
    },
    { name: "the folder", input: docx("附件5.docx", form({}), "NX-002", "材料"), row: "兴庆区教育局 NX-002" },
    { name: "a folder further up", input: docx("附件5.docx", form({}), "文本", "NX-002"), row: "兴庆区教育局 NX-002" },
    {
      name: "a shared number, the folder naming the unit",
      input: docx("NX-003.docx", form({}), "同心县教育局"),
      row: "同心县教育局 NX-003",
    },
    { name: "the title", input: docx("附件5.docx", form({ front: "案例名称：云上作业" })), row: "兴庆区教育局 NX-001" },
    {
      name: "the title as a line",
      input: docx("附件5.docx", form({ front: "云上 作业" })),
      row: "兴庆区教育局 NX-001",
    },
  ])("$name", ({ input, row }) => {
    const imported = start().take(input);
    expect(texts(imported)).toEqual([`${row} 概要五个字`]);
    expect(imported.entries).toMatchObject([{ ...counts, file: input.file, sheet: "正文", added: 1, rejected: [] }]);
  });

  test.for<{ name: string; input: ImportInput; says: RegExp }>([
    {
      name: "a number that 案例 does not have",
      input: docx("附件5.docx", form({ front: "案例编号：NX-999" })),
      says: /没有编号为 NX-999 的案例。请先导入案例表/,
    },
    {
      name: "another unit's number",
      input: docx("附件5.docx", form({ front: "案例编号：NX-001\n推荐单位：同心县教育局" })),
      says: /案例 NX-001 在“案例”表里却属于“兴庆区教育局”/,
    },
    {
      name: "a number that stands twice",
      input: docx("NX-003.docx", form({})),
      says: /NX-003 在“案例”表里有 2 行/,
    },
    {
      name: "a title that stands twice",
      input: docx("附件5.docx", form({ front: "案例名称：智慧课堂" })),
      says: /有 2 个：NX-002（兴庆区教育局）、NX-004（同心县教育局）。请把案例编号写进文件名/,
    },
    {
      name: "a file name that says one thing and a title that says another",
      input: docx("NX-002.docx", form({ front: "案例名称：云上作业" })),
      says: /编号是 NX-002，文件里的案例名称“云上作业”却是案例 NX-001 的/,
    },
    {
      name: "an unknown title",
      input: docx("附件5.docx", form({ front: "案例名称：别的" })),
      says: /没有名为“别的”的案例/,
    },
    { name: "nothing at all", input: docx("附件5.docx", form({})), says: /没有填写案例名称和案例编号/ },
    {
      name: "an empty form",
      input: docx("NX-001.docx", paragraphs("案例概要\n特色与创新点\n研究和实践过程\n应用情况及推广价值")),
      says: /都是空的/,
    },
    {
      name: "a text beyond what a cell holds",
      input: docx("NX-001.docx", form({ summary: "字".repeat(32768) })),
      says: /“案例概要”有 32768 个字符/,
    },
  ])("rejected: $name", ({ input, says }) => {
    const before = start();
    const imported = before.take(input);
    expect(imported.snapshot).toEqual(before.snapshot);
    expect(imported.entries).toMatchObject([{ ...counts, sheet: "正文", rejected: [{ row: 1 }] }]);
    expect(imported.entries[0]?.rejected[0]?.reason).toMatch(says);
  });

  test("a document that is neither form nor table", () => {
    const { entries } = start().take(docx("通知.docx", paragraphs("各校：\n请按时报送。")));
    expect(entries).toMatchObject([{ sheet: "", rows: 0, rejected: [{ row: 0 }] }]);
    expect(entries[0]?.rejected[0]?.reason).toMatch(/认不出这是哪一种文档.*请确认选对了文件/);
  });
});

test("the template itself, tags and all, is no filled-in form", () => {
  const tagged = paragraphs("1.案例概要\n{#案例概要}\n{段落}\n{/案例概要}\n2.特色与创新点\n{段落}");
  const imported = start().take(docx("NX-001.docx", tagged));
  expect(imported.entries[0]?.rejected[0]?.reason).toMatch(/程序用的模板.*--form 附件5/);
  expect(texts(imported)).toEqual([]);
});

test("facts and counts go to 案例, the title only where there is none", () => {
  const front = "案例名称：云上作业\n关键词：作业；数据；减负";
  const imported = start().take(docx("附件5.docx", form({ front, more: "支撑材料清单\n1.课堂实录\n2.作品集" })));
  const row = imported.cells("案例", "案例名称", "关键词", "支撑材料", "概要字数", "特色字数", "总字数")[0];
  expect(row).toEqual(["云上作业", "作业、数据、减负", "课堂实录、作品集", "5", "3", "14"]);
});

test("another title is told, not taken", () => {
  const imported = start().take(docx("NX-001.docx", form({ front: "案例名称：云端作业" })));
  expect(imported.cells("案例", "案例名称")[0]).toEqual(["云上作业"]);
  expect(imported.entries[0]?.kept).toEqual([
    { row: 0, column: "案例名称", reason: "表中现为“云上作业”，文件中为“云端作业”；案例名称以表为准，已保留" },
  ]);
});

test("a section that is missing leaves its cell alone and is told", () => {
  const once = start().take(docx("NX-001.docx", form({})));
  const again = once.take(docx("NX-001.docx", paragraphs("案例概要\n新的概要\n应用情况及推广价值\n新的应用")));
  expect(again.cells("正文", "案例概要", "特色与创新点", "应用情况及推广价值")).toEqual([
    ["新的概要", "特色。", "新的应用"],
  ]);
  expect(again.entries[0]).toMatchObject({ updated: 1 });
  expect(again.entries[0]?.kept.map((k) => k.column)).toEqual(["特色与创新点", "研究和实践过程"]);
});

describe("import, exactly", () => {
  const one = docx("附件5.docx", form({ front: "关键词：甲、乙、丙" }), "NX-001");
  const two = docx("附件5.docx", form({ front: "关键词：课堂、教师、人工智能", summary: "另一个" }), "NX-002");
  const withTexts = csv("正文.csv", [
    ["案例编号", "推荐单位", "案例概要"],
    ["NX-001", "兴庆区教育局", "表里的概要"],
  ]);

  test("again: nothing changes", () => {
    const once = start().take(one, two);
    const again = once.take(one, two);
    expect(again.snapshot).toEqual(once.snapshot);
    expect(again.entries).toMatchObject([{ unchanged: 1 }, { unchanged: 1 }]);
  });

  test.for([
    { name: "documents before tables", inputs: [[two, one, withTexts, cases]] },
    { name: "one at a time", inputs: [[two], [withTexts], [one], [cases]] },
    { name: "tables last, twice", inputs: [[one], [two], [cases, withTexts], [withTexts]] },
  ])("$name: the same workbook, and the document wins over the table", ({ inputs }) => {
    const expected = start().take(cases, withTexts, one, two).snapshot;
    const imported = inputs.reduce((so, batch) => so.take(...batch), start());
    expect(imported.snapshot).toEqual(expected);
    expect(imported.cells("正文", "案例概要")).toEqual([["概要五个字"], ["另一个"]]);
    expect(imported.cells("案例", "关键词")[1]).toEqual(["课堂、教师、人工智能"]);
  });

  test("a table that gave the same text changes it no more than another", () => {
    const same = csv("正文.csv", [
      ["案例编号", "推荐单位", "案例概要"],
      ["NX-001", "兴庆区教育局", "概要五个字"],
    ]);
    const imported = start().take(one).take(same).take(withTexts);
    expect(imported.cells("正文", "案例概要")).toEqual([["概要五个字"]]);
    expect(imported.entries[0]?.kept).toEqual([
      { row: 2, column: "案例概要", reason: expect.stringContaining("案例模板等文档填过这一格") },
    ]);
  });

  test("an empty cell of a table says nothing against a document", () => {
    const empty = csv("空.csv", [
      ["案例编号", "推荐单位", "案例概要"],
      ["NX-001", "兴庆区教育局", ""],
    ]);
    const imported = start().take(one).take(empty);
    expect(imported.cells("正文", "案例概要")).toEqual([["概要五个字"]]);
    expect(imported.entries[0]?.kept).toEqual([]);
  });

  test("what a person changed since is kept and told, what nobody changed is updated", () => {
    const typed = start().take(one).type("正文", 2, "案例概要", "人工改的概要");
    const changed = docx("附件5.docx", form({ front: "关键词：丁、戊、己", summary: "新概要" }), "NX-001");
    const again = typed.take(changed);
    expect(again.cells("正文", "案例概要")).toEqual([["人工改的概要"]]);
    expect(again.cells("案例", "关键词")[0]).toEqual(["丁、戊、己"]);
    expect(again.entries[0]?.kept).toEqual([
      { row: 1, column: "案例概要", reason: expect.stringContaining("人工改过，已保留") },
    ]);
  });

  test("what a person typed before is kept", () => {
    const typed = start().type("案例", 2, "关键词", "人、工、填");
    expect(typed.take(one).cells("案例", "关键词")[0]).toEqual(["人、工、填"]);
  });

  test("a row of 正文 whose 案例编号 a person corrected in both sheets is found again", () => {
    const typed = start().take(one).type("正文", 2, "案例编号", "NX-101").type("案例", 2, "案例编号", "NX-101");
    const again = typed.take(docx("附件5.docx", form({ summary: "新概要" }), "NX-101"));
    expect(texts(again)).toEqual(["兴庆区教育局 NX-101 新概要"]);
  });

  test("two documents of one submission that differ are both rejected, the same one twice is one", () => {
    const other = docx("旧.docx", form({ summary: "旧概要" }), "NX-001");
    const rejected = start().take(one, other);
    expect(rejected.cells("正文", "案例概要")).toEqual([]);
    expect(rejected.entries.map((e) => e.rejected[0]?.reason)).toEqual([
      expect.stringMatching(/“NX-001\/旧\.docx”也是案例 NX-001 的/),
      expect.stringMatching(/“NX-001\/附件5\.docx”也是案例 NX-001 的/),
    ]);
    expect(start().take(one, one).entries).toMatchObject([{ added: 1 }, { unchanged: 1 }]);
  });

  test("a text that a spreadsheet would run stays text and is told by the rule", () => {
    const imported = start().take(docx("NX-001.docx", form({ summary: "=HYPERLINK(1)" })));
    expect(imported.cells("正文", "案例概要")).toEqual([["=HYPERLINK(1)"]]);
    expect(JSON.stringify(imported.cells("导入记录", "清理记录"))).toContain("HYPERLINK");
  });
});
