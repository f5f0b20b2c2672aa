import { identifierKey, unitNameKey } from "../../identity.ts";
import { atExpert, defineRule, noticeIsSilent } from "../rule.ts";

/** Written by people who have nothing to declare. */
const nothing: ReadonlySet<string> = new Set(["无", "没有", "暂无", "否"]);

export const expertConflict = defineRule({
  code: "EXPERT-CONFLICT",
  severity: "warning",
  finds: "回避声明中的一项既不是单位名称或别名，也不是案例编号，分派时不起作用。",
  remedy: "改为“单位”表中的名称、别名，或案例编号，用顿号隔开。",
  article: noticeIsSilent,
  *check(context) {
    const units = new Set(context.units.flatMap((u) => [u.name, u.code, ...u.aliases].map(unitNameKey)));
    const ids = new Set(context.submissions.map((s) => identifierKey(s.id)));
    const isKnown = (entry: string) =>
      units.has(unitNameKey(entry)) || ids.has(identifierKey(entry)) || context.resolveUnit(entry) !== undefined;
    for (const expert of context.experts) {
      const unknown = expert.conflicts.filter((entry) => !nothing.has(entry) && !isKnown(entry));
      if (unknown.length === 0) continue;
      const entries = unknown.map((entry) => `“${entry}”`).join("、");
      const message = `专家“${expert.name}”的回避声明中，${entries}既不是单位名称或别名，也不是案例编号，分派时不起作用；请改正。`;
      yield atExpert(context, expert, "conflicts", message);
    }
  },
});
