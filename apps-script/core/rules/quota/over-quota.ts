import type { UnitKind } from "../../notice/notice.ts";
import { unitKindLabels } from "../../schema/choices.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, type Live, named, when } from "../live.ts";
import { atSubmission, type FindingDraft, type RuleContext } from "../rule.ts";
import { groupByQuota } from "./quota-groups.ts";

/** The recommended rows past the quota of their group, for the groups of one kind of unit. */
export function* reportOverQuota(context: RuleContext, kind: UnitKind): Iterable<FindingDraft> {
  const recommended = context.submissions.filter((s) => s.recommended);
  for (const { group, members } of groupByQuota(context, recommended)) {
    const { unit, field, trackLabel, quota } = group;
    if (unit.kind !== kind) continue;
    const where = trackLabel === "" ? `“${field.label}”领域` : `“${field.label}”领域${trackLabel}赛道`;
    for (const [i, submission] of members.entries()) {
      if (i < quota.value) continue;
      const score = submission.firstScore === undefined ? "没有初评得分" : `初评得分 ${submission.firstScore}`;
      const message = `${unit.name}在${where}推荐了 ${members.length} 个，名额 ${quota.value} 个；本案例${score}，排第 ${i + 1}，已超出名额，请将“推荐”改为“否”或调整其他案例。`;
      yield atSubmission(context, submission, "recommended", message, { article: quota.article });
    }
  }
}

/** The same in formulas: a row counts where they know its unit, field and track for certain. */
export const liveOverQuota = (kind: UnitKind): Live => ({
  problems: ({ overQuota, quota, unitKind }) =>
    when(
      allOf(`${overQuota}>0`, `${unitKind}=${quote(unitKindLabels[kind])}`),
      quote(`${named("recommended")}超出名额 `),
      quota,
      quote(" 个"),
    ),
  provided: ({ isPastQuota }, row) => isPastQuota(row),
  leaves: "领域、赛道、推荐单位、“是”用公式认不出的写法不计入；编号用公式排不出先后的不判断。",
});
