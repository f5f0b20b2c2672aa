import type { Notice } from "../notice/notice.ts";
import type { ReviewData } from "../review-book/read-review.ts";
import { completeScore } from "../scoring/aggregate.ts";
import { leastComparable } from "../scoring/comparable.ts";
import { correlation } from "../scoring/correlation.ts";
import { compareText } from "../text/compare.ts";
import { addToGroup } from "../text/group-by.ts";
import { cleanCode, pairKey } from "../text/identity.ts";
import { cellText } from "../workbook/cell-text.ts";
import { listSeverities, type ReviewCalibration } from "./calibrate-review.ts";
import { scoresByPair } from "./standing.ts";

/** How one expert scores. Points; null where it is not known. */
export interface ExpertProfile {
  readonly expert: string;
  readonly name: string;
  readonly stage: string;
  /** Pairs in force, and those of them with a complete review. */
  readonly assigned: number;
  readonly scored: number;
  readonly mean: number | null;
  /** Positive for lenient. */
  readonly severity: number | null;
  readonly severityError: number | null;
  /** Standard deviation of the totals. */
  readonly spread: number | null;
  /** Correlation of the totals with the mean of the others on the same submission, -1…1. */
  readonly agreement: number | null;
  /** On how many submissions that rests. */
  readonly compared: number;
  /** Share of the most frequent total, 0…1. */
  readonly sameScore: number | null;
  /** From 1; null for an expert whose severity cannot be compared. */
  readonly component: number | null;
  /** Reviews taken back after the review window. */
  readonly late: number;
  /** Each complete review, by 评审编号, beside the mean of the others on the same submission; null without others. */
  readonly reviews: readonly ExpertReview[];
}

interface ExpertReview {
  readonly reviewId: string;
  readonly points: number;
  readonly others: number | null;
  /** Taken back after the review window. */
  readonly late: boolean;
}

const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

function standardDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = average(values);
  return Math.sqrt(total(values.map((v) => (v - middle) ** 2)) / (values.length - 1));
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values());
}

/** The experts of 评审专家 in the order of their numbers. */
export function profileExperts(review: ReviewData, calibration: ReviewCalibration, notice: Notice): ExpertProfile[] {
  const rows = scoresByPair(review);
  const lastDay = notice.windows.review.value.to;
  const assigned = new Map<string, number>();
  const panels = new Map<string, { expert: string; points: number }[]>();
  const own = new Map<string, { reviewId: string; points: number; late: boolean }[]>();
  const pairs = review.pairs
    .filter((pair) => pair.active)
    .sort((a, b) => compareText(pairKey(a.reviewId, a.expert), pairKey(b.reviewId, b.expert)));
  for (const { reviewId, expert, arbitration } of pairs) {
    assigned.set(expert, (assigned.get(expert) ?? 0) + 1);
    const row = rows.get(pairKey(reviewId, expert));
    const score = row && completeScore(notice.rubric.items, row.items, arbitration);
    if (!score) continue;
    addToGroup(panels, reviewId, { expert, points: score.total / 2 });
    const day = cellText(row.record.raw("collectedAt")).slice(0, lastDay.length);
    addToGroup(own, expert, { reviewId, points: score.total / 2, late: day > lastDay });
  }

  const { fit } = calibration;
  const indexOf = new Map(calibration.experts.map((id, i) => [id, i]));
  const severities = new Map(listSeverities(calibration).map((s) => [s.expert, s]));
  return review.tables.reviewers.rows
    .map((record) => ({ record, expert: cleanCode(record.text("expert")) }))
    .filter(({ expert }) => expert !== "")
    .sort((a, b) => a.expert.length - b.expert.length || compareText(a.expert, b.expert))
    .map(({ record, expert }): ExpertProfile => {
      const reviews = (own.get(expert) ?? []).map((review): ExpertReview => {
        const others = (panels.get(review.reviewId) ?? []).filter((other) => other.expert !== expert);
        return { ...review, others: others.length === 0 ? null : average(others.map((other) => other.points)) };
      });
      const points = reviews.map((r) => r.points);
      const beside = reviews.flatMap((r): [number, number][] => (r.others === null ? [] : [[r.points, r.others]]));
      const index = indexOf.get(expert) ?? -1;
      const component = fit.component[index] ?? -1;
      return {
        expert,
        name: record.text("name"),
        stage: record.text("stage"),
        assigned: assigned.get(expert) ?? 0,
        scored: points.length,
        mean: points.length === 0 ? null : average(points),
        severity: severities.get(expert)?.severity ?? null,
        severityError: severities.get(expert)?.error ?? null,
        spread: standardDeviation(points),
        agreement: correlation(beside, leastComparable),
        compared: beside.length,
        sameScore: points.length < leastComparable ? null : mostFrequent(points) / points.length,
        component: component < 0 ? null : component + 1,
        late: reviews.filter((review) => review.late).length,
        reviews,
      };
    });
}
