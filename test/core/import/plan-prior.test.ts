import { describe, expect, test } from "vitest";
import type { ImportInput } from "../../../apps-script/core/import/plan-import.ts";
import { planPrior } from "../../../apps-script/core/import/plan-prior.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { composeSection } from "../../generator/prose.ts";
import { makeRandom } from "../../generator/random.ts";
import { makeSnapshot } from "../award-builder.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";
import { csv, docx, xlsx } from "./import-inputs.ts";

const start = makeSnapshot();
const fullText = composeSection(makeRandom(11), 1200);

function take(snapshot = start, year = 2023, ...inputs: readonly ImportInput[]) {
  const { patch, report } = planPrior(snapshot, inputs, year, ningxia2025);
  return { snapshot: applyPatch(snapshot, patch), entries: report.inputs, patch };
}

/** 年份, 奖项, 案例名称 and people of 往届, and whether there is a sample. */
const rowsOf = (snapshot: typeof start) =>
  sheetNamed(snapshot, "往届")
    .rows.slice(1)
    .filter((row) => row.some((cell) => cell !== null))
    .map(([year, award, title, people, sample]) =>
      [year, award ?? "", title, people, ...(sample ? ["指纹"] : [])].join(" | "),
    );

const list = csv("公示名单.csv", [
  ["2023年优秀案例公示名单"],
  ["序号", "案例编号", "案例名称", "作者", "推荐单位", "奖项"],
  ["一、教学革新（2 个）"],
  [1, "B01", "作业设计与管理", "赖澜妍、唐思鹤", "兴庆区教育局", "一等奖"],
  [2, "B02", "校园阅读", "欧阳·翊", "同心县教育局", "二等奖"],
  ["序号", "案例编号", "案例名称", "作者", "推荐单位", "奖项"],
  [3, "B03", "没有得奖的", "卢虚构", "同心县教育局", "未获奖"],
]);
const taken = ["2023 | 一等奖 | 作业设计与管理 | 赖澜妍、唐思鹤", "2023 | 二等奖 | 校园阅读 | 欧阳翊"];

/** An earlier shared workbook: cases that won and others, with accounts, phones and texts. */
const earlierBook = xlsx("评案簿2023.xlsx", {
  说明: [["说明"]],
  参数: [["项目"]],
  检查: [["级别"]],
  配额: [["推荐单位"]],
  日志: [["时间"]],
  案例: [
    ["案例编号", "案例名称", "第一作者", "第一作者单位", "第一作者教育云账号", "联系电话", "作者2", "作者2单位"],
    ["B01", "作业设计与管理", "赖澜妍", "兴庆区第二小学", "nx20230001", "13912345678", "唐思鹤", "兴庆区第三小学"],
    ["B03", "没有得奖的", "卢虚构", "同心县中学", "nx20230003", "13912345679", null, null],
  ],
  正文: [
    ["推荐单位", "案例编号", "案例名称", "案例概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值"],
    ["兴庆区教育局", "B01", "作业设计与管理", "概要", "特色", fullText, "应用"],
    ["同心县教育局", "B03", "没有得奖的", "概要", "特色", fullText, "应用"],
  ],
});

