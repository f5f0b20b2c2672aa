import { describe, expect, test } from "vitest";
import type { ImportInput } from "../../../apps-script/core/import/plan-import.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { sheetNamed } from "../in-memory-workbook.ts";
import { csv, Import, unitRoster, xlsx } from "./import-inputs.ts";

const header = [
  "作品编号",
  "作品名称",
  "所属领域",
  "推荐单位",
  "第一作者",
  "第一作者账号",
  "手机号",
  "初评得分",
  "是否推荐",
];
const row = (id: string, more: Partial<Record<string, CellValue>> = {}): CellValue[] => {
  const cells: Partial<Record<string, CellValue>> = {
    作品编号: id,
    作品名称: `名称${id}`,
    所属领域: "教学革新",
    推荐单位: "兴庆区教育局",
    第一作者: `作者${id}`,
    第一作者账号: `nx${id}`,
    手机号: "13900000001",
    初评得分: "80",
    是否推荐: "否",
    ...more,
  };
  return header.map((label) => cells[label] ?? null);
};
const platform = (...rows: CellValue[][]): ImportInput => csv("平台导出.csv", [header, ...rows]);
const ids = (imported: Import) => imported.cells("案例", "推荐单位", "案例编号").map((cells) => cells.join(" "));
const start = () => new Import().take(unitRoster, platform(row("A1"), row("A2")));

describe("a file that comes again", () => {
  test("changed cells are updated, emptied ones emptied", () => {
    const again = start().take(platform(row("A1", { 作品名称: "新名称", 手机号: null }), row("A2")));
    expect(again.cells("案例", "案例名称", "联系电话")).toEqual([
      ["新名称", ""],
      ["名称A2", "13900000001"],
    ]);
    expect(again.entries).toMatchObject([{ rows: 2, added: 0, updated: 1, unchanged: 1, kept: [], rejected: [] }]);
  });

  test("columns that are missing now leave their cells alone", () => {
    const again = start().take(
      csv("平台导出.csv", [
        ["作品编号", "推荐单位", "初评得分", "是否推荐"],
        ["A1", "兴庆区教育局", "91", "是"],
      ]),
    );
    expect(again.cells("案例", "案例名称", "初评得分", "推荐")).toEqual([
      ["名称A1", "91", "是"],
      ["名称A2", "80", "否"],
    ]);
  });

  test("another file that leaves a cell empty takes nothing away", () => {
    const again = start().take({ ...platform(row("A1", { 手机号: null })), file: "填报表.csv" });
    expect(again.cells("案例", "联系电话")[0]).toEqual(["13900000001"]);
    expect(again.entries[0]?.kept).toMatchObject([{ row: 2, column: "联系电话" }]);
    expect(again.entries[0]?.kept[0]?.reason).toContain("平台导出.csv");
  });

  test("the same file by another path, or told from a folder further up, may take away what it gave", () => {
    const named = (file: string, phone: string | null) => ({ ...platform(row("A1", { 手机号: phone })), file });
    const first = new Import().take(unitRoster, named("导出/平台导出.csv", "13900000001"));
    for (const [file, left] of [
      ["平台导出.csv", ""],
      ["下载/导出/平台导出.csv", ""],
      ["台导出.csv", "13900000001"],
      ["其他/平台导出.csv", "13900000001"],
    ] as const) {
      expect([file, ...first.take(named(file, null)).cells("案例", "联系电话").flat()]).toEqual([file, left]);
    }
  });

  test("a 字数 that the file leaves empty now is kept", () => {
    const words = (count: string | null) =>
      csv("字数.csv", [
        [...header, "总字数"],
        [...row("A1"), count],
      ]);
    const again = new Import().take(unitRoster, words("3000")).take(words(null));
    expect(again.cells("案例", "总字数")).toEqual([["3000"]]);
  });

  test("how a value was spelled is remembered alike, whichever of two files came last", () => {
    const spelled = (file: string, phone: string) => ({ ...platform(row("A1", { 手机号: phone })), file });
    const [wide, spaced] = [spelled("一.csv", "１３９００００００１１"), spelled("二.csv", "139 0000 0011")];
    const first = new Import().take(unitRoster);
    const records = (imported: Import) => imported.cells("导入记录", "清理记录");
    expect(records(first.take(wide).take(spaced))).toEqual(records(first.take(spaced).take(wide)));
  });

  test("a row that a person deleted comes back", () => {
    const emptied = header.reduce((imported, _, i) => {
      const label = sheetNamed(imported.snapshot, "案例").rows[0]?.[i];
      return imported.type("案例", 2, String(label), null);
    }, start());
    const labels = sheetNamed(emptied.snapshot, "案例").rows[0] ?? [];
    const deleted = labels.reduce((imported: Import, label) => imported.type("案例", 2, String(label), null), emptied);
    const again = deleted.take(platform(row("A1"), row("A2")));
    expect(ids(again)).toEqual(["兴庆区教育局 A1", "兴庆区教育局 A2"]);
    expect(again.entries).toMatchObject([{ added: 1, unchanged: 1 }]);
  });
});

