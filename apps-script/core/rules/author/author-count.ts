import { authorNumbers } from "../../award/read-authors.ts";
import { quote } from "../../workbook/formula.ts";
import { named, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";

export const authorCount = defineRule({
  code: "AUTHOR-COUNT",
  name: "作者人数超限",
  severity: "error",
  finds: ({ limits }) => `案例的作者超过 ${limits.authors.value} 人，“其他作者”列中的也计算在内。`,
  remedy: "删去超出的作者。",
  article: (notice) => notice.limits.authors.article,
  live: {
    problems({ at, limit, isAuthor, isSeveral, hasOthers, compute }) {
      const slots = authorNumbers.map((n) => `${isAuthor(n)}+${isSeveral(n)}`);
      const count = compute("作者数", [...slots, hasOthers].join("+"));
      const surplus = `IF(${at("otherAuthors")}="",${quote(named("author5.name"))},${quote(named("otherAuthors"))})`;
      return when(`${count}>${limit("authors")}`, surplus, quote("作者不止 "), limit("authors"), quote(" 人"));
    },
    leaves: "“其他作者”只当作一人；少见的姓名、单位和账号写法不计入。",
  },
  ofEachCase: true,
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
