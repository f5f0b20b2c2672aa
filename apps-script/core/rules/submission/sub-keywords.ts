import { cleanIdentifier } from "../../text/clean.ts";
import { splitKeywords } from "../../text/list.ts";
import { atSubmission, defineRule } from "../rule.ts";

export const subKeywords = defineRule({
  code: "SUB-KEYWORDS",
  severity: "error",
  finds: ({ keywords }) => `关键词不足 ${keywords.value.min} 个或多于 ${keywords.value.max} 个；重复的只算一个。`,
  remedy: "增减关键词，用顿号隔开。",
  article: (notice) => notice.keywords.article,
  *check(context) {
    const { min, max } = context.settings.notice.keywords.value;
    for (const submission of context.submissions) {
      const entries = splitKeywords(submission.record.text("keywords"));
      const distinct = new Set(entries.map((entry) => cleanIdentifier(entry).toLowerCase())).size;
      if (distinct >= min && distinct <= max) continue;
      const repeated = distinct < entries.length ? "（重复的只算一个）" : "";
      const message = `关键词有 ${distinct} 个${repeated}，应为 ${min}—${max} 个；请${distinct < min ? "补足" : "删减"}，用顿号隔开。`;
      yield atSubmission(context, submission, "keywords", message);
    }
  },
});
