import { defineRule } from "../rule.ts";
import { reportBreaches } from "./breaches.ts";
import { worstOf } from "./hit.ts";

export const anonUnit = defineRule({
  code: "ANON-UNIT",
  name: "出现申报单位",
  severity: "error",
  alsoSeverity: "warning",
  finds:
    "案例名称、关键词、正文、视频文件名或支撑材料中出现作者的单位，或推荐的厅直属学校的名称、别名。正文中的两字简称可能是巧合，为警告。",
  remedy: "删去单位名称，或改为“某校”“我校”。",
  article: (notice) => notice.anonymity.article,
  live: "要在正文和文件名里找单位，公式做不到。",
  ofEachCase: true,
  check: (context) =>
    reportBreaches(
      context,
      "units",
      (_, hits) =>
        worstOf(hits) === "error"
          ? "提交的材料不得出现申报人单位，请删去或改为“我校”。"
          : "可能只是巧合，请核对；指申报人单位的请删去或改为“我校”。",
      "申报单位",
    ),
});
