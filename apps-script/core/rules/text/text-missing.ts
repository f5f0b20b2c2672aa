import { quote } from "../../workbook/formula.ts";
import { allOf, named, when, wordColumns } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";
import { hasText, sections } from "./sections.ts";

export const textMissing = defineRule({
  code: "TEXT-MISSING",
  name: "缺正文和字数",
  severity: "warning",
  finds: "案例既没有正文，也没有填字数，无法检查字数。",
  remedy: "导入正文，或填写各部分字数。",
  article: () => "附件5 一",
  live: {
    problems: ({ isEmpty }) =>
      when(allOf(...wordColumns.map((key) => isEmpty(key))), quote(`${named("wordsTotal")}未填`)),
    provided: ({ hasNoText }, row) => hasNoText(row),
    leaves: "“正文”表有该案例的行而没有文本的，或“正文”表、案例编号有空格、全角字符的。",
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      const { record } = submission;
      const counted =
        sections.some(({ countColumn }) => record.text(countColumn) !== "") || record.text("wordsTotal") !== "";
      if (counted || hasText(submission.text)) continue;
      const message = "“正文”表中没有该案例的文本，字数也都为空，无法检查；请导入正文或填写各部分字数。";
      yield atSubmission(context, submission, "wordsTotal", message);
    }
  },
});