describe("what people typed", () => {
  test("stays and is told, also where the file changes", () => {
    const edited = start().type("案例", 2, "案例名称", "人改的名称");
    const again = edited.take(platform(row("A1", { 作品名称: "文件的新名称", 初评得分: "85" }), row("A2")));
    expect(again.cells("案例", "案例名称", "初评得分")[0]).toEqual(["人改的名称", "85"]);
    expect(again.entries[0]?.kept).toEqual([
      { row: 2, column: "案例名称", reason: "表中现为“人改的名称”，文件中为“文件的新名称”；导入后人工改过，已保留" },
    ]);
    expect(again.entries).toMatchObject([{ updated: 1, unchanged: 1 }]);
  });

  test("a cell that a person emptied is told as empty", () => {
    const again = start()
      .type("案例", 2, "初评得分", null)
      .take(platform(row("A1"), row("A2")));
    expect(again.entries[0]?.kept).toEqual([
      { row: 2, column: "初评得分", reason: "表中现为空，文件中为“80”；导入后人工改过，已保留" },
    ]);
  });

  test("is no conflict where the file says the same by now", () => {
    const again = start()
      .type("案例", 2, "案例名称", "一样")
      .take(platform(row("A1", { 作品名称: "一样" }), row("A2")));
    expect(again.entries).toMatchObject([{ unchanged: 2, kept: [] }]);
    expect(again.take(platform(row("A1", { 作品名称: "再改" }), row("A2"))).cells("案例", "案例名称")[0]).toEqual([
      "再改",
    ]);
  });

  test("into a cell that import left empty, or out of one it filled", () => {
    const first = new Import().take(unitRoster, platform(row("A1", { 手机号: null })));
    const edited = first.type("案例", 2, "联系电话", "13911111111").type("案例", 2, "初评得分", null);
    const again = edited.take(platform(row("A1", { 手机号: null })));
    expect(again.cells("案例", "联系电话", "初评得分")).toEqual([["13911111111", ""]]);
    expect(again.entries[0]?.kept.map((k) => k.column)).toEqual(["联系电话", "初评得分"]);
  });

  test.for([
    { label: "案例编号", value: "A1改" },
    { label: "推荐单位", value: "同心县教育局" },
  ])("a corrected $label makes no second row", ({ label, value }) => {
    const again = start()
      .type("案例", 2, label, value)
      .take(platform(row("A1"), row("A2")));
    expect(again.cells("案例", label).flat().sort()).toContain(value);
    expect(ids(again)).toHaveLength(2);
    expect(again.entries[0]?.kept).toMatchObject([{ row: 2, column: label }]);
  });

  test("a row typed by hand: empty cells are filled, others kept", () => {
    const typed = new Import()
      .take(unitRoster)
      .type("案例", 2, "案例编号", "A1")
      .type("案例", 2, "推荐单位", "兴庆区教育局")
      .type("案例", 2, "案例名称", "手填名称");
    const imported = typed.take(platform(row("A1")));
    expect(imported.cells("案例", "案例编号", "案例名称", "第一作者")).toEqual([["A1", "手填名称", "作者A1"]]);
    expect(imported.entries).toMatchObject([{ added: 0, updated: 1, kept: [{ row: 2, column: "案例名称" }] }]);
  });

  test("columns that people added move with their rows", () => {
    const before = new Import().take(unitRoster, platform(row("A5")));
    const width = sheetNamed(before.snapshot, "案例").rows[0]?.length ?? 0;
    const named = new Import(before.snapshot).take();
    const edits = {
      sheets: [
        {
          name: "案例",
          edits: [
            { row: 1, column: width + 1, value: "备注" },
            { row: 2, column: width + 1, value: "给 A5 的话" },
          ],
        },
      ],
    };
    const withColumn = new Import(named.patched(edits).snapshot);
    const after = withColumn.take(platform(row("A1"), row("A5")));
    expect(after.cells("案例", "案例编号", "备注")).toEqual([
      ["A1", ""],
      ["A5", "给 A5 的话"],
    ]);
  });

  test("状态 of a new expert is 可用", () => {
    const experts = csv("专家.csv", [
      ["推荐单位", "专家姓名", "职称", "教育云账号", "单位", "联系电话", "学段"],
      ["兴庆区教育局", "丁某", "高级", "nx7", "某校", "13900000007", "小学"],
    ]);
    expect(new Import().take(unitRoster, experts).cells("专家", "专家姓名", "状态")).toEqual([["丁某", "可用"]]);
  });

  test("状态 of a new row is 有效, and 取消资格 typed by hand stays", () => {
    const first = start();
    expect(first.cells("案例", "状态")).toEqual([["有效"], ["有效"]]);
    const again = first.type("案例", 2, "状态", "取消资格").take(platform(row("A1"), row("A2")));
    expect(again.cells("案例", "状态")).toEqual([["取消资格"], ["有效"]]);
  });
});

