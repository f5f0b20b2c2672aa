import { atExpert, defineRule } from "../rule.ts";

export const expertStage = defineRule({
  code: "EXPERT-STAGE",
  severity: "error",
  finds: ({ stages }) => `教育局推荐的专家没有填学段，或所填不是${stages.join("、")}之一。`,
  remedy: "从下拉列表中选取学段。",
  article: (notice) => notice.experts.bureauPerStage.article,
  live: "只看“案例”表。",
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
