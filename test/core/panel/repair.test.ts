import { describe, expect, test } from "vitest";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { describeAssignment } from "../../../apps-script/core/panel/describe-assignment.ts";
import type { ReviewPlan } from "../../../apps-script/core/panel/review-plan.ts";
import { assignmentSheet, reviewersSheet, scoresSheet } from "../../../apps-script/core/schema/review.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { validExpert } from "../award-builder.ts";
import { applyPatch, typeCell } from "../in-memory-workbook.ts";
import { assigned, defaultExperts, notice, rowsOf, shared } from "../review-fixture.ts";
import { breaches } from "./plan-validator.ts";

const award = shared();
const first = assigned(award);
const firstPairs = rowsOf(first, "分派").map((row) => ({
  submission: String(row.案例编号),
  expert: String(row.专家编号),
}));

const columnOf = (spec: { readonly columns: readonly { readonly key: string }[] }, key: string) =>
  spec.columns.findIndex((c) => c.key === key) + 1;
const rowWhere = (review: WorkbookSnapshot, sheet: string, is: (row: Record<string, CellValue>) => boolean) =>
  rowsOf(review, sheet).findIndex(is) + 2;

function withdraw(review: WorkbookSnapshot, expert: string): WorkbookSnapshot {
  const row = rowWhere(review, "评审专家", (r) => r.专家编号 === expert);
  return typeCell(review, "评审专家", row, columnOf(reviewersSheet, "status"), "退出");
}

function setStatus(review: WorkbookSnapshot, pair: (typeof firstPairs)[number], status: string) {
  const row = rowWhere(review, "分派", (r) => r.案例编号 === pair.submission && r.专家编号 === pair.expert);
  return typeCell(review, "分派", row, columnOf(assignmentSheet, "status"), status);
}

function run(given: WorkbookSnapshot, review: WorkbookSnapshot, options = {}) {
  const plan = planReview(given, review, notice, options);
  const after = applyPatch(review, plan.patch);
  expect(breaches(given, after, plan.result)).toEqual([]);
  return { plan, after };
}

const sortedLoads = ({ result }: Pick<ReviewPlan, "result">) => result.experts.map((e) => e.load).sort((a, b) => b - a);

const busy = String(firstPairs[0]!.expert);
const held = firstPairs.filter((pair) => pair.expert === busy);

describe("what happens during a review", () => {
  test("an expert withdraws: only those pairs move", () => {
    const { plan } = run(award, withdraw(first, busy));
    expect(plan.result.moved).toBe(held.length);
    expect(plan.facts).toMatchObject({ gaveWay: 0, added: held.length });
  });

  test("an expert declares a conflict on a score sheet: one comes in, nobody moves", () => {
    const { plan } = run(award, setStatus(first, held[0]!, "回避"));
    expect(plan.result).toMatchObject({ moved: 0, unfilled: [] });
    expect(plan.facts.added).toBe(1);
    expect(plan.result.pairs).not.toContainEqual(held[0]);
  });

  test("a submission is disqualified by a ruling: its three pairs go, nothing else", () => {
    const bare = typeCell(typeCell(first, "裁定", 4, 1, held[0]!.submission), "裁定", 4, 2, "取消资格");
    const plan = planReview(award, typeCell(bare, "裁定", 4, 3, "抄袭剽窃"), notice);
    expect(plan.result.moved).toBe(3);
    expect(plan.facts).toMatchObject({ gaveWay: 0, added: 0 });

    // Without a kind nobody can tell whether a circular names it: the row is no ruling yet.
    const unclear = planReview(award, bare, notice);
    expect(unclear.result.moved).toBe(0);
    expect(unclear.notes).toContainEqual(expect.stringMatching(/“裁定”表第 4 行未生效：取消类别没有填写/));
  });

  test.for([
    { name: "a submission comes late", given: shared({}, 41), options: {}, added: 3 },
    { name: "k is raised", given: award, options: { reviews: 4 }, added: 40 },
    { name: "an expert is added", given: withOneMore(), options: {}, added: 0 },
  ])("$name: nothing moves", ({ given, options, added }) => {
    const { plan } = run(given, first, options);
    expect(plan.result.moved).toBe(0);
    const missing = plan.result.unfilled.reduce((sum, entry) => sum + entry.missing, 0);
    expect(plan.facts.added + missing).toBe(added);
  });

  test("nothing happens: nothing moves and nothing is written, also with --rebalance", () => {
    for (const rebalance of [false, true]) {
      const plan = planReview(award, first, notice, { rebalance });
      expect(plan.patch.sheets.flatMap((sheet) => sheet.edits ?? [])).toEqual([]);
      expect(plan.difference).toEqual([]);
    }
  });
});

