import { describe, expect, test } from "vitest";
import { reissueUnitForms } from "../../../apps-script/core/application-book/reissued-form.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { emptySnapshot } from "../../../apps-script/core/workbook/port.ts";
import { directSchool, makeSnapshot, tongxin, xingqing } from "../award-builder.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";

const snapshot = makeSnapshot({
  units: [xingqing, tongxin, directSchool],
  submissions: [
    { priorAward: "是" },
    { nominator: tongxin.name ?? null, keywords: null },
    { nominator: "银川市兴庆区教育局" },
    { recommended: "是" },
  ],
  settings: { 教育局城市赛道名额: 0 },
});
const forms = reissueUnitForms(snapshot, ningxia2025);
const partOf = (index: number, sheet: string) => forms[index]?.patch.sheets.find(({ name }) => name === sheet);
const tableOf = (index: number, sheet: string) =>
  sheetNamed(applyPatch(emptySnapshot, forms[index]?.patch ?? { sheets: [] }), sheet).rows;

describe("检查 and 推荐名额 of a unit", () => {
  test("a unit's own findings alone, the name of the rule before its code", () => {
    const listed = (index: number) =>
      tableOf(index, "检查")
        .slice(3)
        .map((row) => [row[1], row[9]]);
    expect(listed(0)).toEqual([
      ["曾获表彰", "SUB-PRIOR-AWARD"],
      ["超出赛道名额", "QUOTA-TRACK"],
    ]);
    expect(listed(1)).toEqual([["关键词个数不符", "SUB-KEYWORDS"]]);
    expect(listed(2)).toEqual([]);
  });

  test("title and summary", () => {
    expect(tableOf(0, "检查")[0]?.[0]).toBe("兴庆区教育局　检查结果");
    expect(tableOf(0, "检查")[1]?.[0]).toContain("错误 2 项，警告 0 项，提示 0 项");
    expect(tableOf(2, "检查")[1]?.[0]).toBe("没有发现要改的问题。");
  });

  test("quotas: a row for each field and track, a school without tracks", () => {
    const urban = tableOf(0, "推荐名额")[3];
    expect(urban).toEqual(["教学革新", "城市", 0, 1, 0, "超额 1", 1]);
    expect(tableOf(0, "推荐名额").slice(3)).toHaveLength(8);
    expect(tableOf(2, "推荐名额").slice(3)).toHaveLength(4);
  });

  test("title and summary stand over the whole width, what is long is wrapped and its row as high as it needs", () => {
    const [findings, quotas] = [partOf(0, "检查"), partOf(0, "推荐名额")];
    const line = (row: number, right: number) => ({ top: row, left: 1, bottom: row, right });
    expect(findings?.layout?.merges).toEqual([line(1, 10), line(2, 10)]);
    expect(quotas?.layout?.merges).toEqual([line(1, 7), line(2, 7)]);
    expect([findings, quotas].map((sheet) => sheet?.layout?.print?.area)).toEqual([
      { top: 1, left: 1, bottom: 5, right: 10 },
      { top: 1, left: 1, bottom: 11, right: 7 },
    ]);
    const wraps = (findings?.layout?.styles ?? []).filter(({ area, style }) => style.wrap && area.top > 3);
    expect(wraps.map(({ area }) => area)).toContainEqual({ top: 4, left: 4, bottom: 5, right: 4 });
    const heights = (findings?.layout?.heights ?? []).filter(({ row }) => row > 3);
    expect(heights.map(({ row }) => row)).toEqual([4, 5]);
    expect(Math.max(...heights.map(({ height }) => height))).toBeGreaterThan(21);
    expect((findings?.layout?.heights ?? []).slice(0, 2)).toEqual([
      { row: 1, height: 34 },
      { row: 2, height: 24 },
    ]);
  });

  test("an award over its quota stands out, one within it does not", () => {
    const bold = (index: number) =>
      (partOf(index, "推荐名额")?.layout?.styles ?? [])
        .filter(({ area, style }) => style.font?.bold && area.top > 3)
        .map(({ area }) => area);
    expect(bold(0)).toEqual([{ top: 4, left: 6, bottom: 4, right: 6 }]);
    expect(bold(1)).toEqual([]);
    expect(tableOf(1, "推荐名额").slice(3, 5)).toEqual([
      ["教学革新", "城市", 0, 0, 0, expect.any(String), 0],
      ["教学革新", "乡村", 15, 0, 15, expect.any(String), 0],
    ]);
  });

  test("both print on A4 across, with their header on each page", () => {
    for (const index of [0, 1, 2]) {
      for (const sheet of ["检查", "推荐名额"]) {
        expect(partOf(index, sheet)?.layout?.print).toMatchObject({ landscape: true, titleRows: [3, 3] });
        expect(partOf(index, sheet)?.layout?.filter?.top).toBe(3);
      }
    }
  });
});
