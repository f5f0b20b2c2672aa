import type {
  AssignedPair,
  AssignmentPlan,
  AssignmentProblem,
  ReviewSubmission,
} from "../../../apps-script/core/assignment/problem.ts";

export interface GroupFacts {
  readonly group: string;
  readonly sd: number;
  readonly max: number;
  readonly components: number;
}

const groupOf = (s: ReviewSubmission) => `${s.field} ${s.anyStage ? "*" : s.stage}`;
const EXCHANGES = 20;

/**
 * Another plan with the same loads, hard constraints and fields of each reviewer, as chance would have it: in each field
 * and stage, reviewers drawn at random change places wherever the constraints allow it, 20 tries a review.
 */
export function shufflePlan(
  problem: AssignmentProblem,
  plan: Pick<AssignmentPlan, "pairs">,
  draw: (bound: number) => number,
): AssignedPair[] {
  const submissions = new Map(problem.submissions.map((s) => [s.id, s]));
  const reviewers = new Map(problem.reviewers.map((r) => [r.id, r]));
  const panels = new Map<string, Set<string>>();
  const pairs = plan.pairs.map((pair) => ({ ...pair }));
  const groups = new Map<string, { submission: string; reviewer: string; locked: boolean }[]>();
  for (const pair of pairs) {
    const submission = submissions.get(pair.submission);
    if (submission === undefined) continue;
    panels.set(pair.submission, (panels.get(pair.submission) ?? new Set()).add(pair.reviewer));
    if (pair.locked) continue;
    const group = groups.get(groupOf(submission)) ?? [];
    groups.set(groupOf(submission), group);
    group.push(pair);
  }
  const unitOf = (id: string) => reviewers.get(id)?.nominator;
  const fits = (submissionId: string, leaving: string, coming: string) => {
    const submission = submissions.get(submissionId)!;
    const reviewer = reviewers.get(coming)!;
    for (const other of panels.get(submissionId)!) {
      if (other === coming || (other !== leaving && unitOf(other) === reviewer.nominator)) return false;
    }
    const stage = submission.anyStage || reviewer.anyStage || submission.stage === reviewer.stage;
    return stage && reviewer.nominator !== submission.nominator && problem.conflict(submission, reviewer) === undefined;
  };
  for (const group of groups.values()) {
    for (let attempt = group.length * EXCHANGES; attempt > 0; attempt--) {
      const [p, q] = [group[draw(group.length)]!, group[draw(group.length)]!];
      const [a, b] = [p.reviewer, q.reviewer];
      if (p.submission === q.submission || a === b || !fits(p.submission, a, b) || !fits(q.submission, b, a)) continue;
      panels.get(p.submission)!.delete(a);
      panels.get(q.submission)!.delete(b);
      panels.get(p.submission)!.add(b);
      panels.get(q.submission)!.add(a);
      [p.reviewer, q.reviewer] = [b, a];
    }
  }
  return pairs;
}

/** How many submissions two reviewers of a field and stage share, and the sets that chains of these link. */
export function measureGroups(problem: AssignmentProblem, pairs: readonly AssignedPair[]): GroupFacts[] {
  const panels = new Map<string, string[]>();
  for (const { submission, reviewer } of pairs) {
    panels.set(submission, [...(panels.get(submission) ?? []), reviewer]);
  }
  const groups = new Map<string, string[][]>();
  for (const submission of problem.submissions) {
    const panel = panels.get(submission.id) ?? [];
    if (panel.length > 0) groups.set(groupOf(submission), [...(groups.get(groupOf(submission)) ?? []), panel]);
  }
  return [...groups].map(([group, own]) => {
    const shared = new Map<string, number>();
    for (const panel of own) {
      for (const a of panel) {
        for (const b of panel) if (a < b) shared.set(`${a} ${b}`, (shared.get(`${a} ${b}`) ?? 0) + 1);
      }
    }
    const members = [...new Set(own.flat())];
    const counts = members.flatMap((a) => members.filter((b) => a < b).map((b) => shared.get(`${a} ${b}`) ?? 0));
    const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    const squares = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0);
    return {
      group,
      sd: counts.length === 0 ? 0 : Math.sqrt(squares / counts.length),
      max: counts.reduce((most, n) => Math.max(most, n), 0),
      components: countComponents(members, own),
    };
  });
}

function countComponents(members: readonly string[], panels: readonly string[][]): number {
  const label = new Map(members.map((id) => [id, id]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const panel of panels) {
      const least = panel.map((id) => label.get(id)!).sort()[0]!;
      for (const id of panel) {
        if (label.get(id) === least) continue;
        label.set(id, least);
        changed = true;
      }
    }
  }
  return new Set(label.values()).size;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}
