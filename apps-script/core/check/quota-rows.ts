import type { AwardData, Submission, Unit } from "../award/award.ts";
import { sameUnit } from "../rules/expert/unit-counts.ts";
import { quotaGroupOf } from "../rules/quota/quota-groups.ts";

/** How a unit stands in one field and track. */
interface QuotaRow {
  readonly field: string;
  /** "" for a direct school. */
  readonly track: string;
  readonly quota: number;
  readonly recommended: number;
  /** Clean submissions, recommended or not. */
  readonly eligible: number;
}

export function describeQuotaState({ quota, recommended }: QuotaRow): string {
  if (recommended > quota) return `超额 ${recommended - quota}`;
  return recommended === quota ? "已满" : "未满";
}

/** One row for each field, and for a bureau each track, in the order of the notice; also where nothing was submitted. */
export function quotaRowsOf(award: AwardData, unit: Unit, clean: ReadonlySet<Submission>): QuotaRow[] {
  const { notice } = award.settings;
  if (unit.kind === undefined) return [];
  const tracks = unit.kind === "school" ? [undefined] : notice.tracks;
  const own = award.submissions.filter((s) => sameUnit(s.unit, unit));
  return notice.fields.flatMap((field) =>
    tracks.map((track): QuotaRow => {
      const members = own.filter((s) => {
        const group = quotaGroupOf(s, notice);
        return group?.field === field && group.track === track?.key;
      });
      return {
        field: field.label,
        track: track?.label ?? "",
        quota: track ? notice.quotas.bureau[track.key].value : notice.quotas.school.value,
        recommended: members.filter((s) => s.recommended).length,
        eligible: members.filter((s) => clean.has(s)).length,
      };
    }),
  );
}
