import { beforeAll, describe, expect, test } from "vitest";
import { type MeasuredAction, type Measurement, measureCalls } from "./measure-calls.ts";

/** The same units and experts; the second award has three times the submissions, faults and pasted rows of the first. */
async function measure(times: number): Promise<Measurement> {
  const size = { submissionsPerBureau: 27 * times, submissionsPerSchool: 6 * times };
  const options = { bureaus: 4, schools: 2, ...size, seed: 1, textLength: 60, violations: true };
  return measureCalls(options, { pastedRows: 60 * times });
}

const find = ({ actions }: Measurement, action: string): MeasuredAction => {
  const found = actions.find((each) => each.action === action);
  if (!found) throw new Error(`${action} was not measured`);
  return found;
};

const perFile = (measurement: Measurement, action: string) => find(measurement, action).dataCalls / measurement.files;

/** Where the cells to be written lie decides between one call and a few. */
const fewMore = { initialize: 3, onEdit: 2, ticks: 4, import: 6 };

describe("service calls that move cell data", () => {
  let small: Measurement;
  let large: Measurement;
  beforeAll(async () => {
    small = await measure(1);
    large = await measure(3);
  }, 600_000);

  test.for([
    "检查全部",
    "检查结果（侧栏）",
    "再次检查全部",
    "检查本单位",
    "本单位结果（侧栏）",
    "锁定填报",
    "解锁填报",
    "输入一格（专家）",
    "输入一格（联络员）",
    "连接申报工作簿",
    "移交专家名单",
    "分派预览",
    "分派预览（内容）",
    "写入分派",
    "汇总排名",
    "排名（对话框）",
    "再次汇总排名",
  ])("%s: the same number, however many rows", (action) => {
    expect(Object.fromEntries(find(large, action).names)).toEqual(Object.fromEntries(find(small, action).names));
  });

  test.for([
    { action: "初始化工作簿", more: fewMore.initialize },
    { action: "再次初始化工作簿", more: fewMore.initialize },
    { action: "导入粘贴区", more: fewMore.import },
    { action: "按初评分推荐", more: fewMore.ticks },
    { action: "推荐后检查全部", more: fewMore.ticks },
    { action: "输入一格（案例）", more: fewMore.onEdit },
    { action: "改正一格（案例）", more: fewMore.onEdit },
    { action: "粘贴多行（案例）", more: fewMore.onEdit },
  ])("$action: no more than a few calls more at three times the rows", ({ action, more }) => {
    expect(find(large, action).dataCalls).toBeLessThanOrEqual(find(small, action).dataCalls + more);
  });

  test.for([
    { action: "检查全部", most: 31 },
    { action: "再次检查全部", most: 29 },
    { action: "推荐后检查全部", most: 29 },
    { action: "再次初始化工作簿", most: 150 },
    { action: "导入粘贴区", most: 90 },
    { action: "输入一格（案例）", most: 10 },
    { action: "改正一格（案例）", most: 10 },
    { action: "粘贴多行（案例）", most: 10 },
    { action: "输入一格（专家）", most: 10 },
    { action: "输入一格（联络员）", most: 10 },
    { action: "汇总排名", most: 29 },
    { action: "再次汇总排名", most: 29 },
  ])("$action: at most $most", ({ action, most }) => {
    expect(find(small, action).dataCalls).toBeLessThanOrEqual(most);
    expect(find(large, action).dataCalls).toBeLessThanOrEqual(most);
  });

  test.for([
    { action: "收集评分", most: 3 },
    { action: "再次收集评分", most: 3 },
    { action: "催交提醒", most: 5 },
  ])("$action: at most $most for each expert's file", ({ action, most }) => {
    expect(small.files).toBeGreaterThan(40);
    expect(perFile(small, action)).toBeLessThanOrEqual(most);
    expect(perFile(large, action)).toBeLessThanOrEqual(most);
  });

  // The fewer experts review the same fields, the fewer files share a model: in the large award hardly any do.
  test("生成评分表: at most 28 for each expert's file where files share models, 60 where few do", () => {
    expect(perFile(small, "生成评分表")).toBeLessThanOrEqual(28);
    expect(perFile(large, "生成评分表")).toBeLessThanOrEqual(60);
  });

  // Rows and findings are asked for in bulk, calls that move nothing included.
  test.for(["检查全部", "再次检查全部", "汇总排名", "分派预览（内容）"])("%s: no call for each row", (action) => {
    expect(find(large, action).allCalls).toBeLessThanOrEqual(find(small, action).allCalls + 12);
  });
});
