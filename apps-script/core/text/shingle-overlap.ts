// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
import type { BareTexts } from "./bare-texts.ts";
import { rollHash, SHINGLE_LENGTH, spreadHash } from "./shingles.ts";

/**
 * The distinct shingles of one text at a time, for exact comparison with others. The characters themselves are compared:
 * a collision of hashes changes nothing.
 */
export class ShingleOverlap {
  private readonly texts: BareTexts;
  /** Per text the number of its distinct shingles, plus 1; 0 where they have not been counted. */
  private readonly sizes: Uint32Array;
  /** Where the loaded text's shingles stand, plus 1, by hash. */
  private slots = new Uint32Array(0);
  private metBy = new Uint32Array(0);
  private meeting = 0;
  private loaded = -1;

  constructor(texts: BareTexts) {
    this.texts = texts;
    this.sizes = new Uint32Array(texts.starts.length - 1);
  }

  /** The Jaccard similarity of two texts' shingles. Fastest where `a` is the same in consecutive calls. */
  compare(a: number, b: number): number {
    if (this.sizes[b] === 0) this.load(b);
    this.load(a);
    const { units, starts } = this.texts;
    const start = starts[b]!;
    this.meeting++;
    let overlap = 0;
    let rolled = 0;
    for (let at = start; at < starts[b + 1]!; at++) {
      rolled = rollHash(rolled, units, start, at);
      if (at - start + 1 < SHINGLE_LENGTH) continue;
      const slot = this.findSlot(spreadHash(rolled), at);
      if (this.slots[slot] === 0 || this.metBy[slot] === this.meeting) continue;
      this.metBy[slot] = this.meeting;
      overlap++;
    }
    return overlap / (this.sizes[a]! + this.sizes[b]! - 2 - overlap);
  }

  private load(text: number): void {
    if (this.loaded === text) return;
    this.loaded = text;
    const { units, starts } = this.texts;
    const start = starts[text]!;
    const stop = starts[text + 1]!;
    const capacity = 2 ** Math.ceil(Math.log2(2 * (stop - start) + 2));
    if (this.slots.length === capacity) this.slots.fill(0);
    else {
      this.slots = new Uint32Array(capacity);
      this.metBy = new Uint32Array(capacity);
    }
    let size = 0;
    let rolled = 0;
    for (let at = start; at < stop; at++) {
      rolled = rollHash(rolled, units, start, at);
      if (at - start + 1 < SHINGLE_LENGTH) continue;
      const slot = this.findSlot(spreadHash(rolled), at);
      if (this.slots[slot] !== 0) continue;
      this.slots[slot] = at + 1;
      size++;
    }
    this.sizes[text] = size + 1;
  }

  /** The slot of the shingle that ends at `at`, or the empty one where it belongs. */
  private findSlot(hash: number, at: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0 && !this.isSame(this.slots[slot]! - 1, at)) slot = (slot + 1) & mask;
    return slot;
  }

  private isSame(a: number, b: number): boolean {
    const { units } = this.texts;
    for (let i = 0; i < SHINGLE_LENGTH; i++) if (units[a - i] !== units[b - i]) return false;
    return true;
  }
}
