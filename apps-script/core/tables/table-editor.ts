import type { CellEdit, CellValue } from "../workbook/port.ts";
import type { Table } from "./table.ts";

/** Collects the edits of one table; a cell that holds the value already gets none, so that nothing is written twice. */
export interface TableEditor<K extends string> {
  set(row: number, key: K, value: CellValue): void;
  /** Adds a row below the table and returns its number. */
  append(values: Readonly<Partial<Record<K, CellValue>>>): number;
  readonly edits: readonly CellEdit[];
  readonly lastRow: () => number;
}

const sameValue = (a: CellValue, b: CellValue) => JSON.stringify(a ?? "") === JSON.stringify(b ?? "");

export function editTable<K extends string>(table: Table<K>): TableEditor<K> {
  const edits: CellEdit[] = [];
  const records = new Map(table.rows.map((record) => [record.row, record]));
  let lastRow = table.lastRow;
  const write = (row: number, key: K, value: CellValue) => {
    const column = table.positions.get(key);
    if (column !== undefined) edits.push({ row, column, value });
  };
  return {
    edits,
    lastRow: () => lastRow,
    set(row, key, value) {
      if (!sameValue(records.get(row)?.raw(key) ?? null, value)) write(row, key, value === "" ? null : value);
    },
    append(values) {
      lastRow++;
      for (const [key, value] of Object.entries(values) as [K, CellValue | undefined][]) {
        if (value !== undefined && value !== null && value !== "") write(lastRow, key, value);
      }
      return lastRow;
    },
  };
}
