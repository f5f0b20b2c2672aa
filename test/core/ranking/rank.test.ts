import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { SubmissionRow } from "../award-builder.ts";
import { applyPatch, sheetNamed, typeCell } from "../in-memory-workbook.ts";
import {
  assigned,
  fillScoreSheet,
  input,
  items,
  notice,
  recommendedSubmission,
  rowsOf,
  scoreSheets,
  shared,
} from "../review-fixture.ts";

const now = "2025-11-20T09:30:00";

/** A number 0…1 that depends on the text alone. */
function chance(text: string): number {
  let h = 7;
  for (const c of text) h = (h * 31 + c.codePointAt(0)!) % 1_000_003;
  return ((h * 7919) % 1_000_003) / 1_000_003;
}

const invented = (expert: string, reviewId: string): CellValue[] =>
  items.map(
    (item) =>
      Math.round(
        item.max * 2 * (0.5 + 0.35 * chance(reviewId + item.key) + 0.15 * chance(expert + reviewId + item.key)),
      ) / 2,
  );

/** Sends every expert's sheet in, filled by `scores`. */
function collectAll(award: WorkbookSnapshot, review: WorkbookSnapshot, scores = invented): WorkbookSnapshot {
  const { settings } = readAward(award, notice);
  const inputs = scoreSheets(award, review).map((file) =>
    input(
      file,
      fillScoreSheet(file, (reviewId) => ({ scores: scores(file.expert, reviewId) })),
    ),
  );
  return applyPatch(review, collectScoreSheets(review, settings, inputs, { now }).patch);
}

/** The ranking of one group, worked out from the cells of 评分 with whole numbers in the plainest way. */
function recompute(review: WorkbookSnapshot, field: string, track: string, share = 30n) {
  const dimension = (names: string[]) => (row: Record<string, CellValue>) =>
    names.reduce((sum, name) => sum + BigInt(Number(row[name]) * 2), 0n);
  const dims = [
    dimension(["问题针对性", "效果量化"]),
    dimension(["理念创新", "模式创新", "应用创新"]),
    dimension(["典型性", "可复制性"]),
  ];
  const cases = rowsOf(review, "参评案例").filter((r) => r.领域 === field && (r.赛道 ?? "城市") === track);
  const scored = cases.map((c) => {
    const rows = rowsOf(review, "评分").filter((r) => r.评审编号 === c.评审编号 && r.总分 !== null);
    const totals = rows.map((r) => BigInt(Number(r.总分) * 2));
    const n = BigInt(rows.length);
    const ascending = [...totals].sort((a, b) => (a < b ? -1 : 1));
    const range = ascending.at(-1)! - ascending[0]!;
    // The experts of one submission are as many everywhere here, but the keys are brought to one denominator all the same.
    const scale = (sum: bigint) => (sum * 5040n) / n;
    const keys = [
      scale(totals.reduce((a, b) => a + b, 0n)),
      ...dims.map((d) => scale(rows.reduce((sum, r) => sum + d(r), 0n))),
      -range,
    ];
    return { id: String(c.案例编号), keys };
  });
  const better = (a: bigint[], b: bigint[]) => {
    const at = a.findIndex((value, i) => value !== b[i]);
    return at >= 0 && a[at]! > b[at]!;
  };
  const line = (BigInt(scored.length) * share * 2n + 100n) / 200n;
  return new Map(
    scored.map((s) => {
      const above = scored.filter((o) => better(o.keys, s.keys)).length;
      const with_ = scored.filter((o) => !better(o.keys, s.keys) && !better(s.keys, o.keys)).length;
      return [s.id, { rank: above + 1, award: BigInt(above + with_) <= line ? "优秀案例" : "" }];
    }),
  );
}

const submissions = Array.from({ length: 40 }, (_, i) => recommendedSubmission(i));
const award = shared({ submissions });
const scored = collectAll(award, assigned(award));
const { result, patch, notes } = rankReview(award, scored, notice);
const ranked = applyPatch(scored, patch);

