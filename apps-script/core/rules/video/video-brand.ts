import { present } from "../../schema/choices.ts";
import { isSameText } from "../../text/clean.ts";
import { quote } from "../../workbook/formula.ts";
import { named, when } from "../live.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoBrand = defineVideoRule({
  code: "VIDEO-BRAND",
  name: "视频有品牌标识",
  finds: "视频中出现企业品牌标识或信息。",
  remedy: "遮去或剪去后重新上传。",
  column: "videoBrand",
  article: (notice) => notice.video.brand.article,
  live: {
    problems: ({ bare }) => when(`${bare("videoBrand")}=${quote(present)}`, quote(`${named("videoBrand")}不得出现`)),
    leaves: "“有”的其他写法。",
  },
  judge: ({ record }) =>
    isSameText(record.text("videoBrand"), present)
      ? "“品牌标识”填的是“有”，视频不得出现企业品牌标识或信息；请遮去或剪去后重新上传。"
      : undefined,
});
