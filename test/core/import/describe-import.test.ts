import { expect, test } from "vitest";
import {
  countImport,
  listKept,
  listRejected,
  summariseEntry,
} from "../../../apps-script/core/import/describe-import.ts";
import { type ImportEntry, planImport } from "../../../apps-script/core/import/plan-import.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { makeSnapshot } from "../award-builder.ts";

const nothing: ImportEntry = {
  file: "a.csv",
  sheet: "案例",
  encoding: "UTF-8",
  rows: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  kept: [],
  rejected: [],
};

test.for([
  { added: 0, updated: 0, unchanged: 0, taken: 0 },
  { added: 1, updated: 0, unchanged: 0, taken: 1 },
  { added: 0, updated: 1, unchanged: 0, taken: 1 },
  { added: 0, updated: 0, unchanged: 1, taken: 1 },
  { added: 1, updated: 0, unchanged: 1, taken: 2 },
  { added: 2, updated: 2, unchanged: 4, taken: 8 },
])("taken: $added added, $updated updated, $unchanged unchanged", ({ taken, ...counts }) => {
  expect(countImport({ inputs: [{ ...nothing, ...counts }], conflicts: [] }).taken).toBe(taken);
});

test("counts of all tables together", () => {
  const rejected = [{ row: 3, reason: "没有编号" }];
  const kept = [{ row: 2, column: "别名", reason: "人工填写" }];
  const inputs = [
    { ...nothing, added: 1, kept },
    { ...nothing, added: 2, updated: 1, kept: [...kept, ...kept], rejected },
  ];
  expect(countImport({ inputs, conflicts: [] })).toEqual({
    ...{ added: 3, updated: 1, unchanged: 0, taken: 4 },
    ...{ kept: 3, rejected: 1, conflicts: 0 },
  });
});

test.for([
  { entry: {}, line: "a.csv → 案例：读到 0 行，新增 0，更新 0，未变 0" },
  { entry: { sheet: "" }, line: "a.csv → 未识别：读到 0 行，新增 0，更新 0，未变 0" },
  { entry: { folder: "甲校" }, line: "甲校/a.csv → 案例：读到 0 行，新增 0，更新 0，未变 0" },
  { entry: { folder: "甲校", file: "b/a.csv" }, line: "b/a.csv → 案例：读到 0 行，新增 0，更新 0，未变 0" },
  {
    entry: { rows: 3, kept: [{ row: 1, column: "", reason: "" }], rejected: [{ row: 2, reason: "" }] },
    line: "a.csv → 案例：读到 3 行，新增 0，更新 0，未变 0，原样保留 1 处，未收下 1 行",
  },
])("$line", ({ entry, line }) => expect(summariseEntry({ ...nothing, ...entry })).toBe(line));

test.for([
  { row: 2, column: "别名", line: "第 2 行“别名”：因" },
  { row: 1, column: "", line: "第 1 行：因" },
  { row: 0, column: "别名", line: "“别名”：因" },
  { row: 0, column: "", line: "因" },
])("kept: $line", ({ row, column, line }) => {
  expect(listKept({ ...nothing, kept: [{ row, column, reason: "因" }] })).toEqual([line]);
});

test.for([
  { row: 1, line: "第 1 行未收下：因" },
  { row: 0, line: "未收下：因" },
])("rejected: $line", ({ row, line }) => {
  expect(listRejected({ ...nothing, rejected: [{ row, reason: "因" }] })).toEqual([line]);
});

function rejectedOf(...rows: CellValue[][]) {
  const header = ["案例编号", "案例名称", "领域", "推荐单位", "第一作者", "第一作者单位"];
  const sheets = [{ name: "导出", hidden: false, rows: [header, ...rows], notes: new Map() }];
  const input = { file: "导出.csv", digest: "1", encoding: "", sheets };
  return planImport(makeSnapshot(), [input], ningxia2025).report.inputs[0]!;
}

const row = (id: string | null, title: string | null) => [id, title, "教学革新", "兴庆区教育局", "郝翊", "示例小学"];

test("rows that were not taken are named, those of one reason together, the most first", () => {
  const entry = rejectedOf(row(null, "甲 课堂"), row("B1", "乙"), row(null, "丙"));
  expect(entry.rejected.map(({ name }) => name)).toEqual(["甲 课堂", "丙"]);
  const [line, ...others] = listRejected(entry);
  expect(others).toEqual([]);
  expect(line).toMatch(/^第 2 行“甲 课堂”、第 4 行“丙”未收下：.*案例编号/);
  const mixed = [
    { row: 0, reason: "整份" },
    { row: 9, reason: "缺" },
    { row: 11, reason: "缺", name: "题" },
    { row: 12, reason: "长", name: "𠮷".repeat(41) },
  ];
  expect(listRejected({ ...entry, rejected: mixed })).toEqual([
    "第 9 行、第 11 行“题”未收下：缺",
    "未收下：整份",
    `第 12 行“${"𠮷".repeat(40)}…”未收下：长`,
  ]);
  const many = Array.from({ length: 8 }, (_, i) => ({ row: i + 2, reason: "缺" }));
  expect(listRejected({ ...entry, rejected: many })[0]).toMatch(/第 7 行 等 8 行未收下：缺$/);
});
