// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import type { EligiblePairs } from "./eligibility.ts";

/** The reviewers of each submission: locked ones first, then those that were added. */
export type Panels = number[][];

/** The submissions of one field and stage (those of any stage by themselves), as indices, for each field and stage. */
export function groupSubmissions({ submissions }: Pick<EligiblePairs, "submissions">): (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [s, { field, anyStage, stage }] of submissions.entries()) {
    const key = anyStage ? field : `${field}\n${stage}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [s]);
    else group.push(s);
  }
  return [...groups.values()];
}

export interface Links {
  /** Sets of reviewers that chains of shared submissions link. */
  readonly components: number;
  /** The submissions whose reviewers are not in the set with the most submissions. */
  readonly islands: readonly number[];
}

/** Who is linked with whom by the submissions of a group. */
export function findLinks(panels: Panels, group: readonly number[]): Links {
  const parent = new Map<number, number>();
  const find = (r: number): number => {
    let root = r;
    for (let up = parent.get(root)!; up !== root; up = parent.get(root)!) root = up;
    parent.set(r, root);
    return root;
  };
  let components = 0;
  for (const s of group) {
    const panel = panels[s]!;
    for (const r of panel) {
      if (parent.has(r)) continue;
      parent.set(r, r);
      components++;
    }
    for (let i = 1; i < panel.length; i++) {
      const [a, b] = [find(panel[0]!), find(panel[i]!)];
      if (a === b) continue;
      parent.set(a, b);
      components--;
    }
  }
  if (components < 2) return { components, islands: [] };
  const filled = group.filter((s) => panels[s]!.length > 0);
  const sizes = new Map<number, number>();
  for (const s of filled) sizes.set(find(panels[s]![0]!), (sizes.get(find(panels[s]![0]!)) ?? 0) + 1);
  const [[mainland]] = [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0]) as [[number, number]];
  return { components, islands: filled.filter((s) => find(panels[s]![0]!) !== mainland) };
}
