import type { AssignedPair } from "../assignment/problem.ts";
import type { Submission } from "../award/award.ts";
import type { Pair } from "../review-book/read-review.ts";
import { compareText } from "../text/compare.ts";
import { groupBy } from "../text/group-by.ts";
import type { AssignmentInput } from "./read-for-assignment.ts";
import type { ReviewExpert } from "./reviewers.ts";
import type { Round, Rounds } from "./rounds.ts";
import type { AddedPair } from "./write-assignment.ts";

/**
 * The pairs of a plan that are new, each with its round and its reason, by 评审编号 and 专家编号.
 *
 * @param kept the pairs that stay
 * @param severitiesTold whether the severities are known that 加评 goes by
 */
export function listNewPairs(
  pairs: readonly AssignedPair[],
  { participants, home }: Pick<AssignmentInput, "participants" | "home">,
  experts: readonly ReviewExpert[],
  rounds: Rounds,
  kept: readonly Pair[],
  severitiesTold: boolean,
): AddedPair[] {
  const expertById = new Map(experts.map((expert) => [expert.id, expert]));
  const fresh = groupBy(
    pairs.filter((pair) => !pair.locked),
    (pair) => pair.submission,
  );
  const keptOf = groupBy(kept, (pair) => pair.reviewId);
  const panels = home ? undefined : countUnits(pairs, expertById);
  const added = participants.flatMap(({ submission, reviewId }) => {
    const its = (fresh.get(submission.key) ?? []).flatMap(({ reviewer }) => expertById.get(reviewer) ?? []);
    return its.map((expert, i): AddedPair => {
      const round = rounds.roundOf(reviewId, keptOf.get(reviewId) ?? [], i + 1);
      const reason = whyAssigned(submission, expert, round, panels?.get(submission.key), severitiesTold);
      return { submission, reviewId, expert, round, reason };
    });
  });
  return added.sort((a, b) => compareText(a.reviewId, b.reviewId) || compareText(a.expert.id, b.expert.id));
}

/** Experts and nominating units of each submission's panel. */
function countUnits(
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
function whyAssigned(
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
