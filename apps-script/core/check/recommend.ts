import type { Submission } from "../award/award.ts";
import { rememberUnitNames } from "../award/unit-names.ts";
import type { Notice } from "../notice/notice.ts";
import { requireValidSettings } from "../rules/eligible.ts";
import { barringErrors, isInForce } from "../rules/quota/clean-rows.ts";
import { groupByQuota, quotaGroupOf } from "../rules/quota/quota-groups.ts";
import type { Finding } from "../rules/rule.ts";
import { listSome } from "../rules/wording.ts";
import { yes } from "../schema/choices.ts";
import type { CellEdit, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { judgeErrors } from "./judge.ts";

export interface RecommendOutcome {
  /** 案例编号 of the submissions newly ticked, in the order of the sheet. */
  readonly recommended: readonly string[];
  /** Submissions in force that stay without a tick, each with the reason. */
  readonly left: readonly {
    readonly id: string;
    readonly title: string;
    /** 单位名称. */
    readonly nominator: string;
    readonly reason: string;
  }[];
  /** Ties that the quota cut in two: those with that 初评得分 that are recommended, and those that stay out. */
  readonly ties: readonly {
    readonly nominator: string;
    readonly field: string;
    readonly track: string;
    readonly score: number;
    readonly recommended: readonly string[];
    readonly left: readonly string[];
  }[];
  readonly patch: WorkbookPatch;
}

function reasonOfErrors(errors: readonly Finding[]): string {
  const columns = [...new Set(errors.map((e) => e.column))];
  return `检查有错误，须先改正：${listSome(columns, "处")}`;
}

/**
 * Proposes 推荐 = 是 for clean submissions, best 初评得分 first, as far as the quota of their group goes. Ticks that are
 * there use up quota and stay, whatever is wrong with them. 否 is what exports hold before anyone decides: it is no
 * decision against a submission and is overwritten; whoever wants to hold one back takes its 初评得分 away.
 *
 * @param date `YYYY-MM-DD`; 推荐日期 of the rows newly ticked stays as it is without one
 * @throws ReviewBlockedError when 参数 holds a wrong value
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function recommendSubmissions(snapshot: WorkbookSnapshot, notice: Notice, date?: string): RecommendOutcome {
  const { award, findings } = judgeErrors(snapshot, notice);
  requireValidSettings(award);
  const errors = barringErrors(award, findings);
  const chosen = new Set<Submission>();
  const reasons = new Map<Submission, string>();
  const candidates: Submission[] = [];
  for (const submission of award.submissions) {
    if (submission.recommended || !isInForce(submission)) continue;
    const own = errors.get(submission);
    if (own) reasons.set(submission, reasonOfErrors(own));
    else if (!quotaGroupOf(submission, award.settings.notice)) reasons.set(submission, "“单位”表中推荐单位的类别有误");
    else if (submission.firstScore === undefined) reasons.set(submission, "没有初评得分");
    else candidates.push(submission);
  }
  const ties: RecommendOutcome["ties"][number][] = [];
  const ticked = new Map(
    groupByQuota(
      award,
      award.submissions.filter((s) => s.recommended),
    ).map(({ group, members }) => [group.key, members]),
  );
  for (const { group, members } of groupByQuota(award, candidates)) {
    const used = ticked.get(group.key)?.length ?? 0;
    const room = Math.max(0, group.quota.value - used);
    for (const submission of members.slice(0, room)) chosen.add(submission);
    const where = `${group.unit.name}“${group.field.label}”${group.trackLabel}`;
    const out = members.slice(room);
    const inQuota = [...(ticked.get(group.key) ?? []), ...members.slice(0, room)];
    const score = out[0]?.firstScore;
    const alike = (list: readonly Submission[]) => list.filter((s) => s.firstScore === score).map((s) => s.id);
    const tied = score !== undefined && alike(inQuota).length > 0 ? score : undefined;
    if (tied !== undefined) {
      ties.push({
        nominator: group.unit.name,
        field: group.field.label,
        track: group.trackLabel,
        score: tied,
        recommended: alike(inQuota),
        left: alike(out),
      });
    }
    for (const submission of out) {
      const full = `${where}名额 ${group.quota.value} 个已满`;
      const isTied = tied !== undefined && submission.firstScore === tied;
      reasons.set(submission, isTied ? `${full}，与已推荐的案例同为 ${tied} 分，按案例编号在后` : full);
    }
  }
  const { positions, name } = award.tables.submissions;
  const edits: CellEdit[] = [];
  const set = (submission: Submission, key: "recommended" | "recommendedOn", value: CellEdit["value"]) => {
    const column = positions.get(key);
    if (column !== undefined) edits.push({ row: submission.record.row, column, value });
  };
  for (const submission of award.submissions) {
    if (!chosen.has(submission)) continue;
    set(submission, "recommended", yes);
    if (date !== undefined) set(submission, "recommendedOn", { kind: "date", iso: date });
  }
  return {
    recommended: award.submissions.filter((s) => chosen.has(s)).map((s) => s.id),
    left: [...award.submissions].flatMap((s) => {
      const reason = reasons.get(s);
      const { id, title, unit, nominator } = s;
      return reason === undefined ? [] : [{ id, title, nominator: unit?.name ?? nominator, reason }];
    }),
    ties,
    patch: { sheets: [{ name, edits }, ...rememberUnitNames(snapshot, award.units)] },
  };
}
