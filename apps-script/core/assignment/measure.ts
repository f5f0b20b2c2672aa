// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import type { EligiblePairs } from "./eligibility.ts";
import { listStatedFields } from "./field-preference.ts";
import { findLinks, groupSubmissions, type Panels } from "./panels.ts";
import type { PlanCost } from "./problem.ts";

/** The facts of a plan about the soft aims. */
export function measurePlan(eligible: EligiblePairs, panels: Panels): PlanCost {
  const { submissions } = eligible;
  const fieldOf = new Map<number, string>();
  const several = new Set<number>();
  for (const [s, panel] of panels.entries()) {
    const { field } = submissions[s]!;
    for (const r of panel) {
      if ((fieldOf.get(r) ?? field) !== field) several.add(r);
      fieldOf.set(r, field);
    }
  }
  const groups = groupSubmissions(eligible).filter((group) => group.some((s) => panels[s]!.length > 0));
  return {
    ...countMismatches(eligible, panels),
    loaded: fieldOf.size,
    oneField: fieldOf.size - several.size,
    sharedMax: [...countShared(panels, submissions.keys()).values()].reduce((most, n) => Math.max(most, n), 0),
    sharedSd: measureSpread(panels, groups),
    groups: groups.length,
    components: groups.reduce((sum, group) => sum + findLinks(panels, group).components, 0),
  };
}

/**
 * Mismatches there are, and those that would remain if each submission had the reviewers it liked best: one of each
 * unit, as many as it has now.
 */
function countMismatches(
  { submissions, reviewers, unitOf, allowed, lockedReviewers }: EligiblePairs,
  panels: Panels,
): { fieldMismatch: number; fieldMismatchFloor: number } {
  const stated = listStatedFields(reviewers);
  const row = new Int32Array(reviewers.length);
  let fieldMismatch = 0;
  let fieldMismatchFloor = 0;
  for (const [s, panel] of panels.entries()) {
    const { field } = submissions[s]!;
    const misses = (r: number) => stated[r]?.has(field) === false;
    const locked = lockedReviewers[s]!.length;
    const own = panel.filter(misses).length;
    fieldMismatch += own;
    fieldMismatchFloor += lockedReviewers[s]!.filter(misses).length;
    if (own === 0) continue;
    const matching = new Set<number>();
    const count = allowed.list(s, row);
    for (let i = 0; i < count && locked + matching.size < panel.length; i++) {
      if (!misses(row[i]!)) matching.add(unitOf[row[i]!]!);
    }
    fieldMismatchFloor += panel.length - locked - matching.size;
  }
  return { fieldMismatch, fieldMismatchFloor };
}

/** How many of the submissions any two reviewers share; pairs that share none are left out. */
function countShared(panels: Panels, submissions: Iterable<number>): Map<number, number> {
  const shared = new Map<number, number>();
  for (const s of submissions) {
    const panel = panels[s]!;
    for (const [i, a] of panel.entries()) {
      for (let k = 0; k < i; k++) {
        const key = Math.min(a, panel[k]!) * 0x100000 + Math.max(a, panel[k]!);
        shared.set(key, (shared.get(key) ?? 0) + 1);
      }
    }
  }
  return shared;
}

function measureSpread(panels: Panels, groups: readonly (readonly number[])[]): number {
  let pairs = 0;
  let deviations = 0;
  for (const group of groups) {
    const members = new Set(group.flatMap((s) => panels[s]!)).size;
    const possible = (members * (members - 1)) / 2;
    if (possible === 0) continue;
    let sum = 0;
    let squares = 0;
    for (const count of countShared(panels, group).values()) {
      sum += count;
      squares += count * count;
    }
    pairs += possible;
    deviations += squares - (sum * sum) / possible;
  }
  return pairs === 0 ? 0 : Math.sqrt(Math.max(0, deviations / pairs));
}