describe("which row is which", () => {
  test("one 案例编号 of two units makes two rows", () => {
    const imported = new Import().take(unitRoster, platform(row("A1"), row("A1", { 推荐单位: "同心县教育局" })));
    expect(ids(imported)).toEqual(["兴庆区教育局 A1", "同心县教育局 A1"]);
  });

  test("a key twice in one file is kept twice, and found again when the file is sorted otherwise", () => {
    const [a, b] = [row("A1", { 作品名称: "甲" }), row("A1", { 作品名称: "乙" })];
    const first = new Import().take(unitRoster, platform(a, b));
    expect(first.cells("案例", "案例名称")).toEqual([["甲"], ["乙"]]);
    const again = first.take(platform(b, a));
    expect(again.entries).toMatchObject([{ added: 0, updated: 0, unchanged: 2 }]);
    expect(again.cells("案例", "案例名称")).toEqual([["甲"], ["乙"]]);
  });

  test("ids that differ in hyphens or case are two", () => {
    const imported = new Import().take(unitRoster, platform(row("A-1"), row("A1"), row("a1")));
    expect(ids(imported)).toHaveLength(3);
  });

  test("full-width digits make no other id", () => {
    const imported = start().take(platform(row("Ａ１", { 作品名称: "名称A1", 第一作者: "作者A1" }), row("A2")));
    expect(imported.entries).toMatchObject([{ added: 0, unchanged: 2 }]);
  });

  test("a 推荐单位 that the file corrects makes no second row", () => {
    const wrong = new Import().take(
      unitRoster,
      platform(row("A1", { 推荐单位: "错写的单位" }), row("A2", { 推荐单位: null })),
    );
    const right = wrong.take(platform(row("A1"), row("A2")));
    expect(ids(right).sort()).toEqual(["兴庆区教育局 A1", "兴庆区教育局 A2"]);
  });

  test("a row without 案例编号 is rejected", () => {
    const imported = new Import().take(unitRoster).take(platform(row("A1"), row("", { 作品编号: null })));
    expect(imported.entries).toMatchObject([{ rows: 2, added: 1, rejected: [{ row: 3 }] }]);
    expect(imported.entries[0]?.rejected[0]?.reason).toContain("没有案例编号");
  });
});

