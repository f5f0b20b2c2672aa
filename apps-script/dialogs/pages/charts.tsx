import type { RankingView } from "../views.ts";
import { points } from "./numbers.ts";

type Group = RankingView["groups"][number];

function describeHistogram({ histogram, awardLine }: Group): string {
  const bins = histogram.filter((bin) => bin.count > 0).map(({ from, to, count }) => `${from} 至 ${to} 分 ${count} 个`);
  return `得分分布：${bins.join("，")}${awardLine === null ? "" : `；奖项线 ${points(awardLine)} 分`}。`;
}

/** The distribution of final scores with the award line; nothing without scores. */
export function Histogram({ group }: { readonly group: Group }) {
  const [width, height, top, bottom, side] = [360, 180, 30, 22, 8];
  const { histogram, awardLine } = group;
  const [first, last] = [histogram.at(0), histogram.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(...histogram.map((bin) => bin.count));
  const base = height - bottom;
  const x = (score: number) => side + ((score - first.from) / (last.to - first.from)) * (width - 2 * side);
  const y = (count: number) => base - (count / most) * (base - top);
  const step = Math.ceil(histogram.length / 6);
  const isRight = awardLine !== null && x(awardLine) > width / 2;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={describeHistogram(group)}>
      {histogram.map(({ from, to, count }) => (
        <>
          <rect
            class={awardLine !== null && from >= awardLine ? "bin awarded" : "bin"}
            x={x(from) + 0.75}
            y={y(count)}
            width={Math.max(1, x(to) - x(from) - 1.5)}
            height={base - y(count)}
          >
            <title>{`${from}–${to} 分：${count} 个`}</title>
          </rect>
          {count > 0 && histogram.length <= 16 && (
            <text x={(x(from) + x(to)) / 2} y={y(count) - 3} text-anchor="middle">
              {count}
            </text>
          )}
        </>
      ))}
      <line class="axis" x1={side} y1={base} x2={width - side} y2={base} />
      {histogram.map(
        ({ from }, i) =>
          i % step === 0 && (
            <text key={from} x={x(from)} y={height - 7} text-anchor={i === 0 ? "start" : "middle"}>
              {from}
            </text>
          ),
      )}
      {awardLine !== null && (
        <>
          <line class="line" x1={x(awardLine)} y1={6} x2={x(awardLine)} y2={base} />
          <text
            class="line-label"
            x={x(awardLine) + (isRight ? -5 : 5)}
            y={13}
            text-anchor={isRight ? "end" : "start"}
          >{`奖项线 ${points(awardLine)}`}</text>
        </>
      )}
    </svg>
  );
}

const signed = (value: number) => `${value > 0 ? "+" : ""}${points(value)}`;

/** A bar an expert from the most severe to the most lenient; nothing without experts. */
export function Severities({ severities }: Pick<RankingView, "severities">) {
  const [width, height, edge] = [720, 150, 18];
  const [first, last] = [severities.at(0), severities.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(1, ...severities.map(({ severity }) => Math.abs(severity)));
  const y = (severity: number) => height / 2 - (severity / most) * (height / 2 - edge);
  const step = width / severities.length;
  const label = `${severities.length} 名专家的宽严：最严 ${first.expert} ${signed(first.severity)} 分，最宽 ${last.expert} ${signed(last.severity)} 分。`;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {severities.map(({ expert, severity, error, noteworthy }, i) => (
        <rect
          key={expert}
          class={noteworthy ? "severity noteworthy" : "severity"}
          x={(i + 0.1) * step}
          y={Math.min(y(severity), y(0))}
          width={step * 0.8}
          height={Math.max(0.5, Math.abs(y(severity) - y(0)))}
        >
          <title>{`${expert}：${signed(severity)} 分（标准误 ${points(error)}）`}</title>
        </rect>
      ))}
      <line class="axis" x1={0} y1={y(0)} x2={width} y2={y(0)} />
      <text x={0} y={height - 4} text-anchor="start">{`最严 ${first.expert} ${signed(first.severity)}`}</text>
      <text x={width} y={11} text-anchor="end">{`最宽 ${last.expert} ${signed(last.severity)}`}</text>
    </svg>
  );
}
