/** What 备注 of 汇总 says. */
import type { Award } from "../notice/notice.ts";
import { arbitrationRules, decisions, noAward, scoreMethods } from "../schema/choices.ts";
import type { Arbitration } from "../scoring/aggregate.ts";
import { pointsOf } from "../scoring/fraction.ts";
import type { Evidence, RankedCandidate } from "./assess.ts";
import type { Standing } from "./standing.ts";

/** Begins what 备注 says of a submission that another expert is proposed for. */
export const spareProposal = "建议加评一名专家";

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

/** Half points as people write points. */
const points = (halves: number) => String(halves / 2);
const list = (halves: readonly number[]) => halves.map(points).join("、");

function describeRule({ rule, used }: Arbitration, count: number): string {
  if (rule === undefined) return "以校准的结果为准，它已经考虑了全部分数和各专家的宽严";
  if (rule === "mean") return `按“${arbitrationRules.mean}”取全部 ${count} 个分数的平均`;
  if (rule === "median")
    return used.length === 1
      ? `按“${arbitrationRules.median}”取中间的分数 ${list(used)}`
      : `按“${arbitrationRules.median}”取中间两个分数 ${list(used)} 的平均`;
  return used.length === 2
    ? `按“${arbitrationRules.closestTwo}”取差距最小的两个分数 ${list(used)} 的平均`
    : `按“${arbitrationRules.closestTwo}”计分，但差距最小的不止一对，取全部 ${count} 个分数的平均`;
}

/** All its scores, what was used of them and why; undefined for a submission without a score of 复评. */
export function describeArbitration({ scores, experts, aggregate }: Standing): string | undefined {
  const arbitration = aggregate?.arbitration;
  if (!aggregate || !arbitration) return undefined;
  const given = (wanted: boolean) =>
    scores.flatMap(({ total, arbitration: second }, i) =>
      second === wanted ? [`${experts[i]} ${points(total)}`] : [],
    );
  const first = scores.filter((score) => !score.arbitration).map((score) => score.total);
  const apart = first.length > 1 ? `，相差 ${points(Math.max(...first) - Math.min(...first))} 分` : "";
  const final = Number(pointsOf(aggregate.final).toFixed(2));
  return (
    `已复评：${given(false).join("、")}${apart}；复评 ${given(true).join("、")}；` +
    `${describeRule(arbitration, scores.length)}，最终得分 ${final}`
  );
}

/**
 * 备注 of a ranked submission.
 *
 * @param tied how many stand at its rank, itself among them
 * @param isProposed one of the spare reviews is proposed for it
 */
export function remarkOf(
  { candidate: { standing, decision }, place, evidence }: RankedCandidate,
  awards: readonly Award[],
  tied: number,
  isProposed: boolean,
): string {
  const parts: string[] = [];
  if (standing.arbitration) parts.push(`极差 ${standing.aggregate.range / 2} 分超过阈值，待复评，名次为暂定`);
  const arbitrated = describeArbitration(standing);
  if (arbitrated !== undefined) parts.push(arbitrated);
  if (place.tie) {
    parts.push(`${tied} 个案例并列于“${awards[place.tie.award]?.label}”奖项线，名额不足，请在裁定表中裁定`);
  } else if (tied > 1) parts.push(`${tied} 个案例并列第 ${place.rank} 名`);
  if (place.adjusted) {
    parts.push(`裁定调整为“${awards[place.award]?.label ?? noAward}”${decision?.reason ? `：${decision.reason}` : ""}`);
  } else if (decision?.decision === decisions.uphold) {
    parts.push(`裁定维持${decision.reason ? `：${decision.reason}` : ""}`);
  }
  if (evidence.depends) parts.push(`奖项取决于计分方法：${describeAwards(evidence, awards)}`);
  if (isProposed) parts.push(`${spareProposal}：获奖概率 ${percent(evidence.probability ?? 0)}，最难分辨`);
  return parts.join("；");
}
