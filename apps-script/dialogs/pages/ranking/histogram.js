import { points } from "../common/numbers.ts";
import { shape } from "../common/svg.ts";

const width = 360;
const height = 180;
const top = 30;
const bottom = 22;
const side = 8;
function describe({ histogram, awardLine }) {
  const bins = histogram.filter((bin) => bin.count > 0).map(({ from, to, count }) => `${from} 至 ${to} 分 ${count} 个`);
  return `得分分布：${bins.join("，")}${awardLine === null ? "" : `；奖项线 ${points(awardLine)} 分`}。`;
}
/** The distribution of final scores with the award line; undefined without scores. */
export function drawHistogram(group) {
  const { histogram, awardLine } = group;
  const [first, last] = [histogram[0], histogram[histogram.length - 1]];
  if (!first || !last) return undefined;
  const most = Math.max(...histogram.map((bin) => bin.count));
  const base = height - bottom;
  const x = (score) => side + ((score - first.from) / (last.to - first.from)) * (width - 2 * side);
  const y = (count) => base - (count / most) * (base - top);
  const chart = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": describe(group) });
  for (const { from, to, count } of histogram) {
    const awarded = awardLine !== null && from >= awardLine;
    const bin = shape("rect", {
      class: awarded ? "bin awarded" : "bin",
      x: x(from) + 0.75,
      y: y(count),
      width: Math.max(1, x(to) - x(from) - 1.5),
      height: base - y(count),
    });
    bin.append(shape("title", {}, `${from}–${to} 分：${count} 个`));
    chart.append(bin);
    if (count > 0 && histogram.length <= 16) {
      chart.append(
        shape("text", { x: (x(from) + x(to)) / 2, y: y(count) - 3, "text-anchor": "middle" }, String(count)),
      );
    }
  }
  chart.append(shape("line", { class: "axis", x1: side, y1: base, x2: width - side, y2: base }));
  const step = Math.ceil(histogram.length / 6);
  for (const [i, { from }] of [...histogram.entries()].filter(([i]) => i % step === 0)) {
    chart.append(
      shape("text", { x: x(from), y: height - 7, "text-anchor": i === 0 ? "start" : "middle" }, String(from)),
    );
  }
  if (awardLine !== null) {
    const at = x(awardLine);
    const isRight = at > width / 2;
    chart.append(
      shape("line", { class: "line", x1: at, y1: 6, x2: at, y2: base }),
      shape(
        "text",
        { class: "line-label", x: at + (isRight ? -5 : 5), y: 13, "text-anchor": isRight ? "end" : "start" },
        `奖项线 ${points(awardLine)}`,
      ),
    );
  }
  return chart;
}
