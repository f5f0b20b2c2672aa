import { outsideWindow } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";
import { dateIn } from "../typed-cells.ts";

export const subWindow = defineRule({
  code: "SUB-WINDOW",
  name: "提交日期不在期限内",
  severity: "error",
  finds: "提交日期不在案例提交时间之内（首尾两天都算在内）。",
  remedy: "核对平台上的提交日期；确属逾期的不得推荐。",
  article: (notice) => notice.windows.submission.article,
  live: {
    problems: (live) => outsideWindow(live, "submittedOn", "submittedFrom", "submittedTo"),
    leaves: "少见的日期写法。",
  },
  ofEachCase: true,
  *check(context) {
    const { from, to } = context.settings.notice.windows.submission.value;
    for (const submission of context.submissions) {
      const date = dateIn(submission.record, "submittedOn");
      if (date === undefined || (date >= from && date <= to)) continue;
      const message = `提交日期 ${date} ${date < from ? "早于" : "晚于"}案例提交时间（${from} 至 ${to}）；请核对日期，确属如此的不能推荐。`;
      yield atSubmission(context, submission, "submittedOn", message);
    }
  },
});
