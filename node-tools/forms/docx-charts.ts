/** Charts of a .docx template, filled with the figures of a report; their looks stay as they were drawn. */
import type { ChartData } from "../../apps-script/core/exports/forms/form.ts";
import { storableText } from "../xlsx/cell-values.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const toXml = (text: string) => storableText(text).replace(/[&<>"]/g, (character) => entities[character] ?? character);

/** The chart parts that a document shows, by the name in their alternative text, `图表：NAME`. */
export function namedCharts(document: string, relations: string): Map<string, string> {
  const targets = new Map(
    [...relations.matchAll(/<Relationship [^>]*>/g)].map(([relation]) => [
      / Id="([^"]*)"/.exec(relation)?.[1] ?? "",
      / Target="\/?(?:word\/)?([^"]*)"/.exec(relation)?.[1] ?? "",
    ]),
  );
  const charts = new Map<string, string>();
  const shapes =
    /<wp:docPr [^>]*descr="图表[：:]\s*([^"]*?)\s*"(?:(?!<wp:docPr )[\s\S])*?<c:chart [^>]*r:id="([^"]*)"/g;
  for (const [, name = "", id = ""] of document.matchAll(shapes)) {
    const target = targets.get(id);
    if (target) charts.set(name, `word/${target}`);
  }
  return charts;
}

const points = (values: readonly (string | number)[]) =>
  `<c:ptCount val="${values.length}"/>${values.map((value, i) => `<c:pt idx="${i}"><c:v>${toXml(String(value))}</c:v></c:pt>`).join("")}`;
const texts = (range: string, values: readonly string[]) =>
  `<c:strRef><c:f>Sheet1!${range}</c:f><c:strCache>${points(values)}</c:strCache></c:strRef>`;

/** A chart that shows these figures. Further series look like the last one that the template draws. */
export function fillChart(xml: string, { categories, series }: ChartData): string {
  const drawn = [...xml.matchAll(/<c:ser>[\s\S]*?<\/c:ser>/g)].map(([each]) => each);
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
