import { quote } from "../../workbook/formula.ts";
import { named, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";

export const videoMissing = defineRule({
  code: "VIDEO-MISSING",
  name: "缺视频",
  severity: "error",
  finds: "没有展示视频。",
  remedy: "补交视频并填写视频文件名。",
  article: (notice) => notice.video.extension.article,
  live: {
    problems: ({ isEmpty }) => when(`${isEmpty("videoFile")}=1`, quote(`缺${named("videoFile")}`)),
    leaves: "只有看不见的字符的。",
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      if (submission.record.text("videoFile") !== "") continue;
      yield atSubmission(
        context,
        submission,
        "videoFile",
        "没有填写视频文件，案例须包含展示视频；请补交视频并填写文件名。",
      );
    }
  },
});
