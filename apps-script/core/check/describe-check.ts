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

/** `12 个：没有初评得分`, the most frequent reasons first. */
export function listReasons(left: RecommendOutcome["left"], most = 8): string[] {
  const counts = new Map<string, number>();
  for (const { reason } of left) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([reason, count]) => `${count} 个：${reason}`);
}
