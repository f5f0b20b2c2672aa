import { addYears } from "../../text/civil-date.ts";
import { dateIn } from "../typed-cells.ts";
import { defineVideoRule } from "./video-rule.ts";

/** 近一年以内 is read as: from the same day a year before the submission up to the submission, both days included. */
export const videoRecency = defineVideoRule({
  code: "VIDEO-RECENCY",
  finds: ({ video }) =>
    `视频录制日期早于提交日期之前 ${video.recencyYears.value} 年，或晚于提交日期（首尾两天都算在内）。`,
  remedy: "核对录制日期；确属过早的请重新录制。",
  column: "videoRecordedOn",
  article: (notice) => notice.video.recencyYears.article,
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
