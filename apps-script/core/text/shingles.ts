// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
/** Characters in a shingle (rule TEXT-DUPLICATE). */
export const SHINGLE_LENGTH = 8;

const BASE = 0x01000193;
let leaving = 1;
for (let i = 0; i < SHINGLE_LENGTH; i++) leaving = Math.imul(leaving, BASE);
/** What the unit before a shingle weighs in the rolling hash. */
const LEAVING = leaving;

let room = new Uint32Array(0x4000);

/**
 * The hashes of a text's shingles from left to right, 0 … 2³² - 1, that begin with `level` bits of 0: all of them at level 0.
 * A rolling hash is spread evenly by the finaliser of MurmurHash3 (Appleby 2011: a permutation).
 *
 * @returns what stands until shingles are hashed again
 */
export function hashShingles(units: Uint16Array, level = 0): Uint32Array {
  if (room.length < units.length) room = new Uint32Array(2 * units.length);
  const hashes = room;
  const length = units.length;
  let rolled = 0;
  let count = 0;
  for (let at = 0; at < length && at < SHINGLE_LENGTH - 1; at++) rolled = (Math.imul(rolled, BASE) + units[at]!) | 0;
  let leaves = 0;
  for (let at = SHINGLE_LENGTH - 1; at < length; at++) {
    rolled = (Math.imul(rolled, BASE) + ((units[at]! - leaves) | 0)) | 0;
    leaves = Math.imul(LEAVING, units[at - SHINGLE_LENGTH + 1]!);
    let hash = Math.imul(rolled ^ (rolled >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
    hashes[count] = hash;
    // One more where enough bits are 0, without a branch that nobody can foretell.
    count += (level - 1 - Math.clz32(hash)) >>> 31;
  }
  return hashes.subarray(0, count);
}
