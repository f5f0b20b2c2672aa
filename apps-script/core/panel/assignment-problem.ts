import type { AssignmentProblem, LockedPair, Reviewer, ReviewSubmission } from "../assignment/problem.ts";
import type { AwardData, Submission } from "../award/award.ts";
import type { Pair } from "../review-book/read-review.ts";
import { groupKey, rankingGroupOf } from "../scoring/ranking-group.ts";
import { type Conflicts, findConflicts } from "./conflicts.ts";
import { lockedKey, type SortedPairs, sortPairs } from "./keep-pairs.ts";
import type { AssignmentInput, Participant } from "./read-for-assignment.ts";
import { gatherExperts, type ReviewExpert } from "./reviewers.ts";
import { type ExtraReviews, findExtraReviews, planRounds, type Rounds } from "./rounds.ts";

/** A submission as the assignment knows it. @param demand reviews it needs in total */
function problemSubmission(award: AwardData, submission: Submission, demand: number): ReviewSubmission {
  const group = rankingGroupOf(submission, award.settings);
  return {
    id: submission.key,
    stage: submission.stage ?? "",
    anyStage: submission.stage === award.settings.notice.otherStage,
    field: submission.field?.key ?? "",
    track: submission.track ?? "",
    group: group ? groupKey(group) : "",
    nominator: submission.unit?.name ?? submission.nominator,
    demand,
  };
}

/** An expert as the assignment knows one; in a unit's own review, where all come from one unit, of a unit of their own. */
function problemReviewer(expert: ReviewExpert, withinUnit: boolean): Reviewer {
  return {
    id: expert.id,
    nominator: withinUnit ? expert.id : expert.nominators[0].name,
    stage: expert.stage,
    anyStage: expert.anyStage,
    fields: expert.fields,
    available: expert.available,
    ...(expert.capacity === undefined ? {} : { capacity: expert.capacity }),
  };
}

export interface PosedProblem {
  readonly experts: readonly ReviewExpert[];
  /** What the administrator should know of the experts, in Chinese. */
  readonly notes: readonly string[];
  readonly conflicts: Conflicts;
  readonly extra: ExtraReviews;
  readonly rounds: Rounds;
  /** The pairs in force. */
  readonly sorted: SortedPairs;
  /** A pair as the problem knows it. */
  readonly lock: (pair: Pair) => LockedPair;
  /** The pairs that somebody has scored are locked. */
  readonly problem: AssignmentProblem;
}

/** Who may review what, how many each submission gets, and what stands already. */
export function poseProblem(input: AssignmentInput): PosedProblem {
  const { award, review, home, participants, seed } = input;
  const withinUnit = home !== undefined;
  const { experts, notes } = gatherExperts(award, review, home);
  const conflicts = findConflicts(award, review, experts, withinUnit);
  const reviewers = experts.map((expert) => problemReviewer(expert, withinUnit));
  const byReviewId = new Map(participants.map(({ reviewId, submission }) => [reviewId, submission]));
  const submissionOf = (pair: Pair) => byReviewId.get(pair.reviewId);
  const lock = (pair: Pair): LockedPair => ({
    submission: submissionOf(pair)?.key ?? pair.reviewId,
    reviewer: pair.expert,
  });
  const extra = findExtraReviews(award, review);
  const sorted = sortPairs(review, {
    submissionOf,
    problemSubmission: (submission) => problemSubmission(award, submission, 0),
    reviewers: new Map(reviewers.map((reviewer) => [reviewer.id, reviewer])),
    conflict: conflicts.reason,
  });
  const rounds = planRounds([...sorted.scored, ...sorted.open], input.reviews, extra);
  const problem = {
    seed,
    submissions: participants.map(({ submission, reviewId }) =>
      problemSubmission(award, submission, rounds.demandOf(reviewId)),
    ),
    reviewers,
    withinUnit,
    locked: sorted.scored.map(lock),
    conflict: barOthersFromSpares(participants, conflicts.reason, extra, sorted.open.map(lock)),
  };
  return { experts, notes, conflicts, extra, rounds, sorted, lock, problem };
}

const notMiddling = "宽严不居中";

/** A spare review goes to an expert of middling severity; who holds the submission already may stay. */
function barOthersFromSpares(
  participants: readonly Participant[],
  conflict: Conflicts["reason"],
  { spare, middling }: ExtraReviews,
  held: readonly LockedPair[],
): AssignmentProblem["conflict"] {
  const byKey = new Map(participants.map((participant) => [participant.submission.key, participant]));
  const heldKeys = new Set(held.map(lockedKey));
  return ({ id }, reviewer) => {
    const participant = byKey.get(id);
    const reason = participant && conflict(participant.submission, reviewer.id);
    if (!participant || reason !== undefined || !spare.has(participant.reviewId)) return reason;
    const isHeld = heldKeys.has(lockedKey({ submission: id, reviewer: reviewer.id }));
    return !isHeld && middling?.has(reviewer.id) === false ? notMiddling : undefined;
  };
}
