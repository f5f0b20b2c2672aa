import { h } from "preact";
import { describe, expect, test } from "vitest";
import { Histogram, Severities } from "../../../apps-script/dialogs/pages/charts.tsx";
import { Empty, Fact, Failed, Loading, Notice, Texts, TextsPart } from "../../../apps-script/dialogs/pages/parts.tsx";
import type { RankingView } from "../../../apps-script/dialogs/views.ts";
import { markup } from "./markup.ts";

describe("parts of pages", () => {
  test.for([
    ["a list", h(Texts, { texts: ["甲", "乙"] }), '<ul class="texts"><li>甲</li><li>乙</li></ul>'],
    [
      "a list of another look",
      h(Texts, { texts: ["甲"], look: "ids" }),
      '<ul class="ids" tabIndex="0"><li>甲</li></ul>',
    ],
    ["a list of nothing", h(Texts, { texts: [] }), ""],
    [
      "a part with a list",
      h(TextsPart, { title: "请注意", texts: ["甲"] }),
      '<section class="part"><h2>请注意</h2><ul class="texts"><li>甲</li></ul></section>',
    ],
    ["a part of nothing", h(TextsPart, { title: "请注意", texts: [] }), ""],
    ["a number", h(Fact, { label: "专家", value: "12" }), '<div class="fact"><dd>12</dd><dt>专家</dt></div>'],
    [
      "a number to look at",
      h(Fact, { label: "缺少", value: "1", tone: "warning" }),
      '<div class="fact warning"><dd>1</dd><dt>缺少</dt></div>',
    ],
    [
      "waiting",
      h(Loading, { text: "正在读取…" }),
      '<div class="state" role="status"><span class="spinner"></span><p>正在读取…</p></div>',
    ],
    [
      "nothing wrong",
      h(Empty, { title: "没有发现问题", text: "请再检查", tone: "good" }),
      '<div class="state good" role="status"><span class="mark" aria-hidden="true">✓</span><p class="strong">没有发现问题</p><p>请再检查</p></div>',
    ],
    [
      "nothing there",
      h(Empty, { title: "没有", text: "无" }),
      '<div class="state plain" role="status"><span class="mark" aria-hidden="true">—</span><p class="strong">没有</p><p>无</p></div>',
    ],
    [
      "a failure",
      h(Failed, { message: "打不开", retry: () => {} }),
      '<div class="state bad" role="alert"><span class="mark" aria-hidden="true">!</span><p class="message">打不开</p><button type="button" class="primary">再试一次</button></div>',
    ],
    ["bad news", h(Notice, { tone: "bad", text: "打不开" }), '<p class="notice bad" role="alert">打不开</p>'],
    ["news", h(Notice, { tone: "plain", text: "已写入" }), '<p class="notice plain" role="status">已写入</p>'],
  ] as const)("%s", ([, part, html]) => expect(markup(part)).toBe(html));
});

/** A chart's own line, and its shapes without their titles, numbers to two decimals. */
function shapesOf(chart: string): string[] {
  return chart
    .replace(/<title>.*?<\/title>|<\/svg>/g, "")
    .replace(/\d+\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100))
    .split(/(?<=>)(?=<(?:rect|text|line)\b)/);
}

describe("the histogram of final scores", () => {
  const group = { field: "", track: "", ranked: 6, winners: 2, nearLine: [] };
  const draw = (histogram: RankingView["groups"][number]["histogram"], awardLine: number | null) =>
    markup(h(Histogram, { group: { ...group, histogram, awardLine } }));
  const histogram = [
    { from: 80, to: 85, count: 4 },
    { from: 85, to: 90, count: 0 },
    { from: 90, to: 95, count: 2 },
  ];

  test("a bar a bin, those from the award line up marked, the line with its score", () => {
    const chart = draw(histogram, 90);
    expect(shapesOf(chart)).toEqual([
      '<svg viewBox="0 0 360 180" role="img" aria-label="得分分布：80 至 85 分 4 个，90 至 95 分 2 个；奖项线 90 分。">',
      '<rect class="bin" x="8.75" y="30" width="113.17" height="128"></rect>',
      '<text x="65.33" y="27" text-anchor="middle">4</text>',
      '<rect class="bin" x="123.42" y="158" width="113.17" height="0"></rect>',
      '<rect class="bin awarded" x="238.08" y="94" width="113.17" height="64"></rect>',
      '<text x="294.67" y="91" text-anchor="middle">2</text>',
      '<line class="axis" x1="8" y1="158" x2="352" y2="158"></line>',
      '<text x="8" y="173" text-anchor="start">80</text>',
      '<text x="122.67" y="173" text-anchor="middle">85</text>',
      '<text x="237.33" y="173" text-anchor="middle">90</text>',
      '<line class="line" x1="237.33" y1="6" x2="237.33" y2="158"></line>',
      '<text class="line-label" x="232.33" y="13" text-anchor="end">奖项线 90</text>',
    ]);
    expect(chart).toContain("<title>80–85 分：4 个</title>");
  });

  test("without an award no bar is marked; a line on the left has its words on the right", () => {
    const none = draw(histogram, null);
    expect(none).not.toMatch(/awarded|奖项线/);
    expect(draw(histogram, 80)).toContain(
      '<text class="line-label" x="13" y="13" text-anchor="start">奖项线 80</text>',
    );
  });

  test("many bins have every third number below and no counts", () => {
    const many = Array.from({ length: 17 }, (_, i) => ({ from: i, to: i + 1, count: 1 }));
    const texts = shapesOf(draw(many, null)).filter((s) => s.startsWith("<text"));
    expect(texts.map((text) => />(\d+)</.exec(text)?.[1])).toEqual(["0", "3", "6", "9", "12", "15"]);
  });

  test("no scores: no chart", () => {
    expect(draw([], null)).toBe("");
  });
});

describe("the chart of severities", () => {
  const draw = (severities: RankingView["severities"]) => markup(h(Severities, { severities: severities }));
  const severities = [
    { expert: "E002", severity: -4, error: 1.234, noteworthy: true },
    { expert: "E001", severity: 2, error: 1, noteworthy: false },
  ];

  test("a bar an expert below and above the axis, the extremes named", () => {
    const chart = draw(severities);
    expect(shapesOf(chart)).toEqual([
      '<svg viewBox="0 0 720 150" role="img" aria-label="2 名专家的宽严：最严 E002 -4 分，最宽 E001 +2 分。">',
      '<rect class="severity noteworthy" x="36" y="75" width="288" height="57"></rect>',
      '<rect class="severity" x="396" y="46.5" width="288" height="28.5"></rect>',
      '<line class="axis" x1="0" y1="75" x2="720" y2="75"></line>',
      '<text x="0" y="146" text-anchor="start">最严 E002 -4</text>',
      '<text x="720" y="11" text-anchor="end">最宽 E001 +2</text>',
    ]);
    expect(chart).toContain("<title>E002：-4 分（标准误 1.23）</title>");
  });

  test("small severities do not fill the chart, none at all makes no chart", () => {
    const even = { expert: "E003", severity: 0, error: 1, noteworthy: false };
    expect(shapesOf(draw([even]))[1]).toContain('height="0.5"');
    const half = draw([{ expert: "E1", severity: 0.5, error: 1, noteworthy: false }]);
    expect(shapesOf(half)[1]).toContain('height="28.5"');
    expect(draw([])).toBe("");
  });
});
