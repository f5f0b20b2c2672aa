import { describe, expect, test } from "vitest";
import type { ImportInput } from "../../../apps-script/core/import/plan-import.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { paragraphs, tableOf } from "./document-blocks.ts";
import { csv, docx, Import, unitRoster, xlsx } from "./import-inputs.ts";

const header = ["序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话"];
const person = (no: number, name: string) => [
  no,
  name,
  "高级教师",
  `nx${name.length}${no}`,
  "兴庆区第一小学",
  13900000000 + no,
];
const above = [["专家推荐表"], ["推荐单位（盖章）：兴庆区教育局"], ["填表人：周某　　联系电话：0951-1234567"]];

type Rows = readonly (readonly CellValue[])[];
const take = (rows: Rows, file = "表.xlsx", sheet = "Sheet1") =>
  new Import().take(unitRoster).take(xlsx(file, { [sheet]: rows }));
const experts = (imported: Import) => imported.cells("专家", "推荐单位", "序号", "专家姓名", "学段");

describe("where the stage of an expert comes from", () => {
  test.for<{ name: string; rows: Rows; file?: string; sheet?: string; stages: string[] }>([
    {
      name: "a column",
      rows: [...above, [...header, "学段"], [...person(1, "甲某"), "小学"], [...person(2, "乙某"), "初中段"]],
      stages: ["小学", "初中"],
    },
    {
      name: "group rows",
      rows: [
        ...above,
        header,
        ["小学组"],
        person(1, "甲某"),
        ["二、初中（1人）"],
        person(2, "乙某"),
        [null, "高中组："],
        person(3, "丙某"),
      ],
      stages: ["小学", "初中", "高中"],
    },
    {
      name: "the title",
      rows: [["专家推荐表（初中）"], ...above.slice(1), header, person(1, "甲某")],
      stages: ["初中"],
    },
    { name: "the sheet's name", rows: [...above, header, person(1, "甲某")], sheet: "高中组", stages: ["高中"] },
    {
      name: "the file's name",
      rows: [...above, header, person(1, "甲某")],
      file: "专家推荐表-兴庆区教育局-小学.xlsx",
      stages: ["小学"],
    },
    {
      name: "the file's name, in the middle",
      rows: [...above, header, person(1, "甲某")],
      file: "兴庆区初中专家推荐表.xlsx",
      stages: ["初中"],
    },
    {
      name: "the column before the file's name",
      rows: [...above, [...header, "学段"], [...person(1, "甲某"), "高中"]],
      file: "小学.xlsx",
      stages: ["高中"],
    },
    { name: "nowhere", rows: [...above, header, person(1, "甲某")], stages: [""] },
    {
      name: "a column whose cells are merged downwards",
      rows: [
        ...above,
        [...header, "学段"],
        [...person(1, "甲某"), "小学"],
        person(2, "乙某"),
        person(3, "丙某"),
        [...person(4, "丁某"), "初中"],
        person(5, "戊某"),
      ],
      stages: ["小学", "小学", "小学", "初中", "初中"],
    },
    {
      name: "a column with one cell missing stays so",
      rows: [
        ...above,
        [...header, "学段"],
        [...person(1, "甲某"), "小学"],
        person(2, "乙某"),
        [...person(3, "丙某"), "小学"],
      ],
      stages: ["小学", "小学", ""],
    },
  ])("$name", ({ rows, file, sheet, stages }) => {
    expect(experts(take(rows, file, sheet)).map((row) => row[3])).toEqual(stages);
  });

  test("the name of a school is no stage", () => {
    const rows = [["专家推荐表"], ["推荐单位（盖章）：厅直属第一小学"], header, person(1, "甲某")];
    expect(experts(take(rows, "专家推荐表-厅直属第一小学.xlsx"))).toEqual([["厅直属第一小学", "1", "甲某", ""]]);
  });
});

