// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
/** Candidate pairs as parallel arrays: submission index, reviewer index, cost. */
interface CandidatePairs {
  readonly submission: Int32Array;
  readonly reviewer: Int32Array;
  /** Non-negative. */
  readonly cost: Int32Array;
}

/** No slot, no cell: any number below 0. */
const NONE = -1;

/** What the network is built from: demand of each submission, unit number of each reviewer, candidate pairs. */
export interface NetworkInput {
  readonly demand: Int32Array;
  /** Unit numbers start at 0. */
  readonly unitOf: Int32Array;
  readonly pairs: CandidatePairs;
}

/**
 * The flow network submission → (submission, unit) with capacity 1 → reviewer, and the flow on it.
 *
 * An arc ("slot") is a candidate pair. The slots of a submission are contiguous, and within it those of one unit are:
 * they form a cell. A cell carries at most one unit of flow, so the flow is just the slot chosen in each cell, and the
 * residual graph needs no nodes but submissions and reviewers: an empty cell is entered only from its submission, a
 * filled one only from the reviewer it has chosen.
 *
 * Order is kept: slots stand in the order of the pairs given, cells in the order of their first slot. Searches follow
 * that order, so shuffled pairs give random ties.
 */
export interface Network {
  readonly submissions: number;
  readonly reviewers: number;
  readonly demand: Int32Array;
  /** First slot of each submission; one more entry at the end. */
  readonly slotStart: Int32Array;
  readonly slotReviewer: Int32Array;
  readonly slotCost: Int32Array;
  /** The index of the slot's pair in the input. */
  readonly slotPair: Int32Array;
  readonly slotCell: Int32Array;
  /** First slot of each cell; one more entry at the end. */
  readonly cellStart: Int32Array;
  readonly cellSubmission: Int32Array;
  /** The slot chosen in each cell, or `NONE`. */
  readonly chosen: Int32Array;
  /** The cells that chose a reviewer, as a doubly linked list: first cell, next, previous; `NONE` ends it. */
  readonly firstCell: Int32Array;
  readonly nextCell: Int32Array;
  readonly previousCell: Int32Array;
  /** Demand met so far. */
  readonly filled: Int32Array;
  readonly load: Int32Array;
}

/** Builds the network of the candidate pairs, with no flow on it. Linear in the pairs. */
export function buildNetwork({ demand, unitOf, pairs }: NetworkInput): Network {
  const submissions = demand.length;
  const reviewers = unitOf.length;
  const size = pairs.submission.length;
  const slotStart = new Int32Array(submissions + 1);
  for (let p = 0; p < size; p++) slotStart[pairs.submission[p]! + 1]!++;
  for (let s = 0; s < submissions; s++) slotStart[s + 1]! += slotStart[s]!;

  const bySubmission = new Int32Array(size);
  const fill = slotStart.slice(0, submissions);
  for (let p = 0; p < size; p++) bySubmission[fill[pairs.submission[p]!]!++] = p;

  const network = {
    slotReviewer: new Int32Array(size),
    slotCost: new Int32Array(size),
    slotPair: new Int32Array(size),
    slotCell: new Int32Array(size),
  };
  const cellStart = new Int32Array(size + 1);
  const cellSubmission = new Int32Array(size);
  const units = unitOf.reduce((most, unit) => Math.max(most, unit + 1), 0);
  const cellOfUnit = new Int32Array(units).fill(-1);
  let cells = 0;
  for (let s = 0; s < submissions; s++) {
    const from = slotStart[s]!;
    const to = slotStart[s + 1]!;
    const firstCell = cells;
    for (let k = from; k < to; k++) {
      const unit = unitOf[pairs.reviewer[bySubmission[k]!]!]!;
      if (cellOfUnit[unit]! < firstCell) {
        cellOfUnit[unit] = cells;
        cellSubmission[cells++] = s;
      }
      cellStart[cellOfUnit[unit]! + 1]!++;
    }
    for (let c = firstCell; c < cells; c++) cellStart[c + 1]! += cellStart[c]!;
    for (let k = from; k < to; k++) {
      const pair = bySubmission[k]!;
      const cell = cellOfUnit[unitOf[pairs.reviewer[pair]!]!]!;
      // The cell's start is the cursor here; the loop below moves the cursors back.
      const slot = cellStart[cell]!++;
      network.slotReviewer[slot] = pairs.reviewer[pair]!;
      network.slotCost[slot] = pairs.cost[pair]!;
      network.slotPair[slot] = pair;
      network.slotCell[slot] = cell;
    }
    for (let c = cells; c > firstCell; c--) cellStart[c] = cellStart[c - 1]!;
    cellStart[firstCell] = from;
  }
  return {
    ...network,
    submissions,
    reviewers,
    demand,
    slotStart,
    cellStart: cellStart.slice(0, cells + 1),
    cellSubmission: cellSubmission.slice(0, cells),
    chosen: new Int32Array(cells).fill(NONE),
    firstCell: new Int32Array(reviewers).fill(NONE),
    nextCell: new Int32Array(cells),
    previousCell: new Int32Array(cells),
    filled: new Int32Array(submissions),
    load: new Int32Array(reviewers),
  };
}

/** Chooses a slot in its cell, which must be empty. */
export function chooseSlot(network: Network, slot: number): void {
  const { chosen, firstCell, nextCell, previousCell, load } = network;
  const cell = network.slotCell[slot]!;
  const reviewer = network.slotReviewer[slot]!;
  const first = firstCell[reviewer]!;
  chosen[cell] = slot;
  nextCell[cell] = first;
  previousCell[cell] = NONE;
  if (first >= 0) previousCell[first] = cell;
  firstCell[reviewer] = cell;
  load[reviewer]!++;
}

/** Empties a cell and returns the reviewer it had chosen. */
export function emptyCell(network: Network, cell: number): number {
  const { chosen, firstCell, nextCell, previousCell, load } = network;
  const reviewer = network.slotReviewer[chosen[cell]!]!;
  const next = nextCell[cell]!;
  const previous = previousCell[cell]!;
  if (previous >= 0) nextCell[previous] = next;
  else firstCell[reviewer] = next;
  if (next >= 0) previousCell[next] = previous;
  chosen[cell] = NONE;
  load[reviewer]!--;
  return reviewer;
}
