import { expertsSheet } from "../../schema/application.ts";
import { quote } from "../../workbook/formula.ts";
import { namedOf, when } from "../live.ts";
import { atExpert, defineRule, noticeIsSilent } from "../rule.ts";
import { isNamed, unknownNominator } from "../unit/unknown-nominator.ts";
import { leavesOfNominators } from "./live-people.ts";

export const expertNominator = defineRule({
  code: "EXPERT-NOMINATOR",
  name: "专家推荐单位认不出",
  forAdministrators: true,
  severity: "error",
  finds: "专家的推荐单位不是“单位”表中的单位名称。",
  remedy: "改为“单位”表中的单位名称；表中确实缺少的单位先补进“单位”表。",
  article: noticeIsSilent,
  live: {
    experts: ({ unknownUnit }) => when(unknownUnit, quote(`${namedOf(expertsSheet, "nominator")}不是单位名称`)),
    leaves: leavesOfNominators,
  },
  *check(context) {
    for (const expert of context.experts) {
      if (expert.nominator === "" || isNamed(context, expert)) continue;
      yield atExpert(context, expert, "nominator", unknownNominator(context, expert.nominator));
    }
  },
});
