/** What 日志 and the messages of both hosts say of the review's actions. */
import type { ReviewPlan } from "../panel/assign.ts";
import { summarisePlanQuality } from "../panel/plan-quality.ts";
import type { RankResult } from "../ranking/rank.ts";
import type { CollectResult } from "../score-sheets/collect.ts";

/** Pairs let pass that a row of 日志 names. */
const mostListed = 10;

export interface Description {
  readonly action: string;
  readonly parameters: string;
  readonly outcome: string;
}

export function summariseAssignment({ result }: Pick<ReviewPlan, "result">): string {
  const loads = result.experts.map((expert) => expert.load);
  const range = loads.length === 0 ? "" : `，每人 ${Math.min(...loads)}—${Math.max(...loads)} 个案例`;
  const unfilled = result.unfilled.length > 0 ? `，${result.unfilled.length} 个案例人数不足` : "";
  return `${result.pairs.length} 次评审，${result.experts.length} 名专家${range}${unfilled}`;
}

export function describeAssignment(plan: Pick<ReviewPlan, "result" | "facts">, rebalance = false): Description {
  const { result, facts } = plan;
  return {
    action: "分派专家",
    parameters: `${facts.unit === undefined ? "" : `初评单位 ${facts.unit}，`}每案 ${result.reviews} 人，种子 ${result.seed}${rebalance ? "，重新均衡" : ""}`,
    outcome: `${summariseAssignment(plan)}；新分派 ${facts.added}，保留 ${facts.kept}，${describeMoved(result.moved, facts.gaveWay)}${countSuspected(result.suspected)}${summarisePlanQuality(facts)}`,
  };
}

function countSuspected({ pairs, cleared, missing }: ReviewPlan["result"]["suspected"]): string {
  if (pairs.length + cleared.length === 0) return "";
  const passed = cleared.map(({ submission, expert }) => `${expert}—${submission}`);
  const listed = passed.length <= mostListed ? passed.join("、") : `${passed.slice(0, mostListed).join("、")}等`;
  const letPass = passed.length === 0 ? "" : `，放行 ${passed.length} 对（${listed}）`;
  return `疑似回避 ${pairs.length} 对${missing > 0 ? `，因此缺 ${missing} 人次` : ""}${letPass}，`;
}

function describeMoved(moved: number, gaveWay: number): string {
  if (moved === 0) return "";
  return `取消 ${moved}${gaveWay > 0 ? `（其中 ${gaveWay} 个改由其他专家评审）` : ""}，`;
}

export interface CollectCounts {
  readonly sheets: number;
  readonly scores: number;
  readonly rejected: number;
  readonly conflicts: number;
}

export function countCollected(result: CollectResult): CollectCounts {
  const { sheets, scores, rejected, conflicts } = result;
  return { sheets, scores, rejected: rejected.length, conflicts: conflicts.length };
}

export function summariseCollection({ sheets, scores, rejected, conflicts }: CollectCounts): string {
  return `评分表 ${sheets} 份，新收或更新评分 ${scores}，未收下 ${rejected}，不一致 ${conflicts}`;
}

/** @param accepted files whose version won */
export function describeCollection(
  result: CollectResult,
  files: readonly string[],
  accepted: readonly string[],
): Description {
  return {
    action: "收集评分",
    parameters: [files.join("、"), ...accepted.map((file) => `以 ${file} 为准`)].join("；"),
    outcome: summariseCollection(countCollected(result)),
  };
}

export function summariseRanking(result: RankResult): string {
  const ranked = result.groups.reduce((sum, group) => sum + group.ranking.length, 0);
  const orphaned = result.orphaned.length > 0 ? `，没有归属的评分 ${result.orphaned.length} 行` : "";
  return `${result.groups.length} 组，已排名 ${ranked}，待评 ${result.pending.length}，需复评 ${result.arbitration.length}${orphaned}`;
}

export function describeRanking(result: RankResult): Description {
  return { action: "汇总排名", parameters: "", outcome: summariseRanking(result) };
}
