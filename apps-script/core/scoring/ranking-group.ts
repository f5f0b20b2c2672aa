import type { Submission } from "../award/award.ts";
import type { Settings } from "../award/settings.ts";

/** A ranking group: field × track. */
export interface RankingGroup {
  /** Position of the field and of the track in the notice: groups are listed in that order. */
  readonly order: number;
  readonly field: string;
  /** 城市 / 乡村; "" for the direct schools when they rank apart. */
  readonly track: string;
}

/** The group a submission ranks in; direct schools rank with 城市 unless 参数 sets them apart. */
export function rankingGroupOf(submission: Submission, settings: Settings): RankingGroup | undefined {
  const { fields, tracks } = settings.notice;
  const field = submission.field;
  if (!field || !submission.unit) return undefined;
  const school = submission.unit.kind === "school";
  const key = school ? (settings.schoolsRankApart ? undefined : "urban") : submission.track;
  if (!school && key === undefined) return undefined;
  const position = key === undefined ? tracks.length : tracks.findIndex((t) => t.key === key);
  const order = fields.findIndex((f) => f.key === field.key) * (tracks.length + 1) + position;
  return { order, field: field.label, track: tracks[position]?.label ?? "" };
}

export function groupKey(group: RankingGroup): string {
  return `${group.field}/${group.track}`;
}
