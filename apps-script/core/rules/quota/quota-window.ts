import { outsideWindow } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";
import { dateIn } from "../typed-cells.ts";

export const quotaWindow = defineRule({
  code: "QUOTA-WINDOW",
  name: "推荐日期不在期限内",
  severity: "error",
  finds: "推荐日期不在报送推荐案例的时间之内（首尾两天都算在内）；没填日期的不判断。",
  remedy: "核对推荐日期。",
  article: (notice) => notice.windows.recommendation.article,
  live: {
    problems: (live) => outsideWindow(live, "recommendedOn", "recommendedFrom", "recommendedTo"),
    leaves: "少见的日期写法。",
  },
  ofEachCase: true,
  *check(context) {
    const { from, to } = context.settings.notice.windows.recommendation.value;
    for (const submission of context.submissions) {
      const date = dateIn(submission.record, "recommendedOn");
      if (date === undefined || (date >= from && date <= to)) continue;
      const message = `推荐日期 ${date} ${date < from ? "早于" : "晚于"}报送推荐案例的时间（${from} 至 ${to}）；请核对并改正日期。`;
      yield atSubmission(context, submission, "recommendedOn", message);
    }
  },
});