describe("a list of winners", () => {
  test("leaves titles, folded names, awards and the year, and no heading or loser", () => {
    const { snapshot, entries } = take(start, 2023, list);
    expect(rowsOf(snapshot)).toEqual(taken);
    expect(entries).toMatchObject([
      { file: "公示名单.csv", sheet: "往届", rows: 2, added: 2, updated: 0, rejected: [] },
    ]);
  });

  test("again changes nothing", () => {
    const { snapshot } = take(start, 2023, list, earlierBook);
    const again = take(snapshot, 2023, list, earlierBook);
    expect(again.patch.sheets).toEqual([]);
    expect(again.entries).toMatchObject([{ unchanged: 2, updated: 0, added: 0 }, { unchanged: 1 }]);
  });

  test("in whatever order the files come", () => {
    const more = csv("发布清单.csv", [
      ["案例名称", "第一作者", "其他作者", "是否获奖", "奖项"],
      ["作业设计与管理", "赖澜妍", "唐思鹤", "是", "一等奖"],
      ["另一个", "温虚构", "", "是", "三等奖"],
      ["落选的", "章虚构", "", "否", ""],
    ]);
    const forward = take(start, 2023, list, more, earlierBook).snapshot;
    expect(take(start, 2023, earlierBook, more, list).snapshot).toEqual(forward);
    expect(rowsOf(forward).length).toBe(3);
  });

  test("of the same name is a correction; what other lists and years name stays", () => {
    const other = csv("发布清单.csv", [
      ["案例名称", "第一作者"],
      ["校园阅读", "欧阳翊"],
    ]);
    const before = take(take(start, 2022, list).snapshot, 2023, list, other).snapshot;
    const corrected = csv("公示名单.csv", [
      ["案例名称", "作者", "奖项"],
      ["作业设计与管理", "赖澜妍", "特等奖"],
    ]);
    const { snapshot, entries } = take(before, 2023, corrected);
    expect(rowsOf(snapshot)).toEqual([
      ...taken.map((row) => row.replace("2023", "2022")),
      "2023 | 二等奖 | 校园阅读 | 欧阳翊",
      "2023 | 特等奖 | 作业设计与管理 | 赖澜妍",
    ]);
    const gone = take(
      snapshot,
      2023,
      csv("发布清单.csv", [
        ["案例名称", "作者"],
        ["新的", "温虚构"],
      ]),
    );
    expect(gone.entries).toMatchObject([{ added: 1, missing: [] }].map(({ added }) => ({ added })));
    expect(rowsOf(gone.snapshot).some((row) => row.includes("校园阅读"))).toBe(true);
    expect(entries).toMatchObject([{ updated: 1 }]);
    const left = take(take(start, 2023, list).snapshot, 2023, corrected).entries;
    expect(left).toMatchObject([{ missing: [{ reason: expect.stringContaining("校园阅读") }] }]);
  });

  test("in a document, its tables one behind the other", () => {
    const cell = (text: string) => [{ kind: "paragraph" as const, text }];
    const row = (...texts: string[]) => texts.map(cell);
    const blocks = [
      { kind: "paragraph" as const, text: "优秀案例公示名单" },
      {
        kind: "table" as const,
        rows: [row("序号", "案例名称", "作者", "奖项"), row("1", "校园阅读", "欧阳翊", "二等奖")],
      },
      { kind: "paragraph" as const, text: "二、教研创新" },
      { kind: "table" as const, rows: [row("2", "集体备课", "温虚构（某校）", "一等奖")] },
    ];
    const { snapshot } = take(start, 2023, docx("公示名单.docx", blocks as never));
    expect(rowsOf(snapshot)).toEqual(["2023 | 一等奖 | 集体备课 | 温虚构/某校", "2023 | 二等奖 | 校园阅读 | 欧阳翊"]);
  });
});

describe("an earlier workbook", () => {
  test("adds units and samples to the winners that a list names, whoever comes first", () => {
    const both = [
      "2023 | 一等奖 | 作业设计与管理 | 赖澜妍/兴庆区第二小学、唐思鹤/兴庆区第三小学 | 指纹",
      "2023 | 二等奖 | 校园阅读 | 欧阳翊",
    ];
    expect(rowsOf(take(start, 2023, list, earlierBook).snapshot)).toEqual(both);
    expect(rowsOf(take(take(start, 2023, list).snapshot, 2023, earlierBook).snapshot)).toEqual(both);
  });

  test("without a list is refused: nobody knows who won", () => {
    const { patch, entries } = take(start, 2023, earlierBook);
    expect(patch.sheets).toEqual([]);
    expect(entries[0]?.rejected[0]?.reason).toMatch(/看不出谁获了奖.*2023 年的名单.*一起导入/);
  });

  test("leaves no text, account or phone", () => {
    const { snapshot } = take(start, 2023, list, earlierBook);
    const sheet = JSON.stringify(sheetNamed(snapshot, "往届"));
    for (let at = 0; at + 6 <= fullText.length; at += 3) expect(sheet).not.toContain(fullText.slice(at, at + 6));
    for (const secret of ["nx2023", "139123", "评案簿2023", "公示名单", "B01", "没有得奖"])
      expect(sheet).not.toContain(secret);
  });
});

