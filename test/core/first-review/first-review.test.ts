import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { callForExperts } from "../../../apps-script/core/first-review/call-for-experts.ts";
import { enterFirstReview, viewFirstReview } from "../../../apps-script/core/first-review/first-review.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { conflictKinds, findConflicts } from "../../../apps-script/core/panel/conflicts.ts";
import type { AssignOptions } from "../../../apps-script/core/panel/review-plan.ts";
import { gatherExperts } from "../../../apps-script/core/panel/reviewers.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { blankReviewSnapshot } from "../../../apps-script/core/review-book/review-workbook.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { ExpertRow, SubmissionRow } from "../award-builder.ts";
import { defaultExperts, notice, recommendedSubmission, shared, yinchuan } from "../review-fixture.ts";

const unit = { name: String(yinchuan.name) };

/** Eight submissions of 银川市教育局, none recommended, all 小学 and of one group unless a row says otherwise. */
function own(changes: Record<number, SubmissionRow> = {}): SubmissionRow[] {
  return Array.from({ length: 8 }, (_, i) => ({
    ...recommendedSubmission(i * 6),
    field: notice.fields[0]!.label,
    track: "城市",
    stage: "小学",
    recommended: "否",
    recommendedOn: null,
    ...changes[i],
  }));
}

const others = Array.from({ length: 12 }, (_, i) => recommendedSubmission(i)).filter((s) => s.nominator !== unit.name);

function plan(snapshot: WorkbookSnapshot, options: AssignOptions = {}) {
  const { eligible } = enterFirstReview(snapshot, undefined, unit, notice);
  return planReview(viewFirstReview(snapshot, unit, notice), undefined, notice, {
    ...options,
    unit: unit.name,
    eligible,
  });
}

describe("conflicts in a unit's own review", () => {
  const primary = { ...defaultExperts()[0]!, stage: "小学" };
  const table: { name: string; expert: ExpertRow; submission?: SubmissionRow; kind: string; relaxed: boolean }[] = [
    { name: "nominated by the unit", expert: {}, kind: conflictKinds.nominator, relaxed: true },
    {
      name: "works in the unit",
      expert: { nominator: "同心县教育局", unit: unit.name },
      kind: conflictKinds.ownNominator,
      relaxed: true,
    },
    {
      name: "nominated by a unit below",
      expert: { nominator: "兴庆区教育局" },
      kind: conflictKinds.hierarchy,
      relaxed: true,
    },
    {
      name: "works in a unit below",
      expert: { nominator: "同心县教育局", unit: "金凤区教育局" },
      kind: conflictKinds.hierarchy,
      relaxed: true,
    },
    {
      name: "works where an author works",
      expert: { nominator: "同心县教育局", unit: "银川市第1实验学校" },
      kind: conflictKinds.ownUnit,
      relaxed: false,
    },
    {
      name: "is the author",
      expert: { nominator: "同心县教育局", account: "author-x" },
      submission: { "author1.account": "author-x" },
      kind: conflictKinds.author,
      relaxed: false,
    },
    {
      name: "declared the submission",
      expert: { nominator: "同心县教育局", conflicts: String(recommendedSubmission(0).id) },
      kind: conflictKinds.declared,
      relaxed: false,
    },
    {
      name: "declared the unit",
      expert: { nominator: "同心县教育局", conflicts: "银川市" },
      kind: conflictKinds.declared,
      relaxed: false,
    },
  ];
  test.for(table)("$name: relaxed $relaxed", ({ expert, submission = {}, kind, relaxed }) => {
    const snapshot = shared({ submissions: own({ 0: submission }), experts: [{ ...primary, ...expert }] });
    const award = readAward(snapshot, notice);
    const review = readReview(blankReviewSnapshot(notice), notice);
    const { experts } = gatherExperts(award, review);
    const reason = (withinUnit: boolean) =>
      findConflicts(award, review, experts, withinUnit).reason(award.submissions[0]!, "E001");
    expect([reason(false), reason(true)]).toEqual([kind, relaxed ? undefined : kind]);
  });

  test("an author reviews nothing in the group of the submission, and something outside it", () => {
    const submissions = own({ 0: { "author1.account": "author-x" }, 7: { field: notice.fields[1]!.label } });
    const experts = [{ ...primary, account: "author-x" }, ...defaultExperts().slice(1, 4)];
    const pairs = pairsByAccount(plan(shared({ submissions, experts }), { reviews: 3 }));
    expect(pairs.filter(([, account]) => account === "author-x")).toEqual([[String(submissions[7]!.id), "author-x"]]);
    expect(pairs).toHaveLength(24);
  });
});

