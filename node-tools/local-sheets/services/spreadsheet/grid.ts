/** A sparse matrix by 1-based row and column. */
export class Grid<T> {
  #rows: (T | undefined)[][] = [];

  get(row: number, column: number): T | undefined {
    return this.#rows[row]?.[column];
  }

  set(row: number, column: number, value: T | undefined): void {
    let cells = this.#rows[row];
    if (cells === undefined) {
      if (value === undefined) return;
      // Arrays with holes far beyond their end become slow hash tables.
      while (this.#rows.length <= row) this.#rows.push([]);
      cells = this.#rows[row] as (T | undefined)[];
    }
    if (value !== undefined) {
      while (cells.length < column) cells.push(undefined);
      cells[column] = value;
    } else if (column < cells.length) {
      cells[column] = undefined;
    }
  }

  /** Last row with a value; 0 when there is none. */
  get lastRow(): number {
    for (let row = this.#rows.length - 1; row > 0; row -= 1) {
      if (this.lastColumnOf(row) > 0) return row;
    }
    return 0;
  }

  get lastColumn(): number {
    let last = 0;
    for (let row = 1; row < this.#rows.length; row += 1) last = Math.max(last, this.lastColumnOf(row));
    return last;
  }

  lastColumnOf(row: number): number {
    const cells = this.#rows[row];
    if (cells === undefined) return 0;
    for (let column = cells.length - 1; column > 0; column -= 1) if (cells[column] !== undefined) return column;
    return 0;
  }

  /** Row by row, from left to right. */
  *entries(): IterableIterator<[row: number, column: number, value: T]> {
    for (let row = 1; row < this.#rows.length; row += 1) {
      const cells = this.#rows[row] as (T | undefined)[];
      for (let column = 1; column < cells.length; column += 1) {
        const value = cells[column];
        if (value !== undefined) yield [row, column, value];
      }
    }
  }

  /** Takes the place of whatever is here; the values themselves are shared. */
  copyFrom(other: Grid<T>): void {
    this.#rows = other.#rows.map((cells) => [...cells]);
  }

  insertRows(before: number, count: number): void {
    if (before >= this.#rows.length) return;
    const added = Array.from({ length: count }, () => []);
    this.#rows = [...this.#rows.slice(0, before), ...added, ...this.#rows.slice(before)];
  }

  deleteRows(first: number, count: number): void {
    this.#rows.splice(first, count);
  }

  copyRow(from: number, to: number): void {
    const cells = this.#rows[from];
    if (cells === undefined || cells.length === 0) return;
    while (this.#rows.length <= to) this.#rows.push([]);
    this.#rows[to] = [...cells];
  }
}
