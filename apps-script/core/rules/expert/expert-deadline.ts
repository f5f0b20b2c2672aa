import { expertsSheet } from "../../schema/application.ts";
import { quote } from "../../workbook/formula.ts";
import { namedOf, when } from "../live.ts";
import { atExpert, defineRule } from "../rule.ts";
import { dateIn } from "../typed-cells.ts";

export const expertDeadline = defineRule({
  code: "EXPERT-DEADLINE",
  name: "专家填报逾期",
  severity: "warning",
  finds: "专家的填报日期晚于专家推荐截止日期。",
  remedy: "核对日期；确属逾期的，由管理员决定是否接受。",
  article: (notice) => notice.expertDeadline.article,
  live: {
    experts: ({ day, limit }) =>
      when(
        `${day("submittedOn")}>${limit("expertDeadline")}`,
        quote(`${namedOf(expertsSheet, "submittedOn")}晚于 `),
        `TEXT(${limit("expertDeadline")},"yyyy-mm-dd")`,
      ),
    leaves: "少见的日期写法。",
  },
  *check(context) {
    const deadline = context.settings.notice.expertDeadline.value;
    for (const expert of context.experts) {
      const date = dateIn(expert.record, "submittedOn");
      if (date === undefined || date <= deadline) continue;
      const message = `专家“${expert.name}”的填报日期 ${date} 晚于截止日期 ${deadline}；请核对日期，确属逾期的由管理员决定是否接受。`;
      yield atExpert(context, expert, "submittedOn", message);
    }
  },
});
