import { describe, expect, test } from "vitest";
import { buildUnitReports } from "../../../apps-script/core/check/unit-report.ts";
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
const reports = buildUnitReports(snapshot, ningxia2025);
const tableOf = (index: number, sheet: string) => {
  const report = reports[index];
  if (!report) throw new Error(`no report ${index}`);
  return sheetNamed(applyPatch(emptySnapshot, report.patch), sheet).rows;
};

describe("unit reports", () => {
  test("one for each unit", () => {
    expect(reports.map((r) => r.fileName)).toEqual([
      "检查报告-兴庆区教育局.xlsx",
      "检查报告-同心县教育局.xlsx",
      "检查报告-厅直属第一示例学校.xlsx",
    ]);
  });

  test("a unit's own findings alone, those with a longer form of its name too", () => {
    const codes = (index: number) =>
      tableOf(index, "检查")
        .slice(3)
        .map((row) => row[7]);
    expect(codes(0)).toEqual(["SUB-PRIOR-AWARD", "SUB-NOMINATOR", "QUOTA-TRACK"]);
    expect(codes(1)).toEqual(["SUB-KEYWORDS"]);
    expect(codes(2)).toEqual([]);
  });

  test("title and summary", () => {
    expect(tableOf(0, "检查")[0]?.[0]).toBe("兴庆区教育局　检查报告");
    expect(tableOf(0, "检查")[1]?.[0]).toContain("错误 3 项，警告 0 项，提示 0 项");
    expect(tableOf(2, "检查")[1]?.[0]).toBe("没有发现问题。");
  });

  test("quotas: a row for each field and track, a school without tracks", () => {
    const urban = tableOf(0, "配额")[3];
    expect(urban).toEqual(["教学革新", "城市", 0, 1, 0, "超额 1", 1]);
    expect(tableOf(0, "配额").slice(3)).toHaveLength(8);
    expect(tableOf(2, "配额").slice(3)).toHaveLength(4);
  });

  test("title and summary stand over the whole width, what is long is wrapped and its row as high as it needs", () => {
    const [findings, quotas] = reports[0]?.patch.sheets ?? [];
    const line = (row: number, right: number) => ({ top: row, left: 1, bottom: row, right });
    expect(findings?.layout?.merges).toEqual([line(1, 8), line(2, 8)]);
    expect(quotas?.layout?.merges).toEqual([line(1, 7), line(2, 7)]);
    expect([findings, quotas].map((sheet) => sheet?.layout?.print?.area)).toEqual([
      { top: 1, left: 1, bottom: 6, right: 8 },
      { top: 1, left: 1, bottom: 11, right: 7 },
    ]);
    const wraps = (findings?.layout?.styles ?? []).filter(({ area, style }) => style.wrap && area.top > 3);
    expect(wraps.map(({ area }) => area)).toContainEqual({ top: 4, left: 4, bottom: 6, right: 8 });
    const heights = (findings?.layout?.heights ?? []).filter(({ row }) => row > 3);
    expect(heights.map(({ row }) => row)).toEqual([4, 5, 6]);
    expect(Math.max(...heights.map(({ height }) => height))).toBeGreaterThan(21);
    expect((findings?.layout?.heights ?? []).slice(0, 2)).toEqual([
      { row: 1, height: 34 },
      { row: 2, height: 24 },
    ]);
  });

  test("an award over its quota stands out, one within it does not", () => {
    const bold = (index: number) =>
      (reports[index]?.patch.sheets[1]?.layout?.styles ?? [])
        .filter(({ area, style }) => style.font?.bold && area.top > 3)
        .map(({ area }) => area);
    expect(bold(0)).toEqual([{ top: 4, left: 6, bottom: 4, right: 6 }]);
    expect(bold(1)).toEqual([]);
    expect(tableOf(1, "配额").slice(3, 5)).toEqual([
      ["教学革新", "城市", 0, 0, 0, expect.any(String), 0],
      ["教学革新", "乡村", 15, 0, 15, expect.any(String), 0],
    ]);
  });

  test("every sheet prints on A4 across, with its header on each page", () => {
    for (const { patch } of reports) {
      for (const { layout } of patch.sheets) {
        expect(layout?.print).toMatchObject({ landscape: true, titleRows: [3, 3] });
        expect(layout?.filter?.top).toBe(3);
      }
    }
  });
});
