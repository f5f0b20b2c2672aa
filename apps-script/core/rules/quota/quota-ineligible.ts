import type { Submission } from "../../award/award.ts";
import { cancelled, yes } from "../../schema/choices.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, named, when } from "../live.ts";
import { atSubmission, defineRule, type Finding } from "../rule.ts";
import { listSome } from "../wording.ts";
import { barringErrors, isInForce } from "./clean-rows.ts";

function reasonAgainst(submission: Submission, errors: readonly Finding[]): string {
  const parts = isInForce(submission) ? [] : [`状态为“${submission.record.text("status")}”`];
  const places = new Set(errors.map((e) => `“${e.column || e.sheet}”`));
  if (places.size > 0) parts.push(`还有错误：${listSome([...places], "处")}`);
  return parts.join("，");
}

export const quotaIneligible = defineRule({
  code: "QUOTA-INELIGIBLE",
  name: "推荐了有错误的案例",
  severity: "error",
  finds: "推荐了不能推荐的案例：状态不是“有效”，或还有名额以外的错误。改正或取消推荐之前仍占用名额。",
  remedy: "改正错误，或把“推荐”改为“否”。",
  article: (notice) => notice.quotas.bureau.urban.article,
  live: {
    problems: ({ bare }) =>
      when(
        allOf(`${bare("status")}=${quote(cancelled)}`, `${bare("recommended")}=${quote(yes)}`),
        quote(`${named("recommended")}：已取消资格的不得推荐`),
      ),
    leaves: "还有错误而推荐的（错误本身已指出）；状态的其他写法。",
  },
  *check(context) {
    const errors = barringErrors(context, context.earlier);
    for (const submission of context.submissions) {
      if (!submission.recommended) continue;
      const reason = reasonAgainst(submission, errors.get(submission) ?? []);
      if (reason === "") continue;
      const message = `该案例已推荐，但${reason}；请先改正，或将“推荐”改为“否”（未改之前仍占用名额）。`;
      yield atSubmission(context, submission, "recommended", message);
    }
  },
});
