import { defineRule } from "../rule.ts";
import { reportBreaches } from "./breaches.ts";
import { worstOf } from "./hit.ts";

export const anonRegion = defineRule({
  code: "ANON-REGION",
  name: "出现所在地区",
  severity: "error",
  alsoSeverity: "warning",
  finds:
    "案例名称、关键词、正文、视频文件名或支撑材料中出现申报人所在地区：推荐教育局及其上级单位的地名，或外地作者单位所在的地区，全称、简称都算。简称同时是普通词语的（同心、西夏、贺兰）为警告；“宁夏”“自治区”和别处的地名不算。",
  remedy: "删去地名，或改为“本地”“我县”。",
  article: (notice) => notice.anonymity.article,
  live: "要在正文和文件名里找地区，公式做不到。",
  ofEachCase: true,
  check: (context) =>
    reportBreaches(
      context,
      "regions",
      (_, hits) =>
        worstOf(hits) === "error"
          ? "提交的材料不得出现申报人所在地区，请删去或改为“本地”。"
          : "可能只是普通词语，请核对；指所在地区的请删去或改为“本地”。",
      "所在地区",
    ),
});
