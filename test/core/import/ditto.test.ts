import { describe, expect, test } from "vitest";
import { checkAward } from "../../../apps-script/core/check/check.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { paragraphs, tableOf } from "./document-blocks.ts";
import { csv, docx, Import, unitRoster } from "./import-inputs.ts";

const header = ["推荐单位", "专家姓名", "职称", "教育云账号", "单位", "联系电话", "学段"];
const expert = (name: string, more: Partial<Record<string, CellValue>> = {}) => {
  const usual: Record<string, CellValue> = {
    推荐单位: "兴庆区教育局",
    专家姓名: name,
    职称: "高级教师",
    教育云账号: `nx-${name}`,
    单位: "兴庆区第一小学",
    联系电话: "13900000001",
    学段: "小学",
  };
  return header.map((label) => more[label] ?? usual[label] ?? null);
};
const take = (...rows: (readonly CellValue[])[]) =>
  new Import().take(unitRoster).take(csv("专家.csv", [header, ...rows]));
const units = (imported: Import) => imported.cells("专家", "专家姓名", "单位");
const told = (imported: Import, code: string) =>
  checkAward(imported.snapshot, ningxia2025)
    .findings.filter((f) => f.code === code)
    .map((f) => f.message);

describe("同上 in an input", () => {
  test.for(["同上", "同上。", "同前", "〃", "″", '"', "”", "ditto", "同上行"])("%j is the cell above", (mark) => {
    const imported = take(expert("甲某"), expert("乙某", { 单位: mark }));
    expect(units(imported)).toEqual([
      ["乙某", "兴庆区第一小学"],
      ["甲某", "兴庆区第一小学"],
    ]);
    expect(told(imported, "DATA-CLEANED").join()).toContain(`“${mark}”改为“兴庆区第一小学”`);
  });

  test("one below another is the same cell", () => {
    const imported = take(expert("甲某"), expert("乙某", { 单位: "同上" }), expert("丙某", { 单位: "同上" }));
    expect(units(imported).map(([, unit]) => unit)).toEqual(Array(3).fill("兴庆区第一小学"));
  });

  test("the unit, the stage and the nominator of a row", () => {
    const imported = take(expert("甲某"), expert("乙某", { 推荐单位: "同上", 学段: "〃", 职称: "同上" }));
    expect(imported.cells("专家", "推荐单位", "职称", "学段")[1]).toEqual(["兴庆区教育局", "高级教师", "小学"]);
  });

  test.for<[above: CellValue, what: string]>([
    [null, "empty"],
    ["无", "a placeholder"],
    ["/", "a mark"],
  ])("stays and is an error where the cell above is %j: %s", ([unit]) => {
    const imported = take(expert("甲某", { 单位: unit ?? "" }), expert("乙某", { 单位: "同上" }));
    expect(imported.cells("专家", "专家姓名", "单位").find(([name]) => name === "乙某")?.[1]).toBe("同上");
    expect(told(imported, "EXPERT-REQUIRED").join()).toContain("“同上”");
  });

  test("in the first row there is nothing above", () => {
    expect(units(take(expert("甲某", { 单位: "同上" })))).toEqual([["甲某", "同上"]]);
  });

  test("an account is the one above only where the person is", () => {
    const accounts = (imported: Import) => imported.cells("专家", "教育云账号").map(([account]) => account);
    expect(accounts(take(expert("甲某"), expert("乙某", { 教育云账号: "同上" })))).toEqual(["同上", "nx-甲某"]);
    expect(accounts(take(expert("甲某"), expert("甲某", { 教育云账号: "同上", 学段: "初中" })))).toEqual([
      "nx-甲某",
      "nx-甲某",
    ]);
  });

  test("imported again nothing changes", () => {
    const once = take(expert("甲某"), expert("乙某", { 单位: "同上" }));
    const twice = once.take(csv("专家.csv", [header, expert("甲某"), expert("乙某", { 单位: "同上" })]));
    expect(twice.snapshot).toEqual(once.snapshot);
  });
});

describe("what identifies a row", () => {
  test("experts without an account are not one because they all say so", () => {
    const imported = take(
      expert("甲某", { 教育云账号: "无", 联系电话: "无" }),
      expert("乙某", { 教育云账号: "无", 联系电话: "无" }),
    );
    expect(units(imported).map(([name]) => name)).toEqual(["乙某", "甲某"]);
    const none = { 教育云账号: "无", 联系电话: "无" };
    const again = imported.take(
      csv("补报.csv", [
        header,
        expert("丙某", none),
        expert("丁某", none),
        expert("甲某", { ...none, 教育云账号: "/" }),
      ]),
    );
    expect(units(again).map(([name]) => name)).toEqual(["丁某", "丙某", "乙某", "甲某"]);
  });

  test("a case whose number is a placeholder is no case", () => {
    const imported = new Import().take(unitRoster).take(
      csv("案例.csv", [
        ["案例编号", "案例名称", "领域", "推荐单位"],
        ["无", "题", "教学革新", "兴庆区教育局"],
        ["A1", "题二", "教学革新", "兴庆区教育局"],
      ]),
    );
    expect(imported.cells("案例", "案例编号")).toEqual([["A1"]]);
    expect(imported.entries[0]?.rejected).toMatchObject([{ row: 2, reason: expect.stringContaining("“无”只是占位") }]);
  });

  test("two people in a cell of a document stay two, in one row, and are told", () => {
    const grid = tableOf(
      ["序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话"],
      ["1", "冼霏霏\n阎翊琬", "高级教师", "nx1", "兴庆区第一小学", "13900000001"],
    );
    const imported = new Import()
      .take(unitRoster)
      .take(docx("专家推荐表.docx", [...paragraphs("专家推荐表（小学）\n推荐单位（盖章）：兴庆区教育局"), grid]));
    expect(imported.cells("专家", "专家姓名")).toEqual([["冼霏霏\n阎翊琬"]]);
    expect(told(imported, "EXPERT-CELL").join()).toContain("2 人（冼霏霏、阎翊琬）");
  });
});
