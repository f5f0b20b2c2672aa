import type { Reviewer, ReviewSubmission } from "../assignment/problem.ts";
import type { AwardData, Submission } from "../award/award.ts";
import { groupKey, rankingGroupOf } from "../scoring/ranking-group.ts";
import type { ReviewExpert } from "./reviewers.ts";

/** A submission as the assignment knows it. @param demand reviews it needs in total */
export function problemSubmission(award: AwardData, submission: Submission, demand: number): ReviewSubmission {
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
export function problemReviewer(expert: ReviewExpert, withinUnit: boolean): Reviewer {
  return {
    id: expert.id,
    nominator: withinUnit ? expert.id : expert.nominators[0]!.name,
    stage: expert.stage,
    anyStage: expert.anyStage,
    fields: expert.fields,
    available: expert.available,
    ...(expert.capacity === undefined ? {} : { capacity: expert.capacity }),
  };
}

type Conflict = (submission: Submission, expert: string) => string | undefined;

/** The conflicts by what the assignment knows of a submission and an expert. */
export function makeProblemConflict(eligible: readonly Submission[], conflict: Conflict) {
  const byKey = new Map(eligible.map((s) => [s.key, s]));
  return (submission: ReviewSubmission, reviewer: Reviewer) => conflict(byKey.get(submission.id)!, reviewer.id);
}
