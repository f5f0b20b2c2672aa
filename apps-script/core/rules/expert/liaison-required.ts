import { liaisonsSheet } from "../../schema/application.ts";
import { missingCell } from "../missing-cell.ts";
import { atLiaison, defineRule } from "../rule.ts";
import { missingIn } from "./live-people.ts";

export const liaisonRequired = defineRule({
  code: "LIAISON-REQUIRED",
  name: "联络员姓名未填",
  severity: "error",
  finds: "联络员的姓名为空，或只填了“无”“/”“同上”之类的占位。",
  remedy: "补填姓名。",
  article: (notice) => notice.liaisons.article,
  live: { liaisons: (live) => missingIn(liaisonsSheet, ["name"], live), leaves: "少见的占位写法。" },
  *check(context) {
    for (const liaison of context.liaisons) {
      const missing = missingCell(liaisonsSheet, liaison.record, "name");
      if (missing !== undefined) yield atLiaison(context, liaison, "name", `联络员的${missing}，请补填。`);
    }
  },
});
