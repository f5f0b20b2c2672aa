import { absent } from "../../schema/choices.ts";
import { isSameText } from "../../text/clean.ts";
import { quote } from "../../workbook/formula.ts";
import { named, when } from "../live.ts";
import { defineVideoRule } from "./video-rule.ts";

export const videoTitleCard = defineVideoRule({
  code: "VIDEO-TITLE-CARD",
  name: "片头没有案例名",
  finds: "视频片头没有显示案例名称。",
  remedy: "在片头加上案例名称后重新上传。",
  column: "videoTitleCard",
  article: (notice) => notice.video.titleCard.article,
  live: {
    problems: ({ bare }) => when(`${bare("videoTitleCard")}=${quote(absent)}`, quote(`${named("videoTitleCard")}没有`)),
    leaves: "“无”的其他写法。",
  },
  judge: ({ record }) =>
    isSameText(record.text("videoTitleCard"), absent)
      ? "“片头案例名”填的是“无”，视频片头须显示案例名称；请加上后重新上传。"
      : undefined,
});
