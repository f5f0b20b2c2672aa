import type { AssignmentPlan, AssignmentProblem } from "../../../apps-script/core/assignment/problem.ts";

/** Holds a plan against its problem, one pair after another, and says in words what is wrong with it. */
export function findViolations(problem: AssignmentProblem, plan: AssignmentPlan): string[] {
  const violations: string[] = [];
  const keyOf = (pair: { submission: string; reviewer: string }) => `${pair.submission}|${pair.reviewer}`;
  const lockedKeys = new Set(problem.locked.map(keyOf));
  const planKeys = plan.pairs.map(keyOf);

  if (new Set(planKeys).size !== planKeys.length) violations.push("a pair stands twice");
  for (const key of lockedKeys) if (!planKeys.includes(key)) violations.push(`${key}: locked, but gone`);
  for (const pair of plan.pairs) {
    if (pair.locked !== lockedKeys.has(keyOf(pair))) violations.push(`${keyOf(pair)}: wrongly marked as locked`);
  }
  for (const pair of plan.pairs.filter((p) => !p.locked)) {
    const submission = problem.submissions.find((s) => s.id === pair.submission);
    const reviewer = problem.reviewers.find((r) => r.id === pair.reviewer);
    if (submission === undefined || reviewer === undefined) {
      violations.push(`${keyOf(pair)}: unknown`);
      continue;
    }
    if (!reviewer.available) violations.push(`${keyOf(pair)}: not available`);
    if (!(submission.anyStage || reviewer.anyStage || submission.stage === reviewer.stage)) {
      violations.push(`${keyOf(pair)}: another stage`);
    }
    if (submission.nominator === reviewer.nominator) violations.push(`${keyOf(pair)}: the same unit`);
    if (problem.conflict(submission, reviewer) !== undefined) violations.push(`${keyOf(pair)}: conflict`);
    const unitOf = (id: string) => problem.reviewers.find((r) => r.id === id)?.nominator;
    const colleagues = plan.pairs.filter(
      (p) =>
        p.submission === pair.submission && p.reviewer !== pair.reviewer && unitOf(p.reviewer) === reviewer.nominator,
    );
    if (colleagues.length > 0) violations.push(`${keyOf(pair)}: two reviewers of one unit`);
  }
  for (const reviewer of problem.reviewers) {
    const own = plan.pairs.filter((p) => p.reviewer === reviewer.id);
    const most = reviewer.capacity ?? Number.POSITIVE_INFINITY;
    if (own.some((p) => !p.locked) && own.length > most) violations.push(`${reviewer.id}: over capacity`);
    if (plan.loads.get(reviewer.id) !== own.length) violations.push(`${reviewer.id}: wrong load`);
  }
  for (const submission of problem.submissions) {
    const own = plan.pairs.filter((p) => p.submission === submission.id);
    if (own.some((p) => !p.locked) && own.length > submission.demand) violations.push(`${submission.id}: too many`);
    const missing = Math.max(0, submission.demand - own.length);
    const told = plan.unfilled.filter((u) => u.submission === submission.id).map((u) => u.missing);
    if (told.join() !== (missing > 0 ? `${missing}` : "")) violations.push(`${submission.id}: wrong missing demand`);
  }
  const sorted = [...plan.pairs].sort(
    (a, b) =>
      Number(a.submission > b.submission) - Number(a.submission < b.submission) || (a.reviewer < b.reviewer ? -1 : 1),
  );
  if (sorted.some((pair, i) => pair !== plan.pairs[i])) violations.push("pairs are not sorted");
  const short = plan.unfilled.map((u) => u.submission);
  if ([...short].sort().join() !== short.join()) violations.push("unfilled demand is not sorted");
  return violations;
}
