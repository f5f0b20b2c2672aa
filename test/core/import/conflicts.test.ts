import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { summariseImport } from "../../../apps-script/core/import/describe-import.ts";
import { type ImportInput, planImport } from "../../../apps-script/core/import/plan-import.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { sheetNamed } from "../in-memory-workbook.ts";
import { paragraphs } from "./document-blocks.ts";
import { csv, docx, Import, unitRoster, xlsx } from "./import-inputs.ts";

const labels = ["案例编号", "推荐单位", "案例名称", "领域", "第一作者", "联系电话", "初评得分", "状态"];
type Row = Partial<Record<string, CellValue>>;
const table = (file: string, ...rows: Row[]): ImportInput =>
  csv(file, [
    labels,
    ...rows.map((row) =>
      labels.map((label) => ({ 案例编号: "A1", 推荐单位: "兴庆区教育局", 领域: "教学革新", ...row })[label] ?? null),
    ),
  ]);
const plan = (before: Import, ...inputs: ImportInput[]) => planImport(before.snapshot, inputs, ningxia2025).report;
const found = ({ snapshot }: Import) =>
  judgeAward(snapshot, ningxia2025)
    .findings.filter(({ code }) => code === "IMPORT-CONFLICT")
    .map(({ sheet, row, column, severity }) => `${severity} ${sheet}!${row} ${column}`);

const units = new Import().take(unitRoster);

