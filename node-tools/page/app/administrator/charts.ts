/** What the overview of an award looks like as charts; each with the same as a table. */
import type { ExpertRow, GroupRow } from "../../protocol.ts";
import type { Drawing, Shape } from "./drawing.tsx";

export interface Chart {
  readonly title: string;
  /** In a sentence or two: how to read it. */
  readonly about: string;
  /** undefined where there is nothing to draw yet; `about` says why. */
  readonly drawing: Drawing | undefined;
  readonly labels: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

// Colours of Okabe and Ito, which people of every colour vision tell apart; shapes differ as well.
const blue = "#0072b2";
const vermilion = "#c04f00";
const pale = "#9ecae1";
const ink = "#2c3e50";
const softInk = "#515c67";
const rule = "#d5dbe1";

const width = 760;
const left = 150;
const right = 24;
const plot = width - left - right;

const score = (points: number) => String(Math.round(points * 100) / 100);
const scoreOrNone = (points: number | null) => (points === null ? "" : score(points));

interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** From the lowest to the highest, widened to round numbers. */
function scaleOf(values: readonly number[], least = 0): Scale {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(highest - lowest, least);
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => span / each <= 10) ?? 200;
  const from = Math.floor(lowest / step) * step;
  const to = Math.max(Math.ceil(highest / step) * step, from + step);
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  return { at: (value) => left + ((value - from) / (to - from)) * plot, ticks };
}

/** A rule with its number at each tick, from `top` down to `bottom`. */
function axis({ at, ticks }: Scale, top: number, bottom: number, unit: string): Shape[] {
  const rules = ticks.flatMap((tick): Shape[] => [
    { kind: "line", from: [at(tick), top], to: [at(tick), bottom], ink: rule },
    { kind: "text", x: at(tick), y: bottom + 18, text: String(tick), anchor: "middle", size: 12, ink: softInk },
  ]);
  return [
    ...rules,
    { kind: "text", x: width - right, y: bottom + 36, text: unit, anchor: "end", size: 12, ink: softInk },
  ];
}

const heading = (text: string): Shape => ({ kind: "text", x: 12, y: 26, text, bold: true, size: 16, ink });
const rowLabel = (text: string, y: number): Shape => ({ kind: "text", x: left - 12, y, text, anchor: "end", ink });

/** Sign and word of each thing that is drawn, from left to right below the heading. */
function legend(entries: readonly (readonly [text: string, sign: (x: number, y: number) => Shape])[]): Shape[] {
  let x = left;
  return entries.flatMap(([text, sign]) => {
    const at = x;
    x += 26 + text.length * 13 + 18;
    return [sign(at + 8, 48), { kind: "text", x: at + 22, y: 52, text, size: 12, ink: softInk } as const];
  });
}
const legendHeight = 70;

const lowestLine = ({ awards }: GroupRow): number | null =>
  awards.reduce<number | null>((lowest, { line }) => (line === null ? lowest : Math.min(line, lowest ?? line)), null);

const nothingRanked = "还没有排名；收回评分、“汇总排名”以后才有。";

export function chartScores(groups: readonly GroupRow[]): Chart {
  const title = "各组得分分布和获奖线";
  const labels = ["组别", "已排名", "最高分", "最低分", "获奖最低分", "分段（案例数）"];
  const drawn = groups.filter(({ scores }) => scores.length > 0);
  const rows = groups.map((group) => [
    group.name,
    String(group.scores.length),
    scoreOrNone(group.scores[0] ?? null),
    scoreOrNone(group.scores.at(-1) ?? null),
    scoreOrNone(lowestLine(group)),
    group.histogram.map(({ from, to, count }) => `${from}—${to}：${count}`).join("；"),
  ]);
  if (drawn.length === 0) return { title, about: nothingRanked, drawing: undefined, labels, rows };
  const rowHeight = 78;
  const scale = scaleOf(drawn.flatMap(({ histogram }) => histogram.flatMap(({ from, to }) => [from, to])));
  const bottom = legendHeight + drawn.length * rowHeight;
  const shapes = drawn.flatMap((group, i): Shape[] => {
    const base = legendHeight + (i + 1) * rowHeight - 8;
    const most = Math.max(...group.histogram.map(({ count }) => count));
    const line = lowestLine(group);
    return [
      rowLabel(group.name, base - 22),
      {
        kind: "text",
        x: left - 12,
        y: base - 4,
        text: `${group.scores.length} 个`,
        anchor: "end",
        size: 12,
        ink: softInk,
      },
      ...group.histogram.flatMap(({ from, to, count }): Shape[] => {
        const height = (count / most) * (rowHeight - 40);
        const [x, end] = [scale.at(from) + 1, scale.at(to) - 1];
        if (count === 0) return [];
        return [
          { kind: "box", x, y: base - height, width: end - x, height, ink: pale },
          {
            kind: "text",
            x: (x + end) / 2,
            y: base - height - 3,
            text: String(count),
            anchor: "middle",
            size: 11,
            ink: softInk,
          },
        ];
      }),
      { kind: "line", from: [left, base], to: [width - right, base], ink: softInk },
      ...(line === null
        ? []
        : [
            {
              kind: "line",
              from: [scale.at(line), base - rowHeight + 24],
              to: [scale.at(line), base],
              width: 2,
              dashed: true,
              ink: vermilion,
            } as const,
            {
              kind: "text",
              x: scale.at(line) + 4,
              y: base - rowHeight + 22,
              text: score(line),
              size: 12,
              bold: true,
              ink: vermilion,
            } as const,
          ]),
    ];
  });
  return {
    title,
    about: "每组一行：柱子是这一分数段的案例数，虚线是按名次获奖的最低分。",
    drawing: {
      width,
      height: bottom + 48,
      shapes: [
        heading(title),
        ...legend([
          ["案例数", (x, y) => ({ kind: "box", x: x - 6, y: y - 6, width: 12, height: 12, ink: pale })],
          [
            "获奖最低分",
            (x, y) => ({ kind: "line", from: [x - 8, y], to: [x + 8, y], width: 2, dashed: true, ink: vermilion }),
          ],
        ]),
        ...axis(scale, legendHeight, bottom, "最终得分"),
        ...shapes,
      ],
    },
    labels,
    rows,
  };
}

