import type { ReviewPlan } from "../core/panel/review-plan.ts";
import { listSuspected } from "../core/panel/weigh-suspicion.ts";
import { firstLines } from "../core/text/list.ts";
import type { AssignmentView } from "./views.ts";

/** Experts of direct schools need no stage. */
const noStage = "未填学段";

/** Lines of the difference, and pairs under suspicion, that the dialog lists; 日志 has the counts. */
const mostLines = 40;

type Experts = ReviewPlan["result"]["experts"];

function countLoads(experts: Experts): { load: number; experts: number }[] {
  const counts = new Map<number, number>();
  for (const { load } of experts) counts.set(load, (counts.get(load) ?? 0) + 1);
  return [...counts].map(([load, count]) => ({ load, experts: count })).sort((a, b) => a.load - b.load);
}

/**
 * 分派预览 of a plan that is not written yet.
 *
 * @param token digest of what the plan was computed from
 * @param stages in the order of the notice; other stages follow
 */
export function buildAssignmentView(plan: ReviewPlan, token: string, stages: readonly string[]): AssignmentView {
  const { result, facts, quality, shortages, suspicion, difference, notes } = plan;
  const named = result.experts.map((expert) => expert.stage || noStage);
  const present = new Set(named);
  const order = [...new Set([...stages.filter((stage) => present.has(stage)), ...[...present].sort()])];
  return {
    token,
    reviews: result.reviews,
    seed: result.seed,
    submissions: facts.submissions,
    experts: result.experts.length,
    kept: facts.kept,
    added: facts.added,
    moved: result.moved,
    loads: order.map((stage) => ({ stage, bars: countLoads(result.experts.filter((_, i) => named[i] === stage)) })),
    shortages,
    unfilled: result.unfilled,
    suspected: result.suspected.pairs.length,
    suspicion: [...suspicion, ...listSuspected(result.suspected, mostLines)],
    quality,
    notes: [...firstLines(difference, mostLines, (left) => `……另有 ${left} 处变动。`), ...notes],
  };
}