describe("two files of one call that disagree on a cell", () => {
  test.for<{ name: string; before?: Row; a: Row; b: Row; cell: string; conflict: boolean }>([
    { name: "a new row: the cell stays empty", a: { 案例名称: "甲" }, b: { 案例名称: "乙" }, cell: "", conflict: true },
    {
      name: "the cell keeps what it had",
      before: { 案例名称: "原" },
      a: { 案例名称: "甲" },
      b: { 案例名称: "乙" },
      cell: "原",
      conflict: true,
    },
    {
      name: "one of them says what the cell had",
      before: { 案例名称: "甲" },
      a: { 案例名称: "甲" },
      b: { 案例名称: "乙" },
      cell: "甲",
      conflict: true,
    },
    {
      name: "equal ones are none",
      before: { 案例名称: "原" },
      a: { 案例名称: "甲" },
      b: { 案例名称: "甲 " },
      cell: "甲",
      conflict: false,
    },
    {
      name: "an empty one is none",
      before: { 案例名称: "原" },
      a: { 案例名称: "甲" },
      b: {},
      cell: "甲",
      conflict: false,
    },
  ])("$name", ({ before, a, b, cell, conflict }) => {
    const start = before ? units.take(table("早.csv", before)) : units;
    for (const inputs of [
      [table("一.csv", a), table("二.csv", b)],
      [table("二.csv", b), table("一.csv", a)],
      [table("一.csv", b), table("二.csv", a)],
    ]) {
      const after = start.take(...inputs);
      expect(after.cells("案例", "案例名称")).toEqual([[cell]]);
      expect(plan(start, ...inputs).conflicts.map(({ column, kept }) => [column, kept])).toEqual(
        conflict ? [["案例名称", cell]] : [],
      );
      expect(found(after)).toEqual(conflict ? ["error 案例!2 案例名称"] : []);
      expect(after.take(...inputs).snapshot).toEqual(after.snapshot);
    }
  });

  const [one, two] = [table("甲/导出.csv", { 案例名称: "一" }), table("乙/导出.csv", { 案例名称: "二" })];

  test("both are told, with file and row", () => {
    const report = plan(units, one, two);
    expect(report.conflicts).toEqual([
      {
        ...{
          code: "IMPORT-CONFLICT",
          sheet: "案例",
          column: "案例名称",
          id: "A1",
          nominator: "兴庆区教育局",
          kept: "",
        },
        offered: [
          { file: "乙/导出.csv", row: 2, value: "二" },
          { file: "甲/导出.csv", row: 2, value: "一" },
        ],
      },
    ]);
    expect(summariseImport(report)).toContain("说法不一 1 处");
  });

  test("what somebody types settles it, a later file too", () => {
    const disputed = units.take(one, two);
    const typed = disputed.type("案例", 2, "案例名称", "人写的");
    expect(found(typed)).toEqual([]);
    expect(found(typed.take(one, two))).toEqual([]);
    expect(typed.take(one, two).cells("案例", "案例名称")).toEqual([["人写的"]]);
    const later = disputed.take(two);
    expect(found(later)).toEqual([]);
    expect(later.cells("案例", "案例名称")).toEqual([["二"]]);
  });

  test("what a person typed before is no matter of theirs", () => {
    const typed = units.take(table("早.csv", { 案例名称: "原" })).type("案例", 2, "案例名称", "人写的");
    expect(plan(typed, one, two).conflicts).toEqual([]);
    expect(typed.take(one, two).cells("案例", "案例名称")).toEqual([["人写的"]]);
  });

  test("other cells of the row are taken; 有效 for want of a 状态 contradicts nobody", () => {
    const after = units.take(
      table("一.csv", { 案例名称: "一", 第一作者: "甲某", 状态: "取消资格" }),
      table("二.csv", { 案例名称: "二", 联系电话: "13900000001" }),
    );
    expect(after.cells("案例", "案例名称", "第一作者", "联系电话", "状态")).toEqual([
      ["", "甲某", "13900000001", "取消资格"],
    ]);
  });

  test("of three files two that agree do not win", () => {
    const files = [one, two, table("丙/导出.csv", { 案例名称: "一" })];
    expect(units.take(...files).cells("案例", "案例名称")).toEqual([[""]]);
    expect(plan(units, ...files).conflicts[0]?.offered).toHaveLength(3);
  });

  test("a document is the original of what it says", () => {
    const text = (file: string, summary: string) =>
      csv(file, [
        ["案例编号", "推荐单位", "案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值"],
        ["A1", "兴庆区教育局", summary, "特色", "过程", "应用"],
      ]);
    const form = docx(
      "A1.docx",
      paragraphs(`案例概要
        文档的概要
        案例的特色与创新点
        特色
        案例的研究和实践过程
        过程
        案例的应用情况及推广价值
        应用`),
      "A1",
    );
    const start = units.take(table("早.csv", { 案例名称: "原" }));
    expect(found(start.take(text("一.csv", "甲"), text("二.csv", "乙")))).toEqual(["error 正文!2 案例概要"]);
    const withForm = start.take(text("一.csv", "甲"), text("二.csv", "乙"), form);
    expect(found(withForm)).toEqual([]);
    expect(withForm.cells("正文", "案例概要")).toEqual([["文档的概要"]]);
  });

  test("the name of a new unit: both names find their rows, one stands, and it is told", () => {
    const roster = (file: string, name: string) =>
      csv(file, [
        ["单位代码", "单位名称", "类别"],
        ["640104", name, "教育局"],
      ]);
    const rows = (file: string, id: string, nominator: string) => table(file, { 案例编号: id, 推荐单位: nominator });
    const inputs = [
      roster("一/名册.csv", "兴庆区教育局"),
      roster("二/名册.csv", "兴庆区教育体育局"),
      rows("一/导出.csv", "A1", "兴庆区教育局"),
      rows("二/导出.csv", "A2", "兴庆区教育体育局"),
    ];
    const after = new Import().take(...inputs);
    const [name] = after.cells("单位", "单位名称")[0] ?? [];
    expect(after.cells("案例", "推荐单位")).toEqual([[name], [name]]);
    expect(found(after)).toEqual(["error 单位!2 单位名称"]);
    expect(new Import().take(...[...inputs].reverse()).snapshot).toEqual(after.snapshot);
  });

  test("a name of a new unit that stands meanwhile is the smaller one", () => {
    const roster = (file: string, name: string) =>
      csv(file, [
        ["单位代码", "单位名称"],
        ["640199", name],
      ]);
    for (const names of [
      ["乙校", "甲校"],
      ["甲校", "乙校"],
    ] as const) {
      const after = new Import().take(roster("一.csv", names[0]), roster("二.csv", names[1]));
      expect(after.cells("单位", "单位名称")).toEqual([["乙校"]]);
    }
  });

  test("a unit is told by its code, a liaison by the name", () => {
    const roster = (kind: string) => [
      ["单位代码", "单位名称", "类别"],
      ["640104", "兴庆区教育局", kind],
    ];
    const liaisons = (phone: string) => [
      ["推荐单位", "联络员姓名", "联系电话"],
      ["兴庆区教育局", "己某", phone],
    ];
    const ids = (rows: (value: string) => string[][], a: string, b: string) =>
      plan(units, csv("联络员一.csv", rows(a)), csv("联络员二.csv", rows(b))).conflicts.map(({ sheet, id }) => [
        sheet,
        id,
      ]);
    expect(ids(liaisons, "13900000001", "13900000002")).toEqual([["联络员", "己某"]]);
    expect(
      plan(new Import(), csv("一.csv", roster("教育局")), csv("二.csv", roster("厅直属学校"))).conflicts,
    ).toMatchObject([{ sheet: "单位", column: "类别", id: "640104" }]);
  });

  test("two sheets of one file: the upper row is told first, whichever comes first", () => {
    const [one, two] = ["一", "二"].map((title) => [
      labels,
      labels.map(
        (label) => ({ 案例编号: "A1", 推荐单位: "兴庆区教育局", 案例名称: title, 领域: "教学革新" })[label] ?? null,
      ),
    ]);
    if (!one || !two) throw new Error("two tables");
    const [header = [], row = []] = two;
    const lower = [header, labels.map(() => null), row];
    const report = plan(units, xlsx("导出.xlsx", { 甲: lower, 乙: one }));
    expect(report.conflicts[0]?.offered.map(({ row: number, value }) => [number, value])).toEqual([
      [2, "一"],
      [3, "二"],
    ]);
  });

  test("a long value is told by its first 60 characters", () => {
    const [long, other] = ["甲", "乙"].map((character) => character.repeat(61));
    const [first] = plan(
      units,
      table("一.csv", { 案例名称: long ?? "" }),
      table("二.csv", { 案例名称: other ?? "" }),
    ).conflicts;
    expect(first?.offered[0]?.value).toBe(`${"甲".repeat(60)}…`);
    const [short] = plan(
      units,
      table("一.csv", { 案例名称: long?.slice(1) ?? "" }),
      table("二.csv", { 案例名称: "乙" }),
    ).conflicts;
    expect(short?.offered[0]?.value).toBe("甲".repeat(60));
  });

  test("a cell that stays empty was never filled: who types into it typed it by hand", () => {
    const typed = units.take(one, two).type("案例", 2, "案例名称", "人写的");
    expect(typed.take(one).entries[0]?.kept).toEqual([
      { row: 2, column: "案例名称", reason: "表中现为“人写的”，文件中为“一”；表中的值是人工填写的，已保留" },
    ]);
  });

  test("a disagreement that was settled by hand is not remembered once the cell is emptied again", () => {
    const settled = units
      .take(one, two)
      .type("案例", 2, "案例名称", "人写的")
      .take(table("三.csv", { 案例编号: "A2" }));
    expect(found(settled.type("案例", 2, "案例名称", null))).toEqual([]);
  });

  test("a cell that is given back is told as cleaned, as it was before", () => {
    const start = units.take(table("早.csv", { 联系电话: "１３９００００００００" }));
    const cleaned = (imported: Import) =>
      imported
        .cells("导入记录", "清理记录")
        .flat()
        .filter((text) => text !== "");
    expect(cleaned(start)).toHaveLength(1);
    const disputed = start.take(
      table("一.csv", { 联系电话: "13900000001" }),
      table("二.csv", { 联系电话: "13900000002" }),
    );
    expect(disputed.cells("案例", "联系电话")).toEqual([["13900000000"]]);
    expect(cleaned(disputed)).toEqual(cleaned(start));
  });

  test("two files that state another number than was counted disagree, and the count stays", () => {
    const words = (file: string, count: string) =>
      csv(file, [
        [...labels, "概要字数"],
        ["A1", "兴庆区教育局", "名", "教学革新", null, null, null, null, count],
      ]);
    const texts = csv("正文.csv", [
      ["案例编号", "推荐单位", "案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值"],
      ["A1", "兴庆区教育局", "共五个字数", "特色", "过程", "应用"],
    ]);
    const counted = units.take(table("早.csv", { 案例名称: "名" }), texts);
    expect(counted.cells("案例", "概要字数")).toEqual([["5"]]);
    const disputed = counted.take(words("一.csv", "300"), words("二.csv", "400"));
    expect(found(disputed)).toEqual(["error 案例!2 概要字数"]);
    expect(disputed.cells("案例", "概要字数")).toEqual([["5"]]);
    expect(counted.take(words("一.csv", "300")).cells("案例", "概要字数")).toEqual([["300"]]);
  });

  test("案例名称 in two tables of 正文 is no disagreement", () => {
    const texts = (file: string, title: string) =>
      csv(file, [
        ["案例编号", "推荐单位", "案例名称", "案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值"],
        ["A1", "兴庆区教育局", title, "概要", "特色", "过程", "应用"],
      ]);
    for (const titles of [
      ["乙", "甲"],
      ["甲", "乙"],
    ] as const) {
      const inputs = [texts("一.csv", titles[0]), texts("二.csv", titles[1])];
      const after = units.take(table("早.csv", { 案例名称: "原" }), ...inputs);
      expect(found(after).filter((each) => each.includes("正文"))).toEqual([]);
      expect(after.cells("正文", "案例名称")).toEqual([["乙"]]);
    }
  });

  test("序号 in two tables of experts is no disagreement", () => {
    const experts = (file: string, no: string) =>
      csv(file, [
        ["推荐单位", "序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话", "学段"],
        ["兴庆区教育局", no, "丁某", "高级", "nx7", "某校", "13900000007", "小学"],
      ]);
    for (const files of [
      [experts("一.csv", "3"), experts("二.csv", "12")],
      [experts("一.csv", "12"), experts("二.csv", "3")],
    ]) {
      expect(plan(units, ...files).conflicts).toEqual([]);
      expect(units.take(...files).cells("专家", "序号")).toEqual([["3"]]);
    }
  });

  test("whatever the order and the names: one workbook, and no value of a disputed cell", () => {
    const value = fc.constantFrom(null, "甲", "乙");
    const rows = fc.array(fc.record({ 案例名称: value, 第一作者: value, 联系电话: value }), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        rows,
        fc.option(fc.record({ 案例名称: value }), { nil: undefined }),
        fc.nat(),
        (files, before, turn) => {
          const start = before ? units.take(table("早.csv", before)) : units;
          const names = files.map((_, i) => `${(i + turn) % files.length}.csv`);
          const inputs = files.map((row, i) => table(`${i}.csv`, row));
          const after = start.take(...inputs);
          expect(start.take(...[...inputs].reverse()).snapshot).toEqual(after.snapshot);
          const renamed = start.take(...files.map((row, i) => table(names[i] as string, row)));
          const cells = (imported: Import) => imported.cells("案例", "案例名称", "第一作者", "联系电话", "状态");
          expect(cells(renamed)).toEqual(cells(after));
          for (const [i, label] of ["案例名称", "第一作者", "联系电话"].entries()) {
            const said = new Set(files.map((row) => row[label as "案例名称"]).filter((text) => text !== null));
            const had = label === "案例名称" ? (before?.案例名称 ?? "") : "";
            const [only] = said;
            expect(cells(after)[0]?.[i]).toBe(said.size > 1 ? had : (only ?? had));
          }
          expect(after.take(...inputs).snapshot).toEqual(after.snapshot);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("a later call is a correction", () => {
  test("it wins, and what it replaced is told", () => {
    const start = units.take(table("一.csv", { 案例名称: "旧名", 初评得分: "80" }));
    for (const file of ["一.csv", "二.csv"]) {
      const after = start.take(table(file, { 案例名称: "新名", 初评得分: "80" }));
      expect(after.cells("案例", "案例名称")).toEqual([["新名"]]);
      expect(after.entries[0]?.replaced).toEqual([
        { row: 2, column: "案例名称", reason: "表中原为“旧名”，已按文件改为“新名”" },
      ]);
    }
    expect(units.take(table("一.csv", { 案例名称: "旧名" })).entries[0]?.replaced).toBeUndefined();
  });
});

describe("a row deleted at the source", () => {
  const rowOf = (id: string): Row => ({ 案例编号: id, 案例名称: `名称${id}` });
  const [a, b, c] = [rowOf("A1"), rowOf("A2"), rowOf("A3")] as const;
  const start = units.take(table("甲/导出.csv", a, b, c));

  test.for<{ name: string; input: ImportInput; missing: string[] }>([
    { name: "is told", input: table("甲/导出.csv", a), missing: ["A2", "A3"] },
    { name: "nothing is deleted", input: table("甲/导出.csv", c, a, b), missing: [] },
    { name: "a part of it under another name", input: table("增补.csv", a), missing: [] },
    { name: "a file of the same name elsewhere", input: table("乙/导出.csv", a), missing: [] },
    { name: "another file that bears the same name", input: table("甲/导出.csv", { 案例编号: "B9" }), missing: [] },
    { name: "what was pasted is a part", input: { ...table("甲/导出.csv", a), isPart: true }, missing: [] },
  ])("$name", ({ input, missing }) => {
    const after = start.take(input);
    expect((after.entries[0]?.missing ?? []).map(({ row, reason }) => `${row} ${reason.slice(0, 2)}`)).toEqual(
      missing.map((id) => `${Number(id.slice(1)) + 1} ${id}`),
    );
    expect(sheetNamed(after.snapshot, "案例").rows.length).toBeGreaterThanOrEqual(4);
  });

  test("is not told any more once it is cancelled or removed", () => {
    const cancelled = start.type("案例", 3, "状态", "取消资格").take(table("甲/导出.csv", a));
    expect(cancelled.entries[0]?.missing?.map(({ reason }) => reason.slice(0, 2))).toEqual(["A3"]);
  });
});
