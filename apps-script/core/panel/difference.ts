import type { Pair } from "../review-book/read-review.ts";
import type { AddedPair, DroppedPair } from "./write-assignment.ts";

export interface Difference {
  readonly before: readonly Pair[];
  readonly added: readonly AddedPair[];
  readonly dropped: readonly DroppedPair[];
}

/**
 * What an assignment changes, in Chinese: a line that sums it up, then one for each pair that goes and each that comes.
 * Nothing before the first assignment, or where nothing changes.
 */
export function describeDifference({ before, added, dropped }: Difference): string[] {
  if (before.length === 0 || added.length + dropped.length === 0) return [];
  return [
    `与现有分派相比：减少 ${dropped.length} 个，新增 ${added.length} 个，其余 ${before.length - dropped.length} 个不动。`,
    ...dropped.map(({ pair, reason }) => `－ ${pair.id} ${pair.expert} ${pair.record.text("expertName")}：${reason}`),
    ...added.map(({ submission, expert, reason }) => `＋ ${submission.id} ${expert.id} ${expert.name}：${reason}`),
  ];
}
