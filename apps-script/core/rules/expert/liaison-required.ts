import { atLiaison, defineRule } from "../rule.ts";

export const liaisonRequired = defineRule({
  code: "LIAISON-REQUIRED",
  severity: "error",
  finds: "联络员的姓名为空。",
  remedy: "补填姓名。",
  article: (notice) => notice.liaisons.article,
  *check(context) {
    for (const liaison of context.liaisons) {
      if (liaison.name !== "") continue;
      yield atLiaison(context, liaison, "name", "联络员的“姓名”为空，请补填。");
    }
  },
});