describe("what is no list", () => {
  test.for<{ name: string; input: ImportInput; says: RegExp }>([
    {
      name: "no titles",
      input: csv("名单.csv", [
        ["序号", "姓名", "单位", "奖项"],
        [1, "温虚构", "某校", "一等奖"],
      ]),
      says: /没有“案例名称”列.*姓名、单位、奖项.*请补上表头/,
    },
    {
      name: "no authors",
      input: csv("名单.csv", [
        ["案例名称", "奖项"],
        ["校园阅读", "一等奖"],
      ]),
      says: /没有“作者”列/,
    },
    { name: "nothing", input: xlsx("空.xlsx", { Sheet1: [] }), says: /没有表格/ },
    {
      name: "an expert's score sheet",
      input: xlsx("评分表.xlsx", { 评分: [["评审编号"]], 案例正文: [["评审编号"]], 评分标准: [["项目"]] }),
      says: /这是专家的评分表/,
    },
    {
      name: "a list of this very award",
      input: csv("结果.csv", [
        ["案例编号", "案例名称", "作者"],
        ["A001", "以学情诊断改进课堂的实践（之1）", "赖澜澜"],
      ]),
      says: /这是本届的：A001“以学情诊断改进课堂的实践（之1）”.*请确认选对了文件和年份/,
    },
  ])("$name: told, and nothing is written", ({ input, says }) => {
    const { patch, entries } = take(start, 2023, input);
    expect(patch.sheets).toEqual([]);
    expect(entries.flatMap(({ rejected }) => rejected.map(({ reason }) => reason)).join()).toMatch(says);
  });

  test("rows without a title or an author are told, the others are taken", () => {
    const input = csv("名单.csv", [
      ["案例名称", "作者"],
      ["校园阅读", ""],
      ["", "温虚构"],
      ["集体备课", "章虚构"],
    ]);
    // A row with one cell alone is a heading.
    const wide = {
      ...input,
      sheets: input.sheets.map((s) => ({ ...s, rows: s.rows.map((row, i) => [...row, i === 0 ? "备注" : "无"]) })),
    };
    const { entries } = take(start, 2023, wide);
    expect(entries).toMatchObject([
      {
        added: 1,
        rejected: [
          { row: 2, name: "校园阅读", reason: expect.stringContaining("没有写作者") },
          { row: 3, reason: expect.stringContaining("没有填") },
        ],
      },
    ]);
  });

  test("a sheet of people's own that is called 往届 is not written over", () => {
    const own = { name: "往届", hidden: false, rows: [["去年的事"]], notes: new Map() };
    const snapshot = { sheets: [...start.sheets.filter(({ name }) => name !== "往届"), own] };
    expect(() => take(snapshot, 2023, list)).toThrow(/已有一张别的“往届”表.*改名/);
  });

  test("a workbook of an earlier version has no such sheet: it is made, hidden, before 导入记录", () => {
    const snapshot = { sheets: start.sheets.filter(({ name }) => name !== "往届") };
    const { patch } = planPrior(snapshot, [list], 2023, ningxia2025);
    expect(patch.sheets).toMatchObject([{ name: "往届", createBefore: "导入记录", layout: { hidden: true } }]);
  });
});

/** Titles, awards and people that a list leaves in 往届, and all that is told of it. */
function read(input: ImportInput, snapshot = start, year = 2023) {
  const { snapshot: after, entries, patch } = take(snapshot, year, input);
  const told = entries.flatMap(({ rejected, told = [], missing = [] }) => [
    ...rejected.map(({ reason }) => reason),
    ...told,
    ...missing.map(({ reason }) => reason),
  ]);
  const rows = patch.sheets.length === 0 ? [] : rowsOf(after).map((row) => row.split(" | ").slice(1).join(" | "));
  return { snapshot: after, rows, told: told.join("\n") };
}

