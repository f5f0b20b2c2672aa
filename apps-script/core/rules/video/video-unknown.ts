import type { SubmissionKey } from "../../award/award.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { quote } from "../../workbook/formula.ts";
import { named, together } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";

const facts: readonly SubmissionKey[] = [
  "videoResolution",
  "videoDuration",
  "videoRecordedOn",
  "videoSubtitles",
  "videoTitleCard",
  "videoBrand",
];

export const videoUnknown = defineRule({
  code: "VIDEO-UNKNOWN",
  name: "视频信息未填",
  severity: "warning",
  finds: "有视频文件，但分辨率、时长、录制日期、字幕、片头案例名或品牌标识没有填写，无法检查；每个空单元格一条。",
  remedy: "核对视频后补填。",
  article: () => "附件1—4 二（四）",
  live: {
    problems({ isEmpty, lead, compute }) {
      const missing = facts.map((key) => `IF(${isEmpty(key)}=1,${quote(named(key))},"")`);
      const unknown = compute("视频缺填", `IF(${lead("videoFile")}>0,${together(...missing)},"")`);
      return `IF(${unknown}="","","；未填"&${unknown})`;
    },
    leaves: "只有看不见的字符的。",
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      if (submission.record.text("videoFile") === "") continue;
      for (const key of facts) {
        if (submission.record.text(key) !== "") continue;
        const message = `“${labelOf(submissionsSheet, key)}”为空，无法检查视频是否合格；请核对视频后补填。`;
        yield atSubmission(context, submission, key, message);
      }
    }
  },
});
