/** 填报表 on its way: filled in by a unit, imported, sent back with what is to be mended, filled on, imported again. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reissueUnitForms } from "../../../apps-script/core/application-book/reissued-form.ts";
import { buildUnitForms, type UnitForm } from "../../../apps-script/core/application-book/unit-form.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import { type CellValue, emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { csv, Import, unitRoster } from "../import/import-inputs.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";

type Cells = Readonly<Record<string, CellValue>>;

const formOf = (forms: readonly UnitForm[], unit: string): WorkbookSnapshot => {
  const form = forms.find((each) => each.unit === unit);
  if (!form) throw new Error(`no form of ${unit}`);
  return applyPatch(emptySnapshot, form.patch);
};
const blank = (unit: string) => formOf(buildUnitForms(new Import().take(unitRoster).snapshot, ningxia2025), unit);
const reissue = (book: WorkbookSnapshot, unit: string) => formOf(reissueUnitForms(book, ningxia2025), unit);
const labelsOf = (form: WorkbookSnapshot, sheet: string) => (sheetNamed(form, sheet).rows[0] ?? []).map(cellText);
const fill = (form: WorkbookSnapshot, sheet: string, row: number, cells: Cells) =>
  Object.entries(cells).reduce(
    (book, [label, value]) => typeCell(book, sheet, row, labelsOf(form, sheet).indexOf(label) + 1, value),
    form,
  );
const sent = (form: WorkbookSnapshot, file: string) => ({
  file,
  encoding: "",
  digest: file,
  sheets: form.sheets.map((each) => ({ ...each, hidden: each.hidden === true })),
});
/** What people typed, by sheet and row; 推荐单位 is there beforehand. */
function typedIn(form: WorkbookSnapshot): Record<string, string[][]> {
  const of = (sheet: string) => {
    const skipped = ["推荐单位", "即时检查"].map((label) => labelsOf(form, sheet).indexOf(label));
    return sheetNamed(form, sheet)
      .rows.slice(1)
      .flatMap((row, i) => {
        const cells = row.map((value, c) => (skipped.includes(c) ? "" : cellText(value)));
        return cells.some((text) => text !== "") ? [[String(i + 2), ...cells.map((text) => text.trim())]] : [];
      });
  };
  return Object.fromEntries(["案例", "正文", "专家", "联络员"].map((sheet) => [sheet, of(sheet)]));
}

const unit = "兴庆区教育局";
const file = `填报表-${unit}.xlsx`;
const good = { 案例名称: "学情诊断", 领域: "教学革新", 关键词: "甲乙、丙丁、戊己" };

