import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PizZip from "pizzip";
import { afterAll, describe, expect, test } from "vitest";
import { statisticsReport } from "../../../apps-script/core/exports/forms/statistics-report.ts";
import { fillChart, listCharts } from "../../../node-tools/forms/docx-charts.ts";
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
  const placed = listCharts(read("word/document.xml"), read("word/_rels/document.xml.rels"));

  test("has a chart for each group of figures", () => {
    expect(placed.map(({ name }) => name)).toEqual(Object.keys(charts));
    expect(Object.keys(statisticsReport.charts ?? {})).toEqual(Object.keys(charts));
    expect(template.remarks).toEqual([]);
  });

  test("shows the figures and nothing that stood in the template", () => {
    for (const { name, part } of placed) {
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

describe("a template that people have saved", () => {
  const folder = mkdtempSync(join(tmpdir(), "casebook-charts-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const original = readFileSync(join(templatesFolder("ningxia-2025"), "统计报告.docx"));

  /** The same with its text changed. */
  function load(change: (xml: string) => string, part = "word/document.xml") {
    const zip = new PizZip(original);
    zip.file(part, change(zip.file(part)?.asText() ?? ""));
    writeFileSync(join(folder, "统计报告.docx"), zip.generate({ type: "nodebuffer" }));
    const [template] = loadTemplates(folder, statisticsReport);
    if (!template) throw new Error("no template");
    return template;
  }
  const described = / descr="图表：([^"]*)"/g;
  const chartsAfter = (change: (xml: string) => string) => {
    const zip = new PizZip(Buffer.from(load(change).fill(values, false, charts)));
    return [1, 2, 3, 4].map((no) => textsOf(zip.file(`word/charts/chart${no}.xml`)?.asText() ?? "").slice(1));
  };
  const wanted = Object.values(charts).map(({ series: [first], categories }) => [
    ...categories,
    ...(first?.values ?? []).map(String),
  ]);

  test("without any alternative text, as LibreOffice leaves it, is filled in order and says so", () => {
    const found = chartsAfter((xml) => xml.replace(described, ""));
    for (const [i, texts] of wanted.entries()) expect(found[i]?.slice(0, texts.length)).toEqual(texts);
    expect(load((xml) => xml.replace(described, "")).remarks).toEqual([
      expect.stringContaining("按先后顺序填：总体、领域、名额、问题"),
    ]);
  });

  test("with the name in the title of the alternative text is filled as well", () => {
    expect(load((xml) => xml.replace(described, ' title="图表: $1"')).remarks).toEqual([]);
  });

  test.for([
    {
      name: "one without its name",
      change: (xml: string) => xml.replace(/ descr="图表：领域"/, ""),
      says: /第 2 个图表没有写明/,
    },
    {
      name: "a name that is none",
      change: (xml: string) => xml.replace("图表：领域", "图表：地市"),
      says: /“图表：地市”没有这一组数/,
    },
    {
      name: "fewer charts, none named",
      change: (xml: string) => xml.replace(described, "").replace(/<c:chart r:id="rIdChart4"\/>/, ""),
      says: /第 1 个图表没有写明/,
    },
  ])("$name: refused with place and remedy", ({ change, says }) => {
    expect(() => load(change)).toThrow(says);
    expect(() => load(change)).toThrow(/可选文字/);
  });

  test("a chart of two kinds, or without series, is refused", () => {
    const refused = /第 1 个图表“图表：总体”不是/;
    const twoKinds = (xml: string) => xml.replace(/(<c:ser>[\s\S]*<\/c:ser>)/, "$1</c:barChart><c:lineChart>$1");
    expect(() => load(twoKinds, "word/charts/chart1.xml")).toThrow(refused);
    expect(() => load((xml) => xml.replace(/<c:ser>[\s\S]*<\/c:ser>/, ""), "word/charts/chart1.xml")).toThrow(refused);
  });

  test("a chart left out, or one there twice, is remarked", () => {
    const without = load((xml) =>
      xml.replace(/<w:drawing>(?:(?!<\/w:drawing>)[\s\S])*rIdChart4[\s\S]*?<\/w:drawing>/, ""),
    );
    expect(without.remarks).toEqual(["没有用到：图表：问题；如有意省去，不必理会"]);
    const twice = load((xml) => xml.replace("图表：领域", "图表：总体"));
    expect(twice.remarks).toEqual([
      "没有用到：图表：领域；如有意省去，不必理会",
      expect.stringContaining("有几个图表都是“图表：总体”"),
    ]);
  });
});
