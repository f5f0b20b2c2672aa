import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { describeDoubts } from "../../../apps-script/core/ranking/write-expert-overview.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { assigned, fillScoreSheet, input, items, notice, rowsOf, scoreSheets, shared } from "../review-fixture.ts";

const now = "2025-11-20T09:30:00";
const count = 240;

/** A number 0…1 that depends on the text alone. */
function chance(text: string): number {
  let h = 7;
  for (const c of text) h = (h * 31 + c.codePointAt(0)!) % 1_000_003;
  return ((h * 7919) % 1_000_003) / 1_000_003;
}

/** Nine scores that add up to `total` points as nearly as steps of half a point allow. */
function spread(total: number): CellValue[] {
  let left = Math.round(total * 2);
  let most = items.reduce((sum, item) => sum + item.max * 2, 0);
  return items.map((item) => {
    const halves = Math.round((left * item.max * 2) / most);
    left -= halves;
    most -= item.max * 2;
    return halves / 2;
  });
}

/** Experts whose number is odd give `gap` points less than the others. */
const scoreOf = (gap: number) => (expert: string, reviewId: string) =>
  spread(
    65 + 25 * chance(reviewId) + 4 * (chance(`${expert} ${reviewId}`) - 0.5) - (Number(expert.slice(1)) % 2) * gap,
  );

type Scores = (expert: string, reviewId: string) => CellValue[] | undefined;

function collectAll(award: WorkbookSnapshot, review: WorkbookSnapshot, scores: Scores, at = now): WorkbookSnapshot {
  const { settings } = readAward(award, notice);
  const inputs = scoreSheets(award, review).map((file) =>
    input(
      file,
      fillScoreSheet(file, (reviewId) => {
        const given = scores(file.expert, reviewId);
        return given && { scores: given };
      }),
    ),
  );
  return applyPatch(review, collectScoreSheets(review, settings, inputs, { now: at }).patch);
}

const withSettings = (settings: Record<string, CellValue>) =>
  shared({ settings: { 教育局城市赛道名额: 500, ...settings } }, count);
const plain = withSettings({});
const calibrating = withSettings({ 计分方法: "校准分" });
const pairs = assigned(plain);
const severe = collectAll(plain, pairs, scoreOf(6));
const even = collectAll(plain, pairs, scoreOf(0));
const rank = (award: WorkbookSnapshot, review: WorkbookSnapshot) => rankReview(award, review, notice);
const rankingOf = (award: WorkbookSnapshot, review: WorkbookSnapshot) =>
  rank(award, review).result.groups.flatMap((g) => g.ranking);

