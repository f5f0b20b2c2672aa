/** The table of a form as it is shown, and what pasting a block would change in it before anything is written. */
import type { FormChange, FormField, FormFinding, FormRow, FormSheet } from "../../unit/form-protocol.ts";

export interface GridTable {
  readonly sheet: FormSheet;
  readonly label: string;
  readonly fields: readonly FormField[];
  readonly rows: readonly FormRow[];
  /** The first row below those that are filled in. */
  readonly nextRow: number;
}

/** Of a table: the index of a row, that of the empty one behind the last included, or a row of the sheet; and of a field. */
export interface Place {
  readonly row: number;
  readonly column: number;
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

/** What is wrong in a cell. */
export const findingsAt = ({ rows }: GridTable, index: number, { label }: FormField): readonly FormFinding[] =>
  (rows[index]?.findings ?? []).filter(({ column }) => column === label);

/** The index of a row of the sheet; that of the empty row behind the last for one that is not shown. */
export function indexOfRow({ rows }: GridTable, row: number): number {
  const index = rows.findIndex((each) => each.row === row);
  return index < 0 ? rows.length : index;
}

/**
 * A table with what is not stored yet.
 * @param kept rows of the sheet that somebody is in: they stay when they are emptied, so that what is typed next goes to no
 *   other row
 */
export function showTable(
  table: GridTable,
  waiting: Iterable<{ readonly row: number; readonly field: string; readonly value: string }>,
  kept: readonly number[],
): GridTable {
  const rows = new Map(table.rows.map((each) => [each.row, each]));
  const blank = (row: number): FormRow => ({ row, values: {}, findings: [] });
  for (const { row, field, value } of waiting) {
    const before = rows.get(row);
    if (!before && value === "") continue;
    const { values, findings } = before ?? blank(row);
    rows.set(row, { row, values: { ...values, [field]: value }, findings });
  }
  for (const row of kept) if (row < table.nextRow && !rows.has(row)) rows.set(row, blank(row));
  const shown = [...rows.values()].sort((a, b) => a.row - b.row);
  return { ...table, rows: shown, nextRow: Math.max(table.nextRow, (shown.at(-1)?.row ?? 0) + 1) };
}

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
