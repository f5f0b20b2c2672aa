// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
/** A set of pairs (row, column), a bit each: all eligible pairs of the largest award fit into memory. */
export interface BitMatrix {
  /** The number of pairs. */
  readonly size: () => number;
  readonly add: (row: number, column: number) => void;
  readonly has: (row: number, column: number) => boolean;
  /** Writes the columns of a row into `target`, ascending, and returns how many there are. */
  readonly list: (row: number, target: Int32Array) => number;
}

export function createBitMatrix(rows: number, columns: number): BitMatrix {
  const width = (columns + 31) >>> 5;
  const words = new Int32Array(rows * width);
  let size = 0;
  return {
    size: () => size,
    add(row, column) {
      words[row * width + (column >> 5)]! |= 1 << (column & 31);
      size++;
    },
    has: (row, column) => ((words[row * width + (column >> 5)]! >> (column & 31)) & 1) === 1,
    list(row, target) {
      let count = 0;
      for (let w = 0; w < width; w++) {
        for (let word = words[row * width + w]!; word !== 0; word &= word - 1) {
          target[count++] = w * 32 + 31 - Math.clz32(word & -word);
        }
      }
      return count;
    },
  };
}
