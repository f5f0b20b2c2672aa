/** The charts of the report of figures, as the page draws them. */
import type { ChartData } from "../../../../apps-script/core/exports/forms/form.ts";
import {
  bar,
  blue,
  type Chart,
  drawRows,
  type Legend,
  left,
  note,
  pale,
  rowLabel,
  scaleOf,
  square,
  vermilion,
} from "./chart-parts.ts";

const barHeight = 18;
/** Characters in a line of a label; the table has a longer one whole. */
const lineLength = 10;
const lineHeight = 17;
const inks = [pale, blue, vermilion];

/** In two lines where one is too short; broken before what tells a group from its neighbours, where it can be. */
function labelLines(label: string): readonly string[] {
  if (label.length <= lineLength) return [label];
  const [first = "", ...others] = label.includes(" · ")
    ? label.split(" · ")
    : [label.slice(0, lineLength), label.slice(lineLength)];
  return [first, others.join(" · ")].map((line) =>
    line.length > lineLength ? `${line.slice(0, lineLength - 1)}…` : line,
  );
}

/** A row for each category, a bar in it for each series. */
export function chartFigures(title: string, about: string, { categories, series }: ChartData): Chart {
  const labels = ["项目", ...series.map(({ name }) => name)];
  const rows = categories.map((category, i) => [category, ...series.map(({ values }) => String(values[i] ?? ""))]);
  const values = series.flatMap((each) => [...each.values]);
  if (values.length === 0) return { title, about, drawing: undefined, labels, rows };
  const lines = categories.map(labelLines);
  const rowHeight =
    Math.max(series.length * barHeight, lineHeight * Math.max(...lines.map((each) => each.length))) + 12;
  const barsAbove = (rowHeight - series.length * barHeight) / 2;
  const scale = scaleOf([0, ...values], 5);
  const legend: Legend = series.map(({ name }, k) => [name, square(inks[k % inks.length] ?? pale)]);
  const unit = series.length === 1 ? (series[0]?.name ?? "") : "案例数";
  const drawing = drawRows(
    title,
    categories.map((_, i) => i),
    rowHeight,
    scale,
    unit,
    legend,
    (i, top) => [
      ...(lines[i] ?? []).map((line, k, all) =>
        rowLabel(line, top + rowHeight / 2 + 5 + (k - (all.length - 1) / 2) * lineHeight),
      ),
      ...series.flatMap(({ values: own }, k) => {
        const value = own[i] ?? 0;
        const y = top + barsAbove + 2 + k * barHeight;
        return [
          bar(left, y, scale.at(value) - left, barHeight - 4, inks[k % inks.length] ?? pale),
          note(scale.at(value) + 5, y + barHeight - 7, String(value)),
        ];
      }),
    ],
  );
  return { title, about, drawing, labels, rows };
}
