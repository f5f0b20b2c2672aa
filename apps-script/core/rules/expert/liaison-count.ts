import { atUnit, defineRule } from "../rule.ts";
import { countLiaisons, describeGap, distinctUnits, sameUnit } from "./unit-counts.ts";

export const liaisonCount = defineRule({
  code: "LIAISON-COUNT",
  name: "联络员人数不符",
  severity: "error",
  finds: ({ liaisons }) => `单位指定的联络员不是 ${liaisons.value} 名；每个单位一条。`,
  remedy: "补报或核减联络员。",
  article: (notice) => notice.liaisons.article,
  live: "按单位计，不在某一行。",
  *check(context) {
    const wanted = context.settings.notice.liaisons.value;
    for (const unit of distinctUnits(context)) {
      const actual = countLiaisons(context.liaisons.filter((l) => sameUnit(l.unit, unit)));
      if (actual === wanted) continue;
      const message = `${unit.name}指定了 ${actual} 名联络员，应为 ${wanted} 名，${describeGap(actual, wanted)}。`;
      yield atUnit(context, unit, "name", message);
    }
  },
});
