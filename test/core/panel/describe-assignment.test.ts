import { describe, expect, test } from "vitest";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { describeAssignment, describeDifference } from "../../../apps-script/core/panel/describe-assignment.ts";
import { applyPatch } from "../in-memory-workbook.ts";
import { assigned, notice, recommendedSubmission, rowsOf, shared } from "../review-fixture.ts";

const submissions = Array.from({ length: 6 }, (_, i) => recommendedSubmission(i));
const award = shared({ submissions });
const plan = planReview(award, undefined, notice);

test("an assignment of all that are recommended has nothing to note; one that is not clean is counted", () => {
  expect(plan.notes).toEqual([]);
  const unclean = submissions.map((s, i) => (i === 0 ? { ...s, stage: null } : s));
  expect(planReview(shared({ submissions: unclean }), undefined, notice).notes).toEqual([
    expect.stringMatching(/^已推荐的 6 个案例中有 1 个检查未通过/),
  ]);
  const cancelled = submissions.map((s, i) => (i === 0 ? { ...s, status: "取消资格", statusKind: "抄袭剽窃" } : s));
  expect(planReview(shared({ submissions: cancelled }), undefined, notice).notes).toEqual([]);
});

describe("the row of 日志", () => {
  const pair = (i: number) => ({ submission: `A${i}`, expert: `E${i}`, reason: "" });
  const pairs = (count: number) => Array.from({ length: count }, (_, i) => pair(i));
  const outcomeOf = (result: Partial<typeof plan.result>, facts: Partial<typeof plan.facts> = {}) =>
    describeAssignment({ result: { ...plan.result, ...result }, facts: { ...plan.facts, ...facts } }).outcome;
  const expert = plan.result.experts.find(({ load }) => load > 0);
  const withLoads = (...loads: number[]) => loads.map((load) => ({ ...(expert ?? plan.result.experts[0]!), load }));
  const nothing = { pairs: [], cleared: [], missing: 0 };

  test.for<{ name: string; result: Partial<typeof plan.result>; facts?: Partial<typeof plan.facts>; says: string }>([
    { name: "loads", result: { experts: withLoads(4, 2, 3) }, says: "18 次评审，3 名专家，每人 2—4 个案例；" },
    { name: "nobody", result: { experts: [] }, says: "18 次评审，0 名专家；新分派" },
    { name: "nothing moved", result: { moved: 0 }, facts: { added: 18, kept: 0 }, says: "新分派 18，保留 0，领域不符" },
    { name: "moved", result: { moved: 3 }, facts: { gaveWay: 0 }, says: "取消 3，领域不符" },
    { name: "gave way", result: { moved: 3 }, facts: { gaveWay: 2 }, says: "取消 3（其中 2 个改由其他专家评审），" },
    { name: "suspected", result: { suspected: { ...nothing, pairs: pairs(2) } }, says: "，疑似回避 2 对，领域不符" },
    {
      name: "missing for it",
      result: { suspected: { ...nothing, pairs: pairs(2), missing: 1 } },
      says: "疑似回避 2 对，因此缺 1 人次，",
    },
    {
      name: "let pass",
      result: { suspected: { ...nothing, cleared: pairs(1) } },
      says: "疑似回避 0 对，放行 1 对（E0—A0），",
    },
    {
      name: "ten let pass",
      result: { suspected: { ...nothing, cleared: pairs(10) } },
      says: "E8—A8、E9—A9），",
    },
    {
      name: "more than ten let pass",
      result: { suspected: { ...nothing, cleared: pairs(11) } },
      says: "放行 11 对（E0—A0、E1—A1、E2—A2、E3—A3、E4—A4、E5—A5、E6—A6、E7—A7、E8—A8、E9—A9等），",
    },
  ])("$name", ({ result, facts, says }) =>
    expect(outcomeOf({ moved: 0, suspected: nothing, ...result }, facts)).toContain(says),
  );

  test("names unit, seed and whether loads were evened out", () => {
    expect(describeAssignment(plan).parameters).toBe("每案 3 人，种子 2025");
    expect(describeAssignment({ ...plan, facts: { ...plan.facts, unit: "银川市教育局" } }, true).parameters).toBe(
      "初评单位 银川市教育局，每案 3 人，种子 2025，重新均衡",
    );
  });
});

test("rows of 分派 that no longer count are grey, scored ones green, over the whole table", () => {
  const { layout } = plan.patch.sheets.find(({ name }) => name === "分派") ?? {};
  const area = { top: 2, left: 1, bottom: 19, right: 7 };
  expect(layout?.conditionalFormats?.map(({ area, formula }) => ({ area, formula }))).toEqual([
    { area, formula: 'OR($F2="作废",$F2="回避")' },
    { area, formula: '$F2="已评分"' },
  ]);
});

test("a unit's own review is named as such; that of a unit that is gone is refused", () => {
  const own = planReview(award, undefined, notice, { unit: "银川市教育局" });
  expect([plan.facts.unit, own.facts.unit]).toEqual([undefined, "银川市教育局"]);
  expect(() => planReview(award, undefined, notice, { unit: "火星教育局" })).toThrow("“火星教育局”");
});

describe("what changes", () => {
  test("the first assignment and one that changes nothing have no lines", () => {
    expect(plan.difference).toEqual([]);
    expect(planReview(award, assigned(award), notice).difference).toEqual([]);
    expect(describeDifference({ before: [], added: [], dropped: [] })).toEqual([]);
  });

  test("an expert who withdraws goes with a reason, another comes", () => {
    const before = assigned(award);
    const [{ 专家编号: gone, 专家姓名: name } = {}] = rowsOf(before, "分派");
    const row = rowsOf(before, "评审专家").findIndex((each) => each.专家编号 === gone);
    const header = before.sheets.find((sheet) => sheet.name === "评审专家")?.rows[0] ?? [];
    const edits = [{ row: row + 2, column: header.indexOf("状态") + 1, value: "退出" }];
    const withdrawn = applyPatch(before, { sheets: [{ name: "评审专家", edits }] });
    const count = rowsOf(before, "分派").filter((each) => each.专家编号 === gone).length;
    const { difference } = planReview(award, withdrawn, notice);
    expect(difference[0]).toBe(`与现有分派相比：减少 ${count} 个，新增 ${count} 个，其余 ${18 - count} 个不动。`);
    expect(difference.filter((line) => line.startsWith("－"))).toEqual(
      Array(count).fill(expect.stringMatching(`${gone} ${name}：作废：专家已退出$`)),
    );
    expect(difference.filter((line) => line.startsWith("＋"))).toHaveLength(count);
  });
});
