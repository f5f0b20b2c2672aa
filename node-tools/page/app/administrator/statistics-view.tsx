import { useEffect, useState } from "preact/hooks";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { FigureTable, ReportFigures } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { remote } from "../remote.ts";
import { ChartFigure } from "./chart-view.tsx";
import { chartFigures } from "./statistics-charts.ts";
import { inWordsOfThePage } from "./steps.ts";

/** The figures of the report: what it says, its charts and its tables. */
export function StatisticsView(props: {
  readonly path: string;
  /** Of both workbooks. */
  readonly stamp: string;
  readonly attempt: Attempt;
}) {
  const { path, stamp, attempt } = props;
  /** null where there is no case yet. */
  const [figures, setFigures] = useState<ReportFigures | null>();
  const [none, setNone] = useState("");
  useEffect(() => {
    remote.readStatistics(path).then(
      (now) => {
        setFigures(now ?? null);
        setNone("");
      },
      (error: Error) => setNone(inWordsOfThePage(error.message)),
    );
  }, [path, stamp]);
  if (none !== "") return <p class="fault">{none}</p>;
  if (figures === undefined) return <p class="empty">正在统计……</p>;
  if (figures === null) return <p class="empty">还没有案例，请先到“收表”收下文件。</p>;
  const { total, quotas, rules, scores, charts, tables } = figures;
  const about: Readonly<Record<string, string>> = { 总体: total, 名额: quotas, 问题: rules };
  const titles: Readonly<Record<string, string>> = {
    总体: "申报到获奖",
    领域: "各领域的案例",
    名额: "各组名额的使用",
    问题: "最多的几类问题",
  };
  return (
    <section class="charts" aria-label="统计">
      <p class="soft">与“统计报告”的数字相同；要 Word 报告和 Excel 统计表，到“排名”点“输出统计报告”。</p>
      {Object.entries(charts).map(([name, data]) => (
        <ChartFigure key={name} chart={chartFigures(titles[name] ?? name, about[name] ?? "", data)} attempt={attempt} />
      ))}
      <section class="panel" aria-label="评分">
        <h2>评分</h2>
        <p>{scores}</p>
      </section>
      {tables.map((table) => (
        <Figures key={table.title} table={table} />
      ))}
    </section>
  );
}

function Figures({ table }: { readonly table: FigureTable }) {
  const { title, labels, numbers, rows, notes } = table;
  return (
    <details class="panel">
      <summary>{title}</summary>
      <ScrollTable label={title}>
        <Heads labels={labels} numbers={numbers} />
        <tbody>
          {rows.map((cells, i) => (
            <tr key={`${i}${cells[0]}`}>
              {labels.map((label, k) => (
                <td key={label} class={numbers.includes(label) ? "number" : undefined}>
                  {cells[k]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {notes.map((note) => (
        <p key={note} class="soft">
          {note}
        </p>
      ))}
    </details>
  );
}
