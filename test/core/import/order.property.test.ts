import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportInput } from "../../../apps-script/core/import/plan-import.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { runsOf } from "../../sweep.ts";
import { sheetNamed } from "../in-memory-workbook.ts";
import { csv, Import, shown, unitRoster, xlsx } from "./import-inputs.ts";

const platformHeader = [
  "作品编号",
  "作品名称",
  "所属领域",
  "参赛赛道",
  "推荐单位",
  "第一作者",
  "第一作者账号",
  "案例概要",
  "初评得分",
  "是否推荐",
];
const submission = (id: string, nominator: string, title: string, account: string): CellValue[] => [
  id,
  title,
  "教学革新",
  "城市",
  nominator,
  "甲某",
  account,
  `${title}的概要`,
  "80",
  "否",
];
const expertHeader = ["序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话"];
const expert = (no: number, name: string, account: string | null): CellValue[] => [
  no,
  name,
  "高级教师",
  account,
  "某校",
  13900000000 + no,
];

/** Spellings of units, keys that stand twice, a person in two tables, texts apart from their submissions. */
const inputs: readonly ImportInput[] = [
  unitRoster,
  csv("平台导出-兴庆.csv", [
    platformHeader,
    submission("A3", "银川市兴庆区教育局", "丙", "ｎｘ３"),
    submission("A1", "兴庆区", "甲", "nx1"),
    submission("A1", "兴庆区教育局", "又甲", "nx2"),
  ]),
  csv("平台导出-同心.csv", [
    ["平台导出"],
    platformHeader,
    submission("A1", "640324", "同心甲", "nx4"),
    submission("A2", "不存在的局", "乙", "6.4E+17"),
  ]),
  xlsx("专家推荐表-兴庆区教育局-小学.xlsx", {
    表: [["推荐单位：银川市兴庆区教育局"], expertHeader, expert(1, "丁某", "nx7"), expert(2, "戊某", null)],
  }),
  xlsx("专家推荐表-兴庆区教育局-初中.xlsx", {
    表: [["推荐单位：兴庆区教育局"], expertHeader, expert(1, "丁某", "nx7")],
  }),
  csv("联络员.csv", [
    ["推荐单位", "姓名", "联系电话", "教育云账号"],
    ["同心", "己某", "13900000009", null],
    ["兴庆区教育局", "庚某", "13900000008", "nx9"],
  ]),
  csv("正文.csv", [
    ["案例编号", "推荐单位", "特色与创新点"],
    ["A2", "不存在的局", "一二三"],
    ["A3", "兴庆", "四五"],
  ]),
];

const everything = new Import().take(...inputs);
const anyOrder = fc.shuffledSubarray([...inputs], { minLength: inputs.length });

const sheets = ["案例", "正文", "专家", "联络员", "单位"] as const;
const keyLabels = new Set([
  "案例编号",
  "推荐单位",
  "教育云账号",
  "专家姓名",
  "姓名",
  "联系电话",
  "学段",
  "单位代码",
  "单位名称",
  "别名",
  "上级单位",
  "类别",
]);
/** A text that is edited is counted again: not among the edits that change nothing else. */
const sections = new Set(["案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值"]);
const editable = sheets.flatMap((sheet) => {
  const [header = [], ...rows] = sheetNamed(everything.snapshot, sheet).rows;
  return rows.flatMap((_, r) =>
    header
      .map(String)
      .filter((label) => !keyLabels.has(label) && !sections.has(label) && label !== "即时检查")
      .map((label) => ({ sheet, row: r + 2, label })),
  );
});
const anyEdits = fc.uniqueArray(
  fc.record({ cell: fc.constantFrom(...editable), value: fc.constantFrom("人写的", "另一句", "2025-09-01", null) }),
  { maxLength: 6, selector: ({ cell }) => `${cell.sheet}${cell.row}${cell.label}` },
);

describe("the order of imports", () => {
  test("files one by one, in batches, again: the same workbook", () => {
    fc.assert(
      fc.property(anyOrder, fc.array(fc.nat(6), { maxLength: 3 }), anyOrder, (order, cuts, again) => {
        const batches = [...new Set([0, ...cuts])].sort((a, b) => a - b);
        let imported = new Import();
        batches.forEach((from, i) => {
          imported = imported.take(...order.slice(from, batches[i + 1] ?? order.length));
        });
        expect(imported.snapshot).toEqual(everything.snapshot);
        expect(imported.take(...again).snapshot).toEqual(everything.snapshot);
      }),
      { numRuns: runsOf(150) },
    );
  });
});

describe("edits between imports", () => {
  test("survive to the letter, and nothing else changes", () => {
    fc.assert(
      fc.property(anyEdits, anyOrder, (edits, order) => {
        let edited = everything;
        for (const { cell, value } of edits) edited = edited.type(cell.sheet, cell.row, cell.label, value);
        let again = edited;
        for (const input of order) again = again.take(input);
        for (const sheet of sheets)
          expect(sheetNamed(again.snapshot, sheet)).toEqual(sheetNamed(edited.snapshot, sheet));
      }),
      { numRuns: runsOf(150) },
    );
  });

  test("each is told when its file comes again", () => {
    const told = (edited: Import) =>
      edited.take(...inputs).entries.flatMap((entry) => entry.kept.map((kept) => kept.column));
    for (const { sheet, row, label } of editable.filter((cell) => cell.sheet === "案例")) {
      const before = everything.cells(sheet, label)[row - 2]?.[0] ?? "";
      const given = ["案例名称", "领域", "赛道", "第一作者", "第一作者教育云账号", "初评得分", "推荐"].includes(label);
      if (given) expect(told(everything.type(sheet, row, label, `${shown(before)}改`))).toEqual([label]);
    }
  });
});
