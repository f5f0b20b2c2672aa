/** What the committee wrote in 裁定, as ranking, assignment and the lists take it. */

import type { AwardData, Submission } from "../award/award.ts";
import type { Award } from "../notice/notice.ts";
import { awardChoices } from "../schema/choice-lists.ts";
import { decisions } from "../schema/choices.ts";
import { decisionsSheet } from "../schema/review.ts";
import { type KeyOf, labelOf } from "../schema/sheet-spec.ts";
import type { Ruling } from "../scoring/rank.ts";
import { findLabel } from "../text/clean.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { identifierKey } from "../text/identity.ts";
import { quoteEach } from "../text/list.ts";
import type { Decision, ReviewData } from "./read-review.ts";

/** A row of 裁定 that changes nothing until somebody mends it. */
export interface UnappliedRuling {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** 案例编号 as it was typed. */
  readonly id: string;
  /** In Chinese: what is wrong and what to do. */
  readonly reason: string;
  readonly column: KeyOf<typeof decisionsSheet>;
}

export interface Rulings {
  /** By the key of the submission; the choices spelled as the lists have them. */
  readonly inForce: ReadonlyMap<string, Decision>;
  readonly unapplied: readonly UnappliedRuling[];
}

const label = (key: KeyOf<typeof decisionsSheet>) => labelOf(decisionsSheet, key);

/** The entry of the list that was meant, "" when there is none. */
function meant(text: string, choices: readonly string[]): string {
  return findLabel(choices, text) ?? "";
}

/** The award that a ruling gives, from 调整后奖项 or else from the only award that 理由 names; "" for none. */
function adjustedAward({ award, reason }: Decision, awards: readonly Award[]): string {
  const choices = awardChoices(awards);
  if (award !== "") return meant(award, choices);
  const [only = "", ...others] = choices.filter((choice) => reason.includes(choice));
  return others.length === 0 ? only : "";
}

type Fault = Pick<UnappliedRuling, "column" | "reason">;

/** Why an adjustment of a submission cannot show in the ranking; undefined where it can. */
function whyUnranked(submission: Submission | undefined, isReviewed: boolean): string | undefined {
  if (!isReviewed) return "没有参加评审";
  if (!submission) return "在案例表中已经没有";
  if (submission.cancelled) return "在案例表中已取消资格";
  return submission.recommended ? undefined : "在案例表中已不是推荐案例";
}

/**
 * Reads 裁定: ids and choices in whatever width and letter case. A row that cannot be applied, and every row of several
 * that contradict one another on one submission, changes nothing.
 */
