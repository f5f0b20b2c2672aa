import { defineRule } from "../rule.ts";
import { liveOverQuota, reportOverQuota } from "./over-quota.ts";

export const quotaTrack = defineRule({
  code: "QUOTA-TRACK",
  name: "超出赛道名额",
  severity: "error",
  finds: ({ quotas: { bureau }, tracks }) =>
    `教育局在一个领域、一个赛道推荐的案例超过名额（${tracks.map((t) => `${t.label} ${bureau[t.key].value} 个`).join("，")}）；按初评得分从高到低（空的在后）、再按案例编号排列，指出名额之外的案例。领域、赛道或推荐单位无效的不计入。`,
  remedy: "把名额之外的案例的“推荐”改为“否”。",
  article: (notice) => notice.quotas.bureau.urban.article,
  live: liveOverQuota("bureau"),
  check: (context) => reportOverQuota(context, "bureau"),
});
