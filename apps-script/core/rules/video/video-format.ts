import { cleanIdentifier } from "../../text/clean.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, named, when } from "../live.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoFormat = defineVideoRule({
  code: "VIDEO-FORMAT",
  name: "视频格式不符",
  finds: ({ video }) => `视频不是 .${video.extension.value} 格式（不计大小写）。`,
  remedy: "转换格式后重新上传。",
  column: "videoFile",
  article: (notice) => notice.video.extension.article,
  live: {
    problems({ notice, at, compute }) {
      const extension = `.${notice.video.extension.value}`;
      const pad = "x".repeat(extension.length);
      const ending = compute("视频后缀", `RIGHT(${quote(pad)}&LOWER(TRIM(${at("videoFile")})),${extension.length})`);
      const isPlain = [...extension].map((_, i) => {
        const code = `IFERROR(UNICODE(MID(${ending},${i + 1},1)),0)`;
        return `LOOKUP(${code},{0,33,127,19968,40960},{0,1,0,1,0})`;
      });
      return when(
        allOf(`${ending}<>${quote(extension)}`, isPlain.join("*")),
        quote(`${named("videoFile")}不是 ${extension}`),
      );
    },
    leaves: "末尾含全角字符、空格的文件名。",
  },
  judge({ record }, video) {
    const extension = `.${video.extension.value}`;
    if (cleanIdentifier(record.text("videoFile")).toLowerCase().endsWith(extension)) return undefined;
    return `视频文件“${record.text("videoFile")}”不是 ${extension} 格式；请转换后重新上传，并改正文件名。`;
  },
});
