import { present } from "../../schema/choices.ts";
import { isSameText } from "../../text/clean.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoBrand = defineVideoRule({
  code: "VIDEO-BRAND",
  finds: "视频中出现企业品牌标识或信息。",
  remedy: "遮去或剪去后重新上传。",
  column: "videoBrand",
  article: (notice) => notice.video.brand.article,
  judge: ({ record }) =>
    isSameText(record.text("videoBrand"), present)
      ? "“品牌标识”填的是“有”，视频不得出现企业品牌标识或信息；请遮去或剪去后重新上传。"
      : undefined,
});