const pairsByAccount = ({ result }: ReturnType<typeof plan>) => {
  const accounts = new Map(result.experts.map((e) => [e.id, e.account]));
  return result.pairs.map(({ submission, expert }) => [submission, accounts.get(expert)]);
};

describe("assigning a unit's own review", () => {
  const snapshot = () => shared({ submissions: [...own(), ...others] });

  test("three of the unit's own experts for each of its submissions, proved best", () => {
    const outcome = plan(snapshot());
    expect(outcome.result.pairs).toHaveLength(24);
    expect(new Set(outcome.result.experts.map((e) => e.nominator))).toEqual(new Set([unit.name]));
    expect(outcome.facts.proved).toBe(true);
    expect(outcome.notes).toEqual([expect.stringContaining("不按推荐单位（含上下级）回避")]);
  });

  test("what is missing is told without a word of units", () => {
    const experts = defaultExperts()
      .filter((e) => e.nominator === unit.name && e.stage === "小学")
      .slice(0, 2);
    const { shortages, result } = plan(shared({ submissions: own(), experts }));
    const told = [...shortages, ...result.unfilled.map((u) => u.reason)];
    expect(told).toHaveLength(9);
    for (const line of told) expect(line).toMatch(/需 3 名.*再增 1 名小学专家/);
    for (const line of told) expect(line).not.toMatch(/推荐单位|不同单位|新单位/);
  });

  describe("what would help comes first", () => {
    const two = defaultExperts()
      .filter((e) => e.nominator === unit.name && e.stage === "小学")
      .slice(0, 2);
    const elsewhere = defaultExperts().filter((e) => e.nominator === "同心县教育局" && e.stage === "小学");
    const call = (experts: readonly ExpertRow[]) => {
      const snapshot = shared({ submissions: own(), experts });
      return callForExperts(snapshot, unit, notice, plan(snapshot));
    };

    test("how many of which stage, where not from, and where they are", () => {
      const worksWithAuthor = { ...elsewhere[0]!, unit: String(own()[0]!["author1.unit"]) };
      const lines = call([...two, worksWithAuthor, ...elsewhere.slice(1), { ...elsewhere[1]!, status: "退出" }]);
      expect(lines[0]).toBe("8 个案例中 8 个专家不够，共缺 8 人次评审；再请 1 名就都够：小学 1 名。");
      expect(lines[1]).toMatch(
        /^小学：8 个案例（教学革新），要请不在作者单位的人（作者单位：银川市第\d实验学校 \d 个案例/,
      );
      expect(lines[1]).toContain("别的单位推荐的小学专家可以请的有 4 名：同心县教育局 4 名。");
      expect(lines[2]).toContain("“评审专家”表");
    });

    test("with so many more nobody is missing, and nothing is said", () => {
      expect(call(two)[1]).toContain("没有别的单位推荐的小学专家，请另外找人");
      expect(call([...two, { ...elsewhere[0]!, nominator: unit.name }])).toEqual([]);
    });
  });

  test("the award's own assignment keeps them apart as ever", () => {
    const { result } = planReview(
      shared({ submissions: own().map((s) => ({ ...s, recommended: "是" })) }),
      undefined,
      notice,
    );
    expect(result.pairs.length).toBeGreaterThan(0);
    expect(result.experts.filter((e) => e.nominator === unit.name && e.load > 0)).toEqual([]);
  });

  test("refuses a unit that is gone", () => {
    expect(() => planReview(snapshot(), undefined, notice, { unit: "火星教育局" })).toThrow("火星教育局");
  });
});