describe("a review that is complete", () => {
  test("is ranked as an independent recomputation ranks it", () => {
    expect(result.pending).toEqual([]);
    expect(notes).toEqual([]);
    expect(result.groups.flatMap((g) => g.ranking)).toHaveLength(40);
    for (const { field, track, ranking } of result.groups) {
      const expected = recompute(scored, field, track);
      expect(new Map(ranking.map(({ id, rank, award }) => [id, { rank, award }]))).toEqual(expected);
      expect(ranking.map((r) => r.rank)).toEqual([...ranking.map((r) => r.rank)].sort((a, b) => a - b));
    }
  });

  test("groups stand in the order of the notice; direct schools are with 城市", () => {
    const fields = ["教学革新", "教研创新", "教育治理升级", "评价改革"];
    expect(result.groups.map((g) => `${g.field}${g.track}`)).toEqual(fields.flatMap((f) => [`${f}城市`, `${f}乡村`]));
    const schools = submissions.filter((s) => s.nominator === "厅直属第一示例学校").map((s) => s.id);
    const urban = result.groups.filter((g) => g.track === "城市").flatMap((g) => g.ranking.map((r) => r.id));
    expect(urban).toEqual(expect.arrayContaining(schools));
  });

  test("汇总 and 结果 tell the same", () => {
    const summary = rowsOf(ranked, "汇总");
    const told = summary.map((r) => ({ id: r.案例编号, score: r.最终得分, rank: r.名次, award: r.奖项 ?? "" }));
    expect(told).toEqual(result.groups.flatMap((g) => g.ranking));
    const evidence = summary.map((r) => ({
      id: r.案例编号,
      mean: r.平均分,
      calibrated: r.校准分,
      standardError: r.标准误,
      rawRank: r.原始名次,
      calibratedRank: r.校准名次,
      probability: r.获奖概率,
    }));
    expect(evidence.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))).toEqual(result.evidence);
    expect(summary.every((r) => r.评分数 === 3 && r.平均分 === r.最终得分 && r.原始名次 === r.名次)).toBe(true);
    const results = rowsOf(ranked, "结果");
    expect(results.map((r) => r.案例编号)).toEqual(summary.map((r) => r.案例编号));
    const first = submissions.find((s) => s.id === results[0]!.案例编号)!;
    expect(results[0]).toMatchObject({ 推荐单位: first.nominator, 作者: first["author1.name"] });
  });

  test("ranking again changes nothing", () => {
    expect(applyPatch(ranked, rankReview(award, ranked, notice).patch)).toEqual(ranked);
  });

  test("a column that people added moves with its submission", () => {
    const noted = typeCell(typeCell(ranked, "汇总", 1, 23, "领导意见"), "汇总", 2, 23, "请看");
    const reversed = {
      sheets: noted.sheets.map((s) =>
        s.name === "汇总" ? { ...s, rows: [s.rows[0]!, ...s.rows.slice(1).reverse()] } : s,
      ),
    };
    expect(applyPatch(reversed, rankReview(award, reversed, notice).patch)).toEqual(noted);
  });

  test("schools rank apart when 参数 says so", () => {
    const apart = shared({ submissions, settings: { 厅直属学校单独排名: "是" } });
    const own = rankReview(apart, scored, notice);
    expect(own.result.groups.filter((g) => g.track === "").flatMap((g) => g.ranking)).toHaveLength(6);
    expect(rowsOf(applyPatch(scored, own.patch), "汇总").filter((r) => r.赛道 === "厅直属学校")).toHaveLength(6);
  });
});

test("the order of the rows in every sheet changes no ranking", () => {
  const reversed = (snapshot: WorkbookSnapshot, names: string[]): WorkbookSnapshot => ({
    sheets: snapshot.sheets.map((s) =>
      names.includes(s.name) ? { ...s, rows: [s.rows[0]!, ...s.rows.slice(1).reverse()] } : s,
    ),
  });
  const other = rankReview(
    reversed(award, ["案例", "单位"]),
    reversed(scored, ["参评案例", "分派", "评分", "评审专家"]),
    notice,
  );
  expect(other.result).toEqual(result);
});

