const BASE = 0x01000193;

/** A hash of the `length` units from each position on; the last positions, where fewer are left, hold 0. */
export function hashWindows(units: Uint16Array, length: number): Uint32Array {
  let leaving = 1;
  for (let i = 0; i < length; i++) leaving = Math.imul(leaving, BASE);
  const hashes = new Uint32Array(units.length);
  let hash = 0;
  for (let at = 0; at < units.length; at++) {
    hash = (Math.imul(hash, BASE) + units[at]!) | 0;
    if (at >= length) hash = (hash - Math.imul(leaving, units[at - length]!)) | 0;
    if (at < length - 1) continue;
    const spread = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hashes[at + 1 - length] = spread ^ (spread >>> 13);
  }
  return hashes;
}

const BUCKET_BITS = 8;
const BUCKETS = 1 << BUCKET_BITS;
const bucketOf = (hash: number) => hash >>> (32 - BUCKET_BITS);

function sortIntoBuckets(hashes: Uint32Array): { sorted: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < hashes.length; i++) starts[bucketOf(hashes[i]!) + 1]!++;
  for (let b = 0; b < BUCKETS; b++) starts[b + 1]! += starts[b]!;
  const sorted = new Uint32Array(hashes.length);
  const next = starts.slice();
  for (let i = 0; i < hashes.length; i++) sorted[next[bucketOf(hashes[i]!)]!++] = hashes[i]!;
  return { sorted, starts };
}

/**
 * Marks (1 at `hash & (result.length - 1)`) the hashes that occur more than once. A hash that occurs once may be marked
 * too, but rarely. Bucket by bucket: one table of millions of hashes would miss the processor's cache at every step.
 */
export function markRepeated(hashes: Uint32Array): Uint8Array {
  const { sorted, starts } = sortIntoBuckets(hashes);
  let slots = new Uint32Array(0);
  let isTold = new Uint8Array(0);
  let repeated = 0;
  for (let b = 0; b < BUCKETS; b++) {
    const from = starts[b]!;
    const to = starts[b + 1]!;
    const capacity = 2 ** Math.ceil(Math.log2(2 * (to - from) + 2));
    if (slots.length < capacity) {
      slots = new Uint32Array(capacity);
      isTold = new Uint8Array(capacity);
    } else {
      slots.fill(0, 0, capacity);
      isTold.fill(0, 0, capacity);
    }
    for (let i = from; i < to; i++) {
      // 0 means an empty slot: the hash 0 is taken for 1, and marked whether it occurs again or not.
      const hash = sorted[i]! || 1;
      let slot = hash & (capacity - 1);
      while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & (capacity - 1);
      if (slots[slot] === 0) slots[slot] = hash;
      else if (isTold[slot] === 0) {
        isTold[slot] = 1;
        // The repeated ones take the place of what has been read.
        sorted[repeated++] = hash;
      }
    }
  }
  const marks = new Uint8Array(2 ** Math.ceil(Math.log2(16 * repeated + 4096)));
  for (let i = 0; i < repeated; i++) marks[sorted[i]! & (marks.length - 1)] = 1;
  marks[0] = 1;
  return marks;
}
