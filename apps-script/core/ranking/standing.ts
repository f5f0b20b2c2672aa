import type { AwardData, Submission } from "../award/award.ts";
import type { Settings } from "../award/settings.ts";
import type { Pair, ReviewData, Reviewed, ScoreRow } from "../review-book/read-review.ts";
import {
  type Aggregate,
  aggregateScores,
  type CompleteScore,
  completeScore,
  needsArbitration,
} from "../scoring/aggregate.ts";
import type { TableRow } from "../tables/table.ts";
import { compareText } from "../text/compare.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { pairKey } from "../text/identity.ts";

/** Where the review of one submission stands. */
export interface Standing {
  readonly reviewed: Reviewed;
  /** Its row in the shared workbook. */
  readonly submission: Submission | undefined;
  /** Recommended and not cancelled in the shared workbook. */
  readonly inReview: boolean;
  readonly pairs: readonly Pair[];
  /** Complete reviews of the pairs in force, in the order of the experts' numbers. */
  readonly scores: readonly CompleteScore[];
  /** 专家编号 of each of `scores`. */
  readonly experts: readonly string[];
  /** Reviews it needs before it is ranked. */
  readonly required: number;
  /** undefined while fewer than `required` reviews are complete. */
  readonly aggregate: Aggregate | undefined;
  readonly arbitration: boolean;
}

/** The rows of 评分 by pair; of two rows for one pair the first counts. */
export function scoresByPair(review: ReviewData): Map<string, ScoreRow> {
  const rows = new Map<string, ScoreRow>();
  for (const row of review.scores) {
    const key = pairKey(row.reviewId, row.expert);
    if (!rows.has(key)) rows.set(key, row);
  }
  return rows;
}

/** Of a submission that nobody has been asked to review yet. */
export function standingOfUnassigned(submission: Submission): Standing {
  const record = submission.record as TableRow<string>;
  return {
    reviewed: { record, reviewId: "", id: submission.id, key: submission.key, material: "", reviews: undefined },
    submission,
    inReview: true,
    pairs: [],
    scores: [],
    experts: [],
    required: 0,
    aggregate: undefined,
    arbitration: false,
  };
}

/** The submissions of 参评案例 with what has come back for each, in the order of the sheet. */
export function readStandings(award: AwardData, review: ReviewData, settings: Settings): Standing[] {
  const { items } = settings.notice.rubric;
  const submissions = new Map(award.submissions.map((s) => [s.key, s]));
  const rows = scoresByPair(review);
  const pairsOf = groupByFilledKey(review.pairs, (pair) => pair.reviewId);
  return review.reviewed.map((reviewed) => {
    const submission = submissions.get(reviewed.key);
    const pairs = pairsOf.get(reviewed.reviewId) ?? [];
    const complete = pairs
      .flatMap(({ reviewId, expert, active, arbitration }) => {
        const row = active ? rows.get(pairKey(reviewId, expert)) : undefined;
        const score = row && completeScore(items, row.items, arbitration);
        return score ? [{ expert, score }] : [];
      })
      .sort((a, b) => compareText(a.expert, b.expert));
    const scores = complete.map(({ score }) => score);
    const required = reviewed.reviews ?? settings.reviews;
    // Severities follow from all submissions together, so a calibrated score comes later.
    const aggregate = scores.length >= Math.max(1, required) ? aggregateScores(scores, settings) : undefined;
    return {
      reviewed,
      submission,
      inReview: submission?.recommended === true && !submission.cancelled,
      pairs,
      scores,
      experts: complete.map(({ expert }) => expert),
      required,
      aggregate,
      arbitration: aggregate !== undefined && needsArbitration(aggregate, settings.arbitrationRange),
    };
  });
}