describe("a review that is not complete", () => {
  test("a submission with fewer reviews than planned is 待评", () => {
    const at = rowsOf(scored, "评分").findIndex((r) => r.总分 !== null) + 2;
    const column = sheetNamed(scored, "评分").rows[0]!.indexOf("典型性") + 1;
    const id = rowsOf(scored, "参评案例").find(
      (r) => r.评审编号 === sheetNamed(scored, "评分").rows[at - 1]![0],
    )!.案例编号;
    const partial = typeCell(scored, "评分", at, column, null);
    const outcome = rankReview(award, partial, notice);
    expect(outcome.result.pending).toEqual([id]);
    expect(outcome.result.groups.flatMap((g) => g.ranking.map((r) => r.id))).not.toContain(id);
    const row = rowsOf(applyPatch(partial, outcome.patch), "汇总").find((r) => r.案例编号 === id);
    expect(row).toMatchObject({ 名次: null, 最终得分: null, 评分数: 2, 备注: "待评：已收到 2 份完整评分，需 3 份" });
  });

  test("a score of a pair that is void does not count", () => {
    const void_ = typeCell(scored, "分派", 2, 6, "作废");
    expect(rankReview(award, void_, notice).result.pending).toEqual([rowsOf(scored, "分派")[0]!.案例编号]);
  });

  test("the number of reviews is that of the assignment, not of today's 参数", () => {
    const more = shared({ submissions, settings: { 每案评审专家数: 5 } });
    expect(rankReview(more, scored, notice).result.pending).toEqual([]);
  });

  test("without any score all are pending", () => {
    const outcome = rankReview(award, assigned(award), notice);
    expect(outcome.result.pending).toHaveLength(40);
    expect(outcome.result.groups.every((g) => g.ranking.length === 0)).toBe(true);
  });
});

describe("复评", () => {
  const review = assigned(award);
  const reviewId = String(rowsOf(review, "参评案例")[0]!.评审编号);
  const id = String(rowsOf(review, "参评案例")[0]!.案例编号);
  const panel = rowsOf(review, "分派")
    .filter((r) => r.评审编号 === reviewId)
    .map((r) => String(r.专家编号));
  const evenly = (total: number): CellValue[] => items.map((item) => (item.max * total) / 100);
  /** 60, 70 and 90 for the one submission. */
  const apart = (expert: string, ofReview: string) =>
    ofReview === reviewId ? evenly([60, 70, 90][panel.indexOf(expert)] ?? 80) : invented(expert, ofReview);
  const first = collectAll(award, review, apart);

  test("is listed with the range, and the rank is provisional", () => {
    const outcome = rankReview(award, first, notice);
    expect(outcome.result).toMatchObject({ arbitration: [{ id, range: 30 }], arbitrated: [] });
    const row = rowsOf(applyPatch(first, outcome.patch), "汇总").find((r) => r.案例编号 === id);
    expect(row).toMatchObject({ 极差: 30, 最终得分: 220 / 3, 备注: expect.stringContaining("待复评") });
  });

  test("the next assignment adds one expert, once", () => {
    const plan = planReview(award, first, notice);
    expect(plan.result.pairs).toHaveLength(121);
    expect(plan.result.moved).toBe(0);
    const second = applyPatch(first, plan.patch);
    const rows = rowsOf(second, "分派").filter((r) => r.轮次 === "复评");
    expect(rows).toMatchObject([{ 评审编号: reviewId, 状态: "已分派", 分派原因: expect.stringContaining("复评") }]);
    expect(panel).not.toContain(rows[0]!.专家编号);
    expect(planReview(award, second, notice).result.pairs).toHaveLength(121);
    expect(rankReview(award, second, notice).result.arbitration).toEqual([{ id, range: 30 }]);

    const third = collectAll(award, second, apart);
    const outcome = rankReview(award, third, notice);
    expect(outcome.result.arbitration).toEqual([]);
    expect(outcome.result.groups.flatMap((g) => g.ranking).find((r) => r.id === id)?.score).toBe(75);
    const [added] = plan.result.pairs.map((p) => p.expert).filter((e) => rows[0]!.专家编号 === e);
    const [low, middle, high] = panel;
    const explanation =
      `已复评：${[`${low} 60`, `${middle} 70`, `${high} 90`].sort().join("、")}，相差 30 分；复评 ${added} 80；` +
      "按“中位数”取中间两个分数 70、80 的平均，最终得分 75";
    const remark = rowsOf(applyPatch(third, outcome.patch), "汇总").find((r) => r.案例编号 === id)!.备注;
    expect(remark).toContain(explanation);
    expect(outcome.result.arbitrated).toEqual([{ id, score: 75, explanation }]);
    expect(planReview(award, third, notice).result.pairs).toHaveLength(121);
  });

  test("another one is asked when the one for 复评 withdraws", () => {
    const second = applyPatch(first, planReview(award, first, notice).patch);
    const row = rowsOf(second, "分派").findIndex((r) => r.轮次 === "复评");
    const expert = rowsOf(second, "分派")[row]!.专家编号;
    const at = rowsOf(second, "评审专家").findIndex((r) => r.专家编号 === expert);
    const status = sheetNamed(second, "评审专家").rows[0]!.indexOf("状态") + 1;
    const gone = typeCell(second, "评审专家", at + 2, status, "退出");
    const plan = planReview(award, gone, notice);
    const now_ = rowsOf(applyPatch(gone, plan.patch), "分派").filter((r) => r.轮次 === "复评");
    expect(now_.map((r) => r.状态)).toEqual(["作废", "已分派"]);
  });
});

