import { parseRole } from "../../award/read-award.ts";
import { atSubmission, defineRule } from "../rule.ts";

export const subEligibility = defineRule({
  code: "SUB-ELIGIBILITY",
  severity: "error",
  finds: "作者身份不在该领域的征集对象之内。",
  remedy: "核对身份和领域；确不符合的，改报其他领域或更换作者。",
  article: () => "附件1—4 一",
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
