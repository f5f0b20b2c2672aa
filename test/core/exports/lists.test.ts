import { describe, expect, test } from "vitest";
import { expertList } from "../../../apps-script/core/exports/expert-list.ts";
import { findForm, readFormContext } from "../../../apps-script/core/exports/forms/index.ts";
import { nameFiles, nameUnits } from "../../../apps-script/core/exports/name-files.ts";
import { recommendationList } from "../../../apps-script/core/exports/recommendation-list.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { PrintedTable } from "../../../apps-script/core/tables/printed-table.ts";
import { directSchool, makeAward, makeSnapshot, tongxin, xingqing } from "../award-builder.ts";

/** Label, width in characters, and how the column stands where it is not in the middle. */
const columnsOf = ({ columns }: PrintedTable) =>
  columns.map(({ label, width, align, numberFormat }) => [label, width, align ?? numberFormat ?? ""].join(" ").trim());

describe("推荐案例汇总表", () => {
  const award = makeAward({
    units: [xingqing, directSchool],
    submissions: [
      { id: "A1", recommended: "是", firstScore: 80 },
      { id: "A2", recommended: "是", firstScore: null },
      { id: "A3", recommended: "是", firstScore: 80.5 },
      { id: "A0", recommended: "是", firstScore: 80 },
      { id: "A4", recommended: "是", firstScore: 99, track: "乡村" },
      { id: "A5", recommended: "否" },
    ],
  });
  const table = recommendationList(award, award.units[0]!);

  test("has the columns that units know, on a page across", () => {
    expect(columnsOf(table)).toEqual([
      ...["序号 6", "案例编号 20", "案例名称 34 left", "领域 13", "赛道 7", "学段 7", "第一作者 11"],
      ...["第一作者单位 22 left", "其他作者 20 left", "联系电话 16", "初评得分 10 0.0#"],
    ]);
    expect(table.landscape).toBe(true);
  });

  test("by track, score and number; those without a score last", () => {
    const rows = table.rows as readonly (readonly unknown[])[];
    expect(rows.map((row) => [row[0], row[1], row[10]])).toEqual([
      [1, "A3", 80.5],
      [2, "A0", 80],
      [3, "A1", 80],
      [4, "A2", null],
      [5, "A4", 99],
    ]);
  });
});

describe("专家名单", () => {
  const award = makeAward({
    units: [tongxin, xingqing],
    experts: [
      { nominator: "兴庆区教育局", name: "冼澜思", stage: "初中" },
      { nominator: "无此单位", name: "佘昱妍", stage: "小学" },
      { nominator: "兴庆区教育局", name: "柏翊霏", stage: "小学", status: "退出" },
      { nominator: "兴庆区教育局", name: "郝衡", stage: "无此学段" },
      { nominator: "同心县教育局", name: "阎霁", stage: "小学" },
      { nominator: "兴庆区教育局", name: "翁铖", stage: "小学" },
    ],
  });
  const table = expertList(award);

  test("has the columns of 附件6, on an upright page", () => {
    expect(columnsOf(table)).toEqual([
      ...["序号 6", "学段 8", "专家姓名 11", "职称 14", "教育云账号 20", "单位 27 left", "联系电话 16", "备注 8"],
    ]);
    expect(table.landscape).toBe(false);
    expect(table.heading[0]).toBe("3 个单位推荐，共 6 人");
  });

  test("units as in 单位, then stages as in the notice, then rows; strangers last", () => {
    const rows = table.rows.map((row) => ("heading" in row ? row.heading : [row[0], row[2], row[7]].join(" ").trim()));
    expect(rows).toEqual([
      "一、同心县教育局（1 人：小学 1）",
      "1 阎霁",
      "二、兴庆区教育局（4 人：小学 2、初中 1）",
      "1 柏翊霏 退出",
      "2 翁铖",
      "3 冼澜思",
      "4 郝衡",
      "三、无此单位（1 人：小学 1）",
      "1 佘昱妍",
    ]);
  });
});

test("names of files: the first that is free, in whatever letters, else the place in the list", () => {
  expect(nameFiles(["A", "a", "b"], (item) => [item, `${item}-2`])).toEqual(["A", "a-2", "b"]);
  expect(nameFiles(["x", "", ""], (item) => [item])).toEqual(["x", "2", "3"]);
  const unit = (name: string, code: string) => ({ name, code });
  expect(nameUnits([unit("甲", "1"), unit("甲", "2"), unit("甲", "2")])).toEqual(["甲", "甲-2", "甲-2-3"]);
});

describe("附件5", () => {
  const text = { summary: "一\r\n\n　 \r二 ", innovation: "", process: "三", application: "四" };
  const context = (texts: object[]) =>
    readFormContext(makeSnapshot({ submissions: [{ materials: "表、照片" }], texts }), undefined, ningxia2025, "");
  const values = (texts: object[]) =>
    JSON.stringify(
      findForm("附件5")!
        .build(context(texts))
        .documents.map((document) => document.values),
    );

  test("a paragraph for each line that says something, three empty ones where there is no text", () => {
    const filled = values([text]);
    expect(filled).toContain('[{"段落":"一"},{"段落":"二"}]');
    expect(filled).toContain('[{"段落":""},{"段落":""},{"段落":""}]');
    expect(filled).toContain('[{"序号":1,"材料":"表"},{"序号":2,"材料":"照片"}]');
  });
});
