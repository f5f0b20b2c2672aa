/** What charts of rows over one scale are drawn with. */
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
export const blue = "#0072b2";
export const vermilion = "#c04f00";
export const pale = "#9ecae1";
export const ink = "#2c3e50";
export const softInk = "#515c67";
const rule = "#d5dbe1";

export const width = 760;
export const left = 150;
export const right = 24;
export const plot = width - left - right;

export const score = (points: number) => String(Math.round(points * 100) / 100);
export const scoreOrNone = (points: number | null) => (points === null ? "" : score(points));

export interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** From the lowest to the highest, widened to round numbers. */
export function scaleOf(values: readonly number[], least = 0): Scale {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(highest - lowest, least);
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => span / each <= 10) ?? 200;
  const from = Math.floor(lowest / step) * step;
  const to = Math.max(Math.ceil(highest / step) * step, from + step);
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  return { at: (value) => left + ((value - from) / (to - from)) * plot, ticks };
}

type Anchor = "start" | "middle" | "end";

export const note = (x: number, y: number, text: string, anchor: Anchor = "start", size = 12): Shape => ({
  kind: "text",
  x,
  y,
  text,
  anchor,
  size,
  ink: softInk,
});
export const rowLabel = (text: string, y: number): Shape => ({
  kind: "text",
  x: left - 12,
  y,
  text,
  anchor: "end",
  ink,
});
export const bar = (x: number, y: number, width: number, height: number, ink: string): Shape => ({
  kind: "box",
  x,
  y,
  width,
  height,
  ink,
});
export const dot = (x: number, y: number, ink: string): Shape => ({ kind: "dot", x, y, radius: 5, ink });
export const ring = (x: number, y: number, ink: string): Shape => ({ kind: "dot", x, y, radius: 5, hollow: true, ink });
export const line = (
  from: readonly [number, number],
  to: readonly [number, number],
  ink: string,
  width = 1,
): Shape => ({
  kind: "line",
  from,
  to,
  width,
  ink,
});
export const dashedLine = (from: readonly [number, number], to: readonly [number, number], ink: string): Shape => ({
  kind: "line",
  from,
  to,
  width: 2,
  dashed: true,
  ink,
});
export const square = (ink: string) => (x: number, y: number) => bar(x - 6, y - 6, 12, 12, ink);

const legendHeight = 70;

/** Signs and words of the legend, from left to right. */
export type Legend = readonly (readonly [text: string, sign: (x: number, y: number) => Shape])[];

function drawLegend(entries: Legend): Shape[] {
  let x = left;
  return entries.flatMap(([text, sign]) => {
    const at = x;
    x += 26 + text.length * 13 + 18;
    return [sign(at + 8, 48), note(at + 22, 52, text)];
  });
}

/** A chart with a row for each of `rows` over one scale; `draw` is given the upper edge of a row. */
export function drawRows<Row>(
  title: string,
  rows: readonly Row[],
  rowHeight: number,
  { at, ticks }: Scale,
  unit: string,
  legend: Legend,
  draw: (row: Row, top: number) => readonly Shape[],
): Drawing {
  const bottom = legendHeight + rows.length * rowHeight;
  return {
    width,
    height: bottom + 48,
    shapes: [
      { kind: "text", x: 12, y: 26, text: title, bold: true, size: 16, ink },
      ...drawLegend(legend),
      ...ticks.flatMap((tick) => [
        line([at(tick), legendHeight], [at(tick), bottom], rule),
        note(at(tick), bottom + 18, String(tick), "middle"),
      ]),
      note(width - right, bottom + 36, unit, "end"),
      ...rows.flatMap((row, i) => draw(row, legendHeight + i * rowHeight)),
    ],
  };
}
