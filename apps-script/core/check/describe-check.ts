/** What 日志 and the messages of both hosts say of a check and of a recommendation. */
import type { Severity } from "../rules/rule.ts";
import { severityLabels } from "../schema/choices.ts";
import { groupBy } from "../text/group-by.ts";
import { firstLines, shortName } from "../text/list.ts";
import type { RecommendOutcome } from "./recommend.ts";

export const checkAction = "检查";
export const recommendAction = "推荐";

/** `错误 2，警告 1，提示 0` */
export function summariseCheck(counts: Readonly<Record<Severity, number>>): string {
  return (["error", "warning", "info"] as const).map((s) => `${severityLabels[s]} ${counts[s]}`).join("，");
}

/** @param recommended how many were newly recommended */
export function summariseRecommendation(recommended: number, left: number): string {
  return `新推荐 ${recommended}，未推荐 ${left}`;
}

export function recommendationParameters(date: string | undefined): string {
  return date === undefined ? "" : `推荐日期 ${date}`;
}

/** What was left for one reason is named as far as this; so are the reasons. */
const mostNamed = 10;

/**
 * Each reason, the most frequent first, and below it by name what was left for it: `12 个：没有初评得分`, then
 * `  A003“名称”（兴庆区教育局）`. What follows a colon in a reason is said behind the name.
 *
 * @param rest where those are that are not listed, `，用 --json 查看全部`
 */
export function listLeft(left: RecommendOutcome["left"], rest = "", most = mostNamed): string[] {
  const kindOf = ({ reason }: RecommendOutcome["left"][number]) => reason.split("：")[0] ?? "";
  const groups = [...groupBy(left, kindOf)].sort(([, a], [, b]) => b.length - a.length);
  const nameOf = ({ id, title, nominator, reason }: RecommendOutcome["left"][number]) => {
    const detail = reason.split("：").slice(1).join("：");
    return `  ${id || "（没有案例编号）"}“${shortName(title)}”（${nominator}）${detail && `：${detail}`}`;
  };
  const shown = groups
    .slice(0, most)
    .flatMap(([kind, members]) => [
      `${members.length} 个：${kind}`,
      ...firstLines(members.map(nameOf), most, (others) => `  ……另有 ${others} 个${rest}`),
    ]);
  const others = groups.slice(most).reduce((sum, [, members]) => sum + members.length, 0);
  return others === 0 ? shown : [...shown, `${others} 个：其他 ${groups.length - most} 种原因${rest}`];
}

/** In Chinese, a sentence for each tie that a quota cut in two. */
export function listQuotaTies(ties: RecommendOutcome["ties"]): string[] {
  return ties.map(
    ({ nominator, field, track, score, recommended, left }) =>
      `${nominator}“${field}”${track}名额线上并列，同为 ${score} 分：按案例编号推荐了 ${recommended.join("、")}，` +
      `未推荐 ${left.join("、")}；请单位商定，需要时在“推荐”列调换。`,
  );
}
