import { expertsSheet } from "../../schema/application.ts";
import { unitKindLabels } from "../../schema/choices.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, anyOf, isEmpty, namedOf, when } from "../live.ts";
import { atExpert, defineRule } from "../rule.ts";
import { notListed } from "./live-people.ts";

export const expertStage = defineRule({
  code: "EXPERT-STAGE",
  name: "专家学段不明",
  severity: "error",
  finds: ({ stages }) => `教育局推荐的专家没有填学段，或所填不是${stages.join("、")}之一。`,
  remedy: "从下拉列表中选取学段。",
  article: (notice) => notice.experts.bureauPerStage.article,
  live: {
    experts(live) {
      const { notice, at, unitKind } = live;
      const isWrong = anyOf(isEmpty(at("stage")), notListed("stage", notice.stages, live));
      return when(
        allOf(`${unitKind}=${quote(unitKindLabels.bureau)}`, isWrong),
        quote(`${namedOf(expertsSheet, "stage")}应为${notice.stages.join("、")}之一`),
      );
    },
    leaves: "公式认不出推荐单位的；与某个学段有相同用字而写法不同的。",
  },
  *check(context) {
    const { stages } = context.settings.notice;
    for (const expert of context.experts) {
      if (expert.unit?.kind !== "bureau" || stages.includes(expert.stage)) continue;
      const state = expert.stage === "" ? "没有填学段" : `的学段填的是“${expert.stage}”`;
      const message = `专家“${expert.name}”${state}，教育局推荐的专家应为${stages.join("、")}之一，请改正。`;
      yield atExpert(context, expert, "stage", message);
    }
  },
});
