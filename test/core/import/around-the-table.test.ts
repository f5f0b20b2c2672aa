import { describe, expect, test } from "vitest";
import {
  readAboveGrid,
  stageInWords,
  stageOfGroupRow,
  unitInFileName,
} from "../../../apps-script/core/import/above-grid.ts";
import { findPageHeads } from "../../../apps-script/core/import/page-heads.ts";
import { recognise } from "../../../apps-script/core/import/recognise.ts";
import { makeRowJudge } from "../../../apps-script/core/import/row-nature.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";

const stages = ["小学", "初中", "高中", "幼儿园"];
type Rows = readonly (readonly CellValue[])[];

describe("entries above a grid", () => {
  test.for<{ rows: Rows; nominator?: string; submittedOn?: string }>([
    { rows: [["推荐单位：兴庆区教育局"]], nominator: "兴庆区教育局" },
    { rows: [["推荐单位（盖章）：", null, "兴庆区教育局"]], nominator: "兴庆区教育局" },
    { rows: [["推荐单位 兴庆区教育局（盖章）"]], nominator: "兴庆区教育局" },
    { rows: [["推荐单位：____兴庆区教育局____"]], nominator: "兴庆区教育局" },
    { rows: [["推荐单位：______"]] },
    { rows: [["推荐单位：", "填表人："]] },
    {
      rows: [["推荐单位：兴庆区教育局  填报日期：2025年9月1日"]],
      nominator: "兴庆区教育局",
      submittedOn: "2025-09-01",
    },
    { rows: [["填报日期：", "2025.9.1"]], submittedOn: "2025-09-01" },
    {
      rows: [["推荐单位：甲局"], ["推荐单位：乙局", "填表时间 2025-9-2"]],
      nominator: "甲局",
      submittedOn: "2025-09-02",
    },
    { rows: [["标题"], []] },
  ])("$rows", ({ rows, nominator = "", submittedOn = "" }) =>
    expect(readAboveGrid(rows)).toEqual({ nominator, submittedOn }),
  );
});

describe("a stage", () => {
  test.for([
    { text: "兴庆区小学专家推荐表.xlsx", names: ["兴庆区"], stage: "小学" },
    { text: "小学.xlsx", names: [], stage: "小学" },
    { text: "同心县初中组", names: [], stage: "初中" },
    { text: "专家（高中）", names: [""], stage: "高中" },
    { text: "第二小学推荐表", names: ["第二小学"], stage: undefined },
    { text: "第二小学推荐表", names: ["第二", "第二小学"], stage: undefined },
    { text: "第二小学", names: [], stage: undefined },
    { text: "小学组、初中组", names: [], stage: undefined },
    { text: "专家表", names: [], stage: undefined },
  ])("in “$text” without $names: $stage", ({ text, names, stage }) =>
    expect(stageInWords(text, stages, names)).toBe(stage),
  );

  test.for([
    { text: "小学组", stage: "小学" },
    { text: "一、初中", stage: "初中" },
    { text: "（三）高中组（5 人）：", stage: "高中" },
    { text: "小学学段推荐专家", stage: "小学" },
    { text: "小学数学组", stage: undefined },
    { text: "第一小学", stage: undefined },
  ])("heads a group in “$text”: $stage", ({ text, stage }) => expect(stageOfGroupRow(text, stages)).toBe(stage));

  test.for([
    { file: "附件6-专家推荐表-兴庆区教育局-小学.xlsx", unit: "兴庆区教育局" },
    { file: "C:\\下载\\同心县 推荐案例汇总表（终稿）2.csv", unit: "同心县" },
    { file: "a/b/灵武市小学组专家.xlsx", unit: "灵武市" },
    { file: "第二小学名单.xlsx", unit: "第二小学" },
    { file: "甲 名单 1.xlsx", unit: "" },
  ])("and a unit in the file name $file: “$unit”", ({ file, unit }) => expect(unitInFileName(file, stages)).toBe(unit));
});

const header = ["序号", "推荐单位", "专家姓名", "职称", "单位", "联系电话", "其他说明"];
function tableOf(rows: Rows) {
  const table = recognise(rows, ["专家推荐表"]);
  if (table === "empty" || !("kind" in table)) throw new Error("not recognised");
  return table;
}

