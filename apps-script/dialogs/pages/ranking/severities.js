import { points } from "../common/numbers.ts";
import { shape } from "../common/svg.ts";

const width = 720;
const height = 150;
const edge = 18;
const signed = (value) => `${value > 0 ? "+" : ""}${points(value)}`;
/** A bar an expert from the most severe to the most lenient; undefined without experts. */
export function drawSeverities(severities) {
  const [first, last] = [severities[0], severities[severities.length - 1]];
  if (!first || !last) return undefined;
  const most = Math.max(1, ...severities.map(({ severity }) => Math.abs(severity)));
  const y = (severity) => height / 2 - (severity / most) * (height / 2 - edge);
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
