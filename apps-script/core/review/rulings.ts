/** What the committee wrote in 裁定, as the ranking takes it. */
import type { Award } from "../notice/notice.ts";
import { decisions, noAward } from "../schema/choices.ts";
import { decisionsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { Ruling } from "../scoring/rank.ts";
import type { Decision, ReviewData } from "./read-review.ts";
import type { Standing } from "./standing.ts";

/** What a row of 裁定 means; undefined when it changes nothing or cannot be read. */
export function rulingOf(decision: Decision, awards: readonly Award[]): Ruling | undefined {
  if (decision.decision === decisions.cancel) return { kind: "cancel" };
  if (decision.decision !== decisions.adjust) return undefined;
  const award = adjustedAward(decision, awards);
  return award === undefined ? undefined : { kind: "adjust", award };
}

/** The award that a ruling gives, from 调整后奖项 or else from the only award that 理由 names. */
function adjustedAward(decision: Decision, awards: readonly Award[]): number | undefined {
  const labels = [...awards.map((a) => a.label), noAward];
  if (decision.award !== "") {
    const at = labels.indexOf(decision.award);
    return at < 0 ? undefined : at;
  }
  const named = labels.flatMap((label, i) => (decision.reason.includes(label) ? [i] : []));
  return named.length === 1 ? named[0] : undefined;
}

/** Rulings that cannot be applied, in Chinese. */
export function checkDecisions(review: ReviewData, standings: readonly Standing[], awards: readonly Award[]): string[] {
  const ids = new Set(standings.map((s) => s.reviewed.id));
  const label = (key: "id" | "decision" | "award") => labelOf(decisionsSheet, key);
  return review.decisions.flatMap((d) => {
    const place = `“${review.tables.decisions.name}”表第 ${d.record.row} 行`;
    if (!ids.has(d.id)) return [`${place}的${label("id")}“${d.id}”不在参评案例中，未生效；请核对编号。`];
    if (!(Object.values(decisions) as string[]).includes(d.decision)) {
      return [`${place}的${label("decision")}“${d.decision}”无法识别，未生效；请从下拉列表中选择。`];
    }
    if (d.decision === decisions.adjust && adjustedAward(d, awards) === undefined) {
      const known = [...awards.map((a) => a.label), noAward].map((a) => `“${a}”`).join("、");
      return [`${place}没有写明调整后的奖项，未生效；请在“${label("award")}”列填写${known}之一。`];
    }
    return [];
  });
}

export function describeCancellation(decision: Decision): string {
  const kind = decision.kind === "" ? "" : `（${decision.kind}）`;
  return `裁定取消资格${kind}${decision.reason === "" ? "" : `：${decision.reason}`}`;
}