describe("the units", () => {
  test("names are resolved once the units are known, rows in their place", () => {
    const variants = platform(
      row("A2", { 推荐单位: "银川市兴庆区教育局" }),
      row("A1", { 推荐单位: "640104" }),
      row("A3", { 推荐单位: "同心" }),
    );
    const before = new Import().take(variants).take(unitRoster);
    expect(ids(before)).toEqual(["兴庆区教育局 A1", "兴庆区教育局 A2", "同心县教育局 A3"]);
    expect(before.snapshot).toEqual(new Import().take(unitRoster).take(variants).snapshot);
    expect(before.take(variants).entries).toMatchObject([{ unchanged: 3, kept: [] }]);
  });

  test("notes move with the rows", () => {
    const first = new Import().take(
      platform(row("A1", { 推荐单位: "银川市兴庆区教育局" }), row("A2", { 推荐单位: "同心县教育局" })),
    );
    expect(ids(first)).toEqual(["同心县教育局 A2", "银川市兴庆区教育局 A1"]);
    const noted = first.patched({ sheets: [{ name: "案例", notes: [{ row: 3, column: 2, text: "问过作者" }] }] });
    const resolved = noted.take(unitRoster);
    expect(ids(resolved)).toEqual(["兴庆区教育局 A1", "同心县教育局 A2"]);
    expect([...sheetNamed(resolved.snapshot, "案例").notes]).toEqual([["2:2", "问过作者"]]);
  });

  test("a name that a person typed is left alone", () => {
    const edited = new Import()
      .take(platform(row("A1", { 推荐单位: "某局" })))
      .type("案例", 2, "推荐单位", "银川市兴庆区教育局");
    expect(ids(edited.take(unitRoster))).toEqual(["银川市兴庆区教育局 A1"]);
  });

  test("are updated by their code", () => {
    const renamed = csv("名册.csv", [
      ["单位代码", "单位名称"],
      ["640104", "兴庆区教育体育局"],
    ]);
    const imported = new Import().take(unitRoster).take(renamed);
    expect(imported.cells("单位", "单位代码", "单位名称", "类别")[0]).toEqual(["640104", "兴庆区教育体育局", "教育局"]);
  });
});

