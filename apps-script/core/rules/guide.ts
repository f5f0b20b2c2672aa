import type { Notice } from "../notice/notice.ts";
import { severityLabels } from "../schema/choices.ts";
import { describeRules, type RuleDescription } from "./describe.ts";
import { allRules } from "./index.ts";
import { linkArticles } from "./notice-guide.ts";
import type { Rule } from "./rule.ts";

const chapters: readonly { readonly title: string; readonly prefixes: readonly string[] }[] = [
  { title: "参数与单位", prefixes: ["SETTING", "UNIT"] },
  { title: "案例填报", prefixes: ["SUB", "PRIOR"] },
  { title: "案例文本", prefixes: ["TEXT"] },
  { title: "展示视频", prefixes: ["VIDEO"] },
  { title: "作者", prefixes: ["AUTHOR", "ACCOUNT"] },
  { title: "匿名", prefixes: ["ANON"] },
  { title: "推荐名额", prefixes: ["QUOTA"] },
  { title: "专家与联络员", prefixes: ["EXPERT", "LIAISON"] },
  { title: "数据", prefixes: ["DATA", "IMPORT"] },
];

function severityOf({ severity, alsoSeverity }: RuleDescription): string {
  return [severity, ...(alsoSeverity ? [alsoSeverity] : [])].map((s) => severityLabels[s]).join("／");
}

const describeLive = (live: Rule["live"]): string =>
  typeof live === "string" ? `不查：${live}` : live.leaves === undefined ? "全查" : `查；不判断：${live.leaves}`;

const cell = (text: string) => text.replace(/\|/g, "\\|").replace(/\n/g, " ");

/** docs/rules.md: every rule with its severity, what it finds, the remedy and the article. */
export function renderRulesGuide(notice: Notice): string {
  const rules = describeRules(notice);
  const live = new Map(allRules.map((rule) => [rule.code, describeLive(rule.live)]));
  const lines = [
    "# 检查规则",
    "",
    `本页由规则生成，数值取自“${notice.title}”通知；“参数”表改过的数值以该表为准。`,
    "",
    "**错误**须改正，否则不能推荐；**警告**请人工核对；**提示**供参考。状态为“有效”、除推荐名额以外没有错误的案例才能推荐。依据为“填报要求”的，是通知没有规定、数据要能用而必须的。",
    "",
    "**即时检查**是“案例”“专家”“联络员”表里的公式，在任何表格软件里边填边算。公式没有检查聪明：它指出的，检查一定也指出；它拿不准的不出声，留给检查。",
  ];
  for (const { title, prefixes } of chapters) {
    const own = rules.filter(({ code }) => prefixes.includes(code.slice(0, code.indexOf("-"))));
    lines.push(
      "",
      `## ${title}`,
      "",
      "| 名称 | 规则 | 级别 | 检查什么 | 怎么办 | 依据 | 即时检查 |",
      "|---|---|---|---|---|---|---|",
    );
    for (const rule of own) {
      const cells = [rule.name, `\`${rule.code}\``, severityOf(rule), rule.finds, rule.remedy].map(cell);
      lines.push(`| ${[...cells, linkArticles(rule.article), cell(live.get(rule.code) ?? "")].join(" | ")} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}
