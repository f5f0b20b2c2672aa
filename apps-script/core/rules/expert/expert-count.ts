import { atUnit, defineRule } from "../rule.ts";
import { describeGap, distinctUnits, sameUnit } from "./unit-counts.ts";

/** The finding stands at the unit's row in 单位, which exists for units with no expert too. */
export const expertCount = defineRule({
  code: "EXPERT-COUNT",
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
      if (unit.kind === "school") {
        const { value: wanted, article } = notice.experts.school;
        if (own.length === wanted) continue;
        const message = `${unit.name}推荐了 ${own.length} 名专家，应为 ${wanted} 名，${describeGap(own.length, wanted)}。`;
        yield atUnit(context, unit, "name", message, { article });
      }
      if (unit.kind !== "bureau") continue;
      const { value: wanted, article } = notice.experts.bureauPerStage;
      for (const stage of notice.stages) {
        const actual = own.filter((e) => e.stage === stage).length;
        if (actual === wanted) continue;
        const message = `${unit.name}推荐了 ${actual} 名${stage}专家，应为 ${wanted} 名，${describeGap(actual, wanted)}。`;
        yield { ...atUnit(context, unit, "name", message, { article }), stage };
      }
    }
  },
});
