import type { ExpertProgress } from "../core/progress/expert-progress.ts";
import { onlineStates } from "../core/schema/review.ts";
import { compareText } from "../core/text/compare.ts";
import type { ExpertView, ProgressView } from "./views.ts";

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
 * @param statusOf state of an expert's online score sheet, where there are such; undefined without one
 */
export function viewExperts(
  experts: readonly ExpertProgress[],
  statusOf?: (expert: string) => string | undefined,
): ExpertView[] {
  const sheetOf = (status: string | undefined): "online" | "none" =>
    status === onlineStates.shared || status === onlineStates.closed ? "online" : "none";
  return experts
    .map(({ expert, name, unit, assigned, open }) => ({
      ...{ id: expert, name, unit, assigned, scored: assigned - open.length },
      ...(statusOf ? { sheet: sheetOf(statusOf(expert)) } : {}),
    }))
    .sort((a, b) => compareText(a.id, b.id));
}
