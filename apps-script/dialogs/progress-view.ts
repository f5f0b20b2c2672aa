import type { ReviewData } from "../core/review-book/read-review.ts";
import { pairStatus } from "../core/schema/choices.ts";
import { onlineStates } from "../core/schema/review.ts";
import { compareText } from "../core/text/compare.ts";
import type { ProgressView } from "./views.ts";

/** A long action as its host keeps it. */
export interface JobSoFar extends Pick<ProgressView, "title" | "message" | "startedAt" | "updatedAt"> {
  readonly state: Exclude<ProgressView["state"], "none">;
  /** Items done, of how many. */
  readonly index: number;
  readonly total: number;
}

/**
 * 进度.
 *
 * @param job undefined when none ever ran
 * @param problems what went wrong with single items, in Chinese
 */
export function buildProgressView(
  job: JobSoFar | undefined,
  problems: readonly string[],
  experts: ProgressView["experts"],
): ProgressView {
  if (!job) {
    return {
      title: "",
      state: "none",
      done: 0,
      total: 0,
      message: "还没有运行过长任务。",
      problems: [],
      startedAt: "",
      updatedAt: "",
      experts,
    };
  }
  const { title, state, index, total, message, startedAt, updatedAt } = job;
  return { title, state, done: index, total, message, problems, startedAt, updatedAt, experts };
}

/**
 * The experts with their reviews, by 专家编号.
 *
 * @param statusOf state of an expert's online score sheet; undefined without one
 */
export function countByExpert(
  pairs: ReviewData["pairs"],
  statusOf: (expert: string) => string | undefined,
): ProgressView["experts"] {
  const counts = new Map<string, { assigned: number; scored: number }>();
  for (const pair of pairs) {
    if (!pair.active) continue;
    const count = counts.get(pair.expert) ?? { assigned: 0, scored: 0 };
    count.assigned++;
    if (pair.status === pairStatus.scored) count.scored++;
    counts.set(pair.expert, count);
  }
  const sheetOf = (expert: string) => {
    const status = statusOf(expert);
    return status === onlineStates.shared || status === onlineStates.closed ? "online" : "none";
  };
  return [...counts].sort(([a], [b]) => compareText(a, b)).map(([id, count]) => ({ id, ...count, sheet: sheetOf(id) }));
}
