import { describe, expect, test } from "vitest";
import { fillText, planRows } from "../../../node-tools/xlsx/template-rows.ts";

const rows = [
  { row: 1, texts: ["{活动名称}"] },
  { row: 2, texts: ["{#组}{组名}"] },
  { row: 3, texts: ["{#案例}{序号}", "{案例名称}{/案例}{/组}"] },
  { row: 4, texts: ["盖章"] },
];
const group = (name: string, count: number) => ({
  组名: name,
  案例: Array.from({ length: count }, (_, i) => ({ 序号: i + 1, 案例名称: `${name}${i + 1}` })),
});

describe("rows that repeat", () => {
  test.for([
    { name: "two groups", groups: [group("甲", 2), group("乙", 1)], sources: [2, 3, 3, 2, 3] },
    { name: "nothing to list", groups: [], sources: [2, 3] },
    { name: "a group without rows", groups: [group("甲", 0)], sources: [2, 3] },
  ])("$name", ({ groups, sources }) => {
    const [block] = planRows(rows, { 活动名称: "活动", 组: groups });
    expect([block?.top, block?.bottom]).toEqual([2, 3]);
    expect(block?.rows.map((r) => r.source)).toEqual(sources);
  });

  test("each row has its own values, and those around it", () => {
    const [block] = planRows(rows, { 活动名称: "活动", 组: [group("甲", 2)] });
    const texts = block?.rows.map((r) => fillText("{活动名称}/{组名}/{案例名称}", r.scopes));
    expect(texts).toEqual(["活动/甲/", "活动/甲/甲1", "活动/甲/甲2"]);
  });

  test("a row with nothing to list shows nothing, not even what stands around it", () => {
    const [block] = planRows(rows, { 活动名称: "活动", 组: [] });
    expect(block?.rows.map((r) => fillText("{#组}{组名}{活动名称}", r.scopes))).toEqual(["", ""]);
  });
});

describe("a text", () => {
  test.for([
    { text: "{数}", filled: 7 },
    { text: "{#案例}{数}{/案例}", filled: 7 },
    { text: "共 {数} 个", filled: "共 7 个" },
    { text: "{名}", filled: "=1+1" },
    { text: "{名}：{数}{无}", filled: "=1+1：7" },
    { text: "{ 名 }", filled: "=1+1" },
    { text: "盖章", filled: "盖章" },
  ])("$text", ({ text, filled }) => expect(fillText(text, [{ 数: 7, 名: "=1+1" }])).toBe(filled));
});