/** Points on each side of an award line that are near it. */
export const nearby = 3;

export function chartAwardLines(groups: readonly GroupRow[]): Chart {
  const title = "奖项线附近的案例";
  const labels = ["组别", "奖项", "获奖", "最低分", `线上 ${nearby} 分以内`, `线下 ${nearby} 分以内`];
  const lines = groups.flatMap(({ name, scores, awards }) =>
    awards.flatMap(({ label, awarded, line }) => {
      if (line === null) return [];
      const near = scores.filter((each) => Math.abs(each - line) <= nearby);
      const above = near.filter((each) => each >= line).length;
      return [{ name, label, awarded, line, near, above, below: near.length - above }];
    }),
  );
  const rows = lines.map(({ name, label, awarded, line, above, below }) => [
    ...[name, label, String(awarded), score(line)],
    ...[String(above), String(below)],
  ]);
  if (lines.length === 0) return { title, about: nothingRanked, drawing: undefined, labels, rows };
  const rowHeight = 54;
  const bottom = legendHeight + lines.length * rowHeight;
  const ticks = Array.from({ length: 2 * nearby + 1 }, (_, i) => i - nearby);
  const scale: Scale = { ticks, at: (value) => left + ((value + nearby) / (2 * nearby)) * (plot - 150) };
  return {
    title,
    about: `每条奖项线一行，线在正中：右边是获奖的，左边是差一点的，各画 ${nearby} 分以内的。挤在线上的越多，定奖越要小心。`,
    drawing: {
      width,
      height: bottom + 48,
      shapes: [
        heading(title),
        ...legend([
          ["线上（获奖）", (x, y) => ({ kind: "dot", x, y, radius: 5, ink: blue })],
          ["线下", (x, y) => ({ kind: "dot", x, y, radius: 5, hollow: true, ink: vermilion })],
        ]),
        ...axis(scale, legendHeight, bottom, "与奖项线相差的分数"),
        ...lines.flatMap(({ name, label, line, near, above, below }, i): Shape[] => {
          const middle = legendHeight + i * rowHeight + rowHeight / 2;
          return [
            rowLabel(name, middle - 3),
            {
              kind: "text",
              x: left - 12,
              y: middle + 14,
              text: `${label} ${score(line)}`,
              anchor: "end",
              size: 12,
              ink: softInk,
            },
            { kind: "line", from: [scale.at(-nearby), middle], to: [scale.at(nearby), middle], ink: softInk },
            {
              kind: "line",
              from: [scale.at(0), middle - 16],
              to: [scale.at(0), middle + 16],
              width: 2,
              dashed: true,
              ink,
            },
            ...near.map(
              (each): Shape =>
                each >= line
                  ? { kind: "dot", x: scale.at(each - line), y: middle, radius: 5, ink: blue }
                  : { kind: "dot", x: scale.at(each - line), y: middle, radius: 5, hollow: true, ink: vermilion },
            ),
            { kind: "text", x: width - right, y: middle + 5, text: `线上 ${above}，线下 ${below}`, anchor: "end", ink },
          ];
        }),
      ],
    },
    labels,
    rows,
  };
}

/** Experts in one drawing: those furthest from the others. */
const mostDrawn = 30;

