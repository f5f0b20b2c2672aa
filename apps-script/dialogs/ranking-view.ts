import type { RankOutcome } from "../core/ranking/rank.ts";
import type { RankingView } from "./views.ts";

type Ranking = RankOutcome["result"]["groups"][number]["ranking"];
type Bin = RankingView["groups"][number]["histogram"][number];

/** Submissions shown on each side of the award line. */
const neighbours = 5;
const mostBins = 20;

/** Bins of 1, 2, 5 or 10 points, as narrow as `mostBins` allow, without a gap from the lowest score to the highest. */
function binScores(scores: readonly number[]): Bin[] {
  if (scores.length === 0) return [];
  const lowest = scores.reduce((a, b) => Math.min(a, b));
  const highest = scores.reduce((a, b) => Math.max(a, b));
  const spanned = (width: number) => Math.floor(highest / width) - Math.floor(lowest / width) + 1;
  const width = [1, 2, 5].find((candidate) => spanned(candidate) <= mostBins) ?? 10;
  const first = Math.floor(lowest / width);
  const bins = Array.from({ length: spanned(width) }, (_, i) => ({ from: (first + i) * width, count: 0 }));
  for (const score of scores) {
    const bin = bins[Math.floor(score / width) - first];
    if (bin) bin.count++;
  }
  return bins.map(({ from, count }) => ({ from, to: from + width, count }));
}

/** Those next to the lowest place that has an award, best first; nobody where there is no award. */
function nearAwardLine(ranking: Ranking): Ranking {
  const line = ranking.reduce((last, { award }, i) => (award === "" ? last : i + 1), 0);
  return line === 0 ? [] : ranking.slice(Math.max(0, line - neighbours), line + neighbours);
}

/**
 * 排名.
 *
 * @param titleOf title of a submission by its 案例编号
 */
export function buildRankingView(outcome: RankOutcome, titleOf: (id: string) => string): RankingView {
  const { groups, pending, arbitration, arbitrated, calibration, methodDependent, proposal, experts } = outcome.result;
  const probabilities = new Map(outcome.result.evidence.map(({ id, probability }) => [id, probability]));
  return {
    groups: groups.map(({ field, track, ranking }) => {
      const awarded = ranking.filter((place) => place.award !== "");
      const scores = ranking.map((place) => place.score);
      return {
        field,
        track,
        ranked: ranking.length,
        winners: awarded.length,
        awardLine: awarded.length === 0 ? null : Math.min(...awarded.map((place) => place.score)),
        histogram: binScores(scores),
        nearLine: nearAwardLine(ranking).map(({ rank, id, score, award }) => ({
          rank,
          id,
          title: titleOf(id),
          score,
          award,
          probability: probabilities.get(id) ?? null,
        })),
      };
    }),
    pending,
    arbitration,
    arbitrated: arbitrated.map(({ id, explanation }) => ({ id, explanation })),
    open: outcome.open.map(({ message }) => `${message}。`),
    calibration: calibration.summary,
    methodDependent: methodDependent.map(({ id }) => id),
    proposal,
    severities: experts
      .flatMap(({ expert, severity, severityError, attention }) =>
        severity === null ? [] : [{ expert, severity, error: severityError ?? 0, noteworthy: attention === "look" }],
      )
      .sort((a, b) => a.severity - b.severity),
    noteworthy: experts
      .filter((e) => e.attention === "look")
      .map(({ expert, status, doubts }) => ({ expert, status: [status, doubts].filter((s) => s !== "").join("；") })),
    late: experts.filter((e) => e.attention === "late").length,
    notes: outcome.notes,
  };
}
