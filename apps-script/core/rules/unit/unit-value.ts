import { unitsSheet } from "../../schema/application.ts";
import { unitKindLabels } from "../../schema/choices.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { atUnit, defineRule, noticeIsSilent } from "../rule.ts";

export const unitValue = defineRule({
  code: "UNIT-VALUE",
  severity: "error",
  finds: "单位的类别不是“教育局”或“厅直属学校”，或单位代码、单位名称为空。",
  remedy: "补填或从下拉列表中选取。",
  article: noticeIsSilent,
  *check(context) {
    for (const unit of context.units) {
      for (const key of ["code", "name"] as const) {
        if (unit.record.text(key) !== "") continue;
        yield atUnit(context, unit, key, `“${labelOf(unitsSheet, key)}”为空，请补填。`);
      }
      if (unit.kind !== undefined) continue;
      const kind = unit.record.text("kind");
      const state = kind === "" ? "为空" : `填的是“${kind}”`;
      const message = `“类别”${state}，应为${Object.values(unitKindLabels).join("、")}之一，请改正。`;
      yield atUnit(context, unit, "kind", message);
    }
  },
});
