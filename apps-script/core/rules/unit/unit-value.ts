import { unitsSheet } from "../../schema/application.ts";
import { unitKindLabels } from "../../schema/choices.ts";
import { missingCell } from "../missing-cell.ts";
import { atUnit, defineRule, noticeIsSilent } from "../rule.ts";

export const unitValue = defineRule({
  code: "UNIT-VALUE",
  name: "单位信息不全或无效",
  forAdministrators: true,
  severity: "error",
  finds: "单位的类别不是“教育局”或“厅直属学校”，或单位代码、单位名称为空（或只填了“无”之类的占位）。",
  remedy: "补填或从下拉列表中选取。",
  article: noticeIsSilent,
  live: "只看“案例”表。",
  *check(context) {
    for (const unit of context.units) {
      for (const key of ["code", "name"] as const) {
        const missing = missingCell(unitsSheet, unit.record, key);
        if (missing !== undefined) yield atUnit(context, unit, key, `${missing}，请补填。`);
      }
      if (unit.kind !== undefined) continue;
      const kind = unit.record.text("kind");
      const state = kind === "" ? "为空" : `填的是“${kind}”`;
      const message = `“类别”${state}，应为${Object.values(unitKindLabels).join("、")}之一，请改正。`;
      yield atUnit(context, unit, "kind", message);
    }
  },
});
