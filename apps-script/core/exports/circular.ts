/** 通报名单: cancelled submissions of the kinds that the notice names in a circular. */

import type { AwardData, Submission } from "../award/award.ts";
import { awardName } from "../notice/notice.ts";
import type { Decision, ReviewData } from "../review-book/read-review.ts";
import { isCancelledByDecision, readRulings } from "../review-book/rulings.ts";
import { submissionsSheet } from "../schema/application.ts";
import { resultsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { PrintedTable } from "../tables/printed-table.ts";
import { foldForComparison } from "../text/clean.ts";
import { compareText } from "../text/compare.ts";
import { joinNames } from "./wording.ts";

export const circularColumns = [
  { label: "序号", width: 6 },
  { label: labelOf(submissionsSheet, "id"), width: 20 },
  { label: labelOf(submissionsSheet, "title"), width: 36, align: "left" },
  { label: labelOf(resultsSheet, "authors"), width: 22, align: "left" },
  { label: labelOf(submissionsSheet, "nominator"), width: 22, align: "left" },
  { label: labelOf(submissionsSheet, "statusKind"), width: 16 },
  { label: "情况说明", width: 30, align: "left" },
] as const;

interface Cancelled {
  readonly id: string;
  readonly submission: Submission | undefined;
  readonly kind: string;
  readonly reason: string;
}

/** Cancelled in 案例 or by a ruling; where both, kind and reason are the ruling's, for it is the committee's word. */
export function findCancelled(award: AwardData, review: ReviewData | undefined): Cancelled[] {
  const inForce = review ? readRulings(review, award).inForce : new Map<string, Decision>();
  const rulings = new Map([...inForce].filter(([, decision]) => isCancelledByDecision(decision)));
  const fromSheet = award.submissions
    .filter((s) => s.cancelled || rulings.has(s.key))
    .map((submission): Cancelled => {
      const ruling = rulings.get(submission.key);
      const { record, id } = submission;
      const kind = ruling?.kind || record.text("statusKind");
      return { id, submission, kind, reason: ruling?.reason || record.text("statusReason") };
    });
  const known = new Set(fromSheet.map((c) => c.submission?.key));
  const others = [...rulings].filter(([key]) => !known.has(key));
  return [
    ...fromSheet,
    ...others.map(([, d]) => ({ id: d.id, submission: undefined, kind: d.kind, reason: d.reason })),
  ];
}

export interface Circular {
  readonly table: PrintedTable;
  /** 案例编号 of cancelled submissions whose kind is missing: it is not known whether they belong here. */
  readonly undecided: readonly string[];
}

export function circular(award: AwardData, review: ReviewData | undefined): Circular {
  const { notice } = award.settings;
  const kinds = notice.cancellation.kinds.map((k) => ({ ...k, folded: foldForComparison(k.label) }));
  const kindOf = (c: Cancelled) => kinds.find((k) => k.folded === foldForComparison(c.kind));
  const placeOf = (c: Cancelled) => kinds.findIndex((k) => k.folded === foldForComparison(c.kind));
  const cancelled = findCancelled(award, review);
  const named = cancelled
    .filter((c) => kindOf(c)?.circular)
    .sort((a, b) => placeOf(a) - placeOf(b) || compareText(a.id, b.id));
  return {
    undecided: cancelled.filter((c) => kindOf(c) === undefined).map((c) => c.id),
    table: {
      sheet: "通报名单",
      title: `${awardName(notice)}取消评选资格情况通报名单`,
      landscape: true,
      heading: [`共 ${named.length} 个案例`, "　　　　年　　月　　日"],
      columns: circularColumns,
      rows: named.map((c, i) => [
        i + 1,
        c.id,
        c.submission?.title ?? "",
        joinNames(c.submission?.authors ?? []),
        c.submission?.unit?.name ?? c.submission?.nominator ?? "",
        kindOf(c)?.label ?? c.kind,
        c.reason,
      ]),
      closing: [],
    },
  };
}
