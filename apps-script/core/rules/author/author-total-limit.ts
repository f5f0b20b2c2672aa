import { authorNumbers } from "../../award/read-authors.ts";
import { groupBy } from "../../text/group-by.ts";
import { quote } from "../../workbook/formula.ts";
import { distinctSubmissions, participationsByPerson, submissionIdentity } from "../identity.ts";
import { countedPeople, named, together, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";
import { listSome, nameSubmission, nameSubmissionFor } from "../wording.ts";

export const authorTotalLimit = defineRule({
  code: "AUTHOR-TOTAL-LIMIT",
  name: "参与案例超限",
  severity: "error",
  finds: ({ limits }) =>
    `一人参与了多于 ${limits.participations.value} 个案例（含第一作者案例）；全区所有案例一并计算，不论是否推荐，每一个都会指出。`,
  remedy: "从超出的案例中退出。",
  article: (notice) => notice.limits.participations.article,
  live: {
    problems: ({ participations, limit }) =>
      together(
        ...authorNumbers.map((n) =>
          when(
            `${participations(n)}>${limit("participations")}`,
            quote(`${named(`author${n}.name`)}参与 `),
            participations(n),
            quote(" 个案例，限 "),
            limit("participations"),
            quote(" 个"),
          ),
        ),
      ),
    leaves: countedPeople,
  },
  *check(context) {
    const limit = context.settings.notice.limits.participations.value;
    for (const participations of participationsByPerson(context).values()) {
      if (participations.length <= limit) continue;
      const distinct = distinctSubmissions(participations.map(({ submission }) => submission));
      if (distinct.length <= limit) continue;
      const byRow = groupBy(participations, ({ submission }) => String(submission.record.row));
      for (const [first] of byRow.values()) {
        if (!first) continue;
        const { submission, author } = first;
        const others = distinct.filter((other) => submissionIdentity(other) !== submissionIdentity(submission));
        const all = [nameSubmission(submission), ...others.map((other) => nameSubmissionFor(submission, other))];
        const message = `“${author.name}”共参与 ${distinct.length} 个案例（${listSome(all)}），含第一作者案例限 ${limit} 个；请从超出的 ${distinct.length - limit} 个案例中退出。`;
        yield atSubmission(context, submission, author.columns.name, message);
      }
    }
  },
});
