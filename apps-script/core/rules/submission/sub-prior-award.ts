import { yes } from "../../schema/choices.ts";
import { isSameText } from "../../text/clean.ts";
import { quote } from "../../workbook/formula.ts";
import { named, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";

export const subPriorAward = defineRule({
  code: "SUB-PRIOR-AWARD",
  name: "曾获表彰",
  severity: "error",
  finds: "案例已获得过相关表彰。",
  remedy: "核实；属实的不得推荐，查实将取消评选资格并予以通报。",
  article: (notice) => notice.cancellation.article,
  live: {
    problems: ({ bare }) => when(`${bare("priorAward")}=${quote(yes)}`, quote(`${named("priorAward")}的不得推荐`)),
    leaves: "“是”的其他写法。",
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      if (!isSameText(submission.record.text("priorAward"), yes)) continue;
      const message =
        "“曾获表彰”填的是“是”：已获得过相关表彰的案例取消评选资格；请核实，填错的改为“否”，属实的不要推荐。";
      yield atSubmission(context, submission, "priorAward", message);
    }
  },
});
