import type { RankingView } from "../../views.ts";
import { points } from "../common/numbers.ts";

type Group = RankingView["groups"][number];

const svgSpace = "http://www.w3.org/2000/svg";

/** An SVG element, with a text node where `text` is given. */
function shape(name: string, attributes: Readonly<Record<string, string | number>>, text = ""): SVGElement {
  const made = document.createElementNS(svgSpace, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  if (text !== "") made.textContent = text;
  return made;
}

function describeHistogram({ histogram, awardLine }: Group): string {
  const bins = histogram.filter((bin) => bin.count > 0).map(({ from, to, count }) => `${from} 至 ${to} 分 ${count} 个`);
  return `得分分布：${bins.join("，")}${awardLine === null ? "" : `；奖项线 ${points(awardLine)} 分`}。`;
}

/** The distribution of final scores with the award line; undefined without scores. */
export function drawHistogram(group: Group): SVGElement | undefined {
  const [width, height, top, bottom, side] = [360, 180, 30, 22, 8];
  const { histogram, awardLine } = group;
  const [first, last] = [histogram[0], histogram[histogram.length - 1]];
  if (!first || !last) return undefined;
  const most = Math.max(...histogram.map((bin) => bin.count));
  const base = height - bottom;
  const x = (score: number) => side + ((score - first.from) / (last.to - first.from)) * (width - 2 * side);
  const y = (count: number) => base - (count / most) * (base - top);
  const chart = shape("svg", {
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": describeHistogram(group),
  });
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

const signed = (value: number) => `${value > 0 ? "+" : ""}${points(value)}`;

/** A bar an expert from the most severe to the most lenient; undefined without experts. */
export function drawSeverities(severities: RankingView["severities"]): SVGElement | undefined {
  const [width, height, edge] = [720, 150, 18];
  const [first, last] = [severities[0], severities[severities.length - 1]];
  if (!first || !last) return undefined;
  const most = Math.max(1, ...severities.map(({ severity }) => Math.abs(severity)));
  const y = (severity: number) => height / 2 - (severity / most) * (height / 2 - edge);
  const step = width / severities.length;
  const label = `${severities.length} 名专家的宽严：最严 ${first.expert} ${signed(first.severity)} 分，最宽 ${last.expert} ${signed(last.severity)} 分。`;
  const chart = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  for (const [i, { expert, severity, error, noteworthy }] of severities.entries()) {
    const bar = shape("rect", {
      class: noteworthy ? "severity noteworthy" : "severity",
      x: (i + 0.1) * step,
      y: Math.min(y(severity), y(0)),
      width: step * 0.8,
      height: Math.max(0.5, Math.abs(y(severity) - y(0))),
    });
    bar.append(shape("title", {}, `${expert}：${signed(severity)} 分（标准误 ${points(error)}）`));
    chart.append(bar);
  }
  chart.append(
    shape("line", { class: "axis", x1: 0, y1: y(0), x2: width, y2: y(0) }),
    shape("text", { x: 0, y: height - 4, "text-anchor": "start" }, `最严 ${first.expert} ${signed(first.severity)}`),
    shape("text", { x: width, y: 11, "text-anchor": "end" }, `最宽 ${last.expert} ${signed(last.severity)}`),
  );
  return chart;
}
