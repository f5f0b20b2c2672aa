import { quote } from "../../workbook/formula.ts";
import { named, together, when } from "../live.ts";
import { atSubmission, atSubmissionText, defineRule } from "../rule.ts";
import { wordCountIn } from "../typed-cells.ts";
import { sectionLabel, sections, textCounts } from "./sections.ts";

export const textSection = defineRule({
  code: "TEXT-SECTION",
  name: "单项字数超限",
  severity: "error",
  finds: "案例文本某一部分超过字数限制；正文为准，没有正文的按字数列判断。",
  remedy: "压缩该部分文字。",
  article: () => "附件5 一",
  live: {
    problems: ({ limit, words }) =>
      together(
        ...sections.map(({ key, countColumn }) => {
          const says = [
            quote(`${named(countColumn)}共 `),
            words(countColumn),
            quote(" 字，限 "),
            limit(key),
            quote(" 字"),
          ];
          return when(`${words(countColumn)}>${limit(key)}`, ...says);
        }),
      ),
    provided: ({ hasNoText }, row) => hasNoText(row),
    leaves: "“正文”表有该案例文本的，或“正文”表、案例编号有空格、全角字符的；字数列少见的写法。",
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      const counted = textCounts(submission, context);
      for (const { key, countColumn } of sections) {
        const { value: limit, article } = context.settings.notice.text.sections[key];
        const words = counted ? counted.sections[key].low : wordCountIn(submission.record, countColumn);
        if (words === undefined || words <= limit) continue;
        const message = `“${sectionLabel(key)}”有 ${words} 字，限 ${limit} 字以内，超出 ${words - limit} 字，请压缩。`;
        yield counted
          ? atSubmissionText(context, submission, counted.text, key, message, { article })
          : atSubmission(context, submission, countColumn, message, { article });
      }
    }
  },
});
