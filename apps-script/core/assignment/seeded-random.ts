/** Spreads the bits of a 32-bit integer (the finaliser of MurmurHash3, Appleby, public domain). */
function scramble(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A hash of two 32-bit integers, in [0, 2^32). Not symmetric. */
export function hashPair(a: number, b: number): number {
  return scramble(Math.imul(scramble(a), 31) + b);
}

/** A hash of a text under a seed, in [0, 2^32) (FNV-1a over UTF-16 code units, then scrambled). */
export function hashText(seed: number, text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return hashPair(seed, h);
}

/** A deterministic source of integers: the returned function draws uniformly from 0 … bound - 1. */
export function createDraw(seed: number): (bound: number) => number {
  let state = seed | 0;
  return (bound) => {
    state = (state + 0x9e3779b9) | 0;
    return Math.floor((scramble(state) / 4294967296) * bound);
  };
}
