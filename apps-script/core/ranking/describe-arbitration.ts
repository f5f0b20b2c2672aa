/** How a submission came to its score after 复评, in Chinese. */
import { arbitrationRules } from "../schema/choices.ts";
import type { Arbitration } from "../scoring/aggregate.ts";
import { pointsOf } from "../scoring/fraction.ts";
import type { Standing } from "./standing.ts";

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
