/** Charts of a .docx template, filled with the figures of a report; their looks stay as they were drawn. */
import type { ChartData } from "../../apps-script/core/exports/forms/form.ts";
import { storableText } from "../xlsx/cell-values.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const toXml = (text: string) => storableText(text).replace(/[&<>"]/g, (character) => entities[character] ?? character);

/** A chart that a document shows, in reading order. */
export interface PlacedChart {
  /** As its alternative text gives it, `图表：NAME`; "" where there is none. */
  readonly name: string;
  /** `word/charts/chart1.xml`. */
  readonly part: string;
}

/** The charts of `word/document.xml`, by its relations. */
export function listCharts(document: string, relations: string): PlacedChart[] {
  const targets = new Map(
    [...relations.matchAll(/<Relationship [^>]*>/g)].map(([relation]) => [
      / Id="([^"]*)"/.exec(relation)?.[1] ?? "",
      / Target="\/?(?:word\/)?([^"]*)"/.exec(relation)?.[1] ?? "",
    ]),
  );
  const charts: PlacedChart[] = [];
  let name = "";
  for (const [tag, kind] of document.matchAll(/<(wp:docPr|c:chart) [^>]*>/g)) {
    if (kind === "wp:docPr") {
      const described = / (?:descr|title)="\s*图表[：:]\s*([^"]*?)\s*"/.exec(tag);
      name = described?.[1] ?? "";
    } else {
      const target = targets.get(/ r:id="([^"]*)"/.exec(tag)?.[1] ?? "");
      if (target) charts.push({ name, part: `word/${target}` });
    }
  }
  return charts;
}

export interface ChartCheck {
  /** By part: the figures that its chart is to show. */
  readonly names: ReadonlyMap<string, string>;
  /** In Chinese, each with its place and remedy; a template with any of them cannot be filled. */
  readonly problems: readonly string[];
  /** In Chinese: what need not be wrong. */
  readonly remarks: readonly string[];
}

/**
 * Which figures each chart of a template is to show: none may be left as it was drawn. LibreOffice drops the alternative
 * texts of all charts when it saves; then their order tells.
 *
 * @param xmlOf the text of a part
 */
export function checkCharts(
  charts: readonly PlacedChart[],
  known: Readonly<Record<string, string>>,
  xmlOf: (part: string) => string,
): ChartCheck {
  const wanted = Object.keys(known);
  const all = wanted.map((name) => `“图表：${name}”（${known[name]}）`).join("、");
  const isUnnamed = charts.every(({ name }) => name === "");
  const byOrder = isUnnamed && charts.length === wanted.length;
  const named = charts.map((chart, i) => ({ ...chart, name: byOrder ? (wanted[i] ?? "") : chart.name, no: i + 1 }));
  const remedy = `请右键图表，在“可选文字”（替换文字）里写上 ${all} 之一；不要的图表请删去`;
  const problems = named.flatMap(({ name, part, no }) => {
    const place = `第 ${no} 个图表`;
    if (name === "") return [`${place}没有写明填哪一组数，${remedy}`];
    if (!wanted.includes(name)) return [`${place}“图表：${name}”没有这一组数，${remedy}`];
    return isFillable(xmlOf(part)) ? [] : [`${place}“图表：${name}”不是柱形、条形、折线一类的单一图表，请换成一种图形`];
  });
  const missing = wanted.filter((name) => problems.length === 0 && !named.some((chart) => chart.name === name));
  const often = wanted.filter((name) => named.filter((chart) => chart.name === name).length > 1);
  return {
    names: new Map(named.map(({ part, name }) => [part, name])),
    problems,
    remarks: [
      ...(byOrder ? [`的图表没有替换文字，按先后顺序填：${wanted.join("、")}`] : []),
      ...(missing.length > 0
        ? [`没有用到：${missing.map((name) => `图表：${name}`).join("、")}；如有意省去，不必理会`]
        : []),
      ...often.map((name) => `有几个图表都是“图表：${name}”，填的是同一组数`),
    ],
  };
}

const seriesPattern = /<c:ser>[\s\S]*?<\/c:ser>/g;

/** Whether its series stand side by side and each has a name, categories and values to be replaced. */
function isFillable(xml: string): boolean {
  const series = [...xml.matchAll(seriesPattern)].map(([each]) => each);
  const parts = [/<c:tx>[\s\S]*?<\/c:tx>/, /<c:cat>[\s\S]*?<\/c:cat>/, /<c:val>[\s\S]*?<\/c:val>/];
  const isWhole = series.every((each) => parts.every((part) => part.test(each)));
  const together = /<c:ser>[\s\S]*<\/c:ser>/.exec(xml)?.[0] ?? "";
  return series.length > 0 && isWhole && together.replace(seriesPattern, "").trim() === "";
}

const points = (values: readonly (string | number)[]) =>
  `<c:ptCount val="${values.length}"/>${values.map((value, i) => `<c:pt idx="${i}"><c:v>${toXml(String(value))}</c:v></c:pt>`).join("")}`;
const texts = (range: string, values: readonly string[]) =>
  `<c:strRef><c:f>Sheet1!${range}</c:f><c:strCache>${points(values)}</c:strCache></c:strRef>`;

/** A chart that shows these figures. Further series look like the last one that the template draws. */
export function fillChart(xml: string, { categories, series }: ChartData): string {
  const drawn = [...xml.matchAll(seriesPattern)].map(([each]) => each);
  const [first] = drawn;
  if (first === undefined) return xml;
  const last = categories.length + 1;
  const filled = series.map(({ name, values }, i) => {
    const column = String.fromCharCode("B".charCodeAt(0) + i);
    const numbers = `<c:numRef><c:f>Sheet1!$${column}$2:$${column}$${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>${points(values)}</c:numCache></c:numRef>`;
    return (drawn[i] ?? drawn[drawn.length - 1] ?? first)
      .replace(/<c:idx val="\d+"\/>/, `<c:idx val="${i}"/>`)
      .replace(/<c:order val="\d+"\/>/, `<c:order val="${i}"/>`)
      .replace(/<c:tx>[\s\S]*?<\/c:tx>/, () => `<c:tx>${texts(`$${column}$1`, [name])}</c:tx>`)
      .replace(/<c:cat>[\s\S]*?<\/c:cat>/, () => `<c:cat>${texts(`$A$2:$A$${last}`, categories)}</c:cat>`)
      .replace(/<c:val>[\s\S]*?<\/c:val>/, () => `<c:val>${numbers}</c:val>`);
  });
  const start = xml.indexOf(first);
  const end = xml.lastIndexOf("</c:ser>") + "</c:ser>".length;
  // The sheet behind a chart that was drawn in Word holds the figures of the template.
  const rest = xml.slice(end).replace(/<c:externalData [\s\S]*?<\/c:externalData>/, "");
  return xml.slice(0, start) + filled.join("") + rest;
}
