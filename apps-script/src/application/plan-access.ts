import type { AwardData, Unit } from "../../core/award/award.ts";
import { distinctUnits, sameUnit } from "../../core/rules/expert/unit-counts.ts";

export interface UnitBlock {
  readonly unit: string;
  readonly emails: readonly string[];
  /** First and last row of the unit in 案例, 1-based. */
  readonly top: number;
  readonly bottom: number;
}

export interface AccessPlan {
  /** Rows that lie together: to be protected for their unit. */
  readonly blocks: readonly UnitBlock[];
  /** Units whose rows lie among those of others: only checked, not protected. */
  readonly scattered: readonly string[];
  /** Units with rows and no usable address in 邮箱. */
  readonly withoutEmail: readonly string[];
}

const isAddress = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

/** The addresses in 邮箱 of a unit; several are separated by 、 or any other usual sign. */
export function emailsOf({ record }: Unit): string[] {
  return record
    .text("email")
    .split(/[\s、，,;；]+/)
    .filter(isAddress);
}

/** Which rows of 案例 are to be protected for whom. Empty rows between two of a unit are the unit's. */
export function planAccess(award: AwardData): AccessPlan {
  const blocks: UnitBlock[] = [];
  const scattered: string[] = [];
  const withoutEmail: string[] = [];
  const owners = award.submissions;
  for (const unit of distinctUnits(award)) {
    const indexes = owners.flatMap((submission, i) => (sameUnit(submission.unit, unit) ? [i] : []));
    const [first, last] = [indexes[0], indexes[indexes.length - 1]];
    if (first === undefined || last === undefined) continue;
    const emails = emailsOf(unit);
    if (emails.length === 0) withoutEmail.push(unit.name);
    else if (last - first + 1 !== indexes.length) scattered.push(unit.name);
    else {
      const [top, bottom] = [owners[first]?.record.row ?? 0, owners[last]?.record.row ?? 0];
      blocks.push({ unit: unit.name, emails, top, bottom });
    }
  }
  return { blocks, scattered, withoutEmail };
}
