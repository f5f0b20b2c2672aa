/** What pasting a block would change, before anything is written. */
import type { FormChange, FormField, FormRow, FormSheet } from "../../unit/form-protocol.ts";

export interface GridTable {
  readonly sheet: FormSheet;
  readonly label: string;
  readonly fields: readonly FormField[];
  readonly rows: readonly FormRow[];
  /** The first row below those that are filled in. */
  readonly nextRow: number;
}

/** Of a table: indexes of its rows, the empty one behind the last included, and of its fields; bounds inclusive. */
export interface Selection {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface PastePlan {
  readonly changes: readonly FormChange[];
  /** Cells that hold another text now. */
  readonly overwritten: readonly {
    readonly row: number;
    readonly label: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly newRows: number;
  /** Cells that stay as they are because nobody may change them. */
  readonly locked: number;
  /** Columns of the block beyond the last of the table. */
  readonly beyond: number;
}

/** The row of the sheet at an index; below the last there is always one more. */
export const rowAt = ({ rows, nextRow }: GridTable, index: number): number =>
  rows[index]?.row ?? nextRow + index - rows.length;

export const valueAt = ({ rows }: GridTable, index: number, { key }: FormField): string =>
  rows[index]?.values[key] ?? "";

/** A single cell fills the whole selection; a block begins at its upper left corner. */
export function planPaste(table: GridTable, selection: Selection, block: readonly (readonly string[])[]): PastePlan {
  const { sheet, fields, rows } = table;
  const { top, left } = selection;
  const isOne = block.length === 1 && block[0]?.length === 1;
  const height = isOne ? selection.bottom - top + 1 : block.length;
  const width = isOne ? selection.right - left + 1 : (block[0]?.length ?? 0);
  const changes: FormChange[] = [];
  const overwritten: PastePlan["overwritten"][number][] = [];
  const added = new Set<number>();
  let locked = 0;
  for (let r = 0; r < height; r += 1) {
    for (const [c, field] of fields.slice(left, left + width).entries()) {
      const value = (isOne ? block[0]?.[0] : block[r]?.[c]) ?? "";
      const index = top + r;
      const from = valueAt(table, index, field);
      if (value === from) continue;
      if (field.isLocked) {
        locked += 1;
        continue;
      }
      const row = rowAt(table, index);
      changes.push({ sheet, row, field: field.key, value });
      if (from !== "") overwritten.push({ row, label: field.label, from, to: value });
      if (index >= rows.length) added.add(row);
    }
  }
  return { changes, overwritten, newRows: added.size, locked, beyond: Math.max(0, left + width - fields.length) };
}

/** Emptying what may be emptied. */
export function planClearing(table: GridTable, { top, bottom, left, right }: Selection): FormChange[] {
  const changes: FormChange[] = [];
  for (let index = top; index <= Math.min(bottom, table.rows.length - 1); index += 1)
    for (const field of table.fields.slice(left, right + 1))
      if (!field.isLocked && valueAt(table, index, field) !== "")
        changes.push({ sheet: table.sheet, row: rowAt(table, index), field: field.key, value: "" });
  return changes;
}