describe("校准分", () => {
  const { result, patch, notes } = rank(calibrating, severe);
  const summary = rowsOf(applyPatch(severe, patch), "汇总").filter((r) => r.名次 !== null);

  test("takes the severity out: a submission is no worse for having met severe experts", () => {
    expect(notes).toEqual([]);
    expect(result.calibration).toMatchObject({ applied: true });
    expect(result.calibration.severitySd).toBeGreaterThan(2);
    const panels = new Map<unknown, number>();
    for (const r of rowsOf(severe, "分派")) {
      const odd = Number(String(r.专家编号).slice(1)) % 2;
      panels.set(r.案例编号, (panels.get(r.案例编号) ?? 0) + odd);
    }
    const off = (score: (r: Record<string, CellValue>) => number, odd: number) => {
      const rows = summary.filter((r) => panels.get(r.案例编号) === odd);
      const truth = rows.map((r) => 65 + 25 * chance(String(r.评审编号)));
      return rows.reduce((sum, r, i) => sum + score(r) - truth[i]!, 0) / rows.length;
    };
    const raw = (r: Record<string, CellValue>) => Number(r.平均分);
    const fitted = (r: Record<string, CellValue>) => Number(r.校准分);
    expect(off(raw, 0) - off(raw, 3)).toBeGreaterThan(5);
    expect(Math.abs(off(fitted, 0) - off(fitted, 3))).toBeLessThan(1.5);
  });

  test("decides the final score, the raw mean and both ranks beside it", () => {
    for (const row of summary) expect(row.最终得分).toBeCloseTo(Number(row.校准分), 5);
    expect(summary.every((r) => r.名次 === r.校准名次)).toBe(true);
    expect(summary.some((r) => r.校准名次 !== r.原始名次)).toBe(true);
    expect(new Map(rankingOf(plain, severe).map((r) => [r.id, r.rank]))).toEqual(
      new Map(summary.map((r) => [r.案例编号, r.原始名次])),
    );
  });

  test("the header tells what was done, and how many groups of experts cannot be compared", () => {
    const sheet = sheetNamed(applyPatch(severe, patch), "汇总");
    const column = sheet.rows[0]!.indexOf("校准分") + 1;
    expect(sheet.notes.get(`1:${column}`)).toContain(result.calibration.summary);
    expect(result.calibration.summary).toMatch(/专家宽严的标准差约 [\d.]+ 分/);
  });

  test("lists the submissions whose award depends on the method, and no other", () => {
    const awards = (award: WorkbookSnapshot) => new Map(rankingOf(award, severe).map((r) => [r.id, r.award]));
    const [mean, trimmed, fitted] = [plain, withSettings({ 计分方法: "去极值平均分" }), calibrating].map(awards);
    const expected = [...mean!.keys()].filter((id) => new Set([mean, trimmed, fitted].map((m) => m!.get(id))).size > 1);
    expect(expected.length).toBeGreaterThan(0);
    expect(result.methodDependent.map((d) => d.id)).toEqual(expected.sort());
    for (const { id, awards: by } of result.methodDependent) {
      expect(by).toEqual({ 平均分: mean!.get(id), 去极值平均分: trimmed!.get(id), 校准分: fitted!.get(id) });
      expect(summary.find((r) => r.案例编号 === id)?.备注).toContain("奖项取决于计分方法");
    }
  });

  test("稳健校准分 is a method of its own", () => {
    const robust = rank(withSettings({ 计分方法: "稳健校准分" }), severe).result;
    expect(robust.evidence.map((r) => r.calibrated)).not.toEqual(result.evidence.map((r) => r.calibrated));
    const ranks = new Map(robust.groups.flatMap((g) => g.ranking.map((r) => [r.id, r.rank])));
    expect(robust.evidence.every((r) => r.calibratedRank === ranks.get(r.id))).toBe(true);
  });

  test("where severities cannot be told, the means rank, and it is said", () => {
    const outcome = rank(calibrating, even);
    expect(outcome.result.calibration.applied).toBe(false);
    expect(outcome.notes).toEqual([expect.stringMatching(/计分方法为“校准分”，但.*未作校准，校准分等于平均分/)]);
    const strip = (r: { id: string; rank: number; score: number; award: string }) => [r.id, r.rank, r.score, r.award];
    expect(outcome.result.groups.flatMap((g) => g.ranking.map(strip))).toEqual(rankingOf(plain, even).map(strip));
    expect(outcome.result.methodDependent).toEqual([]);
  });

  test("with a handful of submissions there is too little to tell", () => {
    const few = shared({ settings: { 计分方法: "校准分" } }, 12);
    expect(rank(few, collectAll(few, assigned(few), scoreOf(6))).notes).toEqual([
      expect.stringContaining("可比的评分太少"),
    ]);
  });
});