/** @param calibration what it did, in Chinese */
export function chartSeverity(experts: readonly ExpertRow[], calibration: string): Chart {
  const title = "专家宽严：校准前后";
  const labels = ["专家", "已评", "校准前平均分", "离散", "宽严", "宽严标准误", "校准后平均分"];
  const after = ({ mean, severity }: ExpertRow) => (mean === null || severity === null ? null : mean - severity);
  const scored = experts.filter(({ mean }) => mean !== null);
  const rows = scored.map((each) => [
    ...[`${each.id} ${each.name}`, String(each.scored), scoreOrNone(each.mean), scoreOrNone(each.spread)],
    ...[scoreOrNone(each.severity), scoreOrNone(each.severityError), scoreOrNone(after(each))],
  ]);
  const known = scored
    .flatMap(({ id, name, mean, spread, severity }) =>
      mean === null || severity === null
        ? []
        : [{ id, name, mean, spread: spread ?? 0, severity, after: mean - severity }],
    )
    .sort((a, b) => Math.abs(b.severity) - Math.abs(a.severity));
  const drawn = known.slice(0, mostDrawn).sort((a, b) => b.severity - a.severity);
  if (drawn.length === 0) {
    const about = calibration === "" ? "还没有评分。" : `${calibration}。`;
    return { title, about, drawing: undefined, labels, rows };
  }
  const rowHeight = 26;
  const bottom = legendHeight + drawn.length * rowHeight;
  const scale = scaleOf(drawn.flatMap(({ mean, after, spread }) => [mean - spread, mean + spread, after]));
  const cut = known.length > drawn.length ? `只画差得最多的 ${drawn.length} 名，其余的见表格。` : "";
  return {
    title,
    about: `每名专家一行：空心圆是所给总分的平均，横线是一个标准差的上下，实心圆是扣除宽严以后的平均。${calibration}。${cut}`,
    drawing: {
      width,
      height: bottom + 48,
      shapes: [
        heading(title),
        ...legend([
          ["校准前平均分和离散", (x, y) => ({ kind: "dot", x, y, radius: 5, hollow: true, ink: vermilion })],
          ["校准后平均分", (x, y) => ({ kind: "dot", x, y, radius: 5, ink: blue })],
        ]),
        ...axis(scale, legendHeight, bottom, "分"),
        ...drawn.flatMap(({ id, name, mean, spread, after, severity }, i): Shape[] => {
          const y = legendHeight + i * rowHeight + rowHeight / 2;
          const signed = `${severity > 0 ? "宽" : "严"} ${score(Math.abs(severity))}`;
          return [
            rowLabel(`${id} ${name}　${signed}`, y + 5),
            { kind: "line", from: [scale.at(mean - spread), y], to: [scale.at(mean + spread), y], ink: softInk },
            { kind: "line", from: [scale.at(mean), y], to: [scale.at(after), y], width: 3, ink: pale },
            { kind: "dot", x: scale.at(mean), y, radius: 5, hollow: true, ink: vermilion },
            { kind: "dot", x: scale.at(after), y, radius: 5, ink: blue },
          ];
        }),
      ],
    },
    labels,
    rows,
  };
}

/** Experts by how many cases they have, a row for each stage and load. */
export function chartLoads(experts: readonly ExpertRow[]): Chart {
  const title = "专家的评审量";
  const labels = ["学段", "每人案例数", "专家", "其中交齐的"];
  const asked = experts.filter(({ assigned }) => assigned > 0);
  const stages = [...new Set(asked.map(({ stage }) => stage))];
  const bars = stages.flatMap((stage) => {
    const own = asked.filter((each) => each.stage === stage);
    const loads = [...new Set(own.map(({ assigned }) => assigned))].sort((a, b) => a - b);
    return loads.map((load) => {
      const same = own.filter(({ assigned }) => assigned === load);
      const done = same.filter(({ scored }) => scored === load).length;
      return { stage: stage === "" ? "不分学段" : stage, load, experts: same.length, done };
    });
  });
  const rows = bars.map(({ stage, load, experts: all, done }) => [stage, String(load), String(all), String(done)]);
  if (bars.length === 0) return { title, about: "还没有分派专家。", drawing: undefined, labels, rows };
  const rowHeight = 30;
  const bottom = legendHeight + bars.length * rowHeight;
  const counted = scaleOf([0, ...bars.map((bar) => bar.experts)]);
  return {
    title,
    about: "每个学段、每种评审量一行：有几名专家要评这么多个案例，深色的已经交齐。",
    drawing: {
      width,
      height: bottom + 48,
      shapes: [
        heading(title),
        ...legend([
          ["交齐的专家", (x, y) => ({ kind: "box", x: x - 6, y: y - 6, width: 12, height: 12, ink: blue })],
          ["没有交齐的", (x, y) => ({ kind: "box", x: x - 6, y: y - 6, width: 12, height: 12, ink: pale })],
        ]),
        ...axis(counted, legendHeight, bottom, "专家（名）"),
        ...bars.flatMap(({ stage, load, experts: all, done }, i): Shape[] => {
          const y = legendHeight + i * rowHeight + 4;
          const height = rowHeight - 8;
          return [
            rowLabel(`${stage} ${load} 个`, y + height - 6),
            { kind: "box", x: left, y, width: counted.at(all) - left, height, ink: pale },
            { kind: "box", x: left, y, width: counted.at(done) - left, height, ink: blue },
            { kind: "text", x: counted.at(all) + 6, y: y + height - 6, text: `${all} 名`, size: 12, ink: softInk },
          ];
        }),
      ],
    },
    labels,
    rows,
  };
}
