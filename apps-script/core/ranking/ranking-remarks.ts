/** What 备注 of 汇总 says. */
import type { Award } from "../notice/notice.ts";
import { decisions, noAward, scoreMethods } from "../schema/choices.ts";
import type { RankedContender } from "../scoring/rank.ts";
import type { Candidate, Evidence } from "./assess.ts";
import { describeArbitration } from "./describe-arbitration.ts";
import type { Standing } from "./standing.ts";

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** Labels of the awards under each method, "" for none. */
export function awardsByMethod({ awards }: Evidence, labels: readonly Award[]): Record<string, string> {
  return Object.fromEntries([...awards].map(([method, award]) => [scoreMethods[method], labels[award]?.label ?? ""]));
}

function describeAwards(evidence: Evidence, labels: readonly Award[]): string {
  return Object.entries(awardsByMethod(evidence, labels))
    .map(([method, award]) => `${method}“${award || noAward}”`)
    .join("、");
}

export function whyOutside({ submission }: Standing): string {
  if (!submission) return "未参加排名：案例表中已没有该案例";
  if (submission.cancelled) return "未参加排名：案例表中状态为取消资格";
  if (!submission.recommended) return "未参加排名：案例表中已不是推荐案例";
  return "未参加排名：案例表中的领域、赛道或推荐单位无效";
}

/**
 * 备注 of a ranked submission.
 *
 * @param ranked its whole group
 * @param isProposed one of the spare reviews is proposed for it
 */
export function remarkOf(
  { standing, decision }: Candidate,
  place: RankedContender,
  awards: readonly Award[],
  ranked: readonly RankedContender[],
  evidence: Evidence,
  isProposed: boolean,
): string {
  const { aggregate } = standing;
  const parts: string[] = [];
  if (standing.arbitration) parts.push(`极差 ${aggregate!.range / 2} 分超过阈值，待复评，名次为暂定`);
  const arbitrated = describeArbitration(standing);
  if (arbitrated !== undefined) parts.push(arbitrated);
  const tied = ranked.filter((r) => r.rank === place.rank).length;
  if (place.tiedAtLine !== undefined) {
    parts.push(`${tied} 个案例并列于“${awards[place.tiedAtLine]?.label}”奖项线，名额不足，请在裁定表中裁定`);
  } else if (tied > 1) parts.push(`${tied} 个案例并列第 ${place.rank} 名`);
  if (place.adjusted) {
    parts.push(`裁定调整为“${awards[place.award]?.label ?? noAward}”${decision?.reason ? `：${decision.reason}` : ""}`);
  } else if (decision?.decision === decisions.uphold) {
    parts.push(`裁定维持${decision.reason ? `：${decision.reason}` : ""}`);
  }
  if (evidence.depends) parts.push(`奖项取决于计分方法：${describeAwards(evidence, awards)}`);
  if (isProposed) parts.push(`建议加评一名专家：获奖概率 ${percent(evidence.probability ?? 0)}，最难分辨`);
  return parts.join("；");
}
