import { atSubmission, defineRule, noticeIsSilent } from "../rule.ts";
import { isNamed, unknownNominator } from "../unit/unknown-nominator.ts";

export const subNominator = defineRule({
  code: "SUB-NOMINATOR",
  severity: "error",
  finds: "案例的推荐单位不是“单位”表中的单位名称。",
  remedy: "改为“单位”表中的单位名称；表中确实缺少的单位先补进“单位”表。",
  article: noticeIsSilent,
  *check(context) {
    for (const submission of context.submissions) {
      if (submission.nominator === "" || isNamed(context, submission)) continue;
      yield atSubmission(context, submission, "nominator", unknownNominator(context, submission.nominator));
    }
  },
});