describe("where the nominating unit comes from", () => {
  test.for<{ name: string; rows: Rows; file?: string; nominator: string }>([
    { name: "one cell above the grid", rows: [...above, header, person(1, "甲某")], nominator: "兴庆区教育局" },
    {
      name: "label and value in neighbouring cells",
      rows: [["推荐单位（盖章）", null, "同心县教育局"], header, person(1, "甲某")],
      nominator: "同心县教育局",
    },
    {
      name: "a longer official form",
      rows: [["推荐单位：银川市兴庆区教育局（公章）"], header, person(1, "甲某")],
      nominator: "兴庆区教育局",
    },
    {
      name: "one line with all entries",
      rows: [["推荐单位：同心县　填表人：周某　联系电话：1"], header, person(1, "甲某")],
      nominator: "同心县教育局",
    },
    {
      name: "the file's name",
      rows: [header, person(1, "甲某")],
      file: "附件6 专家推荐表-同心县教育局（终稿）.xlsx",
      nominator: "同心县教育局",
    },
    {
      name: "an empty line above the grid",
      rows: [["推荐单位（盖章）：____"], header, person(1, "甲某")],
      file: "专家推荐表-同心县教育局.xlsx",
      nominator: "同心县教育局",
    },
    {
      name: "a unit nobody knows stays as written",
      rows: [["推荐单位：某某教育局"], header, person(1, "甲某")],
      nominator: "某某教育局",
    },
  ])("$name", ({ rows, file, nominator }) => {
    expect(experts(take(rows, file)).map((row) => row[0])).toEqual([nominator]);
  });
});

describe("rows that are no experts", () => {
  test("empty form rows, notes, the header again and entries below the grid", () => {
    const rows: Rows = [
      ...above,
      header,
      person(1, "甲某"),
      [2],
      [3, null, null],
      header,
      person(4, "乙某"),
      ["注：1.每个学段推荐 5 名；2.此表一式两份。"],
      ["填表人：", "周某"],
      ["联系电话：", "0951-1234567"],
    ];
    const imported = take(rows);
    expect(experts(imported).map((row) => row[2])).toEqual(["甲某", "乙某"]);
    expect(imported.entries).toMatchObject([{ rows: 2, added: 2, kept: [], rejected: [] }]);
  });

  test("an expert with cells missing is one", () => {
    const imported = take([...above, header, [1, "甲某"], [2, null, null, "nx2", "某校", "13900000002"]]);
    expect(experts(imported).map((row) => row[2])).toEqual(["甲某", ""]);
  });
});

describe("one person in two tables", () => {
  const table = (stage: string, names: readonly string[]) =>
    xlsx(`专家推荐表-兴庆区教育局-${stage}.xlsx`, {
      Sheet1: [...above, header, ...names.map((name, i) => person(i + 1, name))],
    });

  test("of two stages is kept twice, in any order", () => {
    const [primary, junior] = [table("小学", ["甲某", "乙某"]), table("初中", ["甲某", "丙某丁"])];
    const together = new Import().take(unitRoster, primary, junior);
    expect(experts(together)).toHaveLength(4);
    expect(new Import().take(junior).take(primary).take(unitRoster).snapshot).toEqual(together.snapshot);
    expect(together.take(junior).take(primary).snapshot).toEqual(together.snapshot);
  });

  test("of one stage under another file name is the same", () => {
    const first = new Import().take(unitRoster, table("小学", ["甲某"]));
    const again = first.take({ ...table("小学", ["甲某"]), file: "专家推荐表-小学（盖章）.xlsx" });
    expect(experts(again)).toHaveLength(1);
    expect(again.entries).toMatchObject([{ added: 0, unchanged: 1 }]);
  });

  test("in one table twice is kept twice", () => {
    const rows = [...above, header, person(1, "甲某"), [2, ...person(1, "甲某").slice(1)]];
    expect(experts(take(rows))).toHaveLength(2);
  });

  test("a stage corrected in the same file is corrected", () => {
    const file = (stage: string) =>
      xlsx("专家.xlsx", {
        Sheet1: [...above, [...header, "学段"], [...person(1, "甲某"), stage], [...person(2, "乙某"), "高中"]],
      });
    const imported = new Import().take(unitRoster, file("小学")).take(file("初中"));
    expect(experts(imported).map((row) => row.slice(2))).toEqual([
      ["甲某", "初中"],
      ["乙某", "高中"],
    ]);
  });

  test("an account that was missing is filled in", () => {
    const file = (account: string | null) =>
      xlsx("专家.xlsx", { Sheet1: [...above, header, [1, "甲某", "高级教师", account, "某校", "13900000001"]] });
    const imported = new Import().take(unitRoster, file(null)).take(file("nx1"));
    expect(imported.cells("专家", "专家姓名", "教育云账号")).toEqual([["甲某", "nx1"]]);
  });
});

