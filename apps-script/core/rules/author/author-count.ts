import { atSubmission, defineRule } from "../rule.ts";

export const authorCount = defineRule({
  code: "AUTHOR-COUNT",
  severity: "error",
  finds: ({ limits }) => `案例的作者超过 ${limits.authors.value} 人，“其他作者”列中的也计算在内。`,
  remedy: "删去超出的作者。",
  article: (notice) => notice.limits.authors.article,
  *check(context) {
    const limit = context.settings.notice.limits.authors.value;
    for (const submission of context.submissions) {
      const { authors } = submission;
      const surplus = authors.slice(limit);
      const [first] = surplus;
      if (!first) continue;
      const names = surplus.map((a) => a.name || a.account).join("、");
      const message = `申报了 ${authors.length} 位作者，限报 ${limit} 人；请删去超出的 ${surplus.length} 人（现为${names}）。`;
      yield atSubmission(context, submission, first.columns.name, message);
    }
  },
});
