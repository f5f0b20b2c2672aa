import { describe, expect, test } from "vitest";
import {
  chartAwardLines,
  chartLoads,
  chartScores,
  chartSeverity,
} from "../../../../../node-tools/page/app/administrator/charts.ts";
import type { Drawing, Shape } from "../../../../../node-tools/page/app/administrator/drawing.tsx";
import { chartFigures } from "../../../../../node-tools/page/app/administrator/statistics-charts.ts";
import type { ExpertRow, GroupRow } from "../../../../../node-tools/page/protocol.ts";

const group = (scores: readonly number[], line: number | null): GroupRow => ({
  name: "教学革新 · 城市",
  pending: 0,
  scores,
  histogram: [
    { from: 70, to: 75, count: scores.filter((each) => each < 75).length },
    { from: 75, to: 80, count: scores.filter((each) => each >= 75).length },
  ],
  awards: [{ label: "优秀案例", awarded: scores.filter((each) => line !== null && each >= line).length, line }],
});
const ranked = group([79, 77.5, 76, 75.9, 72.9, 71], 76);

const expert = (id: string, change: Partial<ExpertRow> = {}): ExpertRow => ({
  ...{ id, name: "郝翊", unit: "", stage: "小学", phone: "", withdrawn: false, assigned: 3, scored: 3, status: "" },
  ...{ doubts: "", late: 0, mean: 80, spread: 4, severity: 2, severityError: 1, reminder: "", ...change },
});

const shapesOf = (drawing: Drawing | undefined, kind: Shape["kind"]) =>
  (drawing?.shapes ?? []).filter((shape) => shape.kind === kind);
const textsOf = (drawing: Drawing | undefined) =>
  (drawing?.shapes ?? []).flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));

function placesOf(shape: Shape): (readonly [number, number])[] {
  if (shape.kind === "line") return [shape.from, shape.to];
  if (shape.kind === "box")
    return [
      [shape.x, shape.y],
      [shape.x + shape.width, shape.y + shape.height],
    ];
  return [[shape.x, shape.y]];
}

test.for([
  chartScores([ranked]),
  chartAwardLines([ranked]),
  chartSeverity([expert("E001"), expert("E002", { severity: -9, mean: 60 })], "专家宽严的标准差约 3.0 分"),
  chartLoads([expert("E001"), expert("E002", { assigned: 5, scored: 1 })]),
  chartFigures("各组名额的使用", "", {
    categories: ["教育治理升级 · 城市", "教育治理升级 · 乡村", "一个没有间隔的很长很长的很长很长的名称"],
    series: [{ name: "名额使用率（%）", values: [0, 117.5, 20] }],
  }),
  chartFigures("各领域的案例", "", {
    categories: ["教学革新"],
    series: ["申报", "推荐", "获奖"].map((name, i) => ({ name, values: [40 - 15 * i] })),
  }),
])("$title: everything that is drawn lies within the picture, and stands in the table", ({ drawing, rows, labels }) => {
  expect(drawing?.shapes.length).toBeGreaterThan(10);
  for (const shape of drawing?.shapes ?? [])
    for (const [x, y] of placesOf(shape)) {
      expect(x, JSON.stringify(shape)).toBeGreaterThanOrEqual(0);
      expect(x, JSON.stringify(shape)).toBeLessThanOrEqual(drawing?.width ?? 0);
      expect(y, JSON.stringify(shape)).toBeGreaterThanOrEqual(0);
      expect(y, JSON.stringify(shape)).toBeLessThanOrEqual(drawing?.height ?? 0);
    }
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toHaveLength(labels.length);
});

describe("nothing to draw yet", () => {
  test.for([
    ["no ranking", chartScores([]), /还没有排名/],
    ["groups without a ranked case", chartScores([group([], null)]), /还没有排名/],
    ["no award line", chartAwardLines([group([71, 70], null)]), /还没有排名/],
    ["no scores", chartSeverity([], ""), /还没有评分/],
    ["no calibration", chartSeverity([expert("E001", { severity: null })], "可比的评分太少"), /^可比的评分太少。$/],
    [
      "no problem found",
      chartFigures("问题", "没有", { categories: [], series: [{ name: "条数", values: [] }] }),
      /没有/,
    ],
    ["nobody assigned", chartLoads([expert("E001", { assigned: 0, scored: 0 })]), /还没有分派/],
  ] as const)("%s: no drawing, and why", ([, chart, why]) => {
    expect(chart.drawing).toBeUndefined();
    expect(chart.about).toMatch(why);
  });
});

test("the award line stands where the lowest winner is; what lies within three points is counted on each side", () => {
  const { drawing, rows } = chartAwardLines([ranked]);
  expect(rows).toEqual([["教学革新 · 城市", "优秀案例", "3", "76", "3", "1"]]);
  expect(shapesOf(drawing, "dot").filter((dot) => dot.kind === "dot" && !dot.hollow)).toHaveLength(3 + 1);
  expect(textsOf(drawing)).toContain("线上 3，线下 1");
});

test("bars are as high as there are cases in them", () => {
  const { drawing } = chartScores([ranked]);
  const [legend, ...bars] = shapesOf(drawing, "box") as { height: number; width: number }[];
  expect(legend?.width).toBe(12);
  expect(bars.map(({ height }) => height / (bars[1]?.height ?? 1))).toEqual([2 / 4, 1]);
});

test("after the calibration a lenient expert's mean is lower by the severity", () => {
  const { rows } = chartSeverity([expert("E001", { mean: 82.5, severity: 2.25 })], "");
  expect(rows[0]).toEqual(["E001 郝翊", "3", "82.5", "4", "2.25", "1", "80.25"]);
});

test("of many experts those furthest from the others are drawn, and it is said so", () => {
  const many = Array.from({ length: 40 }, (_, i) => expert(`E${100 + i}`, { severity: i / 10 }));
  const { drawing, rows, about } = chartSeverity(many, "");
  expect(rows).toHaveLength(40);
  expect(about).toContain("只画差得最多的 30 名");
  const drawn = textsOf(drawing).filter((text) => text.startsWith("E1"));
  expect([drawn.length, drawn.some((text) => text.startsWith("E100 "))]).toEqual([30, false]);
});

test("loads are counted by stage, and those who are done apart", () => {
  const experts = [
    ...[expert("E001"), expert("E002", { scored: 2 }), expert("E003", { assigned: 4, scored: 4 })],
    ...[expert("E004", { stage: "" }), expert("E005", { assigned: 0, scored: 0 })],
  ];
  expect(chartLoads(experts).rows).toEqual([
    ["小学", "3", "2", "1"],
    ["小学", "4", "1", "1"],
    ["不分学段", "3", "1", "1"],
  ]);
});

test("groups whose names begin alike stay apart in their labels", () => {
  const categories = ["教育治理升级 · 城市", "教育治理升级 · 乡村"];
  const { drawing } = chartFigures("名额", "", { categories, series: [{ name: "个", values: [1, 2] }] });
  expect(textsOf(drawing)).toEqual(expect.arrayContaining(["教育治理升级", "城市", "乡村"]));
});
