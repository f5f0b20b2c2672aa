import { useRef } from "preact/hooks";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { AwardOverview } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { handOver } from "../hand-over.ts";
import type { Chart } from "./chart-parts.ts";
import { chartAwardLines, chartLoads, chartScores, chartSeverity } from "./charts.ts";
import { makePng, makeSvg, Picture } from "./drawing.tsx";

/** The charts of an award; each can be saved as a picture. */
export function ChartView({ overview, attempt }: { readonly overview: AwardOverview; readonly attempt: Attempt }) {
  const { groups, experts, calibration } = overview;
  const charts = [
    chartScores(groups),
    chartAwardLines(groups),
    chartSeverity(experts, calibration),
    chartLoads(experts),
  ];
  return (
    <section class="charts" aria-label="图表">
      {charts.map((chart) => (
        <ChartFigure key={chart.title} chart={chart} attempt={attempt} />
      ))}
    </section>
  );
}

export function ChartFigure({ chart, attempt }: { readonly chart: Chart; readonly attempt: Attempt }) {
  const { title, about, drawing, labels, rows } = chart;
  const place = useRef<HTMLElement>(null);
  const saveSvg = () =>
    attempt(async () => {
      const picture = place.current?.querySelector("svg");
      if (picture) handOver(`${title}.svg`, makeSvg(picture));
    });
  const savePng = () =>
    attempt(async () => {
      if (drawing) handOver(`${title}.png`, await makePng(drawing));
    });
  return (
    <figure class="panel chart">
      <figcaption>
        <h2>{title}</h2>
        <p class="soft">{about}</p>
      </figcaption>
      {drawing && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it nobody could scroll it by keyboard */}
          <section class="scroll" ref={place} tabIndex={0} aria-label={`${title}（图）`}>
            <Picture drawing={drawing} label={`${title}。${about}`} />
          </section>
          <div class="buttons">
            <button type="button" onClick={savePng}>
              存为图片（.png）
            </button>
            <button type="button" onClick={saveSvg}>
              存为矢量图（.svg）
            </button>
          </div>
        </>
      )}
      {rows.length > 0 && (
        <details>
          <summary>用表格看</summary>
          <ScrollTable label={title}>
            <Heads labels={labels} />
            <tbody>
              {rows.map((cells) => (
                <tr key={cells.join()}>
                  {cells.map((cell, i) =>
                    i === 0 ? (
                      <th key={labels[i]} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={labels[i]}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </ScrollTable>
        </details>
      )}
    </figure>
  );
}
