/** What a ranking leaves open: none of it may be published before somebody has decided. */

import { describeUnapplied, type UnappliedRuling } from "../review-book/rulings.ts";
import { listSome } from "../rules/wording.ts";
import { settingsSheet, submissionsSheet } from "../schema/application.ts";
import { decisions, no } from "../schema/choices.ts";
import { assignmentSheet, decisionsSheet, reviewedSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { OrphanedScore, Unassigned } from "./account.ts";

export interface OpenMatter {
  readonly kind:
    | "pending"
    | "unassigned"
    | "beyondQuota"
    | "identity"
    | "score"
    | "arbitration"
    | "ruling"
    | "tie"
    | "changed";
  /** 案例编号 it is about; empty where it is about none. */
  readonly ids: readonly string[];
  /** In Chinese: what is open and what to do. */
  readonly message: string;
}

/** A tie across the line of an award that no ruling has settled. */
export interface Tie {
  readonly field: string;
  readonly track: string;
  readonly award: string;
  /** Awards that are left for `ids`. */
  readonly places: number;
  readonly ids: readonly string[];
}

const sheet = decisionsSheet.label;

/** In Chinese, without a full stop. */
function describeTie({ field, track, award, ids, places }: Tie): string {
  return (
    `${field}${track}：${ids.join("、")} 并列于“${award}”奖项线，${ids.length} 个案例只有 ${places} 个名额；` +
    `请在“${sheet}”表给应获奖的写“${decisions.adjust}”（调整后奖项“${award}”），或给这些案例都写“${decisions.uphold}”（都不给），再运行汇总排名`
  );
}

/**
 * @param unassigned of the pending submissions, those that nobody reviews
 * @param undecided of the submissions that still want 复评, those that no ruling has settled
 */
export function listOpenMatters(
  {
    pending,
    unappliedRulings,
    ties,
    orphaned,
    unsure,
  }: {
    readonly pending: readonly string[];
    readonly orphaned: readonly OrphanedScore[];
    readonly unsure: readonly { readonly id: string; readonly reason: string }[];
    readonly unappliedRulings: readonly Pick<UnappliedRuling, "row" | "id" | "reason">[];
    readonly ties: readonly Tie[];
  },
  unassigned: readonly Unassigned[],
  undecided: readonly string[],
): OpenMatter[] {
  const open: OpenMatter[] = [];
  const idsOf = (kind: Unassigned["kind"]) =>
    unassigned.filter((each) => each.kind === kind).map(({ submission }) => submission.id);
  const [fresh, beyondQuota] = [idsOf("new"), idsOf("beyondQuota")];
  const lacking = pending.filter((id) => !fresh.includes(id) && !beyondQuota.includes(id));
  if (lacking.length > 0) {
    const message = `${lacking.length} 个案例待评：${listSome(lacking)}；原因见“汇总”的备注，请收齐评分后再运行汇总排名`;
    open.push({ kind: "pending", ids: lacking, message });
  }
  if (fresh.length > 0) {
    const message = `${fresh.length} 个推荐的案例没有分派：${listSome(fresh)}；请运行分派，收齐评分后再运行汇总排名`;
    open.push({ kind: "unassigned", ids: fresh, message });
  }
  if (beyondQuota.length > 0) {
    const [recommended, name] = [labelOf(submissionsSheet, "recommended"), submissionsSheet.label];
    const message = `${beyondQuota.length} 个推荐的案例超出名额，没有分派：${listSome(beyondQuota)}；请在“${name}”表把“${recommended}”改为“${no}”，或在“${settingsSheet.label}”表调整名额后运行分派，再运行汇总排名`;
    open.push({ kind: "beyondQuota", ids: beyondQuota, message });
  }
  for (const { id, reason } of unsure) open.push({ kind: "identity", ids: [id], message: reason });
  if (orphaned.length > 0) {
    const some = orphaned.map((each) => `第 ${each.row} 行（${each.reviewId}，${each.expert}）：${each.reason}`);
    const message = `${orphaned.length} 行评分没有归属：${listSome(some, "行")}；请改正“案例”“${reviewedSheet.label}”或“${assignmentSheet.label}”表，确实不用的评分请在“评分”表删去那一行，再运行汇总排名`;
    open.push({ kind: "score", ids: [], message });
  }
  if (undecided.length > 0) {
    const message = `${undecided.length} 个案例待复评：${listSome(undecided)}；请再运行分派增派专家并收回评分，确实不再复评的在“${sheet}”表写“${decisions.uphold}”，再运行汇总排名`;
    open.push({ kind: "arbitration", ids: undecided, message });
  }
  for (const ruling of unappliedRulings) {
    const message = `${describeUnapplied(ruling)}，再运行汇总排名`;
    open.push({ kind: "ruling", ids: ruling.id === "" ? [] : [ruling.id], message });
  }
  for (const tie of ties) open.push({ kind: "tie", ids: tie.ids, message: describeTie(tie) });
  return open;
}