describe("texts", () => {
  const sections = ["案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值"];
  const withTexts = (id: string, texts: readonly (string | null)[], more: readonly CellValue[] = []) =>
    csv("平台导出.csv", [
      ["作品编号", "作品名称", "所属领域", "推荐单位", ...sections, ...more.map(() => "总字数")],
      [id, "名称", "教学革新", "兴庆区教育局", ...texts, ...more],
    ]);
  const counts = ["概要字数", "特色字数", "过程字数", "应用字数", "总字数"];

  test("go to 正文 and are counted", () => {
    const imported = new Import().take(unitRoster, withTexts("A1", ["一二三", "四五", "K-12 六", null]));
    expect(imported.cells("正文", "推荐单位", "案例编号", "案例名称", ...sections)).toEqual([
      ["兴庆区教育局", "A1", "名称", "一二三", "四五", "K-12 六", ""],
    ]);
    expect(imported.cells("案例", ...counts)).toEqual([["3", "2", "2", "", "7"]]);
  });

  test("that change are counted again; a number that the file gives or a person typed stays", () => {
    const first = new Import().take(unitRoster, withTexts("A1", ["一二三", "四五", "六", "七"]));
    const changed = first.take(withTexts("A1", ["一", "四五", "六", "七"]));
    expect(changed.cells("案例", ...counts)).toEqual([["1", "2", "1", "1", "5"]]);
    const given = first.take(withTexts("A1", ["一二三", "四五", "六", "七"], ["3000"]));
    expect(given.cells("案例", ...counts)).toEqual([["3", "2", "1", "1", "3000"]]);
    const typed = first.type("案例", 2, "概要字数", 99).take(withTexts("A1", ["一", "四五", "六", "七"]));
    expect(typed.cells("案例", ...counts)).toEqual([["99", "2", "1", "1", "5"]]);
    expect(typed.entries[0]?.kept).toMatchObject([{ row: 2, column: "概要字数" }]);
  });

  test("of a row with two submissions of one key stay apart", () => {
    const rows = [
      ["A1", "甲", "教学革新", "兴庆区教育局", null, null],
      ["A1", "乙", "教学革新", "兴庆区教育局", "一二", "三"],
    ];
    const imported = new Import().take(
      unitRoster,
      csv("导出.csv", [["作品编号", "作品名称", "所属领域", "推荐单位", ...sections.slice(0, 2)], ...rows]),
    );
    expect(imported.cells("案例", "案例名称", "概要字数")).toEqual([
      ["甲", ""],
      ["乙", "2"],
    ]);
  });

  test("too long for a cell: the row is rejected whole", () => {
    const imported = new Import().take(unitRoster, withTexts("A1", ["字".repeat(60_000), null, null, null]));
    expect(imported.cells("案例", "案例编号")).toEqual([]);
    expect(imported.cells("正文", "案例编号")).toEqual([]);
    expect(imported.entries[1]).toMatchObject({ rows: 1, added: 0, rejected: [{ row: 2 }] });
    expect(imported.entries[1]?.rejected[0]?.reason).toMatch(/“案例概要”有 60000 个字符.*32767/);
  });

  test("of a unit form stand in a sheet of their own, before or after the submissions", () => {
    const form = xlsx("填报表-兴庆区教育局.xlsx", {
      说明: [["填表说明"], ["先填案例"]],
      正文: [
        ["推荐单位", "案例编号", "案例名称", ...sections],
        ["兴庆区教育局", "A1", "名称", "一二", "三", "四", "五"],
      ],
      案例: [
        ["案例编号", "案例名称", "领域", "推荐单位", ...counts, "即时检查"],
        ["A1", "名称", "教学革新", "兴庆区教育局", null, null, null, null, null, "无"],
      ],
      专家: [
        ["推荐单位", "序号", "专家姓名", "职称", "教育云账号", "学段", "状态"],
        ["兴庆区教育局", 1, null, null, null, "小学"],
        ["兴庆区教育局", 2, null, null, null, "小学", "可用"],
      ],
      联络员: [
        ["推荐单位", "姓名", "联系电话", "教育云账号"],
        ["兴庆区教育局", "甲某", "13900000001", null],
      ],
    });
    const imported = new Import().take(unitRoster, form);
    expect(imported.cells("案例", "案例编号", ...counts)).toEqual([["A1", "2", "1", "1", "1", "5"]]);
    expect(imported.entries.map((entry) => [entry.sheet, entry.added, entry.rejected.length])).toEqual([
      ["单位", 3, 0],
      ["正文", 1, 0],
      ["案例", 1, 0],
      ["专家", 0, 0],
      ["联络员", 1, 0],
    ]);
    expect(imported.take(form).snapshot).toEqual(imported.snapshot);
  });
});

