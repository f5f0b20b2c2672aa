import type { ExpertKey } from "../../award/award.ts";
import { expertsSheet } from "../../schema/application.ts";
import { missingCell } from "../missing-cell.ts";
import { atExpert, defineRule } from "../rule.ts";
import { missingIn } from "./live-people.ts";

const required: readonly ExpertKey[] = ["nominator", "name", "title", "account", "unit", "phone"];

export const expertRequired = defineRule({
  code: "EXPERT-REQUIRED",
  name: "专家必填项未填",
  severity: "error",
  finds: "专家的推荐单位、专家姓名、职称、教育云账号、单位或联系电话为空，或只填了“无”“/”“同上”之类的占位。",
  remedy: "补填该单元格。",
  article: () => "附件6",
  live: { experts: (live) => missingIn(expertsSheet, required, live), leaves: "少见的占位写法。" },
  *check(context) {
    for (const expert of context.experts) {
      for (const key of required) {
        const missing = missingCell(expertsSheet, expert.record, key);
        if (missing === undefined) continue;
        const who = expert.name === "" ? "该专家" : `专家“${expert.name}”`;
        yield atExpert(context, expert, key, `${who}的${missing}，请补填。`);
      }
    }
  },
});
