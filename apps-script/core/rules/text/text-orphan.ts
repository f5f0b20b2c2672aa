import { atText, defineRule, noticeIsSilent } from "../rule.ts";

export const textOrphan = defineRule({
  code: "TEXT-ORPHAN",
  name: "正文没有对应案例",
  severity: "warning",
  finds: "“正文”表中的一行不属于任何案例，或与另一行重复而没有用上。",
  remedy: "核对推荐单位和案例编号；多余的删去。",
  article: noticeIsSilent,
  live: "只看“案例”表。",
  *check(context) {
    const used = new Set(context.submissions.map((s) => s.text));
    const known = new Set(context.submissions.map((s) => s.sharedKey));
    for (const text of context.texts) {
      if (used.has(text)) continue;
      const name = `“${text.nominator || "（未填推荐单位）"}”的 ${text.id || "（未填案例编号）"}`;
      const message = known.has(text.key)
        ? `${name}在“正文”表中有多行，本行没有用上；请只保留一行。`
        : `“案例”表中没有${name}；请核对推荐单位和案例编号，多余的行请删去。`;
      yield atText(context, text, "id", message);
    }
  },
});