function withOneMore(): WorkbookSnapshot {
  return shared({ experts: [...defaultExperts(), { ...validExpert(300, "同心县教育局", "高中"), fields: null }] });
}

describe("--rebalance", () => {
  test("evens the loads with an expert added, and moves no more than that takes", () => {
    const given = withOneMore();
    const kept = sortedLoads(run(given, first).plan);
    const even = run(given, first, { rebalance: true }).plan;
    const fresh = sortedLoads(planReview(given, undefined, notice));
    expect(kept).not.toEqual(fresh);
    expect(sortedLoads(even)).toEqual(fresh);
    expect(even.result.moved).toBe(even.facts.gaveWay);
    // One move takes one from one expert and gives it to another: fewer cannot turn the one into the other.
    expect(even.result.moved).toBe(fresh.reduce((sum, load, i) => sum + Math.abs(load - kept[i]!), 0) / 2);
  });

  test("scored pairs stay, and so do those scored in part", () => {
    const given = withOneMore();
    let review = first;
    const ofStage = rowsOf(first, "评审专家")
      .filter((r) => r.学段 === "高中")
      .map((r) => String(r.专家编号));
    const [whole, part] = firstPairs.filter((pair) => ofStage.includes(pair.expert));
    review = setStatus(review, whole!, "已评分");
    const reviewId = rowsOf(first, "分派").find((r) => r.案例编号 === part!.submission)!.评审编号!;
    const scores = scoresSheet(notice);
    review = typeCell(review, "评分", 2, columnOf(scores, "reviewId"), reviewId);
    review = typeCell(review, "评分", 2, columnOf(scores, "expert"), part!.expert);
    review = typeCell(review, "评分", 2, columnOf(scores, `item.${notice.rubric.items[0]!.key}`), 8);
    for (const seed of [1, 2, 3]) {
      const { plan } = run(given, review, { rebalance: true, seed });
      expect(plan.result.pairs).toEqual(expect.arrayContaining([whole, part]));
    }
  });
});

describe("what is told", () => {
  test("every pair that goes and every one that comes, with the reason", () => {
    const { plan } = run(award, withdraw(first, busy));
    const [summary, ...lines] = plan.difference;
    expect(summary).toBe(
      `与现有分派相比：减少 ${held.length} 个，新增 ${held.length} 个，其余 ${firstPairs.length - held.length} 个不动。`,
    );
    expect(lines.filter((line) => line.startsWith("－")).map((line) => line.split(" ")[1])).toEqual(
      held.map((pair) => pair.submission),
    );
    expect(lines.filter((line) => line.startsWith("＋"))).toHaveLength(held.length);
    expect(lines[0]).toMatch(new RegExp(`^－ A\\d{3} ${busy} \\S+：作废：专家已退出$`));
  });

  test("the log counts what gave way", () => {
    const { plan } = run(withOneMore(), first, { rebalance: true });
    const { outcome } = describeAssignment(plan, true);
    expect(outcome).toContain(`取消 ${plan.result.moved}（其中 ${plan.facts.gaveWay} 个改由其他专家评审）`);
  });

  test("a first assignment has no difference", () => {
    expect(planReview(award, undefined, notice).difference).toEqual([]);
  });
});

test("what a lowered 评审上限 leaves no room for goes to others", () => {
  const row = rowWhere(first, "评审专家", (r) => r.专家编号 === busy);
  const { plan } = run(award, typeCell(first, "评审专家", row, columnOf(reviewersSheet, "capacity"), held.length - 1));
  expect(plan.result).toMatchObject({ moved: 1, unfilled: [] });
  expect(plan.difference[1]).toContain("作废：超过该专家的评审上限，改由其他专家评审");
});