describe("a form that was filled in out of order and with a gap", () => {
  let form = blank(unit);
  form = fill(form, "案例", 3, { ...good, 案例编号: "B9", 领域: "教学" });
  form = fill(form, "案例", 4, { ...good, 案例编号: "B1", 第一作者教育云账号: "ｎｘ１" });
  form = fill(form, "案例", 7, { ...good, 案例编号: "C5", 案例名称: "另一个" });
  form = fill(form, "专家", 2, { 专家姓名: "丁某", 教育云账号: "zj1", 学段: "小学" });
  form = fill(form, "专家", 5, { 专家姓名: "丁某", 教育云账号: "zj1", 学段: "初中" });
  const other = csv("平台导出-同心.csv", [
    ["案例编号", "案例名称", "领域", "推荐单位", "第一作者"],
    ["C5", "同心的", "教学革新", "同心县教育局", "甲某"],
  ]);
  const book = new Import().take(unitRoster, other).take(sent(form, file)).snapshot;
  const back = reissue(book, unit);
  const column = (sheet: string, label: string) => labelsOf(back, sheet).indexOf(label);
  const findings = sheetNamed(back, "检查").rows.slice(3);

  test("comes back with its rows where they were", () => {
    const ids = sheetNamed(back, "案例").rows.map((row) => cellText(row[column("案例", "案例编号")] ?? null));
    expect([2, 3, 4, 5, 6, 7, 8].map((row) => ids[row - 1])).toEqual(["", "B9", "B1", "", "", "C5", ""]);
  });

  test("lists what is to be mended with its own row numbers and links, marks and notes on the cells", () => {
    const wrong = findings.find((row) => row[1] === "所填内容无效" && row[2] === "B9");
    expect(wrong?.slice(4, 8)).toEqual([
      { kind: "link", text: expect.stringMatching(/^[A-Z]+3$/), target: expect.stringMatching(/^#'?案例'?![A-Z]+3$/) },
      "案例",
      3,
      "领域",
    ]);
    const patch = reissueUnitForms(book, ningxia2025).find((each) => each.unit === unit)?.patch;
    const at = { row: 3, column: column("案例", "领域") + 1 };
    const sheet = patch?.sheets.find(({ name }) => name === "案例");
    expect(sheet?.marks).toContainEqual({ ...at, mark: "error" });
    expect(sheet?.notes).toContainEqual({ ...at, text: expect.stringMatching(/^【评案簿检查】\n错误 所填内容无效（/) });
  });

  test("names rows in messages as the unit numbers them, and no row of another unit", () => {
    const said = findings.map((row) => cellText(row[3] ?? null)).join("\n");
    expect(said).toContain("另一行（同心县教育局）");
    expect(said).toContain("第 5 行（兴庆区教育局，初中）");
    expect(said).toContain("第 2 行（兴庆区教育局，小学）");
    expect([...said.matchAll(/第 (\d+) 行/g)].map(([, row]) => row).sort()).toEqual(["2", "5"]);
  });

  test("says nothing of what only administrators can settle", () => {
    const all = applyPatch(book, { sheets: [] });
    const parentless = typeCell(all, "单位", 2, 5, "某某市");
    const listed = sheetNamed(reissue(parentless, unit), "检查").rows.map((row) => row[9]);
    expect(listed).not.toContain("UNIT-PARENT");
    expect(listed).toContain("UNIT-SEAL");
  });

  test("tells what import has cleaned last and apart, and marks no cell for it", () => {
    const heading = findings.findIndex((row) => /^以下是导入时自动整理/.test(cellText(row[0] ?? null)));
    expect(heading).toBeGreaterThan(0);
    const codes = findings.map((row) => row[9]);
    expect(codes.slice(0, heading)).not.toContain("DATA-CLEANED");
    expect(codes.slice(heading + 1)).toEqual(["DATA-CLEANED"]);
    const notes = [...sheetNamed(back, "案例").notes.values()].join("\n");
    expect(notes).not.toContain("DATA-CLEANED");
  });

  test("is imported again as the form of its unit, filled on or not: nothing is lost, nothing doubled", () => {
    const again = new Import(book).take(sent(back, file));
    expect(again.entries.flatMap(({ rejected, kept, added }) => [...rejected, ...kept, added])).toEqual(
      again.entries.map(() => 0),
    );
    expect(again.snapshot).toEqual(book);
    const mended = fill(fill(back, "案例", 3, { 领域: "教学革新" }), "案例", 9, { ...good, 案例编号: "D1" });
    const ids = new Import(book).take(sent(mended, "改好了.xlsx")).cells("案例", "推荐单位", "案例编号", "领域");
    expect(ids.filter(([nominator]) => nominator === unit)).toEqual([
      [unit, "B1", "教学革新"],
      [unit, "B9", "教学革新"],
      [unit, "C5", "教学革新"],
      [unit, "D1", "教学革新"],
    ]);
  });
});

describe("rows that no form has sent", () => {
  test("stand below those of the file that most came from, as the workbook has them", () => {
    const first = fill(fill(blank(unit), "案例", 2, { ...good, 案例编号: "Z1" }), "案例", 3, {
      ...good,
      案例编号: "A1",
    });
    const later = csv("补报.csv", [
      ["案例编号", "案例名称", "领域", "推荐单位"],
      ["B1", "补的", "教学革新", "兴庆区"],
    ]);
    const book = new Import().take(unitRoster, sent(first, file)).take(later).snapshot;
    const back = reissue(book, unit);
    const column = labelsOf(back, "案例").indexOf("案例编号");
    expect(
      sheetNamed(back, "案例")
        .rows.slice(1, 5)
        .map((row) => cellText(row[column] ?? null)),
    ).toEqual(["Z1", "A1", "B1", ""]);
  });

  test("typed under another name of the unit they are its own", () => {
    const book = new Import().take(
      unitRoster,
      csv("a.csv", [
        ["案例编号", "案例名称", "领域", "推荐单位"],
        ["A1", "甲", "教学革新", unit],
      ]),
    );
    const back = reissue(book.type("案例", 2, "推荐单位", "兴庆").snapshot, unit);
    expect(typedIn(back).案例).toHaveLength(1);
  });
});

const text = fc.constantFrom(
  "",
  "甲",
  "乙 丙",
  "ｎｘ１",
  "1/2",
  "无",
  "=1+1",
  "一、二、三",
  "是",
  "2025/7/15",
  "17分30秒",
  "1080P",
);
const cells = (labels: readonly string[], key: string, keys: readonly string[]) =>
  fc.record({
    row: fc.integer({ min: 2, max: 30 }),
    cells: fc
      .tuple(fc.constantFrom(...keys), fc.dictionary(fc.constantFrom(...labels), text, { maxKeys: 6 }))
      .map(([id, more]): Cells => ({ ...more, [key]: id })),
  });
const rowsOf = (labels: readonly string[], key: string, keys: readonly string[]) =>
  fc.uniqueArray(cells(labels, key, keys), { maxLength: 8, selector: ({ row }) => row });
const empty = blank(unit);
const free = (sheet: string) =>
  labelsOf(empty, sheet).filter((label) => !/推荐单位|即时检查|案例编号|专家姓名|^姓名|字数/.test(label));
const anyTyping = fc.record({
  案例: rowsOf(free("案例"), "案例编号", ["A1", "a1", "A2", "A10", "B-3", "Ｂ４"]),
  // One text a submission: which of several counts is for import to say.
  正文: rowsOf(free("正文"), "案例编号", ["A1", "A2", "X9"]).map((rows) => [
    ...new Map(rows.map((row) => [row.cells.案例编号, row])).values(),
  ]),
  专家: rowsOf(free("专家"), "专家姓名", ["丁某", "戊某", "己 某"]),
  联络员: rowsOf(free("联络员"), "姓名", ["庚某", "辛某"]),
});

test("whatever was typed: what comes back holds every row, and importing it changes nothing", () => {
  fc.assert(
    fc.property(anyTyping, (typing) => {
      let form = empty;
      for (const [sheet, rows] of Object.entries(typing))
        for (const { row, cells } of rows) form = fill(form, sheet, row, cells);
      const book = new Import().take(unitRoster, sent(form, file));
      const back = reissue(book.snapshot, unit);
      const again = new Import(book.snapshot).take(sent(back, file));
      for (const sheet of ["案例", "正文", "专家", "联络员"])
        expect(sheetNamed(again.snapshot, sheet)).toEqual(sheetNamed(book.snapshot, sheet));
      expect(typedIn(reissue(again.snapshot, unit))).toEqual(typedIn(back));
      const places = typing.案例.map(({ row }) => String(row)).sort();
      expect((typedIn(back).案例 ?? []).map(([row]) => row).sort()).toEqual(places);
    }),
    { numRuns: 25 },
  );
});
