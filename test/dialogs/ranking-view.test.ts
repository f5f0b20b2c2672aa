import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RankOutcome } from "../../apps-script/core/ranking/rank.ts";
import { buildRankingView } from "../../apps-script/dialogs/ranking-view.ts";

const won = "优秀案例";

const expert = {
  assigned: 9,
  scored: 9,
  late: 0,
  mean: 80,
  severity: null,
  severityError: null,
  spread: 5,
  agreement: 0.5,
  compared: 9,
  doubts: "",
  sameScore: 0.2,
  component: 1,
};

/** @param places score and award, best first */
function outcome(places: readonly (readonly [score: number, award: string])[]): RankOutcome {
  const ranking = places.map(([score, award], i) => ({ id: `NX-${i + 1}`, score, rank: i + 1, award }));
  return {
    result: {
      groups: [{ field: "教学革新", track: "城市", ranking }],
      pending: ["p"],
      waiting: [{ id: "p", reason: "缺 1 份评分" }],
      cancelled: [],
      orphaned: [],
      scores: { rows: 4, used: 4 },
      found: [],
      unsure: [],
      arbitration: [{ id: "q", range: 21 }],
      arbitrated: [{ id: "NX-2", score: 80, explanation: "已复评" }],
      ties: [],
      unappliedRulings: [],
      evidence: ranking.map(({ id, score, rank }) => ({
        id,
        mean: score,
        calibrated: score,
        standardError: null,
        rawRank: rank,
        calibratedRank: rank,
        probability: rank === 1 ? 0.9 : null,
      })),
      calibration: { applied: true, components: 1, severitySd: 3, residualSd: 5, summary: "专家之间可以比较" },
      methodDependent: [{ id: "NX-1", awards: { 平均分: won, 校准分: "" } }],
      proposal: [{ id: "NX-2", probability: 0.5 }],
      experts: [
        { ...expert, expert: "E001", severity: 1, severityError: 0.5, status: "已交齐", attention: "none" },
        {
          ...expert,
          expert: "E002",
          severity: -2,
          severityError: 0.4,
          status: "已交齐",
          doubts: "明显偏严",
          attention: "look",
        },
        { ...expert, expert: "E003", status: "未交", attention: "look" },
        { ...expert, expert: "E004", status: "已交齐；2 个在评审截止后收回", attention: "late" },
      ],
    },
    patch: { sheets: [] },
    profiles: { groups: [], experts: [] },
    notes: ["未作校准。"],
    open: [{ kind: "pending", ids: ["p"], message: "1 个案例待评" }],
  };
}
const group = (places: readonly (readonly [number, string])[]) =>
  buildRankingView(outcome(places), (id) => `案例 ${id}`).groups[0]!;

describe("buildRankingView", () => {
  test("names the cases and keeps what the ranking left out", () => {
    const view = buildRankingView(
      outcome([
        [90, won],
        [80, ""],
      ]),
      (id) => `案例 ${id}`,
    );
    expect(view).toMatchObject({ pending: ["p"], arbitration: [{ id: "q", range: 21 }], notes: ["未作校准。"] });
    expect(view).toMatchObject({ arbitrated: [{ id: "NX-2", explanation: "已复评" }], open: ["1 个案例待评。"] });
    expect(view).toMatchObject({
      calibration: "专家之间可以比较",
      methodDependent: ["NX-1"],
      proposal: [{ id: "NX-2", probability: 0.5 }],
    });
    expect(view.severities).toEqual([
      { expert: "E002", severity: -2, error: 0.4, noteworthy: true },
      { expert: "E001", severity: 1, error: 0.5, noteworthy: false },
    ]);
    expect(view.noteworthy).toEqual([
      { expert: "E002", status: "已交齐；明显偏严" },
      { expert: "E003", status: "未交" },
    ]);
    expect(view.late).toBe(1);
    expect(view.groups[0]).toMatchObject({ field: "教学革新", track: "城市", ranked: 2, winners: 1, awardLine: 90 });
    expect(view.groups[0]!.nearLine).toEqual([
      { rank: 1, id: "NX-1", title: "案例 NX-1", score: 90, award: won, probability: 0.9 },
      { rank: 2, id: "NX-2", title: "案例 NX-2", score: 80, award: "", probability: null },
    ]);
  });

  test.for([
    { name: "nobody ranked", awards: [], line: null, near: [] },
    { name: "no award", awards: ["", "", ""], line: null, near: [] },
    { name: "all have one", awards: [won, won], line: 98, near: [1, 2] },
    {
      name: "five on each side",
      awards: [...Array(8).fill(won), ...Array(9).fill("")],
      line: 92,
      near: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    },
    { name: "one raised from below by a ruling", awards: [won, "", won, "", ""], line: 97, near: [1, 2, 3, 4, 5] },
  ])("award line: $name", ({ awards, line, near }) => {
    const { awardLine, nearLine } = group(awards.map((award, i) => [99 - i, award] as const));
    expect(awardLine).toBe(line);
    expect(nearLine.map((place) => place.rank)).toEqual(near);
  });

  test.for([
    { name: "no scores", scores: [], bins: [] },
    { name: "one score", scores: [86.5], bins: [[86, 87, 1]] },
    {
      name: "full marks stand in a bin of their own",
      scores: [100, 99],
      bins: [
        [99, 100, 1],
        [100, 101, 1],
      ],
    },
    {
      name: "a gap is a bin of none",
      scores: [82, 80.5],
      bins: [
        [80, 81, 1],
        [81, 82, 0],
        [82, 83, 1],
      ],
    },
    { name: "an edge belongs to the upper bin", scores: [70, 99], bins: 15, width: 2 },
    { name: "all points", scores: [0, 100], bins: 11, width: 10 },
  ])("histogram: $name", ({ scores, bins, width }) => {
    const { histogram } = group(scores.map((score) => [score, ""] as const));
    if (typeof bins !== "number") expect(histogram.map(({ from, to, count }) => [from, to, count])).toEqual(bins);
    else expect([histogram.length, histogram[0]!.to - histogram[0]!.from]).toEqual([bins, width]);
  });

  test("every score lies in exactly one of at most twenty adjoining bins", () => {
    const scores = fc.array(
      fc.integer({ min: 0, max: 600 }).map((sixths) => sixths / 6),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(scores, (values) => {
        const { histogram } = group(values.map((score) => [score, ""] as const));
        expect(histogram.length).toBeLessThanOrEqual(20);
        for (const [i, bin] of histogram.entries()) {
          expect(bin.count).toBe(values.filter((score) => score >= bin.from && score < bin.to).length);
          if (i > 0) expect(bin.from).toBe(histogram[i - 1]!.to);
        }
        expect(histogram.reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length);
      }),
    );
  });
});

test.for([
  { lowest: 70, width: 1 },
  { lowest: 69, width: 2 },
  { lowest: 49, width: 5 },
])("scores from $lowest to 89 stand in bins of $width, twenty at most", ({ lowest, width }) => {
  const { histogram } = group([
    [89, won],
    [lowest, ""],
  ]);
  expect(histogram[0]).toMatchObject({ to: (histogram[0]?.from ?? 0) + width, count: 1 });
  expect(histogram.length).toBeLessThanOrEqual(20);
});
