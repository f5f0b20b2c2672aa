import { yes } from "../../schema/choices.ts";
import { isSameText } from "../../text/clean.ts";
import { atUnit, defineRule } from "../rule.ts";

export const unitSeal = defineRule({
  code: "UNIT-SEAL",
  name: "盖章件未收",
  severity: "info",
  finds: "尚未收到单位加盖公章的《专家推荐表》扫描件。",
  remedy: "收到后把“盖章件收讫”填为“是”。",
  article: (notice) => notice.expertDeadline.article,
  live: "只看“案例”表。",
  *check(context) {
    for (const unit of context.units) {
      if (isSameText(unit.record.text("sealedCopy"), yes)) continue;
      const message = `尚未登记收到${unit.name}加盖公章的扫描件，请单位报送；收到后在“单位”表把“盖章件收讫”填为“是”。`;
      yield atUnit(context, unit, "sealedCopy", message);
    }
  },
});