const table = (...rows: readonly (readonly (string | number | null)[])[]) => csv("名单.csv", rows);
const head = ["案例名称", "作者", "奖项"];

describe("merged cells", () => {
  const grid = [
    ["奖项", "案例名称", "作者"],
    ["一等奖", "校园阅读", "温虚构"],
    [null, "集体备课", "章虚构"],
    ["二等奖", "错题订正", "赖虚构"],
    [null, null, "卢虚构"],
    [null, "口算练习", "唐虚构"],
    [null, "选课走班", "贺虚构"],
  ];
  const merged = (merges: readonly (readonly [top: number, bottom: number, column: number])[]) => ({
    ...csv("名单.xlsx", []),
    encoding: "",
    sheets: [
      {
        name: "名单",
        hidden: false,
        rows: grid,
        merges: merges.map(([top, bottom, column]) => ({ top, bottom, left: column, right: column })),
      },
    ],
  });
  const all = [
    "一等奖 | 校园阅读 | 温虚构",
    "一等奖 | 集体备课 | 章虚构",
    "二等奖 | 口算练习 | 唐虚构",
    "二等奖 | 选课走班 | 贺虚构",
    "二等奖 | 错题订正 | 赖虚构、卢虚构",
  ];

  test("an award stands for every row that it is merged over, and a title for the people of each", () => {
    const { rows, told } = read(
      merged([
        [2, 3, 1],
        [4, 7, 1],
        [4, 5, 2],
      ]),
    );
    expect([rows, told]).toEqual([all, ""]);
  });

  test("what is empty and not merged has no award: it is told", () => {
    const { rows, told } = read(
      merged([
        [2, 3, 1],
        [4, 5, 1],
        [4, 5, 2],
      ]),
    );
    expect(rows).toEqual([...all.slice(0, 2), ...all.slice(4)]);
    expect(told).toContain("略过 2 行：“奖项”空着");
  });

  test("in a text file, which tells no merged cells, they are taken as they look", () => {
    expect(read(csv("名单.csv", grid)).rows).toEqual(all);
  });

  test("awards that stand in no such order are filled in nowhere", () => {
    const sparse = table(
      head,
      ["甲一案", "温虚构", "一等奖"],
      ["乙二案", "章虚构", ""],
      ["丙三案", "卢虚构", "一等奖"],
      ["丁四案", "唐虚构", ""],
    );
    const { rows, told } = read(sparse);
    expect(rows).toEqual(["一等奖 | 丙三案 | 卢虚构", "一等奖 | 甲一案 | 温虚构"]);
    expect(told).toContain("略过 2 行");
  });
});

