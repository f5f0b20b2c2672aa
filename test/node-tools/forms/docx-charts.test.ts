import PizZip from "pizzip";
import { describe, expect, test } from "vitest";
import { statisticsReport } from "../../../apps-script/core/exports/forms/statistics-report.ts";
import { fillChart, namedCharts } from "../../../node-tools/forms/docx-charts.ts";
import { loadTemplates, templatesFolder } from "../../../node-tools/forms/load-template.ts";
import { contextOfSize } from "../../core/exports/forms/award-of-size.ts";

const [document] = statisticsReport.build(contextOfSize(12)).documents;
if (!document) throw new Error("no report");
const { values, charts = {} } = document;

const textsOf = (xml: string) => [...xml.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map(([, text]) => text);

describe.for(["ningxia-2025", "example-2026"])("the report of %s", (notice) => {
  const [template] = loadTemplates(templatesFolder(notice), statisticsReport);
  if (!template) throw new Error("no template");
  const zip = new PizZip(Buffer.from(template.fill(values, false, charts)));
  const read = (part: string) => zip.file(part)?.asText() ?? "";
  const named = namedCharts(read("word/document.xml"), read("word/_rels/document.xml.rels"));

  test("has a chart for each group of figures", () => {
    expect([...named.keys()].sort()).toEqual(Object.keys(charts).sort());
  });

  test("shows the figures and nothing that stood in the template", () => {
    for (const [name, part] of named) {
      const data = charts[name];
      if (!data) throw new Error(name);
      const wanted = data.series.flatMap((series) => [series.name, ...data.categories, ...series.values.map(String)]);
      expect(textsOf(read(part))).toEqual(wanted);
    }
  });
});

test("a chart keeps its looks; further series look like its last one, and its own sheet goes", () => {
  const ser = (color: string) =>
    `<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>x</c:v></c:tx><c:spPr>${color}</c:spPr><c:cat><c:v>a</c:v></c:cat><c:val><c:v>1</c:v></c:val></c:ser>`;
  const drawn = `<c:chartSpace><c:barChart>${ser("red")}${ser("blue")}</c:barChart><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`;
  const series = ["一", "二<b>", "三"].map((name, i) => ({ name, values: [i] }));
  const filled = fillChart(drawn, { categories: ["$& 甲"], series });
  expect([...filled.matchAll(/<c:spPr>(\w+)/g)].map(([, color]) => color)).toEqual(["red", "blue", "blue"]);
  expect(textsOf(filled)).toEqual(["一", "$&amp; 甲", "0", "二&lt;b&gt;", "$&amp; 甲", "1", "三", "$&amp; 甲", "2"]);
  expect([...filled.matchAll(/<c:idx val="(\d)"/g)].map(([, index]) => index)).toEqual(["0", "1", "2"]);
  expect(filled).not.toContain("externalData");
});
