import { absent } from "../../schema/choices.ts";
import { isSameText } from "../../text/clean.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoTitleCard = defineVideoRule({
  code: "VIDEO-TITLE-CARD",
  finds: "视频片头没有显示案例名称。",
  remedy: "在片头加上案例名称后重新上传。",
  column: "videoTitleCard",
  article: (notice) => notice.video.titleCard.article,
  judge: ({ record }) =>
    isSameText(record.text("videoTitleCard"), absent)
      ? "“片头案例名”填的是“无”，视频片头须显示案例名称；请加上后重新上传。"
      : undefined,
});
