import type { AssignmentPlan, AssignmentProblem, Certificate, Price, Reviewer, ReviewSubmission } from "./problem.ts";

/**
 * Holds a plan and its dual prices against the problem and says, in Chinese, what is wrong; nothing when the plan keeps
 * every constraint and no plan is better: none meets more demand, among those that meet as much none has loads that,
 * sorted from the highest, are less, and among those none has fewer field mismatches. It knows nothing of how the plan
 * was found.
 *
 * The proof is linear-programming duality with complementary slackness, in the order of the parts of a price: an unmet
 * review costs one shortage, the review that brings a load to l costs l, a mismatch costs one. Every expert has a price,
 * every case one as well. A case uses the cheapest expert (mismatch plus price) of each unit it uses, none dearer than
 * the case's own price, and no unit it leaves aside has a cheaper one. An expert's price lies between the cost of the
 * last review and that of the next. A price of a case is at most a shortage, and that where the case is short. As every
 * part of the bound is met exactly, a better plan would contradict it.
 *
 * @param certificate what `planAssignment` returned with the plan, or anybody else's
 */
export function verifyCertificate(
  problem: AssignmentProblem,
  plan: Pick<AssignmentPlan, "pairs">,
  certificate: Certificate,
): string[] {
  const reviewers = new Map(problem.reviewers.map((r) => [r.id, r]));
  const keyOf = (submission: string, reviewer: string) => JSON.stringify([submission, reviewer]);
  const lockedKeys = new Set(problem.locked.map((pair) => keyOf(pair.submission, pair.reviewer)));
  const planned = new Set(plan.pairs.map((pair) => keyOf(pair.submission, pair.reviewer)));
  const wrong: string[] = [];
  if (planned.size < plan.pairs.length) wrong.push("方案中有重复的分派。");
  for (const key of lockedKeys) if (!planned.has(key)) wrong.push(`已有的分派 ${key} 不在方案中。`);

  const load = new Map<string, number>();
  const added = new Map<string, number>();
  const panels = new Map<string, { readonly locked: string[]; readonly fresh: Reviewer[] }>();
  for (const { id } of problem.submissions) panels.set(id, { locked: [], fresh: [] });
  for (const pair of plan.pairs) {
    const key = keyOf(pair.submission, pair.reviewer);
    load.set(pair.reviewer, (load.get(pair.reviewer) ?? 0) + 1);
    const reviewer = reviewers.get(pair.reviewer);
    const panel = panels.get(pair.submission);
    if (lockedKeys.has(key)) panel?.locked.push(pair.reviewer);
    else if (reviewer === undefined || panel === undefined) wrong.push(`${key}：案例或专家不存在。`);
    else {
      panel.fresh.push(reviewer);
      added.set(reviewer.id, (added.get(reviewer.id) ?? 0) + 1);
    }
  }

  for (const reviewer of problem.reviewers) wrong.push(...checkReviewer(reviewer));
  for (const submission of problem.submissions) wrong.push(...checkSubmission(submission));
  return wrong;

  function checkReviewer({ id, capacity }: Reviewer): string[] {
    const price = certificate.reviewers.get(id);
    if (price === undefined) return [`专家 ${id} 没有价格。`];
    const own = load.get(id) ?? 0;
    const found: string[] = [];
    if ((added.get(id) ?? 0) > 0) {
      if (capacity !== undefined && own > capacity) found.push(`专家 ${id} 有 ${own} 份，超过评审上限 ${capacity}。`);
      if (isBelow(price, loadPrice(own)))
        found.push(`专家 ${id} 的价格 ${show(price)} 低于最后一份评审的代价 ${own}。`);
    }
    if (own < (capacity ?? Number.POSITIVE_INFINITY) && isBelow(loadPrice(own + 1), price)) {
      found.push(`专家 ${id} 的价格 ${show(price)} 高于再评一份的代价 ${own + 1}。`);
    }
    return found;
  }

  function checkSubmission(submission: ReviewSubmission): string[] {
    const { id, demand } = submission;
    const { locked, fresh } = panels.get(id) ?? { locked: [], fresh: [] };
    const wanted = Math.max(0, demand - locked.length);
    if (wanted === 0) return fresh.length > 0 ? [`案例 ${id} 的专家多于所需。`] : [];
    const found: string[] = [];
    const lockedUnits = new Set(locked.map((r) => reviewers.get(r)?.nominator));
    const held = new Map(fresh.map((r) => [r.nominator, r]));
    if (fresh.length > wanted) found.push(`案例 ${id} 的专家多于所需。`);
    if (held.size < fresh.length) found.push(`案例 ${id} 有两名专家来自同一推荐单位。`);

    const stages = (r: Reviewer) => submission.anyStage || r.anyStage || submission.stage === r.stage;
    const isEligible = (r: Reviewer) =>
      r.available &&
      stages(r) &&
      r.nominator !== submission.nominator &&
      !lockedUnits.has(r.nominator) &&
      problem.conflict(submission, r) === undefined;
    const eligible = problem.reviewers.filter(isEligible);
    for (const r of fresh) if (!eligible.includes(r)) found.push(`案例 ${id} 不可由专家 ${r.id} 评审。`);

    const own = certificate.submissions.get(id);
    if (own === undefined) return [...found, `案例 ${id} 没有价格。`];
    if (isBelow(unmetPrice, own)) found.push(`案例 ${id} 的价格 ${show(own)} 高于缺一名专家的代价。`);
    if (fresh.length < wanted && isBelow(own, unmetPrice)) {
      found.push(`案例 ${id} 缺专家，价格 ${show(own)} 却低于缺一名专家的代价。`);
    }
    const costOf = (r: Reviewer): Price => {
      const price = certificate.reviewers.get(r.id) ?? freePrice;
      const mismatch = r.fields.length > 0 && !r.fields.includes(submission.field) ? 1 : 0;
      return { ...price, field: price.field + mismatch };
    };
    for (const r of fresh) {
      if (isBelow(own, costOf(r)))
        found.push(`案例 ${id} 用了专家 ${r.id}，代价 ${show(costOf(r))} 高于 ${show(own)}。`);
    }
    for (const r of eligible) {
      const holder = held.get(r.nominator);
      const most = holder === undefined ? own : costOf(holder);
      if (r !== holder && isBelow(costOf(r), most)) {
        found.push(`案例 ${id} 没有用专家 ${r.id}，代价 ${show(costOf(r))} 却低于 ${show(most)}。`);
      }
    }
    return found;
  }
}

const unmetPrice: Price = { shortage: 1, load: 0, field: 0 };
const freePrice: Price = { shortage: 0, load: 0, field: 0 };

function loadPrice(load: number): Price {
  return { shortage: 0, load, field: 0 };
}

function isBelow(a: Price, b: Price): boolean {
  return (a.shortage - b.shortage || a.load - b.load || a.field - b.field) < 0;
}

function show({ shortage, load, field }: Price): string {
  return `（${shortage}，${load}，${field}）`;
}
