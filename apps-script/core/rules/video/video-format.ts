import { cleanIdentifier } from "../../text/clean.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoFormat = defineVideoRule({
  code: "VIDEO-FORMAT",
  finds: ({ video }) => `视频不是 .${video.extension.value} 格式（不计大小写）。`,
  remedy: "转换格式后重新上传。",
  column: "videoFile",
  article: (notice) => notice.video.extension.article,
  judge({ record }, video) {
    const extension = `.${video.extension.value}`;
    if (cleanIdentifier(record.text("videoFile")).toLowerCase().endsWith(extension)) return undefined;
    return `视频文件“${record.text("videoFile")}”不是 ${extension} 格式；请转换后重新上传，并改正文件名。`;
  },
});
