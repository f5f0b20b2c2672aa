import { expect, test } from "vitest";
import { describePlan, type Plan } from "../../../apps-script/src/shared/initialize-workbook.ts";

const nothing: Plan = { make: [], keep: [], others: [], firstSheet: undefined };
const zone = "工作簿的时区设为北京时间。";

test.for([
  { plan: {}, lines: [] },
  { plan: { make: ["单位"] }, lines: ["将新建 1 张表：单位。"] },
  { plan: { make: ["单位", "案例"] }, lines: ["将新建 2 张表：单位、案例。"] },
  { plan: { keep: ["案例"] }, lines: [expect.stringMatching(/^已有 1 张表：案例。填写的内容一个字也不会动/)] },
  { plan: { keep: ["案例", "专家"] }, lines: [expect.stringMatching(/^已有 2 张表：案例、专家。/)] },
  { plan: { others: ["备忘"] }, lines: ["其他表不动：备忘。"] },
  { plan: { firstSheet: "工作表1" }, lines: ["空白的“工作表1”将删去。"] },
  {
    plan: { make: ["单位"], others: ["备忘", "草稿"], firstSheet: "Sheet1" },
    lines: ["将新建 1 张表：单位。", "其他表不动：备忘、草稿。", "空白的“Sheet1”将删去。"],
  },
])("$plan", ({ plan, lines }) => {
  expect(describePlan({ ...nothing, ...plan }).split("\n")).toEqual([...lines, zone]);
});
