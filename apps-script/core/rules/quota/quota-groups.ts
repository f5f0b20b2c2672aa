import type { AwardData, Submission, Unit } from "../../award/award.ts";
import type { Cited, Field, Notice, TrackKey } from "../../notice/notice.ts";
import { compareText } from "../../text/compare.ts";

/** What a quota is counted over: a bureau's field and track, or a direct school's field. */
export interface QuotaGroup {
  readonly key: string;
  readonly unit: Unit;
  readonly field: Field;
  /** undefined for a direct school. */
  readonly track: TrackKey | undefined;
  /** 城市 / 乡村; "" for a direct school. */
  readonly trackLabel: string;
  readonly quota: Cited<number>;
}

/** The group in which a submission counts; undefined where its field, track or unit is invalid. */
export function quotaGroupOf(submission: Submission, notice: Notice): QuotaGroup | undefined {
  const { unit, field, track } = submission;
  if (!unit || !field || unit.kind === undefined) return undefined;
  if (unit.kind === "school") {
    const key = `${unit.record.row} ${field.key}`;
    return { key, unit, field, track: undefined, trackLabel: "", quota: notice.quotas.school };
  }
  if (track === undefined) return undefined;
  const trackLabel = notice.tracks.find((t) => t.key === track)?.label ?? track;
  const key = `${unit.record.row} ${field.key} ${track}`;
  return { key, unit, field, track, trackLabel, quota: notice.quotas.bureau[track] };
}

/** The order in which quota is used up: 初评得分 high first, empty last; then 案例编号, lower first. */
function compareByFirstScore(a: Submission, b: Submission): number {
  const score = (b.firstScore ?? -1) - (a.firstScore ?? -1);
  return score || compareText(a.id, b.id) || a.record.row - b.record.row;
}

export interface FilledGroup {
  readonly group: QuotaGroup;
  readonly members: readonly Submission[];
}

/** Submissions by group, each in the order in which quota is used up. */
export function groupByQuota(award: AwardData, submissions: Iterable<Submission>): FilledGroup[] {
  const groups = new Map<string, { group: QuotaGroup; members: Submission[] }>();
  for (const submission of submissions) {
    const group = quotaGroupOf(submission, award.settings.notice);
    if (!group) continue;
    const known = groups.get(group.key);
    if (known) known.members.push(submission);
    else groups.set(group.key, { group, members: [submission] });
  }
  for (const { members } of groups.values()) members.sort(compareByFirstScore);
  return [...groups.values()];
}
