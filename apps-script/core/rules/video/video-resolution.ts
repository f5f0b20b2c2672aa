import { formatResolution, parseResolution } from "../../text/resolution.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoResolution = defineVideoRule({
  code: "VIDEO-RESOLUTION",
  finds: ({ video }) =>
    `视频分辨率低于 ${formatResolution(video.resolution.value)}（宽、高都要达到，竖屏的不算），或所填无法识别。`,
  remedy: "以达到要求的分辨率重新导出视频。",
  column: "videoResolution",
  article: (notice) => notice.video.resolution.article,
  judge({ record }, video) {
    const typed = record.text("videoResolution");
    const least = video.resolution.value;
    const actual = parseResolution(typed);
    if (!actual) return `视频分辨率“${typed}”无法识别，应写成 ${formatResolution(least)} 的样子，请改正。`;
    if (actual.width >= least.width && actual.height >= least.height) return undefined;
    const portrait = actual.height > actual.width ? "（竖屏）" : "";
    return `视频分辨率 ${formatResolution(actual)}${portrait || " "}低于 ${formatResolution(least)}；请以不低于 ${formatResolution(least)} 的横屏分辨率重新导出。`;
  },
});
