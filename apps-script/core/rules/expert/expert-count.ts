import { atUnit, defineRule } from "../rule.ts";
import { describeGap, distinctUnits, expertGaps, sameUnit } from "./unit-counts.ts";

/** The finding stands at the unit's row in 单位, which exists for units with no expert too. */
export const expertCount = defineRule({
  code: "EXPERT-COUNT",
  name: "专家人数不符",
  severity: "error",
  finds: ({ experts, stages }) =>
    `单位推荐的专家人数不符：教育局${stages.join("、")}各 ${experts.bureauPerStage.value} 名，厅直属学校 ${experts.school.value} 名。退出的和重复的计入，学段不明的不计入任何学段；每个单位、每个学段一条。`,
  remedy: "补报或核减专家。",
  article: (notice) => notice.experts.bureauPerStage.article,
  live: "按单位计，不在某一行。",
  *check(context) {
    const { notice } = context.settings;
    for (const unit of distinctUnits(context)) {
      const own = context.experts.filter((e) => sameUnit(e.unit, unit));
      for (const { stage, actual, wanted } of expertGaps(unit, own, notice)) {
        const { value, article } = wanted;
        const message = `${unit.name}推荐了 ${actual} 名${stage}专家，应为 ${value} 名，${describeGap(actual, value)}。`;
        yield { ...atUnit(context, unit, "name", message, { article }), ...(stage === "" ? {} : { stage }) };
      }
    }
  },
});
