import { columnLetters } from "../workbook/addresses.ts";
import { columnRange } from "../workbook/formula.ts";
import type { CellEdit, SheetPatch } from "../workbook/port.ts";

/** A column of 即时计算: its range on the sheet itself and as other sheets name it. */
export interface CalculationColumn {
  readonly column: number;
  /** `$E$3:$E$502`: without the neutral cell above the first row. */
  readonly range: string;
  /** With the neutral cell: position 1 of a lookup is “nothing”. */
  readonly lookupRange: string;
  /** Its cell in a row, for formulas of the same row. */
  readonly cell: (row: number) => string;
}

/** Row 1 bears the labels; row 2 a neutral value that lookups of empty cells hit at once; the rows begin below. */
const neutralRow = 2;
const firstCalculationRow = 3;

/** What lookup columns hold where there is nothing. */
export const nothing = "-";

/**
 * 即时计算 while it is being written. Each column is one array formula over all rows: the file stays small, and the
 * formulas go by position, so that rows of 案例 may be inserted, deleted and sorted. No array is higher or lower than its
 * area: programs do not agree on what is in the rest.
 */
export class CalculationSheet {
  private readonly edits: CellEdit[] = [];
  private columns = 0;

  constructor(readonly name: string) {}

  /** A column of `height` rows; `neutral` stands above them. `formulas` fill it from the top, each an equal share. */
  add(label: string, height: number, formulas: readonly string[], neutral?: string | number): CalculationColumn {
    this.columns += 1;
    const column = this.columns;
    this.edits.push({ row: 1, column, value: label });
    if (neutral !== undefined) this.edits.push({ row: neutralRow, column, value: neutral });
    const share = height / formulas.length;
    formulas.forEach((formula, i) => {
      const top = firstCalculationRow + i * share;
      const array = { top, left: column, bottom: top + share - 1, right: column };
      this.edits.push({ row: top, column, value: { kind: "formula", formula, result: null, array } });
    });
    return this.place(column, height);
  }

  /** A column that also gives a value to the neutral row; `formula` covers it. */
  addWithNeutral(label: string, height: number, formula: string): CalculationColumn {
    this.columns += 1;
    const column = this.columns;
    const array = { top: neutralRow, left: column, bottom: neutralRow + height, right: column };
    this.edits.push({ row: 1, column, value: label });
    this.edits.push({ row: neutralRow, column, value: { kind: "formula", formula, result: null, array } });
    return this.place(column, height);
  }

  /** A column of `height` rows and one more, whose value stands for all rows below. */
  addWithLast(label: string, height: number, formula: string, last: string): CalculationColumn {
    const { column } = this.add(label, height, [formula]);
    this.edits.push({ row: firstCalculationRow + height, column, value: last });
    return this.place(column, height + 1);
  }

  /** A column of single formulas, one a row; each may refer to the cells of its own row. */
  addRows(label: string, height: number, formula: (row: number) => string): CalculationColumn {
    this.columns += 1;
    const column = this.columns;
    this.edits.push({ row: 1, column, value: label });
    for (let row = firstCalculationRow; row < firstCalculationRow + height; row += 1) {
      this.edits.push({ row, column, value: { kind: "formula", formula: formula(row), result: null } });
    }
    return this.place(column, height);
  }

  /** Single cells below each other from the neutral row on; returns the column. */
  addCells(label: string, values: readonly CellEdit["value"][]): number {
    this.columns += 1;
    this.edits.push({ row: 1, column: this.columns, value: label });
    values.forEach((value, i) => {
      this.edits.push({ row: neutralRow + i, column: this.columns, value });
    });
    return this.columns;
  }

  /** The address of the i-th (from 0) cell of a column made by `addCells`. */
  cell(column: number, index: number): string {
    return `$${columnLetters(column)}$${neutralRow + index}`;
  }

  /**
   * How often each of the numbers from 1 on, which stand in the column `numbers`, stands in a range of such numbers; the
   * first of them in the neutral row. FREQUENCY gives one value more than it has bounds: the last number needs none.
   */
  addFrequencies(label: string, range: string, numbers: number, height: number): CalculationColumn {
    const bounds = columnRange(numbers, neutralRow, neutralRow + height - 1);
    return this.addWithNeutral(label, height, `FREQUENCY(IFERROR(${range},1),${bounds})`);
  }

  /** The part of a column that holds the i-th (from 0) of equal shares of `height` rows. */
  share({ column }: CalculationColumn, index: number, height: number): string {
    const top = firstCalculationRow + index * height;
    return columnRange(column, top, top + height - 1);
  }

  patch(create: boolean, createBefore: string | null): SheetPatch {
    return {
      name: this.name,
      ...(create ? { createBefore } : {}),
      clearFrom: 1,
      edits: this.edits,
      layout: { hidden: true, protected: true },
    };
  }

  private place(column: number, height: number): CalculationColumn {
    const bottom = firstCalculationRow + height - 1;
    return {
      column,
      range: columnRange(column, firstCalculationRow, bottom),
      lookupRange: columnRange(column, neutralRow, bottom),
      cell: (row) => `$${columnLetters(column)}${row}`,
    };
  }
}
