import { stagesMeet } from "../assignment/eligibility.ts";
import type { AssignmentPlan, AssignmentProblem } from "../assignment/problem.ts";
import { countUnmet } from "../assignment/shortage.ts";
import type { Submission } from "../award/award.ts";
import { reviewersSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { compareText } from "../text/compare.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { firstLines } from "../text/list.ts";
import type { Conflicts } from "./conflicts.ts";

interface SuspectedPair {
  /** 案例编号. */
  readonly submission: string;
  /** 专家编号. */
  readonly expert: string;
  /** In Chinese, what is suspected. */
  readonly reason: string;
}

/** What keeping pairs apart on suspicion comes to. */
export interface SuspicionCost {
  /** Pairs that nothing else forbids. */
  readonly pairs: readonly SuspectedPair[];
  /** Pairs under suspicion that 不回避 lets pass. */
  readonly cleared: readonly SuspectedPair[];
  /** Reviews that are missing for this reason alone. */
  readonly missing: number;
}

const lacking = ({ unfilled }: Pick<AssignmentPlan, "unfilled">) => unfilled.reduce((sum, u) => sum + u.missing, 0);

/** Holds a plan against what it would be without suspicions; which is found out only where reviews are missing. */
export function weighSuspicion(
  problem: AssignmentProblem,
  plan: AssignmentPlan,
  eligible: readonly Submission[],
  { suspected, cleared }: Conflicts,
): SuspicionCost {
  const submissions = new Map(problem.submissions.map((s) => [s.id, s]));
  const reviewers = new Map(problem.reviewers.map((r) => [r.id, r]));
  const possible = (submission: Submission, expert: string) => {
    const asked = submissions.get(submission.key);
    const reviewer = reviewers.get(expert);
    return asked && reviewer?.available && stagesMeet(asked, reviewer) && asked.nominator !== reviewer.nominator;
  };
  const list = (find: Conflicts["suspected"]): SuspectedPair[] =>
    eligible
      .flatMap((submission) =>
        [...find(submission)]
          .filter(([expert]) => possible(submission, expert))
          .map(([expert, { kind, detail }]) => ({ submission: submission.id, expert, reason: `${kind}：${detail}` })),
      )
      .sort((a, b) => compareText(a.submission, b.submission) || compareText(a.expert, b.expert));
  const pairs = list(suspected);
  const missing = lacking(plan);
  if (pairs.length === 0 || missing === 0) return { pairs, cleared: list(cleared), missing: 0 };
  const byKey = new Map(eligible.map((s) => [s.key, s]));
  const without = countUnmet({
    ...problem,
    conflict(asked, reviewer) {
      const submission = byKey.get(asked.id);
      return submission && suspected(submission).has(reviewer.id) ? undefined : problem.conflict(asked, reviewer);
    },
  });
  return { pairs, cleared: list(cleared), missing: missing - without };
}

const kindOf = ({ reason }: SuspectedPair) => reason.slice(0, reason.indexOf("："));

function countKinds(pairs: readonly SuspectedPair[]): string {
  return [...groupByFilledKey(pairs, kindOf)].map(([kind, found]) => `${kind} ${found.length} 对`).join("、");
}

/** In Chinese, a line each: how many pairs, what that did to the plan, how to let one pass. */
export function describeSuspicion({ pairs, cleared, missing }: SuspicionCost): string[] {
  const lines: string[] = [];
  if (pairs.length > 0) {
    const effect = missing === 0 ? "没有案例因此缺专家" : `因此少了 ${missing} 人次评审，放行其中确无关系的即可补上`;
    lines.push(
      `疑似回避：有疑点的 ${pairs.length} 对专家与案例没有分在一起（${countKinds(pairs)}），${effect}。核实确无关系的，在“${reviewersSheet.label}”表该专家的“${labelOf(reviewersSheet, "cleared")}”列填案例编号后重新分派；全部放行则把“参数”表的“疑似回避”改为“否”。`,
    );
  }
  if (cleared.length > 0)
    lines.push(`疑似回避：另有 ${cleared.length} 对有疑点的由管理员放行（${countKinds(cleared)}），可以分在一起。`);
  return lines;
}

/** The pairs kept apart, a line each, in Chinese. @param most how many at most */
export function listSuspected({ pairs }: Pick<SuspicionCost, "pairs">, most = pairs.length): string[] {
  const lines = pairs.map(({ submission, expert, reason }) => `${submission} × ${expert}：${reason}`);
  return firstLines(lines, most, (left) => `……另有 ${left} 对。`);
}