describe("裁定", () => {
  const [group] = result.groups;
  const [winner] = group!.ranking;
  const lastWinner = group!.ranking.filter((r) => r.award !== "").at(-1)!;
  const next = group!.ranking.find((r) => r.award === "")!;
  const rule = (cells: (string | null)[][]) =>
    cells.reduce(
      (snapshot, row, i) =>
        row.reduce((s, value, c) => (value === null ? s : typeCell(s, "裁定", i + 4, c + 1, value)), snapshot),
      scored,
    );
  const run = (cells: (string | null)[][]) => {
    const outcome = rankReview(award, rule(cells), notice);
    return {
      ...outcome,
      rows: rowsOf(applyPatch(rule(cells), outcome.patch), "汇总"),
      ranking: outcome.result.groups[0]!.ranking,
    };
  };
  const awardOf = (ranking: readonly { id: string; award: string }[], id: string) =>
    ranking.find((r) => r.id === id)?.award;

  test("取消资格: out of the ranking, told in 备注, the next in line moves up", () => {
    const { ranking, rows } = run([[winner!.id, "取消资格", "抄袭剽窃", "与已发表论文雷同"]]);
    expect(awardOf(ranking, winner!.id)).toBeUndefined();
    expect(awardOf(ranking, next.id)).toBe("优秀案例");
    expect(ranking[0]!.rank).toBe(1);
    expect(rows.find((r) => r.案例编号 === winner!.id)).toMatchObject({
      名次: null,
      奖项: null,
      备注: "裁定取消资格（抄袭剽窃）：与已发表论文雷同",
    });
  });

  test.for<{ name: string; row: (string | null)[]; award: string; remark: string }>([
    {
      name: "by its column",
      row: [next.id, "调整奖项", null, "特色突出", null, null, "优秀案例"],
      award: "优秀案例",
      remark: "裁定调整为“优秀案例”：特色突出",
    },
    {
      name: "by the reason",
      row: [next.id, "调整奖项", null, "增补为优秀案例"],
      award: "优秀案例",
      remark: "裁定调整为“优秀案例”：增补为优秀案例",
    },
    {
      name: "to none",
      row: [lastWinner.id, "调整奖项", null, "", null, null, "未获奖"],
      award: "",
      remark: "裁定调整为“未获奖”",
    },
  ])("调整奖项 $name", ({ row, award: expected, remark }) => {
    const { ranking, rows, notes: told } = run([row]);
    expect(awardOf(ranking, row[0]!)).toBe(expected);
    expect(rows.find((r) => r.案例编号 === row[0])?.备注).toBe(remark);
    expect(told).toEqual([]);
  });

  test("维持 changes nothing but the remark", () => {
    const { ranking, rows } = run([[winner!.id, "维持", null, "经核查属实"]]);
    expect(ranking).toEqual(group!.ranking);
    expect(rows.find((r) => r.案例编号 === winner!.id)?.备注).toBe("裁定维持：经核查属实");
  });

  test.for<{ name: string; id: string; decision: string; kind?: string }>([
    { name: "lower case", id: winner!.id.toLowerCase(), decision: "取消资格" },
    {
      name: "full width",
      id: winner!.id.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
      decision: "取消资格",
    },
    { name: "blanks around", id: ` ${winner!.id}　`, decision: " 取消资格" },
    { name: "a kind of other width", id: winner!.id, decision: "取消资格", kind: "政治性或原则性错误 " },
  ])("is understood: $name", ({ id, decision, kind = "抄袭剽窃" }) => {
    const { ranking, result: outcome } = run([[id, decision, kind]]);
    expect(outcome.unappliedRulings).toEqual([]);
    expect(awardOf(ranking, winner!.id)).toBeUndefined();
  });

  test.for<{ name: string; rows: (string | null)[][]; told: { row: number; reason: RegExp }[] }>([
    { name: "an unknown submission", rows: [["A999", "取消资格"]], told: [{ row: 4, reason: /“A999”不在参评案例中/ }] },
    { name: "no submission", rows: [[null, "维持"]], told: [{ row: 4, reason: /没有写案例编号/ }] },
    {
      name: "an unknown decision",
      rows: [[winner!.id, "除名"]],
      told: [{ row: 4, reason: /“除名”无法识别.*下拉列表/ }],
    },
    { name: "no decision", rows: [[winner!.id, null, null, "再议"]], told: [{ row: 4, reason: /决定没有填写/ }] },
    {
      name: "cancelled without a kind",
      rows: [[winner!.id, "取消资格"]],
      told: [{ row: 4, reason: /取消类别没有填写/ }],
    },
    { name: "an unknown kind", rows: [[winner!.id, "取消资格", "迟交"]], told: [{ row: 4, reason: /“迟交”无法识别/ }] },
    {
      name: "no award named",
      rows: [[winner!.id, "调整奖项", null, "酌情"]],
      told: [{ row: 4, reason: /没有写明调整后的奖项/ }],
    },
    {
      name: "an unknown award",
      rows: [[winner!.id, "调整奖项", null, null, null, null, "特等奖"]],
      told: [{ row: 4, reason: /“特等奖”不是奖项.*“优秀案例”、“未获奖”之一/ }],
    },
    {
      name: "rows that contradict each other",
      rows: [
        [winner!.id, "取消资格", "抄袭剽窃"],
        [winner!.id.toLowerCase(), "维持"],
      ],
      told: [4, 5].map((row) => ({ row, reason: /第 4、5 行.*互相矛盾.*只保留一行/ })),
    },
  ])("$name: changes nothing, is red and told", ({ rows, told }) => {
    const { ranking, result: outcome, open, patch: written } = run(rows);
    expect(ranking).toEqual(group!.ranking);
    expect(outcome.unappliedRulings.map(({ row }) => row)).toEqual(told.map(({ row }) => row));
    const sheet = written.sheets.find(({ name }) => name === "裁定")!;
    expect(sheet.marks!.map(({ row, mark }) => ({ row, mark }))).toEqual(
      told.map(({ row }) => ({ row, mark: "error" })),
    );
    for (const [i, { reason }] of told.entries()) {
      expect(outcome.unappliedRulings[i]!.reason).toMatch(reason);
      expect(sheet.notes![i]!.text).toMatch(reason);
      expect(open[i]).toMatchObject({ kind: "ruling", message: expect.stringMatching(reason) });
    }
  });

  test("two rows that say the same are one ruling; a mended row loses mark and note", () => {
    const twice = run([
      [winner!.id, "取消资格", "抄袭剽窃"],
      [winner!.id, "取消资格", "抄袭剽窃", "补充"],
    ]);
    expect(twice.result.unappliedRulings).toEqual([]);
    expect(awardOf(twice.ranking, winner!.id)).toBeUndefined();

    const bad = rule([[winner!.id, "除名"]]);
    const marked = applyPatch(bad, rankReview(award, bad, notice).patch);
    expect([...sheetNamed(marked, "裁定").notes.values()].filter((note) => note.includes("除名"))).toHaveLength(1);
    const mended = typeCell(marked, "裁定", 4, 2, "维持");
    const after = applyPatch(mended, rankReview(award, mended, notice).patch);
    expect([...sheetNamed(after, "裁定").notes.values()].filter((note) => note.includes("除名"))).toEqual([]);
  });

  test("the drop-downs offer what is valid, the awards as 参数 has them", () => {
    const two = shared({ submissions, settings: { 奖项及比例: "一等奖 10%；二等奖 20%" } });
    const sheet = rankReview(two, scored, notice).patch.sheets.find(({ name }) => name === "裁定")!;
    const offered = sheet.layout!.validations!.map(({ area, validation }) => [
      area.left,
      (validation as { source: unknown }).source,
    ]);
    expect(offered).toEqual([
      [2, ["取消资格", "调整奖项", "维持"]],
      [3, notice.cancellation.kinds.map((kind) => kind.label)],
      [7, ["一等奖", "二等奖", "未获奖"]],
    ]);
  });
});

