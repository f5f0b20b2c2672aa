import { superiorsOf } from "../../award/superior-units.ts";
import { atUnit, defineRule, noticeIsSilent } from "../rule.ts";

export const unitParent = defineRule({
  code: "UNIT-PARENT",
  name: "上级单位认不出",
  forAdministrators: true,
  severity: "warning",
  finds: "上级单位不是“单位”表中的单位，也不是单位代码所属的市；上下级回避只能按单位代码推断，推断不出就不起作用。",
  remedy: "改为“单位”表中的单位名称或别名；直属自治区的，填“自治区教育厅”。",
  article: noticeIsSilent,
  live: "只看“案例”表。",
  *check(context) {
    for (const unit of context.units) {
      const { units, unknown } = superiorsOf(context, unit);
      if (!unknown) continue;
      const inferred = units.map(({ name }) => name).join("、");
      const effect =
        inferred === ""
          ? "也无法从单位代码推断，分派专家时不能按上下级回避"
          : `分派专家时暂按单位代码 ${unit.code} 视${inferred}为其上级`;
      const remedy = `改为“${inferred || "单位"}”${inferred === "" ? "表中的名称或别名（直属自治区的，填“自治区教育厅”）" : ""}`;
      const message = `${unit.name}的上级单位“${unit.parent}”不是“单位”表中的任何单位，${effect}；请${remedy}。`;
      yield atUnit(context, unit, "parent", message);
    }
  },
});
