/** What 日志 and the messages of both hosts say of a check and of a recommendation. */
import type { Severity } from "../rules/rule.ts";
import { severityLabels } from "../schema/choices.ts";
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

/** `12 个：没有初评得分`, the most frequent reasons first; the numbers add up to all that were left out. */
export function listReasons(left: RecommendOutcome["left"], most = 8): string[] {
  const counts = new Map<string, number>();
  for (const { reason } of left) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const shown = sorted.length > most + 1 ? sorted.slice(0, most) : sorted;
  const rest = sorted.slice(shown.length);
  const others = rest.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...shown.map(([reason, count]) => `${count} 个：${reason}`),
    ...(others > 0 ? [`${others} 个：其他 ${rest.length} 种原因`] : []),
  ];
}

/** In Chinese, a sentence for each tie that a quota cut in two. */
export function listQuotaTies(ties: RecommendOutcome["ties"]): string[] {
  return ties.map(
    ({ nominator, field, track, score, recommended, left }) =>
      `${nominator}“${field}”${track}名额线上并列，同为 ${score} 分：按案例编号推荐了 ${recommended.join("、")}，` +
      `未推荐 ${left.join("、")}；请单位商定，需要时在“推荐”列调换。`,
  );
}
