import type { SubmissionKey } from "../../award/award.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { atSubmission, defineRule, noticeIsSilent } from "../rule.ts";
import { wordCountIn } from "../typed-cells.ts";
import { sections, textCounts, type WordCount } from "./sections.ts";

/** Word processors count slightly differently; a larger gap means another text. */
const tolerance = 0.02;

function differs(stated: number, { low, high }: WordCount): boolean {
  return stated < low * (1 - tolerance) || stated > high * (1 + tolerance);
}

export const textCountMismatch = defineRule({
  code: "TEXT-COUNT-MISMATCH",
  name: "字数与正文不符",
  severity: "warning",
  finds: "字数列与正文的实际字数相差超过 2%。",
  remedy: "按正文更正字数，或核对正文是否为最终稿。",
  article: noticeIsSilent,
  live: "要数正文的字数，公式做不到。",
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      const counted = textCounts(submission, context);
      if (!counted) continue;
      const cells: [SubmissionKey, WordCount][] = [
        ...sections.map(({ key, countColumn }): [SubmissionKey, WordCount] => [countColumn, counted.sections[key]]),
        ["wordsTotal", counted.total],
      ];
      for (const [key, count] of cells) {
        const stated = wordCountIn(submission.record, key);
        if (stated === undefined || !differs(stated, count)) continue;
        const label = labelOf(submissionsSheet, key);
        const message = `“${label}”填的是 ${stated}，正文实际为 ${count.low} 字；请更正字数，或核对正文是否为最终稿。`;
        yield atSubmission(context, submission, key, message);
      }
    }
  },
});