describe("a form of several pages", () => {
  const entries = ["推荐单位（盖章）：", null, "兴庆区教育局", "填表人：", "周某", "联系电话：0951-1234567"];
  const page = (title: string, from: number, names: readonly string[]) => [
    ["附件6"],
    [title],
    entries,
    header,
    ...names.map((name, i) => person(from + i, name)),
  ];
  const person = (no: number, name: string) => [no, name, "高级教师", `nx-${name}`, "兴庆区第一小学", "13900000001"];
  const all = [
    ["兴庆区教育局", "1", "甲某", "小学"],
    ["兴庆区教育局", "2", "乙某", "小学"],
    ["兴庆区教育局", "1", "丙某", "初中"],
    ["兴庆区教育局", "2", "丁某", "初中"],
  ];
  const titled = (stage: string) => `专家推荐表（${stage}）`;
  const asText = (row: readonly CellValue[]) => row.map((value) => (value === null ? "" : String(value)));
  const asTable = (rows: Rows) => tableOf(...rows.map(asText));

  test.for<{ name: string; input: ImportInput }>([
    {
      name: "below each other, each with its title and entries",
      input: xlsx("表.xlsx", {
        Sheet1: [...page(titled("小学"), 1, ["甲某", "乙某"]), [], ...page(titled("初中"), 1, ["丙某", "丁某"])],
      }),
    },
    {
      name: "the header alone repeated, group rows between",
      input: xlsx("表.xlsx", {
        Sheet1: [
          ...above,
          header,
          ["小学组"],
          person(1, "甲某"),
          header,
          person(2, "乙某"),
          ["初中组"],
          header,
          person(1, "丙某"),
          header,
          person(2, "丁某"),
          [3],
          [4],
          ["填表人：", null, "周某", "联系电话：", "0951-1234567"],
        ],
      }),
    },
    {
      name: "a sheet a stage, 推荐单位 on the first only",
      input: xlsx("表.xlsx", {
        小学: page("专家推荐表", 1, ["甲某", "乙某"]),
        初中: [["专家推荐表"], header, person(1, "丙某"), person(2, "丁某")],
      }),
    },
    {
      name: "a .docx with a table a stage",
      input: docx("附件6.docx", [
        ...paragraphs(`附件6\n${titled("小学")}\n推荐单位（盖章）：兴庆区教育局\n填表人：周某　联系电话：0951-1234567`),
        asTable([header, person(1, "甲某"), person(2, "乙某"), [3], [4]]),
        ...paragraphs(titled("初中")),
        asTable([header, person(1, "丙某"), person(2, "丁某"), [3]]),
      ]),
    },
    {
      name: "a .docx whose pages are tables, the later without a header, and one to sign in",
      input: docx("附件6.docx", [
        ...paragraphs("专家推荐表\n推荐单位（盖章）：　兴庆区教育局　填表人：周某"),
        asTable([header, ["小学组", null, null, null, null, null], person(1, "甲某")]),
        asTable([person(2, "乙某"), ["初中组", null, null, null, null, null], person(1, "丙某")]),
        asTable([header, person(2, "丁某")]),
        tableOf(["审核意见", "同意"], ["日期", ""]),
      ]),
    },
  ])("$name", ({ input }) => {
    const imported = new Import().take(unitRoster).take(input);
    expect(experts(imported)).toEqual(all);
    expect(imported.entries.flatMap((e) => [...e.kept, ...e.rejected])).toEqual([]);
    expect(new Import(imported.snapshot).take(input).snapshot).toEqual(imported.snapshot);
  });
});

describe("liaisons", () => {
  test("a merged 推荐单位 stands for the rows below it", () => {
    const input = xlsx("联络员.xlsx", {
      Sheet1: [
        ["单位", "联络员姓名", "手机号"],
        ["兴庆区", "甲某", 13900000001],
        [null, "乙某", 13900000002],
        ["同心县", "丙某", 13900000003],
        [null, "丁某", 13900000004],
      ],
    });
    const imported = new Import().take(unitRoster, input);
    expect(imported.cells("联络员", "推荐单位", "姓名", "联系电话")).toEqual([
      ["兴庆区教育局", "乙某", "13900000002"],
      ["兴庆区教育局", "甲某", "13900000001"],
      ["同心县教育局", "丁某", "13900000004"],
      ["同心县教育局", "丙某", "13900000003"],
    ]);
  });

  test("from a CSV an empty 推荐单位 stays empty", () => {
    const input = csv("联络员.csv", [
      ["推荐单位", "姓名", "联系电话"],
      ["兴庆区教育局", "甲某", "1"],
      [null, "乙某", "2"],
    ]);
    expect(new Import().take(unitRoster, input).cells("联络员", "推荐单位", "姓名")).toEqual([
      ["", "乙某"],
      ["兴庆区教育局", "甲某"],
    ]);
  });
});
