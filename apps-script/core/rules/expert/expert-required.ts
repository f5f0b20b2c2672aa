import type { ExpertKey } from "../../award/award.ts";
import { expertsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { atExpert, defineRule } from "../rule.ts";

const required: readonly ExpertKey[] = ["nominator", "name", "title", "account", "unit", "phone"];

export const expertRequired = defineRule({
  code: "EXPERT-REQUIRED",
  severity: "error",
  finds: "专家的推荐单位、专家姓名、职称、教育云账号、单位或联系电话为空。",
  remedy: "补填该单元格。",
  article: () => "附件6",
  *check(context) {
    for (const expert of context.experts) {
      for (const key of required) {
        if (expert.record.text(key) !== "") continue;
        const who = expert.name === "" ? "该专家" : `专家“${expert.name}”`;
        yield atExpert(context, expert, key, `${who}的“${labelOf(expertsSheet, key)}”为空，请补填。`);
      }
    }
  },
});
