import { quote } from "../../workbook/formula.ts";
import { named, when } from "../live.ts";
import { atSubmission, defineRule, noticeIsSilent } from "../rule.ts";
import { isNamed, unknownNominator } from "../unit/unknown-nominator.ts";

export const subNominator = defineRule({
  code: "SUB-NOMINATOR",
  name: "推荐单位认不出",
  forAdministrators: true,
  severity: "error",
  finds: "案例的推荐单位不是“单位”表中的单位名称。",
  remedy: "改为“单位”表中的单位名称；表中确实缺少的单位先补进“单位”表。",
  article: noticeIsSilent,
  live: {
    problems: ({ unknownUnit }) => when(unknownUnit, quote(`${named("nominator")}不是单位名称`)),
    leaves: "用字少见、长于 16 字或含标点、字母、数字的名称，单位名称的一部分和在前面加字的名称；填报表里不判断。",
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      if (submission.nominator === "" || isNamed(context, submission)) continue;
      yield atSubmission(context, submission, "nominator", unknownNominator(context, submission.nominator));
    }
  },
});