describe("a new score in one group", () => {
  const header = sheetNamed(severe, "评分").rows[0]!;
  const scored = rowsOf(severe, "评分").flatMap((r, i) => (r.总分 === null ? [] : [i + 2]));
  const ranks = (award: WorkbookSnapshot, review: WorkbookSnapshot) =>
    rank(award, review).result.groups.map((g) => g.ranking.map((r) => [r.id, r.rank, r.score, r.award]));
  const rescore = (row: number, total: number) =>
    spread(total).reduce<WorkbookSnapshot>(
      (snapshot, value, i) => typeCell(snapshot, "评分", row, header.indexOf(items[i]!.label) + 1, value),
      severe,
    );
  const groupOf = (groups: ReturnType<typeof ranks>, row: number) => {
    const reviewId = sheetNamed(severe, "评分").rows[row - 1]![0];
    const id = rowsOf(severe, "参评案例").find((r) => r.评审编号 === reviewId)!.案例编号;
    return groups.findIndex((group) => group.some((r) => r[0] === id));
  };

  test("changes no other group's ranks under 平均分", () => {
    const before = ranks(plain, severe);
    fc.assert(
      fc.property(fc.nat(scored.length - 1), fc.integer({ min: 0, max: 200 }), (n, halves) => {
        const row = scored[n]!;
        const after = ranks(plain, rescore(row, halves / 2));
        const own = groupOf(before, row);
        expect(after.filter((_, i) => i !== own)).toEqual(before.filter((_, i) => i !== own));
      }),
      { numRuns: 12 },
    );
    const row = scored[0]!;
    expect(ranks(plain, rescore(row, 0))[groupOf(before, row)]).not.toEqual(before[groupOf(before, row)]);
  });

  test("does under 校准分, where it says something of the expert", () => {
    const before = ranks(calibrating, severe);
    const own = groupOf(before, scored[0]!);
    const after = ranks(calibrating, rescore(scored[0]!, 0));
    expect(after.filter((_, i) => i !== own)).not.toEqual(before.filter((_, i) => i !== own));
  });
});

describe("加评", () => {
  const spare = 10;
  // Two a submission, so that the few units of this award leave somebody for a third.
  const settings = withSettings({ 每案评审专家数: 2, 加评次数: spare });
  const severe = collectAll(settings, assigned(settings), scoreOf(6));
  const { result, patch } = rank(settings, severe);

  test("is proposed where the award is least certain", () => {
    expect(rank(withSettings({ 每案评审专家数: 2 }), severe).result.proposal).toEqual([]);
    expect(result.proposal).toHaveLength(spare);
    const doubt = (p: number | null) => Math.abs(p! - 0.5);
    const worst = Math.max(...result.proposal.map((p) => doubt(p.probability)));
    const waiting = new Set([...result.proposal, ...result.arbitration].map((p) => p.id));
    for (const r of result.evidence) if (!waiting.has(r.id)) expect(doubt(r.probability)).toBeGreaterThanOrEqual(worst);
    const rows = rowsOf(applyPatch(severe, patch), "汇总").filter((r) => String(r.备注 ?? "").includes("建议加评"));
    expect(rows.map((r) => r.案例编号).sort()).toEqual(result.proposal.map((p) => p.id).sort());
  });

  test("the next assignment asks experts of middling severity, once; their scores count like the others'", () => {
    const plan = planReview(settings, severe, notice);
    expect(plan.result.moved).toBe(0);
    const second = applyPatch(severe, plan.patch);
    const added = rowsOf(second, "分派").filter((r) => r.轮次 === "加评");
    expect(added.map((r) => r.案例编号).sort()).toEqual(result.proposal.map((p) => p.id).sort());
    expect(added.every((r) => String(r.分派原因).includes("最难分辨"))).toBe(true);
    const severities = rowsOf(applyPatch(severe, patch), "专家情况").map(
      (r) => [r.专家编号, Math.abs(Number(r.宽严))] as const,
    );
    const sizes = severities.map((s) => s[1]).sort((a, b) => a - b);
    const middle = sizes[Math.ceil(sizes.length / 2)]!;
    for (const r of added) expect(new Map(severities).get(r.专家编号)).toBeLessThanOrEqual(middle);

    expect(rank(settings, second).result.proposal).toEqual([]);
    expect(rowsOf(applyPatch(second, planReview(settings, second, notice).patch), "分派")).toEqual(
      rowsOf(second, "分派"),
    );

    const third = collectAll(settings, second, (expert, reviewId) => scoreOf(6)(expert, reviewId));
    const scores = rowsOf(applyPatch(third, rank(settings, third).patch), "汇总");
    for (const { id } of result.proposal) {
      const row = scores.find((r) => r.案例编号 === id)!;
      expect(row).toMatchObject({ 评分数: 3, 最终得分: row.平均分 });
    }
  });
});

