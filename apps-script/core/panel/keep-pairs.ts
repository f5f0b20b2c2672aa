import { stagesMeet } from "../assignment/eligibility.ts";
import type { AssignmentProblem, LockedPair, Reviewer, ReviewSubmission } from "../assignment/problem.ts";
import { chooseKeptPairs } from "../assignment/repair.ts";
import type { Submission } from "../award/award.ts";
import { scoresByPair } from "../ranking/standing.ts";
import type { Pair, ReviewData } from "../review-book/read-review.ts";
import { pairStatus } from "../schema/choices.ts";
import { groupBy } from "../text/group-by.ts";
import { pairKey } from "../text/identity.ts";
import { conflictKinds } from "./conflicts.ts";
import type { DroppedPair } from "./write-assignment.ts";

/** The pairs in force before an assignment, by what may become of them. */
export interface SortedPairs {
  /** Scored in whole or in part: they stay. */
  readonly scored: readonly Pair[];
  /** Nobody has scored them: they may move. */
  readonly open: readonly Pair[];
  /** Unscored, or scored in part, and no longer possible. */
  readonly dropped: readonly DroppedPair[];
}

interface PairContext {
  readonly submissionOf: (pair: Pair) => Submission | undefined;
  readonly problemSubmission: (submission: Submission) => ReviewSubmission;
  /** By 专家编号. */
  readonly reviewers: ReadonlyMap<string, Reviewer>;
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
  const reviewer = context.reviewers.get(pair.expert);
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

export const lockedKey = ({ submission, reviewer }: LockedPair): string => JSON.stringify([submission, reviewer]);

/** The pairs in force before an assignment, by what has become of them. */
export interface KeptPairs {
  readonly kept: readonly Pair[];
  /** All that go. */
  readonly dropped: readonly DroppedPair[];
  /** How many of them could have stood by themselves and went for the sake of others. */
  readonly gaveWay: number;
}

/**
 * Keeps every scored pair and as many open ones as the demand leaves in their place.
 *
 * @param problem with the scored pairs locked
 * @param lock a pair as the problem knows it
 */
export function keepPairs(
  { scored, open, dropped }: SortedPairs,
  problem: AssignmentProblem,
  lock: (pair: Pair) => LockedPair,
  rebalance: boolean,
): KeptPairs {
  const staying = open.length === 0 ? [] : chooseKeptPairs({ ...problem, held: open.map(lock), rebalance });
  const stayingKeys = new Set(staying.map(lockedKey));
  const stays = (pair: Pair) => stayingKeys.has(lockedKey(lock(pair)));
  const gone = open.filter((pair) => !stays(pair));
  const loads = groupBy([...scored, ...open], (pair) => pair.expert);
  const capacities = new Map(problem.reviewers.map(({ id, capacity }) => [id, capacity]));
  const isOverCapacity = ({ expert }: Pair) =>
    (loads.get(expert)?.length ?? 0) > (capacities.get(expert) ?? Number.POSITIVE_INFINITY);
  const moveAway = (pair: Pair): DroppedPair => {
    const why = isOverCapacity(pair) ? "超过该专家的评审上限" : rebalance ? "为使评审量均衡" : "为补齐评审人数";
    return { pair, status: pairStatus.void, reason: `作废：${why}，改由其他专家评审` };
  };
  return {
    kept: [...scored, ...open.filter(stays)],
    dropped: [...dropped, ...gone.map(moveAway)],
    gaveWay: gone.length,
  };
}
