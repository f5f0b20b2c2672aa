import { liaisonsSheet } from "../../schema/application.ts";
import { atLiaison, defineRule } from "../rule.ts";
import { severalPeople } from "../several-people.ts";
import { severalIn } from "./live-people.ts";

export const liaisonCell = defineRule({
  code: "LIAISON-CELL",
  name: "一格多名联络员",
  severity: "error",
  finds: "联络员姓名的一格里写了不止一人，或写了“等 3 人”“团队”。",
  remedy: "拆成几行，每行填一人。",
  article: (notice) => notice.liaisons.article,
  live: { liaisons: (live) => severalIn(liaisonsSheet, "name", live), leaves: "不是两个常见姓氏的两三字姓名的。" },
  *check(context) {
    for (const liaison of context.liaisons) {
      const several = severalPeople(liaison.record.text("name"));
      if (several === undefined) continue;
      yield atLiaison(context, liaison, "name", `“姓名”一格${several}；请拆成几行，每行填一人。`);
    }
  },
});
