import { addYears } from "../../text/civil-date.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, named, together, when } from "../live.ts";
import { dateIn } from "../typed-cells.ts";
import { defineVideoRule } from "./video-rule.ts";

/** 近一年以内 is read as: from the same day a year before the submission up to the submission, both days included. */
export const videoRecency = defineVideoRule({
  code: "VIDEO-RECENCY",
  name: "视频录制日期不符",
  finds: ({ video }) =>
    `视频录制日期早于提交日期之前 ${video.recencyYears.value} 年，或晚于提交日期（首尾两天都算在内）。`,
  remedy: "核对录制日期；确属过早的请重新录制。",
  column: "videoRecordedOn",
  article: (notice) => notice.video.recencyYears.article,
  live: {
    problems({ day, limit, compute }) {
      const [submitted, recorded] = [day("submittedOn"), day("videoRecordedOn")];
      const years = limit("recencyYears");
      const shifted = `DATE(YEAR(${submitted})-${years},MONTH(${submitted}),DAY(${submitted}))`;
      // 29 February becomes the 28th, not 1 March.
      const earliest = compute("最早录制", `IF(${submitted}>0,${shifted}-(DAY(${shifted})<>DAY(${submitted})),0)`);
      const known = [`${submitted}>0`, `${recorded}>0`];
      return together(
        when(allOf(...known, `${recorded}>${submitted}`), quote(`${named("videoRecordedOn")}晚于提交日期`)),
        when(
          allOf(...known, `${recorded}<${earliest}`),
          quote(`${named("videoRecordedOn")}不在提交前 `),
          years,
          quote(" 年内"),
        ),
      );
    },
    leaves: "少见的日期写法。",
  },
  judge({ record }, video) {
    const recorded = dateIn(record, "videoRecordedOn");
    const submitted = dateIn(record, "submittedOn");
    if (recorded === undefined || submitted === undefined) return undefined;
    if (recorded > submitted) return `视频录制日期 ${recorded} 晚于提交日期 ${submitted}；请核对并改正其中填错的一个。`;
    const earliest = addYears(submitted, -video.recencyYears.value);
    if (recorded >= earliest) return undefined;
    return `视频录制日期 ${recorded} 不在提交日期 ${submitted} 之前的近一年以内（应不早于 ${earliest}）；请核对日期，确属如此的请重新录制。`;
  },
});
