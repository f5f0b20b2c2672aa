import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import type { AssignResult, ReviewPlan } from "../../../apps-script/core/panel/review-plan.ts";
import { guideSheetLabel } from "../../../apps-script/core/schema/application.ts";
import { reviewersSheet, reviewSheetOrder } from "../../../apps-script/core/schema/review.ts";
import { emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { type ExpertRow, type SubmissionRow, validExpert } from "../award-builder.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { assigned, defaultExperts, notice, recommendedSubmission, rowsOf, shared } from "../review-fixture.ts";
import { breaches } from "./plan-validator.ts";

const submissionRows = (count: number, changes: Record<number, SubmissionRow> = {}): SubmissionRow[] =>
  Array.from({ length: count }, (_, i) => ({ ...recommendedSubmission(i), ...changes[i] }));

function expertsWith(changes: Record<number, ExpertRow>): ExpertRow[] {
  return defaultExperts().map((row, i) => ({ ...row, ...changes[i] }));
}

function applied(plan: ReviewPlan, before: WorkbookSnapshot | undefined): WorkbookSnapshot {
  return applyPatch(before ?? emptySnapshot, plan.patch);
}

function planned(award: WorkbookSnapshot, before?: WorkbookSnapshot, options = {}) {
  const plan = planReview(award, before, notice, options);
  const review = applied(plan, before);
  return { plan, result: plan.result, review };
}

const expertsOf = (result: AssignResult, submission: string) =>
  result.pairs.filter((p) => p.submission === submission).map((p) => p.expert);
const numberOf = (review: WorkbookSnapshot, account: string) =>
  String(rowsOf(review, "评审专家").find((row) => row.教育云账号 === account)?.专家编号);
const hasEdits = (plan: ReviewPlan) => plan.patch.sheets.flatMap((sheet) => sheet.edits ?? []);

/** Sets a cell of 评审专家 of an expert. */
function typeReviewer(
  review: WorkbookSnapshot,
  expert: string,
  key: (typeof reviewersSheet)["columns"][number]["key"],
  value: string | number,
) {
  const row = rowsOf(review, "评审专家").findIndex((r) => r.专家编号 === expert) + 2;
  return typeCell(review, "评审专家", row, reviewersSheet.columns.findIndex((c) => c.key === key) + 1, value);
}

describe("the first assignment", () => {
  const award = shared();
  const { result, review, plan } = planned(award);

  test("makes 说明 and the sheets in order", () => {
    expect(review.sheets.map((s) => s.name)).toEqual([guideSheetLabel, ...reviewSheetOrder]);
  });

  test("gives every submission three experts without a breach", () => {
    expect(breaches(award, review, result)).toEqual([]);
    expect(result.pairs).toHaveLength(40 * 3);
    expect(result).toMatchObject({ reviews: 3, seed: 2025, unfilled: [], moved: 0 });
    expect(plan.facts).toMatchObject({ submissions: 40, added: 120, kept: 0 });
  });

  test("writes what it tells", () => {
    const written = rowsOf(review, "分派").map((row) => ({
      submission: String(row.案例编号),
      expert: String(row.专家编号),
    }));
    const key = (p: { submission: string; expert: string }) => p.submission + p.expert;
    expect(written.sort((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(result.pairs);
    expect(result.experts.map((e) => e.load).reduce((a, b) => a + b, 0)).toBe(result.pairs.length);
  });

  test("numbers the experts by unit code, then account", () => {
    const rows = rowsOf(review, "评审专家");
    const codes = new Map(rowsOf(award, "单位").map((u) => [u.单位名称, String(u.单位代码)]));
    const order = rows.map((row) => `${codes.get(row.推荐单位)} ${row.教育云账号}`);
    expect(rows.map((row) => row.专家编号)).toEqual(rows.map((_, i) => `E${String(i + 1).padStart(3, "0")}`));
    expect(order).toEqual([...order].sort());
  });

  test("numbers the submissions without telling their order", () => {
    const rows = rowsOf(review, "参评案例");
    const ids = rows.map((row) => String(row.评审编号));
    expect(new Set(ids).size).toBe(40);
    expect(ids.every((id) => /^P\d{5}$/.test(id))).toBe(true);
    const byReviewId = [...rows]
      .sort((a, b) => (String(a.评审编号) < String(b.评审编号) ? -1 : 1))
      .map((r) => r.案例编号);
    expect(byReviewId).not.toEqual([...byReviewId].sort());
  });
});

test("the order of the rows changes nothing, another seed does", () => {
  const parts = { submissions: submissionRows(24), experts: defaultExperts() };
  const reference = planReview(shared(parts), undefined, notice);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(parts.submissions, { minLength: 24 }),
      fc.shuffledSubarray(parts.experts, { minLength: parts.experts.length }),
      (submissions, experts) => {
        expect(planReview(shared({ submissions, experts }), undefined, notice)).toEqual(reference);
      },
    ),
    { numRuns: 8 },
  );
  const other = planReview(shared(parts), undefined, notice, { seed: 7 });
  expect(other.result.seed).toBe(7);
  expect(other.result.pairs).not.toEqual(reference.result.pairs);
});

describe("who is kept apart", () => {
  // The submission is 兴庆区's, 小学, 教学革新/城市; the expert is of 同心县, 小学.
  const [at, expertAt] = [1, 45];
  const account = String(defaultExperts()[expertAt]!.account);
  test.for<{ name: string; submission?: SubmissionRow; other?: SubmissionRow; expert: ExpertRow }>([
    {
      name: "own unit of the first author",
      submission: { "author1.unit": "同心县实验小学校" },
      expert: { unit: "同心县实验小学校" },
    },
    {
      name: "own unit written longer",
      submission: { "author1.unit": "吴忠市同心县实验小学校" },
      expert: { unit: "同心县实验小学校" },
    },
    {
      name: "own unit of the fifth author",
      submission: {
        "author5.name": "佘鹤澜",
        "author5.unit": "示例学校",
        "author5.account": "x5",
        "author5.role": "教师",
      },
      expert: { unit: "示例学校" },
    },
    {
      name: "an author by account",
      submission: {
        "author2.name": "郝琬衡",
        "author2.unit": "示例一校",
        "author2.account": account,
        "author2.role": "教师",
      },
      expert: {},
    },
    {
      name: "an author without an account, by name and unit",
      submission: { "author2.name": "郝琬衡", "author2.unit": "示例一校", "author2.role": "教师" },
      expert: { name: "郝琬衡", unit: "示例一校" },
    },
    {
      name: "an author in the group",
      other: {
        "author2.name": "郝琬衡",
        "author2.unit": "示例一校",
        "author2.account": account,
        "author2.role": "教师",
      },
      expert: {},
    },
    { name: "declared by unit", expert: { conflicts: "兴庆区教育局" } },
    { name: "declared by alias", expert: { conflicts: "宁东、兴庆" } },
    { name: "declared by 案例编号", expert: { conflicts: "A002" } },
    {
      name: "declared by an author's school",
      submission: { "author1.unit": "示例三校" },
      expert: { conflicts: "示例三校" },
    },
  ])("$name", ({ submission = {}, other = {}, expert }) => {
    const only = {
      ...recommendedSubmission(at),
      id: "A002",
      stage: "小学",
      field: "教学革新",
      track: "城市",
      ...submission,
    };
    const twin = {
      ...recommendedSubmission(at + 6),
      id: "A008",
      stage: "小学",
      field: "教学革新",
      track: "城市",
      ...other,
    };
    const run = (changed: ExpertRow) => {
      // Only this expert can take the third place: one each of 沙坡头区, 同心县 and the direct school.
      const experts = defaultExperts().filter((_, i) => i === expertAt || i === 60 || i === 62);
      const rows = experts.map((row) => (row.account === account ? { ...row, ...changed } : row));
      return planned(shared({ submissions: [only, twin], experts: rows }));
    };
    const { result, review } = run(expert);
    const number = numberOf(review, account);
    expect(expertsOf(result, "A002")).not.toContain(number);
    expect(result.unfilled.find((u) => u.submission === "A002")?.missing).toBe(1);
  });

  test("without any of that the expert is asked", () => {
    const only = { ...recommendedSubmission(at), id: "A002", stage: "小学", field: "教学革新", track: "城市" };
    const experts = defaultExperts().filter((_, i) => i === expertAt || i === 60 || i === 62);
    expect(planned(shared({ submissions: [only], experts })).result).toMatchObject({
      unfilled: [],
      pairs: [{}, {}, {}],
    });
  });

  test("a superior unit, unless 上下级回避 is 否", () => {
    const award = (value: string) => shared({ submissions: submissionRows(12), settings: { 上下级回避: value } });
    const related = (result: AssignResult, review: WorkbookSnapshot) => {
      const city = new Set(
        rowsOf(review, "评审专家")
          .filter((r) => r.推荐单位 === "银川市教育局")
          .map((r) => r.专家编号),
      );
      return result.pairs.filter((p) => p.submission === "A002" && city.has(p.expert)).length;
    };
    const strict = planned(award("是"));
    expect(related(strict.result, strict.review)).toBe(0);
    const many = Array.from({ length: 12 }, (_, seed) => planned(award("否"), undefined, { seed }));
    expect(many.some(({ result, review }) => related(result, review) > 0)).toBe(true);
  });
});

describe("which rows take part", () => {
  test.for<{ name: string; change: SubmissionRow; takesPart: boolean }>([
    { name: "clean and recommended", change: {}, takesPart: true },
    { name: "not recommended", change: { recommended: "否" }, takesPart: false },
    { name: "cancelled", change: { status: "取消资格", statusKind: "泄露信息" }, takesPart: false },
    { name: "with an error", change: { priorAward: "是" }, takesPart: false },
    { name: "recommended outside the window", change: { recommendedOn: "2025-12-01" }, takesPart: false },
  ])("submission: $name", ({ change, takesPart }) => {
    const { result } = planned(shared({ submissions: submissionRows(12, { 2: change }) }));
    expect(expertsOf(result, "A003").length > 0).toBe(takesPart);
  });

  test.for<{ name: string; change: ExpertRow; listed: boolean; note?: string }>([
    { name: "complete", change: {}, listed: true },
    { name: "no name", change: { name: null }, listed: false, note: "没有专家姓名" },
    { name: "unknown unit", change: { nominator: "某某局" }, listed: false, note: "不在单位表中" },
    { name: "withdrawn", change: { status: "退出" }, listed: false },
    { name: "no stage", change: { stage: null }, listed: true, note: "学段" },
    { name: "no unit of their own", change: { unit: null }, listed: true, note: "无法按本人单位回避" },
    { name: "no account", change: { account: null }, listed: true },
  ])("expert: $name", ({ change, listed, note }) => {
    const name = String(defaultExperts()[20]!.name);
    const { plan, review } = planned(shared({ experts: expertsWith({ 20: change }) }));
    expect(rowsOf(review, "评审专家").some((row) => row.专家姓名 === name || row.专家姓名 === null)).toBe(listed);
    expect(plan.notes.some((n) => note !== undefined && n.includes(note))).toBe(note !== undefined);
  });

  test("a person recommended twice counts once and is kept apart from both units", () => {
    const twice = { ...defaultExperts()[20]!, nominator: "同心县教育局" };
    const award = shared({ experts: [...defaultExperts(), twice] });
    const { result, review } = planned(award);
    const number = numberOf(review, String(twice.account));
    expect(rowsOf(review, "评审专家").filter((r) => r.教育云账号 === twice.account)).toHaveLength(1);
    const nominators = new Map(rowsOf(award, "案例").map((r) => [r.案例编号, r.推荐单位]));
    const reviewed = result.pairs.filter((p) => p.expert === number).map((p) => nominators.get(p.submission));
    expect(reviewed.filter((n) => n === "同心县教育局" || n === "兴庆区教育局")).toEqual([]);
  });

  test("a wrong value in 参数 stops it and names the cell", () => {
    expect(() => planReview(shared({ settings: { 每案评审专家数: "三" } }), undefined, notice)).toThrow(/参数.*行/);
  });
});

describe("a second assignment", () => {
  const award = shared();
  const first = planned(award);
  const busy = first.result.pairs[0]!.expert;
  const itsOwn = first.result.pairs.filter((p) => p.expert === busy);

  test("writes nothing when nothing has changed", () => {
    const again = planned(award, first.review);
    expect(hasEdits(again.plan)).toEqual([]);
    expect(again.result).toEqual(first.result);
  });

  test("keeps what the administrator has typed", () => {
    let review = typeReviewer(first.review, busy, "capacity", 9);
    review = typeReviewer(review, busy, "email", "e@example.org");
    review = typeCell(review, "参评案例", 2, 8, "https://example.org/v/1");
    const again = planned(award, review).review;
    expect(rowsOf(again, "参评案例")[0]!.评审材料).toBe("https://example.org/v/1");
    expect(rowsOf(again, "评审专家").find((r) => r.专家编号 === busy)).toMatchObject({
      评审上限: 9,
      邮箱: "e@example.org",
    });
  });

  test("an expert who withdraws loses the pairs without a score, others step in, the rest stays", () => {
    const review = typeReviewer(first.review, busy, "status", "退出");
    const again = planned(award, review);
    expect(again.result.moved).toBe(itsOwn.length);
    expect(breaches(award, again.review, again.result)).toEqual([]);
    expect(again.result.pairs).toHaveLength(first.result.pairs.length);
    expect(again.result.pairs.filter((p) => p.expert === busy)).toEqual([]);
    expect(again.result.pairs).toEqual(expect.arrayContaining(first.result.pairs.filter((p) => p.expert !== busy)));
    const traces = rowsOf(again.review, "分派").filter((r) => r.专家编号 === busy);
    expect(traces.map((r) => r.状态)).toEqual(itsOwn.map(() => "作废"));
    expect(traces.every((r) => String(r.分派原因).startsWith("作废：专家已退出"))).toBe(true);
  });

  test("a conflict declared later frees only what it concerns", () => {
    const [pair] = itsOwn;
    const again = planned(award, typeReviewer(first.review, busy, "conflicts", pair!.submission));
    expect(again.result.moved).toBe(1);
    expect(breaches(award, again.review, again.result)).toEqual([]);
    expect(rowsOf(again.review, "分派").find((r) => r.专家编号 === busy && r.案例编号 === pair!.submission)?.状态).toBe(
      "回避",
    );
  });

  test("a scored pair stays although its expert withdraws", () => {
    const at = rowsOf(first.review, "分派").findIndex((r) => r.专家编号 === busy) + 2;
    let review = typeCell(first.review, "分派", at, 6, "已评分");
    review = typeReviewer(review, busy, "status", "退出");
    const again = planned(award, review);
    expect(again.result.pairs.filter((p) => p.expert === busy)).toHaveLength(1);
    expect(again.result.moved).toBe(itsOwn.length - 1);
  });

  test("a cancelled submission gives its experts back and keeps its number", () => {
    const [gone] = first.result.pairs;
    const at = Number(gone!.submission.slice(1)) - 1;
    const cancelled = shared({
      submissions: submissionRows(40, { [at]: { status: "取消资格", statusKind: "抄袭剽窃" } }),
    });
    const again = planned(cancelled, first.review);
    expect(again.result).toMatchObject({ moved: 3, unfilled: [] });
    expect(expertsOf(again.result, gone!.submission)).toEqual([]);
    expect(sheetNamed(again.review, "参评案例").rows).toEqual(sheetNamed(first.review, "参评案例").rows);
  });

  test("new submissions and experts come below, numbers stay", () => {
    const more = shared({
      submissions: submissionRows(45),
      experts: [...defaultExperts(), validExpert(200, "兴庆区教育局", "小学")],
    });
    const again = planned(more, first.review);
    expect(again.result.moved).toBe(0);
    expect(breaches(more, again.review, again.result)).toEqual([]);
    const before = rowsOf(first.review, "评审专家");
    const after = rowsOf(again.review, "评审专家");
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).map((r) => r.专家编号)).toEqual([
      `E${String(before.length + 1).padStart(3, "0")}`,
    ]);
    expect(rowsOf(again.review, "参评案例").slice(0, 40)).toEqual(rowsOf(first.review, "参评案例"));
    expect(again.result.pairs).toEqual(expect.arrayContaining([...first.result.pairs]));
  });

  test("more experts a submission are added to those there", () => {
    const again = planned(award, first.review, { reviews: 4 });
    expect(breaches(award, again.review, { ...again.result, reviews: 4 })).toEqual([]);
    expect(again.result.pairs).toEqual(expect.arrayContaining([...first.result.pairs]));
    expect(rowsOf(again.review, "参评案例").every((r) => r.应评专家数 === 4)).toBe(true);
  });
});

test("the capacity that an administrator types is kept", () => {
  const award = shared();
  let review = assigned(shared({ submissions: submissionRows(1) }));
  for (const { 专家编号: id } of rowsOf(review, "评审专家").slice(0, 30))
    review = typeReviewer(review, String(id), "capacity", 1);
  const { result, review: after } = planned(award, review);
  expect(breaches(award, after, result)).toEqual([]);
});
