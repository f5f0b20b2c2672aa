import { formatDuration } from "../../text/duration.ts";
import { durationIn } from "../typed-cells.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoDuration = defineVideoRule({
  code: "VIDEO-DURATION",
  finds: ({ video: { minutes } }) =>
    `视频时长不在 ${minutes.value.min} 至 ${minutes.value.max} 分钟之内（首尾都算在内）。`,
  remedy: "重新剪辑视频；时长填错的改正。",
  column: "videoDuration",
  article: (notice) => notice.video.minutes.article,
  judge({ record }, video) {
    const seconds = durationIn(record, "videoDuration");
    const { min, max } = video.minutes.value;
    if (seconds === undefined || (seconds >= min * 60 && seconds <= max * 60)) return undefined;
    const direction = seconds < min * 60 ? "短于" : "长于";
    return `视频时长 ${formatDuration(seconds)}，${direction}要求的 ${min} 至 ${max} 分钟；请重新剪辑，填错的请改正。`;
  },
});