describe("who has won", () => {
  const row = (award: string) =>
    read(table(head, ["校园阅读", "温虚构", award], ["集体备课", "章虚构", "二等奖"])).rows;

  test.for([
    ...[
      "未获得",
      "没有获奖",
      "未通过",
      "淘汰",
      "不合格",
      "未评上",
      "参评",
      "初审未过",
      "未获表彰",
      "落选",
      "取消资格",
      "无",
    ],
    ...["待评", "否", "×", "未入围", "没评上", "二等奖（已取消）", "不予表彰", "—"],
  ])("“%s” is no award", (award) => {
    expect(row(award)).toEqual(["二等奖 | 集体备课 | 章虚构"]);
  });

  test.for(["未来教育奖", "无人机创意奖", "不忘初心奖", "非遗传承奖", "参与奖", "优秀案例", "鼓励奖"])(
    "“%s” is one",
    (award) => {
      expect(row(award).length).toBe(2);
    },
  );

  test.for([
    ["是", true],
    ["√", true],
    ["Y", true],
    ["获奖", true],
    ["已获奖", true],
    ["1", true],
    ["否", false],
    ["", false],
    ["×", false],
    ["N", false],
    ["未获奖", false],
    ["没有", false],
  ] as const)("是否获奖 “%s”: %s", ([won, wins]) => {
    const { rows } = read(
      table(["案例名称", "作者", "是否获奖"], ["校园阅读", "温虚构", won], ["集体备课", "章虚构", "是"]),
    );
    expect(rows.length).toBe(wins ? 2 : 1);
  });

  test("a list in which nobody has won is refused, and says so", () => {
    const { rows, told } = read(table(head, ["校园阅读", "温虚构", ""], ["集体备课", "章虚构", "未获奖"]));
    expect(rows).toEqual([]);
    expect(told).toMatch(/2 行中没有一行获奖.*请补上“奖项”/);
  });

  const plain = [
    ["案例名称", "作者"],
    ["校园阅读", "温虚构"],
  ];
  test.for([
    ["推荐案例汇总表-某市.xlsx", /这是“推荐案例汇总”.*没有收下/],
    ["通报名单.xlsx", /这是“通报名单”.*没有收下/],
    ["取消评选资格情况.csv", /没有收下/],
    ["初评名单.csv", /没有收下/],
  ] as const)("%s without awards is no list of winners", ([file, says]) => {
    const { rows, told } = read(csv(file, plain));
    expect([rows, told]).toEqual([[], expect.stringMatching(says)]);
  });

  test("nor is a table of scores, or of what was cancelled", () => {
    const more = (label: string) => read(table(["案例名称", "作者", label], ["校园阅读", "温虚构", "9"])).told;
    expect(more("初评得分")).toMatch(/看不出谁获了奖/);
    expect(more("取消资格类别")).toMatch(/看不出谁获了奖/);
  });

  test("one that is called so is taken silently, one that says nothing with a remark", () => {
    expect(read(csv("2023年获奖名单.csv", plain))).toMatchObject({ rows: [" | 校园阅读 | 温虚构"], told: "" });
    const { rows, told } = read(csv("名单.csv", plain));
    expect([rows.length, told]).toEqual([1, expect.stringMatching(/没有“奖项”列，全部按获奖收下/)]);
  });
});

describe("phones, accounts and numbers of identity cards", () => {
  test.for([
    ["张虚构（13900006402）、李虚构（nx64019988）", "张虚构、李虚构"],
    ["张虚构（示例小学）", "张虚构/示例小学"],
    ["张虚构（电话：139 0000 6402）", "张虚构"],
    ["张虚构（640102199001011234）", "张虚构"],
    ["张虚构（zhangxugou@example.com）", "张虚构"],
    ["张虚构（示例小学，13900006402）", "张虚构"],
    ["张虚构（第21中学）", "张虚构/第21中学"],
  ] as const)("of “%s” %s is kept", ([people, kept]) => {
    expect(read(table(head, ["校园阅读", people, "一等奖"])).rows).toEqual([`一等奖 | 校园阅读 | ${kept}`]);
  });

  test("none gets in by the title, the award or the unit; years and editions stay", () => {
    const { rows } = read(
      table(
        ["案例名称", "作者", "作者单位", "奖项"],
        ["校园阅读（13900006402）", "温虚构", "示例小学13900006402", "二等奖（联系人赵六13900006403）"],
        ["2022—2023学年5G课堂Python实践（2.0版）", "章虚构", "示例中学", "一等奖（2023）"],
        ["集体备课 联系电话：0951-6012345", "卢虚构", "示例高中", "三等奖"],
        ["错题订正", "13900006405", "示例高中", "三等奖"],
      ),
    );
    expect(rows).toEqual([
      "一等奖（2023） | 2022—2023学年5G课堂Python实践（2.0版） | 章虚构/示例中学",
      "三等奖 | 集体备课 | 卢虚构/示例高中",
      "二等奖 | 校园阅读 | 温虚构/示例小学",
    ]);
  });
});