describe("a tie across the award line", () => {
  // Every expert gives every submission the same: all groups tie.
  const level = collectAll(award, assigned(award), () => items.map((item) => item.max / 2));
  const outcome = rankReview(award, level, notice);
  const [tie] = outcome.result.ties;
  const decide = (ids: readonly string[], decision: string, given: string | null = null) =>
    rankReview(
      award,
      ids.reduce(
        (s, id, i) =>
          [id, decision, null, null, null, null, given].reduce(
            (at, cell, c) => (cell === null ? at : typeCell(at, "裁定", i + 4, c + 1, cell)),
            s,
          ),
        level,
      ),
      notice,
    ).result;
  const firstGroup = (ranked: typeof outcome.result) =>
    ranked.groups[0]!.ranking.filter((r) => r.award !== "").map((r) => r.id);

  test("is told with its ids and the awards that are left, in every group", () => {
    expect(outcome.result.ties).toHaveLength(outcome.result.groups.length);
    const { field, track, ranking } = outcome.result.groups[0]!;
    const places = Math.round(ranking.length * 0.3);
    expect(tie).toEqual({ field, track, award: "优秀案例", places, ids: ranking.map((r) => r.id).sort() });
    expect(firstGroup(outcome.result)).toEqual([]);
    expect(outcome.open.filter(({ kind }) => kind === "tie").map(({ ids }) => ids)).toEqual(
      outcome.result.ties.map(({ ids }) => ids),
    );
  });

  test.for<{
    name: string;
    decided: (ids: string[], places: number) => [string[], string, string | null];
    left: number | undefined;
    won: number;
  }>([
    {
      name: "as many adjusted as there are awards",
      decided: (ids, n) => [ids.slice(0, n), "调整奖项", "优秀案例"],
      left: undefined,
      won: 2,
    },
    {
      name: "one adjusted too few",
      decided: (ids, n) => [ids.slice(0, n - 1), "调整奖项", "优秀案例"],
      left: 1,
      won: 1,
    },
    { name: "all upheld", decided: (ids) => [ids, "维持", null], left: undefined, won: 0 },
    { name: "one not upheld", decided: (ids) => [ids.slice(1), "维持", null], left: 2, won: 0 },
    {
      name: "all but as many adjusted down",
      decided: (ids, n) => [ids.slice(n), "调整奖项", "未获奖"],
      left: undefined,
      won: 2,
    },
  ])("$name", ({ decided, left, won }) => {
    const [ids, decision, given] = decided([...tie!.ids], tie!.places);
    expect(tie!.places).toBe(2);
    const after = decide(ids, decision, given);
    const same = after.ties.find(({ field, track }) => field === tie!.field && track === tie!.track);
    expect(same?.places).toBe(left);
    expect(firstGroup(after)).toHaveLength(won);
  });
});

