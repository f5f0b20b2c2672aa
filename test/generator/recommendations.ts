import type { Notice } from "../../apps-script/core/notice/notice.ts";
import type { ExpectedFinding } from "./answers.ts";
import type { GeneratedUnit } from "./places.ts";
import type { Random } from "./random.ts";
import { addDays, type DraftSubmission } from "./submissions.ts";

const quotaOf = (notice: Notice, s: DraftSubmission): number => {
  if (s.unit.kind === "school") return notice.quotas.school.value;
  const rural = s.track === notice.tracks[1]?.label;
  return notice.quotas.bureau[rural ? "rural" : "urban"].value;
};

const groupOf = (s: DraftSubmission) => `${s.unit.code} ${s.field.key} ${s.track}`;

function tick(s: DraftSubmission, random: Random, notice: Notice): void {
  const { from, to } = notice.windows.recommendation.value;
  s.recommended = true;
  s.recommendedOn = random.chance(0.1) ? random.pick([from, to]) : addDays(from, random.between(1, 12));
}

/** Ticks the best of what is in order, within the quotas. */
export function recommendWithinQuota(
  drafts: readonly DraftSubmission[],
  share: number,
  random: Random,
  notice: Notice,
) {
  const used = new Map<string, number>();
  for (const s of [...drafts].sort((a, b) => b.firstScore - a.firstScore)) {
    const group = groupOf(s);
    const count = used.get(group) ?? 0;
    if (s.dirty || s.recommended || count >= quotaOf(notice, s) || !random.chance(share)) continue;
    used.set(group, count + 1);
    tick(s, random, notice);
  }
}

/**
 * Fills one group past its quota: the lowest 初评得分 is over; of two equal ones the higher 案例编号 is.
 * Called before anything else is recommended, on a group with at least one row to spare.
 */
export function plantOverQuota(
  drafts: readonly DraftSubmission[],
  unit: GeneratedUnit,
  random: Random,
  notice: Notice,
  expected: ExpectedFinding[],
): void {
  const groups = new Map<string, DraftSubmission[]>();
  for (const s of drafts)
    if (s.unit === unit && !s.taken) groups.set(groupOf(s), [...(groups.get(groupOf(s)) ?? []), s]);
  const crowd = [...groups.values()].find((group) => group.length > quotaOf(notice, group[0] as DraftSubmission));
  if (!crowd) return;
  const quota = quotaOf(notice, crowd[0] as DraftSubmission);
  const chosen = crowd.slice(0, quota + 1).sort((a, b) => (a.id < b.id ? -1 : 1));
  chosen.forEach((s, i) => {
    s.taken = true;
    s.firstScore = i >= quota - 1 ? 71.5 : 80 + i / 2;
    tick(s, random, notice);
  });
  const over = chosen[quota];
  if (over) expected.push({ code: unit.kind === "school" ? "QUOTA-SCHOOL" : "QUOTA-TRACK", id: over.id });
  // What is left of the group stays out, so that nothing else is over.
  for (const s of drafts) if (s.unit === unit && groupOf(s) === groupOf(chosen[0] as DraftSubmission)) s.dirty = true;
}

/** Recommended a day late, and recommended although not in order. */
export function plantHastyTicks(
  drafts: readonly DraftSubmission[],
  random: Random,
  notice: Notice,
  expected: ExpectedFinding[],
) {
  const late = drafts.find((s) => s.recommended && !s.taken);
  if (late) {
    late.taken = true;
    late.recommendedOn = addDays(notice.windows.recommendation.value.to, 1);
    expected.push({ code: "QUOTA-WINDOW", id: late.id });
  }
  const bad = drafts.find((s) => s.priorAward === "是" && !s.recommended);
  if (bad) {
    tick(bad, random, notice);
    expected.push({ code: "QUOTA-INELIGIBLE", id: bad.id });
  }
}
