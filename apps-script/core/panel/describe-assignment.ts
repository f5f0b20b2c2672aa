/** What 日志 and the messages of both hosts say of an assignment. */
import type { Description } from "../log/log.ts";
import type { ReviewPlan } from "./assign.ts";
import { summarisePlanQuality } from "./plan-quality.ts";

/** Pairs let pass that a row of 日志 names. */
const mostListed = 10;

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
