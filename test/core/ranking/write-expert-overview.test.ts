import { expect, test } from "vitest";
import type { ExpertProfile } from "../../../apps-script/core/ranking/expert-overview.ts";
import {
  attentionTo,
  describeDelivery,
  describeDoubts,
} from "../../../apps-script/core/ranking/write-expert-overview.ts";

const done: ExpertProfile = {
  ...{ expert: "E001", name: "", stage: "小学", assigned: 8, scored: 8, mean: 80, severity: 1, severityError: 0.5 },
  ...{ spread: 4, agreement: 0.8, compared: 8, sameScore: 0.25, component: 1, late: 0, reviews: [] },
};

test.for<{ name: string; change: Partial<ExpertProfile>; sd?: number; says: string; doubts?: string; look: string }>([
  { name: "all in time", change: {}, says: "已交齐", look: "none" },
  { name: "nothing to do", change: { assigned: 0, scored: 0, severity: null }, says: "无任务", look: "none" },
  { name: "nothing came", change: { scored: 0, severity: null }, says: "未交", look: "look" },
  { name: "some is missing", change: { scored: 5 }, says: "未交齐，还差 3 个", look: "look" },
  { name: "late", change: { late: 2 }, says: "已交齐", look: "late" },
  { name: "cannot be compared", change: { severity: null }, says: "已交齐；可比的评分太少，宽严未扣除", look: "look" },
  { name: "nobody can be compared", change: { severity: null }, sd: 0, says: "已交齐", look: "none" },
  {
    ...{ name: "half of the totals alike", change: { sameScore: 0.5 }, says: "已交齐" },
    ...{ doubts: "多数案例打了同一个总分，请核实", look: "look" },
  },
  { name: "as far off as many are", change: { severity: 4 }, says: "已交齐", look: "none" },
  { name: "far off, lenient", change: { severity: 4.1 }, says: "已交齐", doubts: "明显偏宽", look: "look" },
  { name: "far off, severe", change: { severity: -4.1 }, says: "已交齐", doubts: "明显偏严", look: "look" },
  {
    ...{ name: "the other way round", change: { agreement: -0.9, sameScore: 0.6 }, says: "已交齐" },
    doubts:
      "多数案例打了同一个总分，请核实；与同组专家的高低次序不太一致（8 个共评案例，相关系数 -0.90，偶然如此的可能不到 1%），可问一下是否填错了行",
    look: "look",
  },
])("$name", ({ change, sd = 2, says, doubts = "", look }) => {
  const profile = { ...done, ...change };
  expect(describeDelivery(profile, sd)).toBe(says);
  expect(describeDoubts(profile, sd)).toBe(doubts);
  expect(attentionTo(profile, sd)).toBe(look);
});
