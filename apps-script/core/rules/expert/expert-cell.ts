import { expertsSheet } from "../../schema/application.ts";
import { atExpert, defineRule } from "../rule.ts";
import { severalPeople } from "../several-people.ts";
import { severalIn } from "./live-people.ts";

export const expertCell = defineRule({
  code: "EXPERT-CELL",
  name: "一格多名专家",
  severity: "error",
  finds: "专家姓名的一格里写了不止一人，或写了“等 3 人”“团队”。拆开之前这一行不参加分派。",
  remedy: "拆成几行，每行填一人。",
  article: () => "附件6",
  live: { experts: (live) => severalIn(expertsSheet, "name", live), leaves: "不是两个常见姓氏的两三字姓名的。" },
  *check(context) {
    for (const expert of context.experts) {
      const several = severalPeople(expert.record.text("name"));
      if (several === undefined) continue;
      yield atExpert(
        context,
        expert,
        "name",
        `“专家姓名”一格${several}；请拆成几行，每行填一人，职称、账号、单位和电话也分别填写，拆开之前这一行不参加分派。`,
      );
    }
  },
});