describe("columns", () => {
  test.for(["案例名", "获奖案例名称", "获奖作品", "论文题目", "课例名称", "参评案例名称"])("title: %s", (label) => {
    expect(read(table([label, "作者", "奖项"], ["校园阅读", "温虚构", "一等奖"])).rows.length).toBe(1);
  });

  test.for([
    "案例负责人",
    "教师姓名",
    "第一作者姓名",
    "主持人",
    "执教教师",
    "申报者",
    "项目负责人",
    "课题主持人姓名",
    "获奖教师姓名",
  ])("people: %s", (label) => {
    expect(read(table(["案例名称", label, "奖项"], ["校园阅读", "温虚构", "一等奖"])).rows).toEqual([
      "一等奖 | 校园阅读 | 温虚构",
    ]);
  });

  test.for(["指导专家", "填报人", "联系人", "片头案例名称"])("%s is neither", (label) => {
    expect(read(table([label, "奖项", "备注"], ["温虚构", "一等奖", ""])).rows).toEqual([]);
  });

  test("the column that is called most like ours is taken, wherever it stands", () => {
    const { rows } = read(
      table(
        ["项目名称", "单位", "案例名称", "作者", "学校", "奖项"],
        ["信息化项目", "兴庆区", "校园阅读", "温虚构", "示例小学", "一等奖"],
      ),
    );
    expect(rows).toEqual(["一等奖 | 校园阅读 | 温虚构/示例小学"]);
  });

  test("a masked name keeps its mask", () => {
    const { rows } = read(table(head, ["校园阅读", "邱*澈、张**、李×", "一等奖"]));
    expect(rows).toEqual(["一等奖 | 校园阅读 | 邱某澈、张某某、李某"]);
  });
});

describe("lists that share a name", () => {
  const listed = (file: string, ...titles: readonly string[]): ImportInput => {
    const rows = [head, ...titles.map((title, i) => [title, `温虚构${"甲乙丙丁"[i]}`, "一等奖"])];
    return { ...csv(file, []), sheets: [{ name: "名单", hidden: false, rows }] };
  };
  const titlesIn = (snapshot: typeof start) => rowsOf(snapshot).map((row) => row.split(" | ")[2]);
  const a = listed("A/名单.csv", "校园阅读", "集体备课");
  const b = listed("B/名单.csv", "错题订正", "口算练习");

  test("and no winners are two, however they come; each is corrected by its own", () => {
    const all = ["口算练习", "错题订正", "校园阅读", "集体备课"].sort();
    const apart = take(take(start, 2023, a).snapshot, 2023, b);
    expect(titlesIn(apart.snapshot).sort()).toEqual(all);
    expect(apart.entries[0]?.told?.join()).toMatch(/同名名单大半不同.*2 个仍保留/);
    const together = take(start, 2023, a, b);
    expect(titlesIn(together.snapshot).sort()).toEqual(all);
    for (const { snapshot } of [apart, together]) {
      expect(take(snapshot, 2023, a).patch.sheets).toEqual([]);
      expect(take(snapshot, 2023, b).patch.sheets).toEqual([]);
      const corrected = take(snapshot, 2023, listed("C/名单.csv", "错题订正"));
      expect(titlesIn(corrected.snapshot).sort()).toEqual(all.filter((title) => title !== "口算练习"));
      expect(corrected.entries[0]?.told?.join() ?? "").not.toContain("同名名单");
    }
  });

  test("an empty one deletes nothing", () => {
    const { snapshot } = take(start, 2023, a);
    const { patch, entries } = take(snapshot, 2023, listed("名单.csv"));
    expect(patch.sheets).toEqual([]);
    expect(entries[0]?.rejected[0]?.reason).toContain("没有案例");
  });
});

