import { defineRule } from "../rule.ts";
import { liveOverQuota, reportOverQuota } from "./over-quota.ts";

export const quotaSchool = defineRule({
  code: "QUOTA-SCHOOL",
  name: "超出学校名额",
  severity: "error",
  finds: ({ quotas }) =>
    `厅直属学校在一个领域推荐的案例超过名额（${quotas.school.value} 个）；排列方法同“超出赛道名额”，指出名额之外的案例。`,
  remedy: "把名额之外的案例的“推荐”改为“否”。",
  article: (notice) => notice.quotas.school.article,
  live: liveOverQuota("school"),
  check: (context) => reportOverQuota(context, "school"),
});
