import { readAward } from "../award/read-award.ts";
import type { Award, Notice } from "../notice/notice.ts";
import { decisions, noAward } from "../schema/choices.ts";
import { decisionsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { pointsOf } from "../scoring/fraction.ts";
import { type Contender, type RankedContender, type Ruling, rankGroup } from "../scoring/rank.ts";
import { groupKey, type RankingGroup, rankingGroupOf } from "../scoring/ranking-group.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { requireValidSettings } from "./eligible.ts";
import { type Decision, decisionsInForce, type ReviewData, readReview } from "./read-review.ts";
import { readStandings, type Standing } from "./standing.ts";
import { type RankingRow, writeRanking } from "./write-ranking.ts";

/** What `rank --json` prints; scores in points, unrounded; `award` is "" for none. */
export interface RankResult {
  readonly groups: readonly {
    readonly field: string;
    readonly track: string;
    readonly ranking: readonly {
      readonly id: string;
      readonly score: number;
      readonly rank: number;
      readonly award: string;
    }[];
  }[];
  readonly pending: readonly string[];
  readonly arbitration: readonly { readonly id: string; readonly range: number }[];
}

export interface RankOutcome {
  readonly result: RankResult;
  readonly patch: WorkbookPatch;
  /** Rulings that could not be applied, in Chinese. */
  readonly notes: readonly string[];
}

interface Candidate {
  readonly standing: Standing;
  readonly group: RankingGroup;
  readonly decision: Decision | undefined;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Ranks what has been scored (DESIGN §5) and fills 汇总 and 结果. In the ranking stands every submission of 参评案例
 * that is still recommended, not cancelled, and has all its reviews.
 *
 * @throws WorkbookStructureError, ReviewBlockedError
 */
export function rankReview(
  awardSnapshot: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot,
  notice: Notice,
): RankOutcome {
  const award = readAward(awardSnapshot, notice);
  requireValidSettings(award);
  const { settings } = award;
  const review = readReview(reviewSnapshot, settings.notice);
  const standings = readStandings(award, review, settings);
  const inForce = decisionsInForce(review);
  const notes: string[] = checkDecisions(review, standings, settings.awards);

  const candidates: Candidate[] = [];
  const outside: RankingRow[] = [];
  for (const standing of standings) {
    const group = standing.submission && rankingGroupOf(standing.submission, settings);
    const decision = inForce.get(standing.reviewed.id);
    if (!group || !standing.inReview) outside.push({ standing, remark: whyOutside(standing) });
    else if (decision?.decision === decisions.cancel && !standing.aggregate) {
      outside.push({ standing, group, remark: describeCancellation(decision) });
    } else candidates.push({ standing, group, decision });
  }

  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = groupKey(candidate.group);
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  const ordered = [...groups.values()].sort((a, b) => a[0]!.group.order - b[0]!.group.order);

  const rows: RankingRow[] = [];
  const pending: Candidate[] = [];
  const jsonGroups: RankResult["groups"][number][] = [];
  for (const group of ordered) {
    const scored = group.filter((c) => c.standing.aggregate);
    pending.push(...group.filter((c) => !c.standing.aggregate));
    const byKey = new Map(scored.map((c) => [c.standing.reviewed.key, c]));
    const ranked = rankGroup(
      scored.map((c) => contenderOf(c, settings.awards)),
      settings.awards,
    );
    const { field, track } = group[0]!.group;
    jsonGroups.push({
      field,
      track,
      ranking: ranked.map((r) => {
        const { reviewed, aggregate } = byKey.get(r.id)!.standing;
        return {
          id: reviewed.id,
          score: pointsOf(aggregate!.final),
          rank: r.rank,
          award: settings.awards[r.award]?.label ?? "",
        };
      }),
    });
    for (const place of ranked) {
      const candidate = byKey.get(place.id)!;
      const awardLabel = settings.awards[place.award]?.label ?? "";
      const remark = remarkOf(candidate, place, settings.awards, ranked);
      rows.push({ standing: candidate.standing, group: candidate.group, rank: place.rank, award: awardLabel, remark });
    }
    for (const c of group.filter((c) => !c.standing.aggregate)) {
      const { scores, required } = c.standing;
      rows.push({
        standing: c.standing,
        group: c.group,
        remark: `待评：已收到 ${scores.length} 份完整评分，需 ${required} 份`,
      });
    }
    for (const c of scored.filter((c) => c.decision?.decision === decisions.cancel)) {
      rows.push({ standing: c.standing, group: c.group, remark: describeCancellation(c.decision!) });
    }
  }

  const arbitration = candidates
    .filter((c) => c.standing.arbitration && c.decision?.decision !== decisions.cancel)
    .map((c) => ({ id: c.standing.reviewed.id, range: c.standing.aggregate!.range / 2 }))
    .sort((a, b) => compareText(a.id, b.id));
  return {
    result: { groups: jsonGroups, pending: pending.map((c) => c.standing.reviewed.id).sort(compareText), arbitration },
    patch: writeRanking(settings.notice, reviewSnapshot, review, [...rows, ...outside]),
    notes,
  };
}

function contenderOf({ standing, decision }: Candidate, awards: readonly Award[]): Contender {
  return { id: standing.reviewed.key, aggregate: standing.aggregate!, ruling: decision && rulingOf(decision, awards) };
}

/** What a row of 裁定 means; undefined when it changes nothing or cannot be read. */
function rulingOf(decision: Decision, awards: readonly Award[]): Ruling | undefined {
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

function checkDecisions(review: ReviewData, standings: readonly Standing[], awards: readonly Award[]): string[] {
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

function describeCancellation(decision: Decision): string {
  const kind = decision.kind === "" ? "" : `（${decision.kind}）`;
  return `裁定取消资格${kind}${decision.reason === "" ? "" : `：${decision.reason}`}`;
}

function whyOutside({ submission }: Standing): string {
  if (!submission) return "未参加排名：案例表中已没有该案例";
  if (submission.cancelled) return "未参加排名：案例表中状态为取消资格";
  if (!submission.recommended) return "未参加排名：案例表中已不是推荐案例";
  return "未参加排名：案例表中的领域、赛道或推荐单位无效";
}

function remarkOf(
  { standing, decision }: Candidate,
  place: RankedContender,
  awards: readonly Award[],
  ranked: readonly RankedContender[],
): string {
  const { aggregate } = standing;
  const parts: string[] = [];
  if (standing.arbitration) parts.push(`极差 ${aggregate!.range / 2} 分超过阈值，待复评，名次为暂定`);
  if (aggregate!.basis === "closestTwo") parts.push("已复评，最终得分取最接近的两个分数的平均值");
  const tied = ranked.filter((r) => r.rank === place.rank).length;
  if (place.tiedAtLine !== undefined) {
    parts.push(`${tied} 个案例并列于“${awards[place.tiedAtLine]?.label}”奖项线，名额不足，请在裁定表中裁定`);
  } else if (tied > 1) parts.push(`${tied} 个案例并列第 ${place.rank} 名`);
  if (place.adjusted) {
    parts.push(`裁定调整为“${awards[place.award]?.label ?? noAward}”${decision?.reason ? `：${decision.reason}` : ""}`);
  } else if (decision?.decision === decisions.uphold) {
    parts.push(`裁定维持${decision.reason ? `：${decision.reason}` : ""}`);
  }
  return parts.join("；");
}
