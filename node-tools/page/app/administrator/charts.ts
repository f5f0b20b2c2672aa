/** What the overview of an award looks like as charts; each with the same as a table. */
import type { ExpertRow, GroupRow } from "../../protocol.ts";
import {
  bar,
  blue,
  type Chart,
  dashedLine,
  dot,
  drawRows,
  ink,
  type Legend,
  left,
  line,
  note,
  pale,
  plot,
  right,
  ring,
  rowLabel,
  type Scale,
  scaleOf,
  score,
  scoreOrNone,
  softInk,
  square,
  vermilion,
  width,
} from "./chart-parts.ts";
import type { Shape } from "./drawing.tsx";

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
  const legend: Legend = [
    ["案例数", square(pale)],
    ["获奖最低分", (x, y) => dashedLine([x - 8, y], [x + 8, y], vermilion)],
  ];
  const drawing = drawRows(title, drawn, rowHeight, scale, "最终得分", legend, (group, top) => {
    const base = top + rowHeight - 8;
    const most = Math.max(...group.histogram.map(({ count }) => count));
    const lowest = lowestLine(group);
    return [
      rowLabel(group.name, base - 22),
      note(left - 12, base - 4, `${group.scores.length} 个`, "end"),
      ...group.histogram.flatMap(({ from, to, count }): Shape[] => {
        const height = (count / most) * (rowHeight - 40);
        const [x, end] = [scale.at(from) + 1, scale.at(to) - 1];
        if (count === 0) return [];
        return [
          bar(x, base - height, end - x, height, pale),
          note((x + end) / 2, base - height - 3, String(count), "middle", 11),
        ];
      }),
      line([left, base], [width - right, base], softInk),
      ...(lowest === null
        ? []
        : [
            dashedLine([scale.at(lowest), top + 16], [scale.at(lowest), base], vermilion),
            {
              kind: "text",
              x: scale.at(lowest) + 4,
              y: top + 14,
              text: score(lowest),
              size: 12,
              bold: true,
              ink: vermilion,
            } as const,
          ]),
    ];
  });
  return { title, about: "每组一行：柱子是这一分数段的案例数，虚线是按名次获奖的最低分。", drawing, labels, rows };
}

/** Points on each side of an award line that are near it. */
export const nearby = 3;

export function chartAwardLines(groups: readonly GroupRow[]): Chart {
  const title = "奖项线附近的案例";
  const labels = ["组别", "奖项", "获奖", "最低分", `线上 ${nearby} 分以内`, `线下 ${nearby} 分以内`];
  const awardLines = groups.flatMap(({ name, scores, awards }) =>
    awards.flatMap(({ label, awarded, line: lowest }) => {
      if (lowest === null) return [];
      const near = scores.filter((each) => Math.abs(each - lowest) <= nearby);
      const above = near.filter((each) => each >= lowest).length;
      return [{ name, label, awarded, lowest, near, above, below: near.length - above }];
    }),
  );
  const rows = awardLines.map(({ name, label, awarded, lowest, above, below }) => [
    ...[name, label, String(awarded), score(lowest)],
    ...[String(above), String(below)],
  ]);
  if (awardLines.length === 0) return { title, about: nothingRanked, drawing: undefined, labels, rows };
  const rowHeight = 54;
  const ticks = Array.from({ length: 2 * nearby + 1 }, (_, i) => i - nearby);
  const scale: Scale = { ticks, at: (value) => left + ((value + nearby) / (2 * nearby)) * (plot - 150) };
  const legend: Legend = [
    ["线上（获奖）", (x, y) => dot(x, y, blue)],
    ["线下", (x, y) => ring(x, y, vermilion)],
  ];
  const drawing = drawRows(title, awardLines, rowHeight, scale, "与奖项线相差的分数", legend, (each, top) => {
    const { name, label, lowest, near, above, below } = each;
    const middle = top + rowHeight / 2;
    return [
      rowLabel(name, middle - 3),
      note(left - 12, middle + 14, `${label} ${score(lowest)}`, "end"),
      line([scale.at(-nearby), middle], [scale.at(nearby), middle], softInk),
      dashedLine([scale.at(0), middle - 16], [scale.at(0), middle + 16], ink),
      ...near.map((points) =>
        points >= lowest
          ? dot(scale.at(points - lowest), middle, blue)
          : ring(scale.at(points - lowest), middle, vermilion),
      ),
      { kind: "text", x: width - right, y: middle + 5, text: `线上 ${above}，线下 ${below}`, anchor: "end", ink },
    ];
  });
  return {
    title,
    about: `每条奖项线一行，线在正中：右边是获奖的，左边是差一点的，各画 ${nearby} 分以内的。挤在线上的越多，定奖越要小心。`,
    drawing,
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
  const scale = scaleOf(drawn.flatMap(({ mean, after, spread }) => [mean - spread, mean + spread, after]));
  const cut = known.length > drawn.length ? `只画差得最多的 ${drawn.length} 名，其余的见表格。` : "";
  const legend: Legend = [
    ["校准前平均分和离散", (x, y) => ring(x, y, vermilion)],
    ["校准后平均分", (x, y) => dot(x, y, blue)],
  ];
  const drawing = drawRows(title, drawn, rowHeight, scale, "分", legend, (each, top) => {
    const { id, name, mean, spread, severity } = each;
    const y = top + rowHeight / 2;
    const signed = `${severity > 0 ? "宽" : "严"} ${score(Math.abs(severity))}`;
    return [
      rowLabel(`${id} ${name}　${signed}`, y + 5),
      line([scale.at(mean - spread), y], [scale.at(mean + spread), y], softInk),
      line([scale.at(mean), y], [scale.at(each.after), y], pale, 3),
      ring(scale.at(mean), y, vermilion),
      dot(scale.at(each.after), y, blue),
    ];
  });
  return {
    title,
    about: `每名专家一行：空心圆是所给总分的平均，横线是一个标准差的上下，实心圆是扣除宽严以后的平均。${calibration}。${cut}`,
    drawing,
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
  const counted = scaleOf([0, ...bars.map((each) => each.experts)]);
  const legend: Legend = [
    ["交齐的专家", square(blue)],
    ["没有交齐的", square(pale)],
  ];
  const drawing = drawRows(title, bars, rowHeight, counted, "专家（名）", legend, (each, top) => {
    const { stage, load, experts: all, done } = each;
    const [y, height] = [top + 4, rowHeight - 8];
    return [
      rowLabel(`${stage} ${load} 个`, y + height - 6),
      bar(left, y, counted.at(all) - left, height, pale),
      bar(left, y, counted.at(done) - left, height, blue),
      note(counted.at(all) + 6, y + height - 6, `${all} 名`),
    ];
  });
  return {
    title,
    about: "每个学段、每种评审量一行：有几名专家要评这么多个案例，深色的已经交齐。",
    drawing,
    labels,
    rows,
  };
}
