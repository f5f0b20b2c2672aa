import { atLiaison, defineRule } from "../rule.ts";
import { severalPeople } from "../several-people.ts";

export const liaisonCell = defineRule({
  code: "LIAISON-CELL",
  severity: "error",
  finds: "联络员姓名的一格里写了不止一人，或写了“等 3 人”“团队”。",
  remedy: "拆成几行，每行填一人。",
  article: (notice) => notice.liaisons.article,
  live: "只看“案例”表。",
  *check(context) {
    for (const liaison of context.liaisons) {
      const several = severalPeople(liaison.record.text("name"));
      if (several === undefined) continue;
      yield atLiaison(context, liaison, "name", `“姓名”一格${several}；请拆成几行，每行填一人。`);
    }
  },
});