describe("the rows of a grid", () => {
  const person = (no: CellValue) => [no, "兴庆区教育局", "甲某", "高级教师", "兴庆区第一小学", "13900000001"];
  const rows: Rows = [header, person(1), person(2)];
  const natureOf = makeRowJudge(tableOf(rows), stages);
  const sentence = (length: number) => "甲".repeat(length);

  test.for<{ name: string; cells: readonly CellValue[]; is: ReturnType<typeof natureOf> }>([
    { name: "a record", cells: person(3), is: { kind: "row" } },
    { name: "nothing", cells: [null, "", "  "], is: { kind: "skip" } },
    { name: "the header once more", cells: header.slice(0, 6), is: { kind: "skip" } },
    { name: "a part of the header", cells: ["序号", null, "专家姓名"], is: { kind: "skip" } },
    { name: "a number without an entry", cells: ["3、"], is: { kind: "skip" } },
    { name: "a number and the unit that the form holds", cells: [3, "兴庆区教育局"], is: { kind: "skip" } },
    { name: "words where a number belongs", cells: ["待补", "兴庆区教育局"], is: { kind: "odd" } },
    { name: "words in a column of no meaning", cells: [3, null, null, null, null, null, "待补"], is: { kind: "odd" } },
    { name: "a note at the foot", cells: ["注：每个学段推荐 5 名"], is: { kind: "skip" } },
    { name: "a note that was merged into the names", cells: [null, null, "共 5 人"], is: { kind: "skip" } },
    {
      name: "an entry below the grid",
      cells: ["填表人：", null, "周某", "联系电话：", "0951-1234567"],
      is: { kind: "skip" },
    },
    { name: "a group", cells: ["小学组"], is: { kind: "group", stage: "小学" } },
    { name: "a group in the column of names", cells: [null, null, "二、初中"], is: { kind: "group", stage: "初中" } },
    { name: "a group with something beside it", cells: [null, null, "初中", "高级教师"], is: { kind: "row" } },
    { name: "a name alone", cells: [null, null, "甲某"], is: { kind: "row" } },
    { name: "thirty characters alone", cells: [null, null, sentence(30)], is: { kind: "row" } },
    { name: "thirty-one alone", cells: [null, null, sentence(31)], is: { kind: "odd" } },
    { name: "thirty-one beside another", cells: [1, null, sentence(31)], is: { kind: "row" } },
  ])("$name", ({ cells, is }) => expect(natureOf(cells)).toEqual(is));

  test("a stage that has a column of its own heads no group there", () => {
    const own = tableOf([
      [...header, "学段"],
      [...person(1), null, "小学"],
    ]);
    expect(makeRowJudge(own, stages)([null, null, null, null, null, null, null, "初中"])).toEqual({
      kind: "skip",
    });
  });
});

describe("pages of a form in one grid", () => {
  const person = (no: number, name: string) => [no, "兴庆区教育局", name, "高级教师", "某校", `1390000000${no}`];
  test("each begins with its title and entries, and ends where a record stands", () => {
    const rows: Rows = [
      ["专家推荐表（小学）"],
      header,
      person(1, "甲某"),
      [],
      ["附件6"],
      ["专家推荐表（初中）"],
      ["推荐单位：同心县教育局", null, "填报日期：2025.9.1"],
      header,
      person(1, "乙某"),
      header,
      person(2, "丙某"),
    ];
    expect(findPageHeads(rows, tableOf(rows), stages)).toEqual([
      { from: 3, header: 7, nominator: "同心县教育局", submittedOn: "2025-09-01", stage: "初中" },
      { from: 9, header: 9, nominator: "", submittedOn: "", stage: undefined },
    ]);
  });

  test("a row of the table's words that lacks one is no head", () => {
    const rows: Rows = [header, person(1, "甲某"), header.slice(0, 5), ["序号"], person(2, "乙某")];
    expect(findPageHeads(rows, tableOf(rows), stages)).toEqual([]);
  });
});
