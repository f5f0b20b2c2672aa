// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import type { EligiblePairs } from "./eligibility.ts";
import { findLinks, groupSubmissions, type Links, type Panels } from "./panels.ts";
import { createDraw } from "./seeded-random.ts";

const TRIES = 16;
const PASSES = 24;
/** What an exchange may raise the sum of squares by in the first rounds: it leads out of poor local optima. */
const THRESHOLDS = [8, 4, 2, 0, 0];
/** With so few submissions chance decides much: the best of several rounds is kept, which costs little there. */
const SMALL_GROUP = 200;
const ROUNDS_OF_SMALL = 6;
/** Exchanges tried to join sets of reviewers that share nothing: for each submission of the group, and at most. */
const JOINS = 64;
const MOST_JOINING_STEPS = 5_000_000;

/**
 * Exchanges reviewers between submissions of one field and stage so that no two reviewers share many submissions, and
 * so that chains of shared submissions link all reviewers of the field and stage: what severity an expert has can only
 * be estimated within what is linked. Loads, hard constraints and field costs stay what they are, for these depend on
 * the field and the reviewer alone. Changes the panels in place; locked reviewers stay.
 *
 * A local search with seeded random partners on the sum of the squared shared counts: threshold accepting (Dueck &
 * Scheuer 1990), then descent until a round gains little. What is still apart then is joined by a random walk, after
 * which the sum is lowered again by exchanges that do not part it.
 */
export function spreadSharedReviews(panels: Panels, eligible: EligiblePairs, seed: number): void {
  const { reviewers, unitOf, lockedReviewers, allowed } = eligible;
  const n = reviewers.length;
  const shared = new Uint16Array(n * n);
  const draw = createDraw(seed);
  const movableOf = (s: number) => panels[s]!.length - lockedReviewers[s]!.length;
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

  function fits(s: number, position: number, newcomer: number): boolean {
    if (!allowed.has(s, newcomer)) return false;
    const panel = panels[s]!;
    for (let i = 0; i < panel.length; i++) {
      if (i !== position && (panel[i] === newcomer || unitOf[panel[i]!] === unitOf[newcomer])) return false;
    }
    return true;
  }

  /** Exchanges two reviewers and returns the change of the sum of squares. */
  function exchange(s: number, i: number, t: number, j: number): number {
    const panel = panels[s]!;
    const partner = panels[t]!;
    const a = panel[i]!;
    const b = partner[j]!;
    const change = count(panel, i, a, -1) + count(partner, j, b, -1) + count(panel, i, b, 1) + count(partner, j, a, 1);
    panel[i] = b;
    partner[j] = a;
    return change;
  }

  /** The position that `drawPartner` drew last: two numbers a call, some million times, are not worth an object each. */
  let drawn = 0;

  /** Draws a reviewer of another submission who can change places with this one; returns the submission, -1 if none. */
  function drawPartner(s: number, i: number, group: readonly number[]): number {
    const t = group[draw(group.length)]!;
    drawn = lockedReviewers[t]!.length + draw(movableOf(t));
    const a = panels[s]![i]!;
    const b = panels[t]![drawn]!;
    return t !== s && a !== b && fits(s, i, b) && fits(t, drawn, a) ? t : -1;
  }

  /** Makes the first of some exchanges drawn at random that raises the sum of squares by `most` or less. */
  function improve(s: number, i: number, group: readonly number[], most: number, isAllowed: () => boolean): boolean {
    const panel = panels[s]!;
    const a = panel[i]!;
    if (panel.every((other, j) => j === i || shared[a * n + other]! < 2)) return false;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const t = drawPartner(s, i, group);
      if (t < 0) continue;
      if (exchange(s, i, t, drawn) <= most && isAllowed()) return true;
      exchange(s, i, t, drawn);
    }
    return false;
  }

  function lowerShared(group: readonly number[], most: number, isAllowed: () => boolean): number {
    let gains = 0;
    for (const s of group) {
      for (let i = lockedReviewers[s]!.length; i < panels[s]!.length; i++) {
        if (improve(s, i, group, most, isAllowed)) gains++;
      }
    }
    return gains;
  }

  function descend(group: readonly number[], isAllowed: () => boolean): void {
    const movable = group.reduce((sum, s) => sum + movableOf(s), 0);
    for (let pass = 0; pass < PASSES && lowerShared(group, -1, isAllowed) * 100 >= movable; pass++) {}
  }

  function forget(group: readonly number[]): void {
    for (const s of group) for (const a of panels[s]!) for (const b of panels[s]!) shared[a * n + b] = 0;
  }

  function countAnew(group: readonly number[]): void {
    for (const s of group) for (const a of panels[s]!) for (const b of panels[s]!) if (a !== b) shared[a * n + b]!++;
  }

  /** The greatest shared count, and twice the sum of the squares. */
  function judge(group: readonly number[]): { readonly most: number; readonly squares: number } {
    let most = 0;
    let squares = 0;
    for (const s of group) {
      for (const a of panels[s]!) {
        for (const b of panels[s]!) {
          const count = shared[a * n + b]!;
          most = Math.max(most, count);
          // Each pair of reviewers comes by as often as it shares a submission.
          squares += count;
        }
      }
    }
    return { most, squares };
  }

  function settle(group: readonly number[], movable: readonly number[]): void {
    const rounds = movable.length > SMALL_GROUP ? 1 : ROUNDS_OF_SMALL;
    let best = { most: Number.POSITIVE_INFINITY, squares: Number.POSITIVE_INFINITY, panels: [] as Panels };
    for (let round = 0; round < rounds; round++) {
      for (const most of THRESHOLDS) lowerShared(movable, most, () => true);
      descend(movable, () => true);
      const { most, squares } = judge(group);
      if (most > best.most || (most === best.most && squares >= best.squares)) continue;
      best = { most, squares, panels: group.map((s) => [...panels[s]!]) };
    }
    forget(group);
    for (const [i, s] of group.entries()) panels[s] = best.panels[i]!;
    countAnew(group);
  }

  /** Exchanges reviewers of islands for others at random; returns the number of sets that are left. */
  function join(group: readonly number[], movable: readonly number[], apart: Links): number {
    let { components, islands } = apart;
    const attempts = Math.min(movable.length * JOINS, MOST_JOINING_STEPS / group.length);
    for (let attempt = 0; attempt < attempts && components > 1; attempt++) {
      const s = islands[draw(islands.length)]!;
      if (movableOf(s) === 0) continue;
      const i = lockedReviewers[s]!.length + draw(movableOf(s));
      const t = drawPartner(s, i, movable);
      if (t < 0) continue;
      exchange(s, i, t, drawn);
      const links = findLinks(panels, group);
      if (links.components <= components) ({ components, islands } = links);
      else exchange(s, i, t, drawn);
    }
    return components;
  }

  for (const group of groupSubmissions(eligible)) {
    const movable = group.filter((s) => movableOf(s) > 0);
    if (!movable.some((s) => panels[s]!.length > 1)) continue;
    countAnew(group);
    settle(group, movable);
    const apart = findLinks(panels, group);
    if (apart.components > 1) {
      const most = join(group, movable, apart);
      descend(movable, () => findLinks(panels, group).components <= most);
    }
    forget(group);
  }
}
