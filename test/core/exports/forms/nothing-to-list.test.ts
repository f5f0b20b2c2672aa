import { describe, expect, test } from "vitest";
import { findForm, readFormContext } from "../../../../apps-script/core/exports/forms/index.ts";
import { ningxia2025 } from "../../../../apps-script/core/notice/ningxia-2025.ts";
import { directSchool, makeSnapshot, xingqing } from "../../award-builder.ts";
import { makeReview } from "../review-builder.ts";
import { contextOfSize } from "./award-of-size.ts";

const ranked = {
  rank: 1,
  reviewId: "P0001",
  id: "A001",
  title: "云上作业",
  field: "教学革新",
  track: "城市",
  count: 3,
};
const empty = readFormContext(
  makeSnapshot({ units: [xingqing, directSchool], submissions: [], experts: [] }),
  makeReview({ 汇总: [{ ...ranked, mean: 60, final: 60 }] }),
  ningxia2025,
  "",
);

describe("a form with nothing to list", () => {
  test.for([
    { form: "公示名单", reason: "“结果”表里没有获奖案例" },
    { form: "获奖证书", reason: "“结果”表里没有获奖案例" },
    { form: "通报", reason: "没有需要通报的案例" },
    { form: "发布清单", reason: "没有参评案例" },
  ])("$form is not made", ({ form, reason }) => {
    expect(findForm(form)!.build(empty)).toEqual({ documents: [], missing: [reason] });
  });

  test("专家评审意见汇总 of two units: only the one with submissions", () => {
    const context = contextOfSize(1);
    const units = context.award.units.filter((u) => u.name !== "");
    const { documents, missing } = findForm("意见汇总")!.build({ ...context, units });
    expect(documents.map((d) => d.fileName)).toEqual(["专家评审意见汇总-兴庆区教育局"]);
    expect(missing).toEqual([`${units[1]!.name}没有已排名的案例`]);
  });

  test("推荐案例汇总表 is stamped all the same, and says so", () => {
    const rows = findForm("推荐案例汇总表")!
      .build(empty)
      .documents.map((d) => d.values.案例);
    expect(rows).toEqual([[{ 案例名称: "（无）" }], [{ 案例名称: "（无）" }]]);
  });
});