export function readRulings(review: ReviewData, { submissions, settings }: AwardData): Rulings {
  const kinds = settings.notice.cancellation.kinds.map((kind) => kind.label);
  const bySubmission = groupByFilledKey(submissions, (submission) => identifierKey(submission.id));
  const byReviewed = groupByFilledKey(review.reviewed, (reviewed) => identifierKey(reviewed.id));
  // A number that was corrected since the last assignment.
  const byFormer = groupByFilledKey(review.reviewed, (reviewed) => identifierKey(reviewed.record.text("id")));

  const read = (typed: Decision): { readonly key: string; readonly decision: Decision } | Fault => {
    const typedKey = identifierKey(typed.id);
    if (typedKey === "") return { column: "id", reason: `没有写${label("id")}，请补填` };
    const named = bySubmission.get(typedKey) ?? [];
    const reviewed = byReviewed.get(typedKey) ?? (named.length === 0 ? byFormer.get(typedKey) : undefined) ?? [];
    const [key, ...others] = new Set((reviewed.length > 0 ? reviewed : named).map((each) => each.key));
    if (key === undefined) return { column: "id", reason: `${label("id")}“${typed.id}”不在参评案例中，请核对编号` };
    if (others.length > 0)
      return { column: "id", reason: `有不止一个案例的编号是“${typed.id}”，不能确定是哪一个，请先更正重复的编号` };
    const decision = meant(typed.decision, Object.values(decisions));
    if (decision === "") {
      const problem = typed.decision === "" ? "没有填写" : `“${typed.decision}”无法识别`;
      return {
        column: "decision",
        reason: `${label("decision")}${problem}，请从下拉列表中选择${quoteEach(Object.values(decisions))}之一`,
      };
    }
    const submission = submissions.find((s) => s.key === key);
    if (decision === decisions.cancel) {
      const kind = meant(typed.kind, kinds);
      if (kind === "" && !(typed.kind === "" && submission?.cancelled)) {
        const problem = typed.kind === "" ? "没有填写" : `“${typed.kind}”无法识别`;
        return {
          column: "kind",
          reason: `${label("kind")}${problem}，不能判断是否通报，请从下拉列表中选择${quoteEach(kinds)}之一`,
        };
      }
      return { key, decision: { ...typed, decision, kind } };
    }
    const unranked = whyUnranked(submission, reviewed.length > 0);
    if (unranked !== undefined)
      return { column: "id", reason: `案例“${typed.id}”${unranked}，没有名次可以${decision}，请核对编号或删去这一行` };
    if (decision === decisions.uphold) return { key, decision: { ...typed, decision } };
    const award = adjustedAward(typed, settings.awards);
    if (award === "") {
      const problem = typed.award === "" ? "没有写明调整后的奖项" : `“${typed.award}”不是奖项，没有写明调整后的奖项`;
      return {
        column: "award",
        reason: `${problem}，请在“${label("award")}”列选择${quoteEach(awardChoices(settings.awards))}之一`,
      };
    }
    return { key, decision: { ...typed, decision, award } };
  };

  const unapplied: UnappliedRuling[] = [];
  const tell = ({ record, id }: Decision, fault: Fault) => unapplied.push({ row: record.row, id, ...fault });
  const understood: { readonly key: string; readonly decision: Decision }[] = [];
  for (const typed of review.decisions) {
    const found = read(typed);
    if ("decision" in found) understood.push(found);
    else tell(typed, found);
  }
  const inForce = new Map<string, Decision>();
  for (const [key, found] of groupByFilledKey(understood, (each) => each.key)) {
    const rows = found.map(({ decision }) => decision);
    const [last] = rows.slice(-1);
    if (last && new Set(rows.map(effectOf)).size === 1) {
      inForce.set(key, last);
      continue;
    }
    const places = rows.map(({ record }) => record.row).join("、");
    const reason = `第 ${places} 行对同一案例的决定互相矛盾，都没有生效，请只保留一行`;
    for (const row of rows) tell(row, { column: "decision", reason });
  }
  return { inForce, unapplied: unapplied.sort((a, b) => a.row - b.row) };
}

function effectOf({ decision, kind, award }: Decision): string {
  if (decision === decisions.cancel) return `${decision} ${kind}`;
  return decision === decisions.adjust ? `${decision} ${award}` : decision;
}

/** What a ruling in force does to the ranking. */
export function rulingOf({ decision, award }: Decision, awards: readonly Award[]): Ruling {
  if (decision === decisions.cancel) return { kind: "cancel" };
  if (decision === decisions.uphold) return { kind: "uphold" };
  return { kind: "adjust", award: awardChoices(awards).indexOf(award) };
}

export function isCancelledByDecision(decision: Decision | undefined): boolean {
  return decision?.decision === decisions.cancel;
}

/** In Chinese, without a full stop. */
export function describeUnapplied({ row, reason }: Pick<UnappliedRuling, "row" | "reason">): string {
  return `“${decisionsSheet.label}”表第 ${row} 行未生效：${reason}`;
}

export function describeCancellation(decision: Decision): string {
  const kind = decision.kind === "" ? "" : `（${decision.kind}）`;
  return `裁定取消资格${kind}${decision.reason === "" ? "" : `：${decision.reason}`}`;
}
