import type { AwardData } from "../../award/award.ts";

/** The message about a 推荐单位 that is no 单位名称, with the name that was probably meant. */
export function unknownNominator(award: AwardData, typed: string): string {
  const meant = award.resolveUnit(typed);
  const remedy = meant ? `请改为全称“${meant.name}”` : "请改为“单位”表中的单位名称，或先在“单位”表中补上这个单位";
  return `推荐单位“${typed}”不是“单位”表中的单位名称；${remedy}。`;
}
