import { liaisonsSheet } from "../../schema/application.ts";
import { quote } from "../../workbook/formula.ts";
import { namedOf, together, when } from "../live.ts";
import { atLiaison, defineRule, noticeIsSilent } from "../rule.ts";
import { unknownNominator } from "../unit/unknown-nominator.ts";
import { leavesOfNominators, missingIn } from "./live-people.ts";

export const liaisonNominator = defineRule({
  code: "LIAISON-NOMINATOR",
  name: "联络员单位认不出",
  forAdministrators: true,
  severity: "error",
  finds: "联络员的推荐单位为空，或不是“单位”表中的单位名称。",
  remedy: "改为“单位”表中的单位名称；表中确实缺少的单位先补进“单位”表。",
  article: noticeIsSilent,
  live: {
    liaisons: (live) =>
      together(
        missingIn(liaisonsSheet, ["nominator"], live),
        when(live.unknownUnit, quote(`${namedOf(liaisonsSheet, "nominator")}不是单位名称`)),
      ),
    leaves: leavesOfNominators,
  },
  *check(context) {
    for (const liaison of context.liaisons) {
      if (liaison.nominator !== "" && liaison.unit !== undefined) continue;
      const message =
        liaison.nominator === ""
          ? `联络员“${liaison.name}”的“推荐单位”为空，请补填。`
          : unknownNominator(context, liaison.nominator);
      yield atLiaison(context, liaison, "nominator", message);
    }
  },
});
