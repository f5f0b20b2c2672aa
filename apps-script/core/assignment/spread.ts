import type { EligiblePairs } from "./eligibility.ts";
import { createDraw } from "./seeded-random.ts";

/** The reviewers of each submission: locked ones first, then those that were added. */
export type Panels = number[][];

/** How many submissions any two reviewers share: a symmetric matrix, row by row. */
function countShared(panels: Panels, reviewers: number): Uint16Array {
  const shared = new Uint16Array(reviewers * reviewers);
  for (const panel of panels) {
    for (const a of panel) for (const b of panel) if (a !== b) shared[a * reviewers + b]!++;
  }
  return shared;
}

const TRIES = 16;
const PASSES = 8;

/**
 * Exchanges reviewers between submissions of one field and stage so that no two reviewers share many submissions: each
 * exchange lowers the sum of the squared shared counts. Loads, hard constraints and field costs stay what they are, for
 * these depend on the field and the reviewer alone. Changes the panels in place; locked reviewers stay.
 *
 * A local search with seeded random partners, bounded by `PASSES` rounds; it stops when a round gains little.
 */
export function spreadSharedReviews(panels: Panels, eligible: EligiblePairs, seed: number): void {
  const { submissions, reviewers, unitOf, lockedReviewers } = eligible;
  const n = reviewers.length;
  const shared = countShared(panels, n);
  const allowed = markAllowed(eligible);
  const draw = createDraw(seed);
  const peers = groupPeers(eligible, panels);

  /** Moves one reviewer of a panel out of (-1) or into (+1) the counts; returns the change of the sum of squares. */
  function count(panel: readonly number[], position: number, reviewer: number, step: 1 | -1): number {
    let change = 0;
    // By index: this runs some million times, and an iterator would make an array each time.
    for (let i = 0; i < panel.length; i++) {
      if (i === position) continue;
      const other = panel[i]!;
      const held = shared[reviewer * n + other]!;
      change += 2 * step * held + 1;
      shared[reviewer * n + other] = held + step;
      shared[other * n + reviewer] = held + step;
    }
    return change;
  }

  function fits(s: number, panel: readonly number[], position: number, newcomer: number): boolean {
    if (!allowed(s, newcomer)) return false;
    for (let i = 0; i < panel.length; i++) {
      if (i !== position && (panel[i] === newcomer || unitOf[panel[i]!] === unitOf[newcomer])) return false;
    }
    return true;
  }

  function improve(s: number, i: number): boolean {
    const group = peers[s]!;
    const panel = panels[s]!;
    const a = panel[i]!;
    if (panel.every((other, k) => k === i || shared[a * n + other]! < 2)) return false;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const t = group[draw(group.length)]!;
      const partner = panels[t]!;
      const fixed = lockedReviewers[t]!.length;
      const k = fixed + draw(partner.length - fixed);
      const b = partner[k]!;
      if (t === s || a === b || !fits(s, panel, i, b) || !fits(t, partner, k, a)) continue;
      const change =
        count(panel, i, a, -1) + count(partner, k, b, -1) + count(panel, i, b, 1) + count(partner, k, a, 1);
      if (change < 0) {
        panel[i] = b;
        partner[k] = a;
        return true;
      }
      count(panel, i, b, -1);
      count(partner, k, a, -1);
      count(panel, i, a, 1);
      count(partner, k, b, 1);
    }
    return false;
  }

  const movable = panels.reduce((sum, panel, s) => sum + panel.length - lockedReviewers[s]!.length, 0);
  for (let pass = 0; pass < PASSES; pass++) {
    let gains = 0;
    for (const s of submissions.keys()) {
      for (let i = lockedReviewers[s]!.length; i < panels[s]!.length; i++) if (improve(s, i)) gains++;
    }
    if (gains * 100 < movable) break;
  }
}

/** The submissions with movable reviewers that stand in one field and stage, for each such submission. */
function groupPeers({ submissions, lockedReviewers }: EligiblePairs, panels: Panels): (readonly number[])[] {
  const groups = new Map<string, number[]>();
  return submissions.map((submission, s) => {
    const key = JSON.stringify([submission.field, submission.anyStage || submission.stage]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    if (panels[s]!.length > lockedReviewers[s]!.length) group.push(s);
    return group;
  });
}

/** The eligible pairs as a bit matrix. */
function markAllowed({ submissions, reviewers, pairSubmission, pairReviewer }: EligiblePairs) {
  const width = Math.ceil(reviewers.length / 32);
  const bits = new Int32Array(submissions.length * width);
  for (const [p, s] of pairSubmission.entries()) {
    const r = pairReviewer[p]!;
    bits[s * width + (r >> 5)]! |= 1 << (r & 31);
  }
  return (s: number, r: number) => ((bits[s * width + (r >> 5)]! >> (r & 31)) & 1) === 1;
}

/** The most submissions two reviewers share, and the standard deviation over loaded reviewers whose stages meet. */
export function measureShared(panels: Panels, { reviewers }: EligiblePairs): { max: number; sd: number } {
  const n = reviewers.length;
  const shared = countShared(panels, n);
  const loaded = new Set(panels.flat());
  let [pairs, sum, squares, max] = [0, 0, 0, 0];
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const met = reviewers[a]!.anyStage || reviewers[b]!.anyStage || reviewers[a]!.stage === reviewers[b]!.stage;
      const count = shared[a * n + b]!;
      if (count > max) max = count;
      if (!met || !loaded.has(a) || !loaded.has(b)) continue;
      pairs++;
      sum += count;
      squares += count * count;
    }
  }
  const mean = pairs === 0 ? 0 : sum / pairs;
  return { max, sd: pairs === 0 ? 0 : Math.sqrt(Math.max(0, squares / pairs - mean * mean)) };
}
