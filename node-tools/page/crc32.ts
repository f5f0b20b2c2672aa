// biome-ignore-all lint/style/noNonNullAssertion: indices into typed arrays, each within the bounds that the loop around it gives
/** CRC-32 of one byte followed by 0 … 7 bytes of zeros, by the byte: eight bytes are taken at once. */
const crcTable = makeCrcTable();

function makeCrcTable(): Uint32Array {
  const table = new Uint32Array(8 * 256);
  for (let n = 0; n < 256; n += 1) {
    let c = n;
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    table[n] = c;
  }
  for (let n = 256; n < table.length; n += 1) {
    const before = table[n - 256] ?? 0;
    table[n] = (table[before & 0xff] ?? 0) ^ (before >>> 8);
  }
  return table;
}

/** @param before that of what stands in front */
export function crc32(content: Uint8Array, before = 0): number {
  const table = crcTable;
  let crc = ~before;
  let i = 0;
  for (; i + 8 <= content.length; i += 8) {
    const low = crc ^ (content[i]! | (content[i + 1]! << 8) | (content[i + 2]! << 16) | (content[i + 3]! << 24));
    crc =
      table[0x700 + (low & 0xff)]! ^
      table[0x600 + ((low >>> 8) & 0xff)]! ^
      table[0x500 + ((low >>> 16) & 0xff)]! ^
      table[0x400 + (low >>> 24)]! ^
      table[0x300 + content[i + 4]!]! ^
      table[0x200 + content[i + 5]!]! ^
      table[0x100 + content[i + 6]!]! ^
      table[content[i + 7]!]!;
  }
  for (; i < content.length; i += 1) crc = table[(crc ^ content[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
