import type { Submission } from "../award/award.ts";
import type { ReviewExpert } from "./reviewers.ts";
import type { Round } from "./write-assignment.ts";

/** Experts and nominating units of each submission's panel. */
export function countUnits(
  pairs: readonly { readonly submission: string; readonly reviewer: string }[],
  experts: ReadonlyMap<string, ReviewExpert>,
): Map<string, { experts: number; units: Set<string> }> {
  const panels = new Map<string, { experts: number; units: Set<string> }>();
  for (const { submission, reviewer } of pairs) {
    const panel = panels.get(submission) ?? { experts: 0, units: new Set<string>() };
    panel.experts++;
    panel.units.add(experts.get(reviewer)?.nominators[0]?.name ?? reviewer);
    panels.set(submission, panel);
  }
  return panels;
}

/**
 * 分派原因 of a new pair.
 *
 * @param panel undefined where it goes without saying which units the experts come from
 * @param severitiesTold whether the severities are known that 加评 goes by
 */
export function whyAssigned(
  submission: Submission,
  expert: ReviewExpert,
  round: Round,
  panel: { readonly experts: number; readonly units: ReadonlySet<string> } | undefined,
  severitiesTold: boolean,
): string {
  const field =
    expert.fields.length === 0
      ? "未填擅长领域"
      : submission.field && expert.fields.includes(submission.field.key)
        ? "领域匹配"
        : "领域不匹配（为使评审量均衡）";
  const units = panel ? [`${panel.experts} 名专家来自 ${panel.units.size} 个推荐单位`] : [];
  const why = {
    first: [],
    arbitration: ["极差超过阈值，增加一名专家复评"],
    spare: [
      `获奖与否最难分辨，加评一名${severitiesTold ? "宽严适中的" : ""}专家${severitiesTold ? "" : "（宽严尚不能判定，未作挑选）"}`,
    ],
  };
  return [...why[round], field, ...units].join("；");
}
