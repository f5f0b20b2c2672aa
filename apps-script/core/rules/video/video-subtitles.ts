import { absent } from "../../schema/choices.ts";
import { isSameText } from "../../text/clean.ts";
import { quote } from "../../workbook/formula.ts";
import { named, when } from "../live.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoSubtitles = defineVideoRule({
  code: "VIDEO-SUBTITLES",
  name: "视频没有字幕",
  finds: "视频没有字幕。",
  remedy: "为视频配上字幕后重新上传。",
  column: "videoSubtitles",
  article: (notice) => notice.video.subtitles.article,
  live: {
    problems: ({ bare }) => when(`${bare("videoSubtitles")}=${quote(absent)}`, quote(`${named("videoSubtitles")}没有`)),
    leaves: "“无”的其他写法。",
  },
  judge: ({ record }) =>
    isSameText(record.text("videoSubtitles"), absent)
      ? "“视频字幕”填的是“无”，视频须配有字幕；请加上字幕后重新上传。"
      : undefined,
});
