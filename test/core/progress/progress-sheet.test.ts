import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { checkAward } from "../../../apps-script/core/check/check.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { listLacking } from "../../../apps-script/core/progress/describe-progress.ts";
import { patchProgress } from "../../../apps-script/core/progress/progress-sheet.ts";
import { readUnitProgress } from "../../../apps-script/core/progress/unit-progress.ts";
import { columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { directSchool, makeSnapshot, tongxin, xingqing } from "../award-builder.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";

const today = "2025-10-20";
const snapshot = makeSnapshot({
  units: [xingqing, { ...tongxin, sealedCopy: "否" }, directSchool],
  submissions: [{ priorAward: "是" }, { recommended: "是" }, { nominator: directSchool.name ?? null, track: null }],
});
type Known = Parameters<typeof patchProgress>[3];
const written = (book: WorkbookSnapshot, known?: Known) =>
  applyPatch(book, { sheets: [patchProgress(book, notice, today, known)] });
/** The rows of 进度 by label. */
function rowsOf(book: WorkbookSnapshot) {
  const [header = [], ...rows] = sheetNamed(book, "进度").rows;
  return rows.map((row) => Object.fromEntries(header.map((label, i) => [String(label), row[i] ?? null])));
}
const rowOf = (book: WorkbookSnapshot, unit: string) => rowsOf(book).find((row) => row.推荐单位 === unit);

describe("进度", () => {
  test("a row for each unit, those that lack most first, as `status` tells them", () => {
    const lacking = listLacking(readUnitProgress(readAward(snapshot, notice), today));
    const rows = rowsOf(written(snapshot));
    expect(rows.map((row) => `${row.推荐单位}：${row.还缺}`)).toEqual([...lacking, "兴庆区教育局：已报齐"]);
  });

  test("counts what has come, and the days to the next day of the notice", () => {
    expect(rowOf(written(snapshot), "兴庆区教育局")).toEqual({
      推荐单位: "兴庆区教育局",
      还缺: "已报齐",
      最近期限: null,
      还有几天: null,
      待改错误: null,
      案例: 2,
      推荐: 1,
      专家: 15,
      联络员: 2,
      盖章件: "已收",
    });
    expect(rowOf(written(snapshot), "厅直属第一示例学校")).toMatchObject({
      最近期限: { iso: "2025-10-30" },
      还有几天: { formula: "DATE(2025,10,30)-TODAY()" },
      推荐: 0,
    });
    expect(rowOf(written(snapshot), "同心县教育局")?.盖章件).toBe("未收");
  });

  test("tells the errors of each unit after a check, and nothing where nobody has checked", () => {
    const { findings } = checkAward(snapshot, notice);
    const errors = rowsOf(written(snapshot, { findings })).map((row) => [row.推荐单位, row.待改错误]);
    const wanted = ["同心县教育局", "厅直属第一示例学校", "兴庆区教育局"].map((unit) => [
      unit,
      findings.filter(({ severity, nominator }) => severity === "error" && nominator === unit).length,
    ]);
    expect(errors).toEqual(wanted);
    expect(wanted.at(-1)).toEqual(["兴庆区教育局", 1]);
    expect(rowsOf(written(written(snapshot, { findings }))).map((row) => row.待改错误)).toEqual([null, null, null]);
  });

  test("says nothing of experts who have been moved", () => {
    const without = makeSnapshot({ units: [xingqing], submissions: [{ recommended: "是" }], experts: [] });
    expect(rowOf(written(without), "兴庆区教育局")?.还缺).toContain("专家");
    expect(rowOf(written(without, { expertsMoved: true }), "兴庆区教育局")).toMatchObject({
      还缺: "已报齐",
      专家: "已移交",
    });
  });

  test("is made before 日志 where an earlier workbook has none", () => {
    const old = { sheets: snapshot.sheets.filter(({ name }) => name !== "进度") };
    const names = written(old).sheets.map(({ name }) => name);
    expect(names.indexOf("进度")).toBe(names.indexOf("日志") - 1);
  });

  test("keeps a column of people with its unit", () => {
    const once = written(snapshot);
    const [header = []] = sheetNamed(once, "进度").rows;
    const column = header.length + 1;
    const noted = typeCell(typeCell(once, "进度", 1, column, "备注"), "进度", 2, column, "已电话");
    const [first] = rowsOf(noted);
    const complete = applyPatch(noted, {
      sheets: [{ name: "单位", edits: [{ row: 3, column: 7, value: "是" }] }],
    });
    const after = rowsOf(written(complete));
    expect(after.find((row) => row.备注 === "已电话")?.推荐单位).toBe(first?.推荐单位);
  });

  test("colours what is late, near, wrong and complete", () => {
    const formats = patchProgress(snapshot, notice, today).layout?.conditionalFormats ?? [];
    const [header = []] = sheetNamed(written(snapshot), "进度").rows;
    const columns = formats.map(({ area }) => header[area.left - 1]);
    expect(columns).toEqual(["还缺", "还缺", "还有几天", "还有几天", "待改错误"]);
    expect(formats[4]?.formula).toBe(`N($${columnLetters(header.indexOf("待改错误") + 1)}2)>0`);
  });

  test("needs no unit", () => {
    expect(rowsOf(written(makeSnapshot({ units: [], submissions: [] })))).toEqual([]);
  });
});
