// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { chooseSlot, emptyCell, type Network } from "./network.ts";

/**
 * Prices (dual variables, shortest distances from the source) of the nodes; the source costs 0 and so does every
 * submission with unmet demand that lies on a shortest path. An arc is tight when its cost is the difference of the
 * prices at its ends; flow is pushed along tight arcs only.
 */
export interface Prices {
  readonly submission: Int32Array;
  readonly reviewer: Int32Array;
  sink: number;
}

/** Prices under which every arc of cost 0 is tight. */
export function zeroPrices(network: Network): Prices {
  return { submission: new Int32Array(network.submissions), reviewer: new Int32Array(network.reviewers), sink: 0 };
}

export interface Augmenter {
  /**
   * Pushes as many units of unmet demand as it can along tight arcs to reviewers whose load is under their limit.
   * Afterwards no such path is left. Returns whether any reviewer is still under its limit.
   */
  readonly run: (limit: Int32Array) => boolean;
  /** After `run` returned true: 1 for each reviewer that unmet demand reaches along tight arcs. */
  readonly reached: Uint8Array;
}

const UNOPENED = -2;

/**
 * Depth-first augmentation with current arcs. Within a sweep a node that led nowhere is not entered again; the nodes of
 * a path that succeeded are released. Sweeps repeat until one finds nothing, so a sweep may miss paths but `run` does
 * not.
 */
export function createAugmenter(network: Network, prices: Prices): Augmenter {
  const { submissions, reviewers, demand, filled, load, chosen, firstCell, nextCell } = network;
  const { slotStart, slotReviewer, slotCost, slotCell, cellStart, cellSubmission } = network;
  const submissionPrice = prices.submission;
  const reviewerPrice = prices.reviewer;
  const seen = new Uint8Array(submissions);
  const reached = new Uint8Array(reviewers);
  /** How a node of the current path was entered: a submission by emptying this cell, a reviewer by this slot. */
  const enteredByCell = new Int32Array(submissions);
  const enteredBySlot = new Int32Array(reviewers);
  const slotCursor = new Int32Array(submissions);
  /** The cell of a reviewer that is being looked at, -1 at the end, and the slot within it. */
  const heldCell = new Int32Array(reviewers);
  const heldSlot = new Int32Array(reviewers);
  /** The path: submissions as they are, reviewers after them. */
  const path = new Int32Array(submissions + reviewers);
  let depth = 0;
  let open = new Int32Array(submissions).map((_, s) => s);
  /** Reviewers under their limit. */
  let free = 0;

  /** Empties a cell on the path and returns the reviewer that held it, whose cursor moves on. */
  function release(cell: number): number {
    const reviewer = emptyCell(network, cell);
    if (heldCell[reviewer] === cell) holdCell(reviewer, nextCell[cell]!);
    return reviewer;
  }

  function holdCell(reviewer: number, cell: number): void {
    heldCell[reviewer] = cell;
    if (cell >= 0) heldSlot[reviewer] = cellStart[cell]!;
  }

  /** Chooses the slot and undoes and redoes choices back to the start of the path. */
  function applyPath(last: number): void {
    let slot = last;
    for (;;) {
      let freed = slotCell[slot]!;
      if (chosen[freed]! < 0) {
        const submission = cellSubmission[freed]!;
        chooseSlot(network, slot);
        freed = enteredByCell[submission]!;
        if (freed < 0) {
          filled[submission]!++;
          return;
        }
        slot = enteredBySlot[release(freed)]!;
      } else {
        const loser = release(freed);
        chooseSlot(network, slot);
        slot = enteredBySlot[loser]!;
      }
    }
  }

  function enterReviewer(reviewer: number, slot: number): void {
    reached[reviewer] = 1;
    enteredBySlot[reviewer] = slot;
    if (heldCell[reviewer] === UNOPENED) holdCell(reviewer, firstCell[reviewer]!);
    path[depth++] = submissions + reviewer;
  }

  function enterSubmission(submission: number, cell: number): void {
    seen[submission] = 1;
    enteredByCell[submission] = cell;
    path[depth++] = submission;
  }

  /** Goes one step on from a submission. Returns the slot that reaches a free reviewer, or -1. */
  function stepFromSubmission(submission: number, limit: Int32Array): number {
    const end = slotStart[submission + 1]!;
    const price = submissionPrice[submission]!;
    let slot = slotCursor[submission]!;
    for (; slot < end; slot++) {
      const reviewer = slotReviewer[slot]!;
      if (reached[reviewer] || price + slotCost[slot]! !== reviewerPrice[reviewer]) continue;
      if (chosen[slotCell[slot]!]! >= 0) continue;
      slotCursor[submission] = slot;
      if (load[reviewer]! < limit[reviewer]! && reviewerPrice[reviewer] === prices.sink) return slot;
      enterReviewer(reviewer, slot);
      return -1;
    }
    slotCursor[submission] = slot;
    depth--;
    return -1;
  }

  /** The same from a reviewer: to another reviewer of a cell it holds, or to that cell's submission. */
  function stepFromReviewer(reviewer: number, limit: Int32Array): number {
    for (let cell = heldCell[reviewer]!; cell >= 0; ) {
      const end = cellStart[cell + 1]!;
      const price = reviewerPrice[reviewer]! - slotCost[chosen[cell]!]!;
      for (let slot = heldSlot[reviewer]!; slot < end; slot++) {
        const other = slotReviewer[slot]!;
        if (reached[other] || price + slotCost[slot]! !== reviewerPrice[other]) continue;
        heldSlot[reviewer] = slot;
        if (load[other]! < limit[other]! && reviewerPrice[other] === prices.sink) return slot;
        enterReviewer(other, slot);
        return -1;
      }
      const submission = cellSubmission[cell]!;
      heldSlot[reviewer] = end;
      if (!seen[submission] && price === submissionPrice[submission]) {
        enterSubmission(submission, cell);
        return -1;
      }
      cell = nextCell[cell]!;
      holdCell(reviewer, cell);
    }
    depth--;
    return -1;
  }

  function findPath(source: number, limit: Int32Array): boolean {
    depth = 0;
    enterSubmission(source, -1);
    while (depth > 0) {
      const node = path[depth - 1]!;
      const slot = node < submissions ? stepFromSubmission(node, limit) : stepFromReviewer(node - submissions, limit);
      if (slot < 0) continue;
      applyPath(slot);
      const last = slotReviewer[slot]!;
      if (load[last] === limit[last]) free--;
      while (depth > 0) {
        const passed = path[--depth]!;
        if (passed < submissions) seen[passed] = 0;
        else reached[passed - submissions] = 0;
      }
      return true;
    }
    return false;
  }

  function sweep(limit: Int32Array): boolean {
    seen.fill(0);
    reached.fill(0);
    heldCell.fill(UNOPENED);
    for (let s = 0; s < submissions; s++) slotCursor[s] = slotStart[s]!;
    open = open.filter((s) => filled[s]! < demand[s]!);
    let found = false;
    for (const source of open) {
      if (submissionPrice[source] !== 0) continue;
      while (free > 0 && filled[source]! < demand[source]! && !seen[source] && findPath(source, limit)) found = true;
    }
    return found;
  }

  return {
    reached,
    run(limit) {
      free = limit.reduce((count, most, j) => (load[j]! < most ? count + 1 : count), 0);
      while (free > 0 && sweep(limit)) {}
      return free > 0;
    },
  };
}
