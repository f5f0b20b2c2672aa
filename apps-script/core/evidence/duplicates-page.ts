/** Texts that are alike, as one page for a browser: no script, nothing from the network. */
import { nameSubmission } from "../rules/wording.ts";
import { removeInvisible } from "../text/characters.ts";
import { findMatchingPassages, type MatchingPassage } from "../text/matching-passages.ts";
import { palette } from "../workbook/theme.ts";
import { nominatorName } from "./evidence-finding.ts";
import { type ComparedText, type DuplicatePair, nameText, percent } from "./find-duplicates.ts";

/** Pairs shown with their texts; a page with more would be slow to open. */
const shownPairs = 200;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const toHtml = (text: string) => removeInvisible(text).replace(/[&<>"']/g, (c) => entities[c] ?? c);

const style = `
:root{color-scheme:light}
body{margin:0;background:#f5f7f9;color:#${palette.ink};font:15px/1.8 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif}
main{max-width:1280px;margin:0 auto;padding:24px 20px 64px}
h1{font-size:24px;margin:0 0 4px;color:#${palette.title}}
p.lead{margin:0 0 20px;color:#${palette.softInk}}
table.list{width:100%;border-collapse:collapse;background:#fff;margin-bottom:28px}
table.list th,table.list td{border:1px solid #${palette.line};padding:6px 10px;text-align:left;vertical-align:top}
table.list th{background:#${palette.band};font-weight:600}
table.list td.n{text-align:right;white-space:nowrap}
section{background:#fff;border:1px solid #${palette.line};border-radius:6px;margin:0 0 24px;overflow:hidden}
section>h2{font-size:17px;margin:0;padding:10px 16px;background:#${palette.band};color:#${palette.title}}
.heads,.pair{display:grid;grid-template-columns:1fr 1fr}
.heads>div{padding:10px 16px;border-bottom:1px solid #${palette.line}}
.heads>div+div,.pair>div+div{border-left:1px solid #${palette.line}}
.heads b{display:block}
.heads small,.pair small{color:#${palette.softInk}}
.pair{border-bottom:1px dashed #${palette.line}}
.pair>div{padding:8px 16px;overflow-wrap:anywhere;min-width:0}
mark{background:#ffe39a;color:inherit;padding:1px 0}
details{padding:8px 16px}
summary{cursor:pointer;color:#${palette.title}}
details .pair{border:1px solid #${palette.line};margin-top:8px}
.whole{white-space:pre-wrap}
a{color:#${palette.title}}
@media print{body{background:#fff}section{break-inside:auto}}
@media(max-width:760px){.heads,.pair{grid-template-columns:1fr}.heads>div+div,.pair>div+div{border-left:0}}
`;

/** Characters shown on either side of a passage. */
const around = 24;

type Span = readonly [start: number, end: number];

/** From a little before the first span to a little behind the last one. */
function excerpt(text: string, spans: readonly Span[]): string {
  const from = Math.max(0, (spans[0]?.[0] ?? 0) - around);
  const to = Math.min(text.length, (spans[spans.length - 1]?.[1] ?? 0) + around);
  const shifted = spans.map(([start, end]): Span => [start - from, end - from]);
  return `${from > 0 ? "…" : ""}${marked(text.slice(from, to), shifted)}${to < text.length ? "…" : ""}`;
}

/** Passages that follow each other closely on both sides stand in one row. */
function groupPassages(passages: readonly MatchingPassage[]): MatchingPassage[][] {
  const groups: MatchingPassage[][] = [];
  const follows = (before: Span, next: Span) => next[0] >= before[1] && next[0] - before[1] <= 2 * around;
  for (const passage of passages) {
    const group = groups[groups.length - 1];
    const last = group?.[group.length - 1];
    if (group && last && follows(last.a, passage.a) && follows(last.b, passage.b)) group.push(passage);
    else groups.push([passage]);
  }
  return groups;
}

/** The whole text with every passage marked; spans may overlap where a text says the same twice. */
function marked(text: string, spans: readonly Span[]): string {
  let html = "";
  let at = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(at, start);
    if (end <= from) continue;
    html += `${toHtml(text.slice(at, from))}<mark>${toHtml(text.slice(from, end))}</mark>`;
    at = end;
  }
  return html + toHtml(text.slice(at));
}

/** One of two texts, and what it is called. */
interface ShownText {
  /** In the list of all pairs. */
  readonly label: string;
  readonly title: string;
  readonly note: string;
  readonly text: string;
}

export interface ShownPair {
  readonly a: ShownText;
  readonly b: ShownText;
  /** 0…1. */
  readonly similarity: number;
}

const head = ({ title, note }: ShownText) => `<div><b>${toHtml(title)}</b><small>${toHtml(note)}</small></div>`;

const side = (html: string) => `<div>${html}</div>`;

function countShared(passages: readonly MatchingPassage[]): number {
  return passages.reduce((sum, { b }) => sum + b[1] - b[0], 0);
}

function pairSection({ a, b, similarity }: ShownPair, index: number): string {
  const passages = findMatchingPassages(a.text, b.text);
  const rows = groupPassages(passages)
    .map((group) => {
      const [left, right] = [group.map((p) => p.a), group.map((p) => p.b)];
      return `<div class="pair">${side(excerpt(a.text, left))}${side(excerpt(b.text, right))}</div>`;
    })
    .join("\n");
  const whole = [
    marked(
      a.text,
      passages.map((p) => p.a),
    ),
    marked(
      b.text,
      passages.map((p) => p.b),
    ),
  ];
  return `<section id="p${index}"><h2>第 ${index} 对　相似度 ${percent(similarity)}　相同段落 ${passages.length} 处，共 ${countShared(passages)} 字</h2>
<div class="heads">${head(a)}${head(b)}</div>
${rows}
<details><summary>并排查看全文</summary><div class="pair">${whole.map((html) => `<div class="whole">${html}</div>`).join("")}</div></details>
</section>`;
}

const shownText = (text: ComparedText): ShownText => ({
  label: `${nameSubmission(text.submission)}（${nominatorName(text.submission)}）\n${nameText(text)}`,
  title: `${text.submission.id}　${text.submission.title}`,
  note: `${nominatorName(text.submission)}　${nameText(text)}`,
  text: text.text,
});

/** @param pairs the most alike first */
export function buildDuplicatesPage(pairs: readonly DuplicatePair[], threshold: number): string {
  const none = `没有相似度达到 ${percent(threshold)} 的两个案例。`;
  const some = `共 ${pairs.length} 对案例的文字相似度达到 ${percent(threshold)}（连续 8 字片段的雅卡尔相似度，不计标点和空格）。`;
  const shown = pairs.map(({ a, b, similarity }) => ({ a: shownText(a), b: shownText(b), similarity }));
  return buildPairsPage("材料雷同报告", pairs.length === 0 ? none : some, shown);
}

/**
 * Pairs of texts, their common passages side by side.
 *
 * @param pairs the most alike first
 */
export function buildPairsPage(title: string, found: string, pairs: readonly ShownPair[]): string {
  const shown = pairs.slice(0, shownPairs);
  const label = (text: ShownText) => toHtml(text.label).replace(/\n/g, "<br>");
  const rows = pairs
    .map(({ a, b, similarity }, i) => {
      const number = i < shown.length ? `<a href="#p${i + 1}">${i + 1}</a>` : String(i + 1);
      return `<tr><td class="n">${number}</td><td class="n">${percent(similarity)}</td><td>${label(a)}</td><td>${label(b)}</td></tr>`;
    })
    .join("\n");
  const more = pairs.length > shown.length ? `下面并排列出最相近的 ${shown.length} 对。` : "";
  const lead = pairs.length === 0 ? found : `${found}${more}黄色是两边相同的文字，是否抄袭或重复申报须人工判断。`;
  const list =
    pairs.length === 0
      ? ""
      : `<table class="list"><thead><tr><th>序号</th><th>相似度</th><th>案例</th><th>案例</th></tr></thead><tbody>\n${rows}\n</tbody></table>`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${style}</style></head><body><main>
<h1>${title}</h1><p class="lead">${lead}</p>
${list}
${shown.map((pair, i) => pairSection(pair, i + 1)).join("\n")}
</main></body></html>
`;
}
