import { authorNumbers, authorSlots } from "../../award/read-authors.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { quote } from "../../workbook/formula.ts";
import { named, together, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";
import { severalPeople } from "../several-people.ts";

export const authorCell = defineRule({
  code: "AUTHOR-CELL",
  name: "一格多名作者",
  severity: "error",
  finds:
    "作者姓名的一格里写了不止一人（不论用什么符号、空格、换行或序号隔开），或写了“等 3 人”“团队”。这些人仍各自计入作者人数、参与次数和匿名检查。",
  remedy: "一格只填一人，其余的分填到“作者2”至“作者5”各列，单位、账号和身份也分别填写。",
  article: (notice) => notice.limits.authors.article,
  live: {
    problems: ({ isSeveral }) =>
      together(
        ...authorNumbers.map((n) =>
          when(isSeveral(n), quote(`${named(`author${n}.name`)}一格只填一人，其余的请分填到后面的作者各列`)),
        ),
      ),
    leaves: "除用顿号、逗号、分号、斜线或换行隔开的两个常见姓氏的二、三字姓名以外的写法。",
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      for (const { columns } of authorSlots) {
        const several = severalPeople(submission.record.text(columns.name));
        if (several === undefined) continue;
        const label = labelOf(submissionsSheet, columns.name);
        const message = `“${label}”一格${several}；一格只填一人，其余的请分填到后面的作者各列，单位、账号和身份也分别填写。`;
        yield atSubmission(context, submission, columns.name, message);
      }
    }
  },
});
