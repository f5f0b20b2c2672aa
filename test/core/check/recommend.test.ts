import { describe, expect, test } from "vitest";
import { listLeft } from "../../../apps-script/core/check/describe-check.ts";
import { recommendSubmissions } from "../../../apps-script/core/check/recommend.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { type AwardParts, date, directSchool, makeSnapshot, xingqing } from "../award-builder.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";

const settings = { 教育局城市赛道名额: 2, 教育局乡村赛道名额: 1, 厅直属学校名额: 1 };
const recommend = (parts: AwardParts, day?: string) =>
  recommendSubmissions(makeSnapshot({ settings, ...parts }), ningxia2025, day);

describe("recommend", () => {
  test.for<{ name: string; parts: AwardParts; ticked: string[] }>([
    {
      name: "best scores first, within the quota of each track",
      parts: {
        submissions: [{ firstScore: 70 }, { firstScore: 90 }, { firstScore: 80 }, { firstScore: 60, track: "乡村" }],
      },
      ticked: ["A002", "A003", "A004"],
    },
    {
      name: "equal scores: the lower id",
      parts: { submissions: [{ id: "A3" }, { id: "A1" }, { id: "A2" }] },
      ticked: ["A1", "A2"],
    },
    {
      name: "ticks that are there use up quota, unclean ones too",
      parts: {
        submissions: [{ recommended: "是", firstScore: 1, priorAward: "是" }, { firstScore: 70 }, { firstScore: 90 }],
      },
      ticked: ["A003"],
    },
    {
      name: "nothing past a quota that is full already",
      parts: {
        submissions: [{ recommended: "是" }, { recommended: "是" }, { recommended: "是" }, { firstScore: 100 }],
      },
      ticked: [],
    },
    {
      name: "only clean rows in force, empty 推荐 and 状态 as well",
      parts: {
        submissions: [
          { priorAward: "是", firstScore: 99 },
          { status: "取消资格", firstScore: 98 },
          { recommended: null, status: null },
        ],
      },
      ticked: ["A003"],
    },
    { name: "a warning does not bar", parts: { submissions: [{ videoBrand: null }] }, ticked: ["A001"] },
    { name: "no 初评得分", parts: { submissions: [{ firstScore: null }, { firstScore: 0 }] }, ticked: ["A002"] },
    {
      name: "a direct school's field",
      parts: {
        units: [xingqing, directSchool],
        submissions: [60, 70].map((firstScore) => ({ nominator: directSchool.name ?? null, track: null, firstScore })),
      },
      ticked: ["A002"],
    },
  ])("$name", ({ parts, ticked }) => expect(recommend(parts).recommended).toEqual(ticked));

  test("every row in force that stays without a tick has its reason", () => {
    const { left } = recommend({
      submissions: [
        { firstScore: 90 },
        { firstScore: 80 },
        { firstScore: 70 },
        { firstScore: null },
        { keywords: null },
        { status: "取消资格" },
        { recommended: "是", track: "乡村" },
      ],
    });
    expect(left).toMatchObject([
      { id: "A003", reason: "兴庆区教育局“教学革新”城市名额 2 个已满" },
      { id: "A004", reason: "没有初评得分" },
      { id: "A005", reason: "检查有错误，须先改正：关键词" },
    ]);
  });

  test.for<{ name: string; scores: number[]; ties: { score: number; recommended: string[]; left: string[] }[] }>([
    {
      name: "a tie that the quota cuts",
      scores: [90, 80, 80, 80, 70],
      ties: [{ score: 80, recommended: ["A002"], left: ["A003", "A004"] }],
    },
    { name: "all alike", scores: [80, 80, 80], ties: [{ score: 80, recommended: ["A001", "A002"], left: ["A003"] }] },
    { name: "a tie above the line", scores: [80, 80, 70], ties: [] },
    { name: "a tie below the line", scores: [90, 80, 70, 70], ties: [] },
    { name: "all within the quota", scores: [80, 80], ties: [] },
  ])("ties: $name", ({ scores, ties }) => {
    const outcome = recommend({ submissions: scores.map((firstScore) => ({ firstScore })) });
    const where = { nominator: "兴庆区教育局", field: "教学革新", track: "城市" };
    expect(outcome.ties).toEqual(ties.map((tie) => ({ ...where, ...tie })));
    const alike = outcome.left.filter(({ reason }) => reason.includes("同为")).map(({ id }) => id);
    expect(alike).toEqual(ties.flatMap((tie) => tie.left));
    expect(outcome.recommended.length + outcome.left.length).toBe(scores.length);
  });

  test("those that are left are named by reason, the most frequent first, what to mend behind the name", () => {
    const { left } = recommend({
      submissions: [{ firstScore: null }, { keywords: null, nominator: " 兴庆区" }, { firstScore: null }],
    });
    expect(listLeft(left)).toEqual([
      "2 个：没有初评得分",
      "  A001“以学情诊断改进课堂的实践（之1）”（兴庆区教育局）",
      "  A003“以学情诊断改进课堂的实践（之3）”（兴庆区教育局）",
      "1 个：检查有错误，须先改正",
      "  A002“以学情诊断改进课堂的实践（之2）”（兴庆区教育局）：关键词",
    ]);
    expect(listLeft([])).toEqual([]);
  });

  test("of long lists the rest is counted, with where it is; the counts add up", () => {
    const left = Array.from({ length: 20 }, (_, i) => ({
      id: `A${i}`,
      title: "题",
      nominator: "兴庆区教育局",
      reason: `原因 ${Math.floor(i / 4)}`,
    }));
    expect(listLeft(left.slice(0, 4), "，见别处", 3).slice(-2)).toEqual([
      "  A2“题”（兴庆区教育局）",
      "  ……另有 1 个，见别处",
    ]);
    expect(listLeft(left, "，见别处", 3).at(-1)).toBe("8 个：其他 2 种原因，见别处");
    for (const most of [1, 3, 4, 5, 20]) {
      const heads = listLeft(left, "", most).filter((line) => !line.startsWith(" "));
      expect(heads.length).toBeLessThanOrEqual(most + 1);
      expect(heads.reduce((sum, line) => sum + Number.parseInt(line, 10), 0)).toBe(20);
    }
  });

  test("writes 推荐, and 推荐日期 only with a date, to the rows newly ticked alone", () => {
    const snapshot = makeSnapshot({
      settings,
      submissions: [
        { firstScore: 60 },
        { recommended: "是", recommendedOn: date("2025-10-17"), firstScore: 90 },
        { firstScore: 80 },
      ],
    });
    const header = sheetNamed(snapshot, "案例").rows[0] ?? [];
    const cells = (label: string, day?: string) => {
      const after = applyPatch(snapshot, recommendSubmissions(snapshot, ningxia2025, day).patch);
      return sheetNamed(after, "案例")
        .rows.slice(1)
        .map((row) => row[header.indexOf(label)] ?? null);
    };
    expect(cells("推荐")).toEqual(["否", "是", "是"]);
    expect(cells("推荐日期")).toEqual([null, date("2025-10-17"), null]);
    expect(cells("推荐日期", "2025-10-20")).toEqual([null, date("2025-10-17"), date("2025-10-20")]);
  });

  test("a tie with one that was ticked before is told again", () => {
    const submissions = [{ recommended: "是", firstScore: 80 }, { firstScore: 90 }, { firstScore: 80 }];
    expect(recommend({ submissions }).ties).toMatchObject([{ score: 80, recommended: ["A001"], left: ["A003"] }]);
  });

  test("again: nothing more", () => {
    const snapshot = makeSnapshot({
      settings,
      submissions: [{ firstScore: 60 }, { firstScore: 90 }, { firstScore: 80 }],
    });
    const once = applyPatch(snapshot, recommendSubmissions(snapshot, ningxia2025).patch);
    expect(recommendSubmissions(once, ningxia2025).recommended).toEqual([]);
  });

  test("a unit of no kind has no quota", () => {
    expect(recommend({ units: [{ ...xingqing, kind: null }], submissions: [{}] }).left).toMatchObject([
      { id: "A001", reason: "“单位”表中推荐单位的类别有误" },
    ]);
  });

  test("refuses to run on a wrong value in 参数", () => {
    expect(() => recommend({ settings: { 每案评审专家数: "很多" } })).toThrow(/每案评审专家数/);
  });
});
