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