describe("what has left the award", () => {
  test.for<{ name: string; change: SubmissionRow; remark: string }>([
    { name: "cancelled in 案例", change: { status: "取消资格", statusKind: "泄露信息" }, remark: "状态为取消资格" },
    { name: "no longer recommended", change: { recommended: "否" }, remark: "已不是推荐案例" },
  ])("$name: neither ranked nor pending, and told", ({ change, remark }) => {
    const changed = shared({ submissions: submissions.map((s, i) => (i === 5 ? { ...s, ...change } : s)) });
    const outcome = rankReview(changed, scored, notice);
    expect([
      ...outcome.result.groups.flatMap((g) => g.ranking.map((r) => r.id)),
      ...outcome.result.pending,
    ]).not.toContain("A006");
    expect(rowsOf(applyPatch(scored, outcome.patch), "汇总").at(-1)).toMatchObject({
      案例编号: "A006",
      名次: null,
      备注: expect.stringContaining(remark),
    });
  });
});

test("a ruling on a number that was corrected since the assignment holds, typed the old way or the new", () => {
  const [first] = result.groups[0]!.ranking;
  const corrected = shared({
    submissions: submissions.map((s) => (s.id === first!.id ? { ...s, id: `${first!.id}X` } : s)),
  });
  for (const typed of [first!.id, `${first!.id}x`]) {
    const ruled = [typed, "取消资格", "抄袭剽窃"].reduce((s, value, c) => typeCell(s, "裁定", 4, c + 1, value), scored);
    const outcome = rankReview(corrected, ruled, notice).result;
    expect(outcome.unappliedRulings).toEqual([]);
    expect(outcome.cancelled).toEqual([`${first!.id}X`]);
  }
});