describe("inputs that cannot be taken as they are", () => {
  test("columns without a place are told when they hold something", () => {
    const input = csv("导出.csv", [
      ["序号", "作品编号", "作品名称", "所属领域", "推荐单位", "评委备注", "空列"],
      ["1", "A1", "x", "教学革新", "兴庆区教育局", "好", null],
    ]);
    expect(new Import().take(unitRoster, input).entries[1]?.kept).toEqual([
      { row: 0, column: "评委备注", reason: "来源列“评委备注”没有对应的列，未导入" },
    ]);
  });

  test("two columns for 案例编号 that differ reject the table, equal or empty ones do not", () => {
    const table = (other: readonly (string | null)[]) =>
      csv("导出.csv", [
        ["案例编号", "作品编号", "案例名称", "领域", "推荐单位"],
        ...other.map((id, i) => [`A${i}`, id, "x", "教学革新", "兴庆区教育局"]),
      ]);
    expect(new Import().take(table(["A0", null])).entries).toMatchObject([{ added: 2, rejected: [] }]);
    const rejected = new Import().take(table(["A0", "B1"]));
    expect(rejected.entries).toMatchObject([{ added: 0, rejected: [{ row: 3 }] }]);
    expect(rejected.entries[0]?.rejected[0]?.reason).toMatch(/“案例编号”和“作品编号”.*“A1”、“B1”/);
  });

  test("two columns for another cell that differ: the cell is left out and told", () => {
    const input = csv("导出.csv", [
      ["案例编号", "案例名称", "领域", "联系电话", "手机号"],
      ["A1", "x", "教学革新", "1", "2"],
      ["A2", "x", "教学革新", null, "3"],
    ]);
    const imported = new Import().take(input);
    expect(imported.cells("案例", "案例编号", "联系电话")).toEqual([
      ["A1", ""],
      ["A2", "3"],
    ]);
    expect(imported.entries[0]?.kept).toMatchObject([{ row: 2, column: "联系电话" }]);
  });

  test("hidden sheets and sheets of Casebook's own are passed over; an empty file is told", () => {
    const hidden = {
      ...xlsx("簿.xlsx", {
        案例: [
          ["案例编号", "案例名称", "领域"],
          ["A1", "x", "教学革新"],
        ],
      }),
    };
    const input = { ...hidden, sheets: hidden.sheets.map((sheet) => ({ ...sheet, hidden: true })) };
    expect(new Import().take(input).entries).toMatchObject([{ sheet: "", rows: 0, rejected: [{ row: 0 }] }]);
    const workbook = xlsx("簿.xlsx", {
      参数: [
        ["项目", "值"],
        ["x", "1"],
      ],
      检查: [
        ["级别", "规则"],
        ["错误", "x"],
      ],
      案例: [
        ["案例编号", "案例名称", "领域"],
        ["A1", "x", "教学革新"],
      ],
    });
    expect(new Import().take(workbook).entries).toMatchObject([{ sheet: "案例", added: 1, rejected: [] }]);
  });

  test("formulas count by their last result, and are told", () => {
    const input = xlsx("导出.xlsx", {
      Sheet1: [
        ["案例编号", "案例名称", "领域", "推荐单位"],
        ["A1", { kind: "formula", formula: "B9", result: "课堂" }, "教学革新", "兴庆区教育局"],
      ],
    });
    const imported = new Import().take(unitRoster, input);
    expect(imported.cells("案例", "案例名称")).toEqual([["课堂"]]);
    expect(imported.cells("导入记录", "工作表", "清理记录").filter(([, cleaned]) => cleaned !== "")).toEqual([
      ["案例", '[{"c":"title","w":"=B9","i":"课堂","f":1}]'],
    ]);
  });
});

describe("the workbook", () => {
  test("columns are found wherever they stand, below a title", () => {
    const blank = new Import();
    const columns = [...(sheetNamed(blank.snapshot, "案例").rows[0] ?? [])].reverse();
    const sheets = blank.snapshot.sheets.map((sheet) =>
      sheet.name === "案例" ? { ...sheet, rows: [["2025 年案例"], [], columns] } : sheet,
    );
    const imported = new Import({ sheets }).take(unitRoster, platform(row("A2"), row("A1")));
    const rows = sheetNamed(imported.snapshot, "案例").rows;
    expect(rows.slice(3).map((cells) => cells[columns.indexOf("案例编号")])).toEqual(["A1", "A2"]);
    expect(imported.take(platform(row("A2"), row("A1"))).snapshot).toEqual(imported.snapshot);
  });

  test("a column that is missing is named, and nothing is planned", () => {
    const blank = new Import().snapshot;
    const sheets = blank.sheets.map((sheet) =>
      sheet.name === "专家"
        ? { ...sheet, rows: sheet.rows.map((cells) => cells.filter((cell) => cell !== "职称")) }
        : sheet,
    );
    expect(() => new Import({ sheets }).take(unitRoster)).toThrow(/“专家”表缺少列“职称”/);
  });

  test("rows that people sorted stay in their order", () => {
    const imported = new Import().take(unitRoster, platform(row("A1"), row("A3"), row("A5")));
    const rows = sheetNamed(imported.snapshot, "案例").rows;
    const sorted = imported.snapshot.sheets.map((sheet) =>
      sheet.name === "案例" ? { ...sheet, rows: [rows[0], rows[3], rows[1], rows[2]].map((r) => r ?? []) } : sheet,
    );
    const again = new Import({ sheets: sorted }).take(platform(row("A1"), row("A2"), row("A3"), row("A5")));
    expect(again.cells("案例", "案例编号").flat()).toEqual(["A5", "A1", "A2", "A3"]);
  });
});
