/** What 日志 and the messages of both hosts say of an assignment. */

import type { Unit } from "../award/award.ts";
import type { Description } from "../log/log.ts";
import { describeUnsure } from "../review-book/find-reviewed.ts";
import type { Pair } from "../review-book/read-review.ts";
import { describeUnapplied } from "../review-book/rulings.ts";
import { reviewersSheet } from "../schema/review.ts";
import { compareText } from "../text/compare.ts";
import { summarisePlanQuality } from "./plan-quality.ts";
import type { AssignmentInput } from "./read-for-assignment.ts";
import type { ReviewPlan } from "./review-plan.ts";
import type { AddedPair, DroppedPair } from "./write-assignment.ts";

/** Pairs let pass that a row of 日志 names. */
const mostListed = 10;

export const assignAction = "分派专家";

export function summariseAssignment({ result }: Pick<ReviewPlan, "result">): string {
  const loads = result.experts.map((expert) => expert.load);
  const range = loads.length === 0 ? "" : `，每人 ${Math.min(...loads)}—${Math.max(...loads)} 个案例`;
  const unfilled = result.unfilled.length > 0 ? `，${result.unfilled.length} 个案例人数不足` : "";
  return `${result.pairs.length} 次评审，${result.experts.length} 名专家${range}${unfilled}`;
}

export function describeAssignment(plan: Pick<ReviewPlan, "result" | "facts">, rebalance = false): Description {
  const { result, facts } = plan;
  return {
    action: assignAction,
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

interface Difference {
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

/**
 * What the administrator should know of the assignment, in Chinese.
 *
 * @param unfilledSpares 案例编号 of the submissions for which nobody could give the spare review
 * @param ofExperts what was said of the experts
 */
export function listNotes(
  { award, placed, rulings, home, participants }: AssignmentInput,
  unfilledSpares: readonly string[],
  ofExperts: readonly string[],
): string[] {
  const recommended = award.submissions.filter((s) => s.recommended && !s.cancelled).length;
  const unclear = new Set(placed.unsure.flatMap((each) => each.candidates)).size;
  const left = recommended - participants.length - unclear;
  return [
    ...placed.found.map(({ to, reviewId, reason }) => `${to}（评审编号 ${reviewId}）${reason}：评审编号和评分不变。`),
    ...placed.unsure.map((each) => `${describeUnsure(each)}。`),
    ...(home ? [describeFirstReview(home)] : []),
    ...(!home && left > 0
      ? [
          `已推荐的 ${recommended} 个案例中有 ${left} 个检查未通过、超出名额或已被取消，未分派专家；运行“检查”可看到原因。`,
        ]
      : []),
    ...unfilledSpares.map((id) => `“${id}”没有宽严适中、又不需回避的专家可加评，未加评。`).sort(compareText),
    ...ofExperts,
    ...rulings.unapplied.map((each) => `${describeUnapplied(each)}。`),
  ];
}

/** How a unit's own review differs from the award's. */
function describeFirstReview(unit: Pick<Unit, "name">): string {
  return `“${unit.name}”的初评：专家由本单位选派，所以不按推荐单位（含上下级）回避，也不要求各专家来自不同推荐单位；作者、作者单位、声明回避等照常回避。人手不够时，把另请的专家填在“${reviewersSheet.label}”表，再分派一次。`;
}
