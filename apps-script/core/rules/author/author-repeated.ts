import type { Author } from "../../award/award.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { groupByFilledKey } from "../../text/group-by.ts";
import { quote } from "../../workbook/formula.ts";
import { countedPeople, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";

const slot = (author: Author) => labelOf(submissionsSheet, author.columns.name);

export const authorRepeated = defineRule({
  code: "AUTHOR-REPEATED",
  name: "作者重复",
  severity: "error",
  finds: "同一人在一个案例中出现两次。",
  remedy: "删去重复的一处；确是两个人的，核对教育云账号。",
  article: (notice) => notice.limits.authors.article,
  live: {
    problems: ({ repeated }) => when(`${repeated}>0`, quote("「作者"), repeated, quote("」与前面的作者是同一人")),
    leaves: countedPeople,
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      const named = submission.authors.filter((a) => a.name !== "" || a.account !== "");
      if (new Set(named.map(({ person }) => person)).size === named.length) continue;
      for (const [first, ...repeated] of groupByFilledKey(named, (a) => a.person).values()) {
        for (const author of first ? repeated : []) {
          const message = `${slot(author)}“${author.name}”与${slot(first ?? author)}是同一人；请删去重复的一处，确是两个人的请核对教育云账号。`;
          yield atSubmission(context, submission, author.columns.name, message);
        }
      }
    }
  },
});
