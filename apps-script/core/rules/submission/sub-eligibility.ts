import { authorNumbers } from "../../award/read-authors.ts";
import { parseRole } from "../../award/read-award.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, anyOf, named, oneOf, together, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";

export const subEligibility = defineRule({
  code: "SUB-ELIGIBILITY",
  name: "作者身份不符",
  severity: "error",
  finds: "作者身份不在该领域的征集对象之内。",
  remedy: "核对身份和领域；确不符合的，改报其他领域或更换作者。",
  article: () => "附件1—4 一",
  live: {
    problems({ notice, bare, isAuthor, compute }) {
      const everyRole = notice.roles.map((role) => role.label);
      const spellings = (labels: readonly string[]) =>
        notice.roles.filter((role) => labels.includes(role.label)).flatMap((role) => [role.label, ...role.aliases]);
      const barred = notice.fields.flatMap(({ label, longLabels, roles }) => {
        const others = everyRole.filter((role) => !roles.value.includes(role));
        return others.length === 0 ? [] : [{ fields: [label, ...longLabels], roles: spellings(others) }];
      });
      return together(
        ...(barred.length === 0 ? [] : authorNumbers).map((n) => {
          const isBarred = barred.map(({ fields, roles }) =>
            allOf(
              compute(`征集 ${fields[0]}`, oneOf(bare("field"), fields)),
              compute(`author${n}.role 征集 ${fields[0]}`, oneOf(bare(`author${n}.role`), roles)),
            ),
          );
          const words = quote(`${named(`author${n}.role`)}不在该领域的征集对象内`);
          return when(allOf(isAuthor(n), anyOf(...isBarred)), words);
        }),
      );
    },
    leaves: "领域、身份的繁体、全角和夹有标点的写法。",
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      const { field } = submission;
      if (!field) continue;
      for (const author of submission.authors) {
        const role = parseRole(context.settings.notice, author.role);
        if (role === undefined || field.roles.value.includes(role)) continue;
        yield atSubmission(
          context,
          submission,
          author.columns.role,
          `“${author.name}”的身份是${author.role}，“${field.label}”领域的征集对象为${field.roles.value.join("、")}；请核对身份和领域，不符合的请改报其他领域或更换作者。`,
          { article: field.roles.article },
        );
      }
    }
  },
});
