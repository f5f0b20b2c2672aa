// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
/** Characters in a shingle (rule TEXT-DUPLICATE). */
export const SHINGLE_LENGTH = 8;

const BASE = 0x01000193;
let leaving = 1;
for (let i = 0; i < SHINGLE_LENGTH; i++) leaving = Math.imul(leaving, BASE);
/** What the unit before a shingle weighs in the rolling hash. */
const LEAVING = leaving;

/** Rolls a hash (0 before the first unit) on to the shingle that ends at `units[at]` in a text that begins at `start`. */
export function rollHash(hash: number, units: Uint16Array, start: number, at: number): number {
  const before = at - SHINGLE_LENGTH;
  const left = before < start ? 0 : Math.imul(LEAVING, units[before]!);
  return (Math.imul(hash, BASE) + units[at]! - left) | 0;
}

/** Spreads a rolled hash evenly over 0 … 2³² - 1 (the finaliser of MurmurHash3, Appleby 2011: a permutation). */
export function spreadHash(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
