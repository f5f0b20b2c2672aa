import type { SubmissionKey } from "../../award/award.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { unitKindLabels } from "../../schema/choices.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, named, together } from "../live.ts";
import { missingCell } from "../missing-cell.ts";
import { atSubmission, defineRule, noticeIsSilent } from "../rule.ts";

/** Columns of 案例 that may not be empty; 赛道 may be, in a direct school. */
export const required: readonly SubmissionKey[] = [
  "id",
  "title",
  "field",
  "stage",
  "nominator",
  "author1.name",
  "author1.unit",
  "author1.account",
  "author1.role",
  "submittedOn",
];

export const subRequired = defineRule({
  code: "SUB-REQUIRED",
  name: "必填项未填",
  severity: "error",
  finds:
    "案例的必填项为空，或只填了“无”“/”“同上”之类的占位：案例编号、案例名称、领域、学段、推荐单位、第一作者的姓名、单位、教育云账号和身份、提交日期；教育局推荐的案例还有赛道。",
  remedy: "补填该单元格。",
  article: noticeIsSilent,
  live: {
    problems({ isMissing, unitKind, compute }) {
      const ifMissing = (key: SubmissionKey, condition = "1") => {
        return `IF(${allOf(isMissing(key), condition)},${quote(named(key))},"")`;
      };
      const isBureau = `${unitKind}=${quote(unitKindLabels.bureau)}`;
      const missing = compute("缺填", together(...required.map((key) => ifMissing(key)), ifMissing("track", isBureau)));
      return `IF(${missing}="","","；缺"&${missing})`;
    },
    leaves: "少见的占位写法；推荐单位用公式认不出的写法时，是否缺赛道。",
  },
  ofEachCase: true,
  *check(context) {
    const tracks = context.settings.notice.tracks.map((t) => t.label).join("或");
    for (const submission of context.submissions) {
      const track: readonly SubmissionKey[] = submission.unit?.kind === "bureau" ? ["track"] : [];
      for (const key of [...required, ...track]) {
        const missing = missingCell(submissionsSheet, submission.record, key);
        if (missing === undefined) continue;
        const why = key === "track" ? `教育局推荐的案例须填赛道（${tracks}），` : "";
        yield atSubmission(context, submission, key, `${why}${missing}，请补填。`);
      }
    }
  },
});
