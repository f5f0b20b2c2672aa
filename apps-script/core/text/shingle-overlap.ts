// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
import { foldToUnits } from "./bare-texts.ts";
import { hashShingles, SHINGLE_LENGTH } from "./shingles.ts";

/**
 * The distinct shingles of one text at a time, for exact comparison with others. The characters themselves are compared:
 * a collision of hashes changes nothing.
 */
export class ShingleOverlap {
  /** Per text the number of its distinct shingles, plus 1; 0 where they have not been counted. */
  private readonly sizes: Uint32Array;
  /** Where the loaded text's shingles begin, plus 1, by hash. */
  private slots = new Uint32Array(0);
  private metBy = new Uint32Array(0);
  private meeting = 0;
  private loaded = -1;
  private units = new Uint16Array(0);

  constructor(
    textCount: number,
    private readonly textAt: (i: number) => string,
  ) {
    this.sizes = new Uint32Array(textCount);
  }

  /** The Jaccard similarity of two texts' shingles. Fastest where `a` is the same in consecutive calls. */
  compare(a: number, b: number): number {
    if (this.sizes[b] === 0) this.load(b);
    this.load(a);
    const units = foldToUnits(this.textAt(b));
    const hashes = hashShingles(units);
    this.meeting++;
    let overlap = 0;
    for (let at = 0; at < hashes.length; at++) {
      const slot = this.findSlot(hashes[at]!, units, at);
      if (this.slots[slot] === 0 || this.metBy[slot] === this.meeting) continue;
      this.metBy[slot] = this.meeting;
      overlap++;
    }
    return overlap / (this.sizes[a]! + this.sizes[b]! - 2 - overlap);
  }

  private load(text: number): void {
    if (this.loaded === text) return;
    this.loaded = text;
    this.units = foldToUnits(this.textAt(text)).slice();
    const hashes = hashShingles(this.units);
    const capacity = 2 ** Math.ceil(Math.log2(2 * hashes.length + 2));
    if (this.slots.length === capacity) this.slots.fill(0);
    else {
      this.slots = new Uint32Array(capacity);
      this.metBy = new Uint32Array(capacity);
    }
    let size = 0;
    for (let at = 0; at < hashes.length; at++) {
      const slot = this.findSlot(hashes[at]!, this.units, at);
      if (this.slots[slot] !== 0) continue;
      this.slots[slot] = at + 1;
      size++;
    }
    this.sizes[text] = size + 1;
  }

  /** The slot of the shingle that begins at `at`, or the empty one where it belongs. */
  private findSlot(hash: number, units: Uint16Array, at: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0 && !this.isLoaded(this.slots[slot]! - 1, units, at)) slot = (slot + 1) & mask;
    return slot;
  }

  /** Whether the loaded text has at `own` the shingle that begins at `at`. */
  private isLoaded(own: number, units: Uint16Array, at: number): boolean {
    for (let i = 0; i < SHINGLE_LENGTH; i++) if (this.units[own + i] !== units[at + i]) return false;
    return true;
  }
}