describe("专家情况", () => {
  const odd = (expert: string) => Number(expert.slice(1)) % 2 === 1;
  const [lazy, silent, partial] = ["E002", "E004", "E006"];
  const scores: Scores = (expert, reviewId) => {
    if (expert === silent) return undefined;
    if (expert === partial && chance(reviewId) < 0.5) return undefined;
    return expert === lazy ? spread(77.5) : scoreOf(6)(expert, reviewId);
  };
  const review = collectAll(plain, pairs, scores);
  const { result, patch } = rank(plain, review);
  const profiles = rowsOf(applyPatch(review, patch), "专家情况");
  const of = (expert: string) => profiles.find((r) => r.专家编号 === expert)!;

  test("one row an expert, loads and reviews counted", () => {
    expect(profiles.map((r) => r.专家编号)).toEqual(rowsOf(review, "评审专家").map((r) => r.专家编号));
    for (const r of profiles) {
      expect(r.应评).toBe(rowsOf(review, "分派").filter((p) => p.专家编号 === r.专家编号).length);
      expect(r.已评).toBe(rowsOf(review, "评分").filter((p) => p.专家编号 === r.专家编号 && p.总分 !== null).length);
    }
  });

  test("severe experts are below 0, lenient ones above", () => {
    const told = profiles.filter((r) => typeof r.宽严 === "number" && r.专家编号 !== lazy);
    expect(told.length).toBeGreaterThan(60);
    const right = told.filter((r) => Number(r.宽严) < 0 === odd(String(r.专家编号)));
    expect(right.length / told.length).toBeGreaterThan(0.95);
    expect(told.every((r) => Number(r.宽严标准误) > 0 && Number(r.离散) > 0)).toBe(true);
  });

  test("straight-lining, missing and complete sheets are told apart", () => {
    expect(of(lazy)).toMatchObject({ 打分雷同: 1, 离散: 0, 与同组一致性: null });
    expect(of(lazy)).toMatchObject({ 状态: "已交齐", 待核实: "多数案例打了同一个总分，请核实" });
    expect(of(silent)).toMatchObject({ 已评: 0, 平均分: null, 宽严: null, 状态: "未交" });
    expect(of(partial).状态).toMatch(
      new RegExp(`^未交齐，还差 ${Number(of(partial).应评) - Number(of(partial).已评)} 个`),
    );
    expect(of("E008").状态).toBe("已交齐");
    expect(Number(of("E008").与同组一致性)).toBeGreaterThan(0.7);
  });

  test("an expert with too few scores beside others' keeps the severity, and the row says so", () => {
    const told = profiles.filter((r) => Number(r.已评) > 0);
    expect(told.some((r) => r.宽严 === null)).toBe(true);
    for (const r of told) expect(String(r.状态).includes("宽严未扣除")).toBe(r.宽严 === null);
    const refused = rowsOf(applyPatch(even, rank(plain, even).patch), "专家情况");
    expect(refused.filter((r) => String(r.状态).includes("宽严未扣除"))).toEqual([]);
  });

  test("far from the others: lenient or severe, in words", () => {
    const extremes: Scores = (expert, reviewId) =>
      expert === "E008" ? spread(98) : expert === "E010" ? spread(45) : scoreOf(0)(expert, reviewId);
    const extreme = collectAll(plain, pairs, extremes);
    const rows = rowsOf(applyPatch(extreme, rank(plain, extreme).patch), "专家情况");
    const marked = (word: string) => rows.filter((r) => String(r.待核实).includes(word)).map((r) => r.专家编号);
    expect(marked("明显偏宽")).toEqual(["E008"]);
    expect(marked("明显偏严")).toEqual(["E010"]);
  });

  test.for([
    { agreement: -0.006, compared: 79, told: undefined },
    { agreement: -0.5, compared: 10, told: undefined },
    { agreement: -0.93, compared: 5, told: undefined },
    { agreement: -0.94, compared: 5, told: "5 个共评案例，相关系数 -0.94" },
    { agreement: -0.8, compared: 12, told: "12 个共评案例，相关系数 -0.80" },
    { agreement: 0.9, compared: 12, told: undefined },
  ])("agreement $agreement on $compared submissions", ({ agreement, compared, told }) => {
    const { experts } = result;
    const profile = { ...experts.find((e) => e.expert === "E008")!, name: "", stage: "", agreement, compared };
    if (told === undefined) expect(describeDoubts(profile, 6)).toBe("");
    else expect(describeDoubts(profile, 6)).toContain(told);
  });

  test("--json has the same rows", () => {
    const { experts } = result;
    expect(
      experts.map((e) => [e.expert, e.assigned, e.scored, e.severity, e.sameScore, e.status, e.doubts || null]),
    ).toEqual(profiles.map((r) => [r.专家编号, r.应评, r.已评, r.宽严, r.打分雷同, r.状态, r.待核实]));
  });

  test("who can be compared has a part of the review, and no number is made of nothing", () => {
    const { experts, calibration } = result;
    for (const { component, severity } of experts) {
      expect(component === null).toBe(severity === null);
      if (component !== null) expect(component).toBeLessThanOrEqual(calibration.components);
    }
    expect(new Set(experts.flatMap(({ component }) => component ?? [])).has(1)).toBe(true);
    const numbers = experts.flatMap((profile) => Object.values(profile)).filter((value) => typeof value === "number");
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(experts.find(({ expert }) => expert === silent)).toMatchObject({ scored: 0, spread: null, sameScore: null });
  });

  test("reviews taken after the window are counted", () => {
    const late = collectAll(plain, pairs, scores, "2025-12-02T08:00:00");
    const row = rowsOf(applyPatch(late, rank(plain, late).patch), "专家情况").find((r) => r.专家编号 === "E008")!;
    expect([row.状态, row.迟交]).toEqual(["已交齐", row.已评]);
    const attention = new Map(rank(plain, late).result.experts.map((e) => [e.expert, e.attention]));
    expect(row.待核实).toBeNull();
    expect([attention.get("E008"), attention.get(lazy), attention.get(silent)]).toEqual(["late", "look", "look"]);
    const lastMinute = collectAll(plain, pairs, scores, "2025-11-30T23:59:00");
    const inTime = rowsOf(applyPatch(lastMinute, rank(plain, lastMinute).patch), "专家情况");
    expect(inTime.find((r) => r.专家编号 === "E008")).toMatchObject({ 状态: "已交齐", 迟交: null });
  });

  test("a workbook from before gets the sheet and the columns, and keeps what people added", () => {
    const newColumns = ["原始名次", "校准名次", "获奖概率"];
    const before: WorkbookSnapshot = {
      sheets: review.sheets
        .filter((s) => s.name !== "专家情况")
        .map((s) => {
          if (s.name !== "汇总") return s;
          const kept = s.rows[0]!.filter((label) => !newColumns.includes(String(label)));
          return { ...s, rows: [[...kept, "领导意见"]] };
        }),
    };
    const after = applyPatch(before, rank(plain, before).patch);
    const names = after.sheets.map((s) => s.name);
    expect(names.indexOf("专家情况")).toBe(names.indexOf("日志") - 1);
    expect(rowsOf(after, "专家情况")).toEqual(profiles);
    expect(sheetNamed(after, "汇总").rows[0]!.slice(-4)).toEqual(["领导意见", ...newColumns]);
    expect(applyPatch(after, rank(plain, after).patch)).toEqual(after);
  });
});

test("the order of the rows changes neither scores, chances, proposal nor profiles", () => {
  const reversed = (snapshot: WorkbookSnapshot, names: string[]): WorkbookSnapshot => ({
    sheets: snapshot.sheets.map((s) =>
      names.includes(s.name) ? { ...s, rows: [s.rows[0]!, ...s.rows.slice(1).reverse()] } : s,
    ),
  });
  const settings = withSettings({ 计分方法: "稳健校准分", 加评次数: 5 });
  const turned = reversed(severe, ["参评案例", "分派", "评分", "评审专家"]);
  const [one, other] = [rank(settings, severe), rank(reversed(settings, ["案例", "单位"]), turned)];
  expect(other.result).toEqual(one.result);
  expect(rowsOf(applyPatch(turned, other.patch), "专家情况")).toEqual(
    rowsOf(applyPatch(severe, one.patch), "专家情况"),
  );
});
