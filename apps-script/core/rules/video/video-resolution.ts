import { formatResolution, parseResolution } from "../../text/resolution.ts";
import { quote, substituteAll } from "../../workbook/formula.ts";
import { allOf, anyOf, named, when } from "../live.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoResolution = defineVideoRule({
  code: "VIDEO-RESOLUTION",
  name: "视频分辨率不足",
  finds: ({ video }) =>
    `视频分辨率低于 ${formatResolution(video.resolution.value)}（宽、高都要达到，竖屏的不算），或所填无法识别。`,
  remedy: "以达到要求的分辨率重新导出视频。",
  column: "videoResolution",
  article: (notice) => notice.video.resolution.article,
  live: {
    problems({ bare, lead, limit, compute }) {
      const pair = compute(
        "分辨率",
        substituteAll(`UPPER(${bare("videoResolution")})`, [
          ["PX", ""],
          ["像素", ""],
          ["×", "*"],
          ["X", "*"],
          ["＊", "*"],
        ]),
      );
      const mark = `FIND("*",${pair})`;
      const isSmall = (width: string, height: string) =>
        anyOf(`${width}<${limit("videoWidth")}`, `${height}<${limit("videoHeight")}`);
      const width = `VALUE(LEFT(${pair},${mark}-1))`;
      const height = `VALUE(SUBSTITUTE(MID(${pair},${mark}+1,9),"P",""))`;
      const named16by9 = ["480P", "720P", "1080P", "1440P", "2K", "2160P", "4K"].flatMap((name) => {
        const size = parseResolution(name);
        return size ? [allOf(`${pair}=${quote(name)}`, isSmall(String(size.width), String(size.height)))] : [];
      });
      return when(
        anyOf(`${lead("videoResolution")}=2`, `IFERROR(${isSmall(width, height)},${anyOf(...named16by9)})`),
        quote(`${named("videoResolution")}低于 `),
        limit("videoWidth"),
        quote("*"),
        limit("videoHeight"),
        quote(" 或写法不对"),
      );
    },
    leaves: "少见的写法，后面加括号说明的。",
  },
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
