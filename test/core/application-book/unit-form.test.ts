/** 填报表 as a unit gets it, fills it in and sends it back. */
import { describe, expect, test } from "vitest";
import { buildUnitForms } from "../../../apps-script/core/application-book/unit-form.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet, unitFormSheets } from "../../../apps-script/core/schema/application.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import { type CellValue, emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { palette } from "../../../apps-script/core/workbook/theme.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { snapshotSource } from "../../../node-tools/calculator/snapshot-source.ts";
import { makeSnapshot, xingqing } from "../award-builder.ts";
import { Import, unitRoster } from "../import/import-inputs.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";

const [form] = buildUnitForms(
  makeSnapshot({ units: [xingqing], submissions: [{}], experts: [], liaisons: [] }),
  ningxia2025,
);
if (!form) throw new Error("no form");
const book = applyPatch(emptySnapshot, form.patch);
const labels = (sheet: string) => (sheetNamed(book, sheet).rows[0] ?? []).map(cellText);
const columnOf = (sheet: string, label: string) => labels(sheet).indexOf(label) + 1;
const fill = (to: WorkbookSnapshot, sheet: string, row: number, cells: Readonly<Record<string, CellValue>>) =>
  Object.entries(cells).reduce(
    (snapshot, [label, value]) => typeCell(snapshot, sheet, row, columnOf(sheet, label), value),
    to,
  );
const typed = { 案例编号: "B1", 案例名称: "名称", 领域: "教学革新" } as const;
const verdict = (snapshot: WorkbookSnapshot, sheet: string, row: number) =>
  new Calculation(snapshotSource(snapshot)).valueOf(sheet, row, columnOf(sheet, "即时检查"));

describe("推荐单位 of a form", () => {
  test.for(unitFormSheets.map(({ label }) => label))("stands in every ready row of %s", (label) => {
    const rows = sheetNamed(book, label).rows.slice(1);
    const column = columnOf(label, "推荐单位");
    expect(rows.length).toBeGreaterThan(15);
    expect([...new Set(rows.map((row) => row[column - 1]))]).toEqual(["兴庆区教育局"]);
  });

  test("is locked, and the one choice where a sheet is not protected", () => {
    for (const { label } of unitFormSheets) {
      const layout = form.patch.sheets.find(({ name }) => name === label)?.layout;
      const column = columnOf(label, "推荐单位");
      const last = (layout?.styles ?? []).filter(
        ({ area, style }) => area.left <= column && column <= area.right && style.locked !== undefined,
      );
      expect(last[last.length - 1]?.style.locked).toBe(true);
      expect(layout?.validations?.filter(({ area }) => area.left === column)).toMatchObject([
        { validation: { kind: "list", source: ["兴庆区教育局"], strict: true } },
      ]);
    }
  });

  test.for([
    { label: "案例", wrong: { 案例名称: "某某" } },
    { label: "专家", wrong: { 专家姓名: "某某" } },
    { label: "联络员", wrong: { 联系电话: "1399999" } },
  ])("makes no row of $label a filled one", ({ label, wrong }) => {
    const last = sheetNamed(book, label).rows.length;
    expect([last - 1, last].map((row) => verdict(book, label, row))).toEqual(["", ""]);
    expect(verdict(fill(book, label, last, wrong), label, last)).toMatch(/^\d+ (错|提醒)/);
  });

  test("only filled rows come in, also those from which it was cleared, and those of a file with another name", () => {
    const filled = fill(fill(book, "案例", 4, typed), "案例", 9, { ...typed, 案例编号: "B2", 推荐单位: null });
    for (const file of ["填报表-兴庆区教育局.xlsx", "副本.xlsx"]) {
      const imported = new Import().take(unitRoster, {
        file,
        encoding: "",
        digest: file,
        sheets: filled.sheets.map((each) => ({ ...each, hidden: each.hidden === true })),
      });
      expect(imported.cells("案例", "推荐单位", "案例编号")).toEqual([
        ["兴庆区教育局", "A001"],
        ["兴庆区教育局", "B1"],
        ["兴庆区教育局", "B2"],
      ]);
      expect(["专家", "联络员", "正文"].flatMap((sheet) => imported.cells(sheet, "推荐单位"))).toEqual([]);
    }
  });

  test("another unit that somebody typed is not replaced", () => {
    const imported = new Import().take(unitRoster, {
      file: "副本.xlsx",
      encoding: "",
      digest: "x",
      sheets: fill(book, "案例", 4, { ...typed, 推荐单位: "西夏区教育局" }).sheets.map((each) => ({
        ...each,
        hidden: each.hidden === true,
      })),
    });
    expect(imported.cells("案例", "推荐单位", "案例编号")).toContainEqual(["西夏区教育局", "B1"]);
  });
});

describe("columns that a unit needs not", () => {
  const hiddenIn = (submissions: Parameters<typeof makeSnapshot>[0]) => {
    const [made] = buildUnitForms(
      makeSnapshot({ units: [xingqing], experts: [], liaisons: [], ...submissions }),
      ningxia2025,
    );
    const { layout } = made?.patch.sheets.find(({ name }) => name === "案例") ?? {};
    const hidden = (layout?.widths ?? []).filter((each) => each.hidden);
    const guide = made?.patch.sheets[0]?.edits?.map(({ value }) => cellText(value)).join("\n") ?? "";
    return {
      folded: hidden.filter(({ grouped }) => grouped).map(({ column }) => submissionsSheet.columns[column - 1]?.label),
      hidden: hidden.filter(({ grouped }) => !grouped).map(({ column }) => submissionsSheet.columns[column - 1]?.label),
      isTold: guide.includes("各部分字数先收起来"),
    };
  };
  const uncounted = { wordsSummary: null, wordsInnovation: null, wordsProcess: null, wordsApplication: null };
  const administrators = ["状态", "取消类别", "状态说明"];

  test("counts of the sections are folded, which 正文 has, and 说明 says how to see them", () =>
    expect(hiddenIn({ submissions: [uncounted, uncounted] })).toEqual({
      folded: ["概要字数", "特色字数", "过程字数", "应用字数"],
      hidden: administrators,
      isTold: true,
    }));

  test("as soon as one of them is filled in they are all seen", () =>
    expect(hiddenIn({ submissions: [uncounted, { ...uncounted, wordsProcess: 1800 }] })).toEqual({
      folded: [],
      hidden: administrators,
      isTold: false,
    }));
});

test.for([
  { verdict: "✓", fill: undefined, ink: palette.goodInk },
  {
    verdict: "2 错 1 提醒　「领域」不在可选项内；提醒：未填「品牌标识」",
    fill: palette.errorFill,
    ink: palette.errorInk,
  },
  { verdict: "1 提醒：未填「品牌标识」", fill: palette.warningFill, ink: palette.warningInk },
  { verdict: "本行在即时检查的范围以外，请运行“检查”", fill: palette.errorFill, ink: palette.errorInk },
  // A filled row without its formula.
  { verdict: "", fill: palette.errorFill, ink: palette.errorInk },
])("a verdict $verdict has its colours in programs that add up all formats that hold", ({ verdict, fill, ink }) => {
  const { layout } = form.patch.sheets.find(({ name }) => name === "案例") ?? {};
  const typed = typeCell(book, "案例", 2, 1, verdict);
  const calculation = new Calculation(snapshotSource(typed));
  const holding = (layout?.conditionalFormats ?? []).filter(
    ({ area, formula }) =>
      area.left === 1 && calculation.evaluate(formula, "案例", 2, 1, { row: 2, column: 1 }) === true,
  );
  expect(holding.map(({ style }) => style.fill).find((each) => each !== undefined)).toBe(fill);
  expect(holding.map(({ style }) => style.font?.color).find((each) => each !== undefined)).toBe(ink);
});

test("what only the administrator fills in is not shown to units", () => {
  const layout = form.patch.sheets.find(({ name }) => name === submissionsSheet.label)?.layout;
  const hidden = (layout?.widths ?? []).filter((each) => each.hidden).map(({ column }) => labels("案例")[column - 1]);
  expect(hidden).toEqual(["状态", "取消类别", "状态说明"]);
});

test("说明 names no sheet that the form lacks", () => {
  const said = sheetNamed(book, "说明").rows.flat().map(cellText).join("\n");
  const named = [...said.matchAll(/“([^”]+)”表/g)].map(([, name]) => name ?? "");
  const present = book.sheets.map(({ name }) => name);
  expect(named.filter((name) => !present.includes(name))).toEqual([]);
});