describe("who takes part", () => {
  const taken = (changes: Record<number, SubmissionRow>) => {
    const snapshot = shared({ submissions: [...own(changes), ...others] });
    const award = readAward(snapshot, notice);
    const { eligible, notes } = enterFirstReview(snapshot, undefined, unit, notice);
    return { rows: award.submissions.flatMap((s, i) => (eligible.includes(s.key) ? [i] : [])), notes };
  };
  const rest = [1, 2, 3, 4, 5, 6, 7];
  test.for([
    { name: "all that are clean", change: {}, rows: [0, ...rest], note: undefined },
    {
      name: "not one recommended before",
      change: { recommended: "是" },
      rows: rest,
      note: new RegExp(`1 个案例在初评之前已经推荐，未参加初评：${String(own()[0]?.id)}；`),
    },
    { name: "not one with an error", change: { stage: null }, rows: rest, note: /1 个案例检查有错误/ },
    {
      name: "not a cancelled one",
      change: { status: "取消资格", statusKind: "抄袭剽窃", statusReason: "已核实" },
      rows: rest,
      note: undefined,
    },
  ])("$name", ({ change, rows, note }) => {
    const { rows: found, notes } = taken({ 0: change });
    expect(found).toEqual(rows);
    expect(notes).toEqual(note ? [expect.stringMatching(note)] : []);
  });

  test("an error that shows only beside another unit's rows bars as well", () => {
    const first = { "author1.account": "author-y", "author1.name": "林一舟" };
    const snapshot = shared({ submissions: [...own({ 0: first }), { ...others[0], ...first }] });
    expect(enterFirstReview(snapshot, undefined, unit, notice).eligible).toHaveLength(7);
  });
});

describe("what a first review sees of the shared workbook", () => {
  test("the unit's rows alone, where they stand", () => {
    const snapshot = shared({ submissions: [...others, ...own()] });
    const [whole, seen] = [readAward(snapshot, notice), readAward(viewFirstReview(snapshot, unit, notice), notice)];
    const at = (award: typeof whole) =>
      award.submissions.filter((s) => s.nominator === unit.name).map((s) => [s.record.row, s.id]);
    expect(at(seen)).toEqual(at(whole));
    expect(seen.submissions).toHaveLength(8);
    expect(seen.experts.map((e) => e.nominator)).toEqual(Array(15).fill(unit.name));
    expect(seen.liaisons).toEqual([]);
    expect(seen.texts.every((t) => t.nominator === unit.name)).toBe(true);
    expect(seen.units).toHaveLength(whole.units.length);
  });

  test.for([
    { name: "as they stand in 参数", settings: { 奖项及比例: "一等奖 50%", 加评次数: 5, 每案评审专家数: 2 } },
    { name: "where 参数 lacks the rows", settings: { 每案评审专家数: 2 } },
  ])("no awards and no spare reviews, the other settings $name", ({ settings }) => {
    const snapshot = shared({ submissions: own(), settings });
    const sheets = snapshot.sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.filter(([item]) => item === "项目" || sheet.name !== "参数" || String(item) in settings),
    }));
    const { settings: seen, settingProblems } = readAward(viewFirstReview({ sheets }, unit, notice), notice);
    expect([seen.awards.map((a) => a.share), seen.spareReviews, seen.reviews]).toEqual([[0], 0, 2]);
    expect(seen.notice.windows.review.value).toEqual({ from: "2025-07-15", to: "2025-10-30" });
    expect(settingProblems).toEqual([]);
  });
});
