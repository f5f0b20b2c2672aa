import { stagesMeet } from "../assignment/eligibility.ts";
import type { LockedPair, Reviewer, ReviewSubmission } from "../assignment/problem.ts";
import type { Submission } from "../award/award.ts";
import { scoresByPair } from "../ranking/standing.ts";
import type { Pair, ReviewData } from "../review-book/read-review.ts";
import { pairStatus } from "../schema/choices.ts";
import { pairKey } from "../text/identity.ts";
import { conflictKinds } from "./conflicts.ts";
import type { DroppedPair } from "./write-assignment.ts";

/** The pairs in force before an assignment, told apart by what may become of them. */
export interface SortedPairs {
  /** Scored in whole or in part: they stay. */
  readonly scored: readonly Pair[];
  /** Nobody has scored them: they may move. */
  readonly open: readonly Pair[];
  /** Unscored, or scored in part, and no longer possible. */
  readonly dropped: readonly DroppedPair[];
}

export interface PairContext {
  readonly submissionOf: (pair: Pair) => Submission | undefined;
  readonly problemSubmission: (submission: Submission) => ReviewSubmission;
  readonly reviewerOf: (pair: Pair) => Reviewer | undefined;
  readonly conflict: (submission: Submission, expert: string) => string | undefined;
}

/** Sorts the pairs in force. A complete score keeps its pair whatever has changed since; a part of one does not. */
export function sortPairs(review: ReviewData, context: PairContext): SortedPairs {
  const scores = scoresByPair(review);
  const scored: Pair[] = [];
  const open: Pair[] = [];
  const dropped: DroppedPair[] = [];
  for (const pair of review.pairs) {
    if (!pair.active) continue;
    if (pair.status === pairStatus.scored) {
      scored.push(pair);
      continue;
    }
    const fate = whyDropped(pair, context);
    const begun = scores.get(pairKey(pair.reviewId, pair.expert))?.items.some((item) => item !== undefined);
    if (fate) dropped.push(fate);
    else (begun ? scored : open).push(pair);
  }
  return { scored, open, dropped };
}

/** Why a pair without a complete score cannot stand any longer; undefined when it can. */
function whyDropped(pair: Pair, context: PairContext): DroppedPair | undefined {
  const drop = (status: string, reason: string): DroppedPair => ({ pair, status, reason });
  const submission = context.submissionOf(pair);
  const reviewer = context.reviewerOf(pair);
  if (!submission) return drop(pairStatus.void, "作废：案例已不在参评范围");
  if (!reviewer) return drop(pairStatus.void, "作废：评审专家表中已没有该专家");
  if (!reviewer.available) return drop(pairStatus.void, "作废：专家已退出");
  if (!stagesMeet(context.problemSubmission(submission), reviewer)) return drop(pairStatus.void, "作废：学段不符");
  const reason = context.conflict(submission, reviewer.id);
  if (reason === undefined) return undefined;
  return reason === conflictKinds.declared
    ? drop(pairStatus.conflicted, `回避：${reason}`)
    : drop(pairStatus.void, `作废：${reason}`);
}

/** A pair that could have stood by itself and moves for the sake of others. */
export function moveAway(pair: Pair, cause: "capacity" | "evenness" | "demand"): DroppedPair {
  const why = { capacity: "超过该专家的评审上限", evenness: "为使评审量均衡", demand: "为补齐评审人数" }[cause];
  return { pair, status: pairStatus.void, reason: `作废：${why}，改由其他专家评审` };
}

/** As the assignment knows a pair. */
export function lockedPair(pair: Pair, submission: Submission | undefined): LockedPair {
  return { submission: submission?.key ?? pair.reviewId, reviewer: pair.expert };
}
