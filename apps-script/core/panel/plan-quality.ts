/** How good an assignment is, in Chinese, for the preview and 日志 of both hosts. */
import type { AssignmentPlan, AssignmentProblem, Certificate, PlanCost, Price } from "../assignment/problem.ts";
import { verifyCertificate } from "../assignment/verify-certificate.ts";
import { compareText } from "../text/compare.ts";

/** Faults of a certificate that are listed one by one. */
const mostFaults = 3;

export interface PlanQuality {
  /** Whether the certificate holds: no plan meets more demand, has more even loads or fewer field mismatches. */
  readonly proved: boolean;
  readonly lines: readonly string[];
}

/**
 * What a plan promises and what it had to give up, a line each: the proof that no plan is better, held against the
 * problem here and now; how evenly experts meet, and whether chains of shared submissions link them; how many stay in
 * one field, and what even loads cost in field mismatches.
 */
export function assessPlan(
  problem: AssignmentProblem,
  plan: Pick<AssignmentPlan, "pairs" | "certificate" | "cost">,
): PlanQuality {
  const faults = verifyCertificate(problem, plan, plan.certificate);
  const proved = faults.length === 0;
  return {
    proved,
    lines: [
      proved
        ? "最优性证书：成立。已用对偶价格逐人逐案复核：在现有的回避、评审上限和保留的分派之下，没有方案缺的评审更少；缺得一样少的，没有评审量更均衡的；同样均衡的，没有领域不符更少的。"
        : `最优性证书：不成立，请不要采用本方案，并告诉维护人员：${faults.slice(0, mostFaults).join("")}`,
      ...describeCost(plan.cost, problem.locked.length > 0),
    ],
  };
}

/** The dual prices by 案例编号 and 专家编号, sorted, for readers who want to check the proof on their own. */
export interface ListedPrices {
  readonly submissions: readonly { readonly submission: string; readonly price: Price }[];
  readonly experts: readonly { readonly expert: string; readonly price: Price }[];
}

/** @param idOf 案例编号 of a submission of the assignment */
export function listPrices(
  { submissions, reviewers }: Certificate,
  idOf: (submission: string) => string,
): ListedPrices {
  return {
    submissions: [...submissions]
      .map(([id, price]) => ({ submission: idOf(id), price }))
      .sort((a, b) => compareText(a.submission, b.submission)),
    experts: [...reviewers]
      .map(([expert, price]) => ({ expert, price }))
      .sort((a, b) => compareText(a.expert, b.expert)),
  };
}

/** @param repaired earlier pairs stay, so that fewer mismatches might be possible without them */
function describeCost(cost: PlanCost, repaired: boolean): string[] {
  if (cost.loaded === 0) return [];
  const apart = cost.components - cost.groups;
  return [
    `共评：同一学段、同一领域的任意两名专家，共评案例数的标准差为 ${cost.sharedSd.toFixed(2)}；任意两名专家最多共评 ${cost.sharedMax} 个案例。`,
    apart === 0
      ? `连通：${cost.groups} 组（学段 × 领域）各自由共评案例连成一片，宽严可以互相比较。`
      : `连通：${cost.groups} 组（学段 × 领域）中有的未能连成一片，共 ${cost.components} 片；片与片之间没有共评案例，宽严不能互相比较。再增加专家或每案的评审人数可以改善。`,
    describeFields(cost, repaired),
  ];
}

function describeFields({ loaded, oneField, fieldMismatch, fieldMismatchFloor }: PlanCost, repaired: boolean): string {
  const stays = `领域：${loaded} 名有评审任务的专家中 ${oneField} 名（${percent(oneField, loaded)}）只评一个领域`;
  if (fieldMismatch === 0) return `${stays}；没有案例分给未填该擅长领域的专家。`;
  const price = fieldMismatch - fieldMismatchFloor;
  const mismatched = `${stays}；${fieldMismatch} 份评审与专家所填的擅长领域不符`;
  return price === 0
    ? `${mismatched}，${repaired ? "在保留的分派之下，" : ""}即使不要求评审量均衡，也不能再少。`
    : `${mismatched}。评审量均衡优先于领域相符：如不要求均衡，领域不符至多可减少 ${price} 份。`;
}

/** Of the quality, what a row of 日志 has room for. */
export function summarisePlanQuality(cost: PlanCost & { readonly proved: boolean }): string {
  const fields = cost.loaded === 0 ? "" : `，只评一个领域的专家 ${percent(cost.oneField, cost.loaded)}`;
  return `领域不符 ${cost.fieldMismatch}${fields}，两名专家最多共评 ${cost.sharedMax} 个案例（同组标准差 ${cost.sharedSd.toFixed(2)}），${cost.groups} 组连成 ${cost.components} 片，最优性证书${cost.proved ? "成立" : "不成立"}`;
}

/** Rounded down: 95 % is shown only where it is reached. */
function percent(part: number, whole: number): string {
  return `${Math.floor((part * 1000) / whole) / 10} %`;
}
