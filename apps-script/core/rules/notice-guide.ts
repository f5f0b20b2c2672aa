import type { Notice } from "../notice/notice.ts";
import { describeRules } from "./describe.ts";

const letters = (text: string) => text.replace(/[^0-9A-Za-z\u4e00-\u9fff]/g, "");

/** Articles as links to their place in docs/notice.md: `三（一）、三（二）` makes two. */
export function linkArticles(article: string): string {
  return article
    .split("、")
    .map((one) => `[${one}](notice.md#${letters(one)})`)
    .join("、");
}

interface HeldValue {
  readonly article: string;
  /** Where `core/notice` has it, such as `limits.authors`. */
  readonly path: string;
  readonly value: unknown;
}

/** Everything of the notice that bears an article. */
function* heldValues(data: unknown, path: string): Iterable<HeldValue> {
  if (typeof data !== "object" || data === null) return;
  if ("article" in data && typeof data.article === "string") {
    yield { article: data.article, path, value: "value" in data ? data.value : undefined };
  }
  for (const [key, part] of Object.entries(data)) yield* heldValues(part, path === "" ? key : `${path}.${key}`);
}

function showValue(value: unknown): string {
  if (Array.isArray(value)) return value.join("、");
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value);
  return entries.every(([, part]) => typeof part === "number" || /^[-\d]+$/.test(String(part)))
    ? entries.map(([key, part]) => `${key} ${part}`).join("，")
    : `${entries.length} 项，见该文件`;
}

/** Numerals as digits, so that articles sort as they are numbered: those of the notice, of its annexes, the rest. */
function sortKey(article: string): string {
  const digits = article.replace(/[一二三四五六七八九]/g, (numeral) =>
    String("一二三四五六七八九".indexOf(numeral) + 1),
  );
  return `${/^\d/.test(digits) ? 0 : digits.startsWith("附件") ? 1 : 2}${digits}`;
}

/**
 * docs/notice.md: by article, what of it the program holds and which rules rest on it.
 * @param fileOf the path of a rule's file from docs/, by its code
 */
export function renderNoticeGuide(notice: Notice, fileOf: (code: string) => string): string {
  const held = [...heldValues(notice, "")];
  const rules = describeRules(notice).map(({ code, name, article }) => ({ code, name, articles: article.split("、") }));
  const articles = new Set([...held.map(({ article }) => article), ...rules.flatMap((rule) => rule.articles)]);
  const single = [...articles].filter((article) => !article.includes("、"));
  const lines = [
    "# 通知各条在程序中的位置",
    "",
    `本页由“${notice.title}”通知的数据（\`apps-script/core/notice/${notice.id}.ts\`）和各规则生成：每一条之下是数据中取自该条的值，以及以该条为依据的规则。“填报要求”不是通知的条款，是数据要能用而必须的。`,
  ];
  for (const article of single.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))) {
    const values = held.filter((value) => value.article.split("、").includes(article));
    const codes = rules
      .filter((rule) => rule.articles.includes(article))
      .map(({ code, name }) => `${name} [\`${code}\`](${fileOf(code)})`);
    lines.push("", `## <a id="${letters(article)}"></a>${article}`, "");
    for (const { path, value } of values)
      lines.push(`- \`${path}\`${value === undefined ? "" : `：${showValue(value)}`}`);
    if (codes.length > 0) lines.push(`- 规则：${codes.join("、")}`);
  }
  return `${lines.join("\n")}\n`;
}