describe("a corrected list", () => {
  const before = take(start, 2023, list, earlierBook).snapshot;
  const again = (title: string, people: string) =>
    take(
      before,
      2023,
      csv("公示名单.csv", [
        ["案例名称", "作者", "奖项"],
        [title, people, "一等奖"],
        ["校园阅读", "欧阳翊", "二等奖"],
      ]),
    );

  test.for([
    [
      "作业设计与管理研究",
      "赖澜妍、唐思鹤",
      "作业设计与管理研究 | 赖澜妍/兴庆区第二小学、唐思鹤/兴庆区第三小学 | 指纹",
    ],
    ["作业设计与管理", "赖澜研", "作业设计与管理 | 赖澜研 | 指纹"],
    ["全新的名字", "唐思鹤、赖澜妍", "全新的名字 | 唐思鹤/兴庆区第三小学、赖澜妍/兴庆区第二小学 | 指纹"],
  ] as const)(
    "keeps the text sample where the title or the people are spelt right now: %s, %s",
    ([title, people, row]) => {
      const { snapshot, entries } = again(title, people);
      expect(rowsOf(snapshot)).toContain(`2023 | 一等奖 | ${row}`);
      expect(entries).toMatchObject([
        { added: 0, updated: 1, missing: [{ reason: expect.stringContaining("更正为") }] },
      ]);
    },
  );

  test("tells what is lost where it names another case", () => {
    const { snapshot, entries } = again("数字校园", "卢虚构");
    expect(rowsOf(snapshot)).toContain("2023 | 一等奖 | 数字校园 | 卢虚构");
    expect(entries).toMatchObject([
      { added: 1, missing: [{ reason: expect.stringMatching(/删去，它的正文指纹也删去/) }] },
    ]);
  });
});

describe("years", () => {
  test("rows of another year are refused, each by its row", () => {
    const input = table(
      ["案例名称", "作者", "奖项", "年份"],
      ["校园阅读", "温虚构", "一等奖", 2023],
      ["集体备课", "章虚构", "一等奖", 2022],
      ["错题订正", "卢虚构", "一等奖", "2022—2023学年"],
    );
    const { rows, told } = read(input);
    expect(rows).toEqual(["一等奖 | 校园阅读 | 温虚构", "一等奖 | 错题订正 | 卢虚构"]);
    expect(told).toMatch(/年份写的是 2022，不是 2023 年的/);
    expect(read(input, start, 2021)).toMatchObject({ rows: [], told: expect.stringContaining("不是 2021 年的") });
  });

  test("a sheet of another year is passed over and told; one of this year is taken", () => {
    const rows = (title: string) => [head, [title, "温虚构", "一等奖"]];
    const { rows: taken, told } = read(
      xlsx("历年名单.xlsx", { "2022年": rows("校园阅读"), "2023年": rows("集体备课") }),
    );
    expect(taken).toEqual(["一等奖 | 集体备课 | 温虚构"]);
    expect(told).toMatch(/工作表“2022年”是 2022 年的，不是 2023 年的/);
  });

  test("the same list under two years is told, with the way out", () => {
    const { snapshot } = take(start, 2022, list);
    expect(take(snapshot, 2023, list).entries[0]?.told?.join()).toMatch(
      /2 个已记在 2022 年.*casebook undo.*删去 2022 年的行/,
    );
    expect(take(start, 2023, list).entries[0]?.told?.join() ?? "").not.toContain("已记在");
  });

  test("a file that is called after another year is told", () => {
    const named = (year: number) => read(csv(`${year}年获奖名单.csv`, [head, ["校园阅读", "温虚构", "一等奖"]])).told;
    expect([named(2022), named(2023)]).toEqual([expect.stringContaining("文件名里是 2022 年，按 2023 年记下"), ""]);
  });
});

describe("a list of this very award without numbers", () => {
  const own = makeSnapshot({
    submissions: ["甲", "乙", "丙", "丁"].map((name) => ({
      title: `课堂改进之${name}`,
      "author1.name": `温虚${name}`,
    })),
  });
  const rows = (n: number, others: number) => [
    head,
    ...["甲", "乙", "丙", "丁"].slice(0, n).map((name) => [`课堂改进之${name}`, `温虚${name}`, "一等奖"]),
    ...["子", "丑", "寅", "卯", "辰"].slice(0, others).map((name) => [`往年之${name}`, `章虚${name}`, "一等奖"]),
  ];

  test("is known by titles and authors", () => {
    expect(read(csv("获奖名单.csv", rows(3, 2)), own)).toMatchObject({
      rows: [],
      told: expect.stringContaining("这是本届的"),
    });
  });

  test("is none where fewer than half are the same, or the list is short", () => {
    expect(read(csv("获奖名单.csv", rows(4, 5)), own).rows.length).toBe(9);
    expect(read(csv("获奖名单.csv", rows(3, 0)), own).rows.length).toBe(3);
  });
});
