import { columnLetters } from "../workbook/addresses.ts";
import { columnRange, quoteSheet } from "../workbook/formula.ts";
import type { CellEdit, SheetPatch } from "../workbook/port.ts";

/** Where a column stands. */
interface CalculationPlace {
  readonly column: number;
  readonly isLong: boolean;
}

/** A column of 即时计算 for the formulas of either of its sheets. */
export interface CalculationColumn extends CalculationPlace {
  /** `$E$3:$E$502`: without the neutral cell above the first row. */
  readonly range: string;
  /** With the neutral cell: position 1 of a lookup is “nothing”. */
  readonly lookupRange: string;
  /** Its cell in a row, for formulas of the same row. */
  readonly cell: (row: number) => string;
}

/** A reference to cells of the sheet that it stands on. */
const ownReference = /(^|[^!:$A-Za-z0-9'])(\$[A-Z]{1,3}\$\d+(?::\$[A-Z]{1,3}\$\d+)?)/g;

/** Row 1 bears the labels; row 2 a neutral value that lookups of empty cells hit at once; the rows begin below. */
const neutralRow = 2;
const firstCalculationRow = 3;

/** What lookup columns hold where there is nothing. */
export const nothing = "-";

/**
 * 即时计算 while it is being written. Each column is one array formula over all rows: the file stays small, and the
 * formulas go by position, so that rows of 案例 may be inserted, deleted and sorted. No array is higher or lower than its
 * area: programs do not agree on what is in the rest.
 *
 * Columns that are longer than the rows of 案例, such as those of all authors, stand on a sheet of their own: Google counts every
 * row of a sheet for every column, and allows ten million cells in all.
 */
export class CalculationSheet {
  readonly #edits: { readonly usual: CellEdit[]; readonly long: CellEdit[] } = { usual: [], long: [] };
  readonly #columns = { usual: 0, long: 0 };

  /** @param longest rows of a column that stands on the first sheet */
  constructor(
    readonly name: string,
    private readonly longName: string,
    private readonly longest: number,
  ) {}

  /** A column of `height` rows; `neutral` stands above them. `formulas` fill it from the top, each an equal share. */
  add(label: string, height: number, formulas: readonly string[], neutral?: string | number): CalculationColumn {
    const place = this.#begin(label, height);
    if (neutral !== undefined) this.#put(place, neutralRow, neutral);
    const share = height / formulas.length;
    formulas.forEach((formula, i) => {
      const top = firstCalculationRow + i * share;
      this.#putArray(place, top, top + share - 1, this.#spell(place, formula));
    });
    return this.#column(place, height);
  }

  /** A column that also gives a value to the neutral row; `formula` covers it. */
  addWithNeutral(label: string, height: number, formula: string): CalculationColumn {
    const place = this.#begin(label, height);
    this.#putArray(place, neutralRow, neutralRow + height, this.#spell(place, formula));
    return this.#column(place, height);
  }

  /** The numbers from 1 on; the first of them in the neutral row. */
  addNumbers(label: string, height: number): CalculationColumn {
    const place = this.#begin(label, height);
    this.#putArray(place, neutralRow, neutralRow + height, `ROW($A$1:$A$${height + 1})`);
    return this.#column(place, height);
  }

  /** A column of `height` rows and one more, whose value stands for all rows below. */
  addWithLast(label: string, height: number, formula: string, last: string): CalculationColumn {
    const place = this.add(label, height, [formula]);
    this.#put(place, firstCalculationRow + height, last);
    return this.#column(place, height + 1);
  }

  /** A column of single formulas, one a row; each may refer to the cells of its own row. */
  addRows(label: string, height: number, formula: (row: number) => string): CalculationColumn {
    const place = this.#begin(label, height);
    for (let row = firstCalculationRow; row < firstCalculationRow + height; row += 1) {
      this.#put(place, row, { kind: "formula", formula: this.#spell(place, formula(row)), result: null });
    }
    return this.#column(place, height);
  }

  /** Single cells below each other from the neutral row on. */
  addCells(label: string, values: readonly CellEdit["value"][]): CalculationPlace {
    const place = this.#begin(label, values.length);
    values.forEach((value, i) => {
      this.#put(place, neutralRow + i, value);
    });
    return place;
  }

  /** A single cell that is made of ranges; returns its address. Some programs take a range for one of its cells but in arrays. */
  addOne(label: string, formula: string): string {
    const place = this.#begin(label, 1);
    this.#putArray(place, neutralRow, neutralRow, this.#spell(place, formula));
    return this.cell(place, 0);
  }

  /** The address of the i-th (from 0) cell of a column made by `addCells`. */
  cell(place: CalculationPlace, index: number): string {
    return `${this.#before(place)}$${columnLetters(place.column)}$${neutralRow + index}`;
  }

  /** As `cell`, for other sheets too. */
  namedCell(place: CalculationPlace, index: number): string {
    return place.isLong ? this.cell(place, index) : `${quoteSheet(this.name)}!${this.cell(place, index)}`;
  }

  /** The range of a column as other sheets name it. */
  named({ isLong, range }: CalculationColumn): string {
    return isLong ? range : `${quoteSheet(this.name)}!${range}`;
  }

  /** The range of the first cells of a column made by `addCells`. */
  cells(place: CalculationPlace, count: number): string {
    return this.#range(place, neutralRow, neutralRow + count - 1);
  }

  /**
   * How often each of the numbers from 1 on, which stand in the column `numbers`, stands in a range of such numbers; the
   * first of them in the neutral row. FREQUENCY gives one value more than it has bounds: the last number needs none.
   */
  addFrequencies(label: string, range: string, numbers: CalculationPlace, height: number): CalculationColumn {
    return this.addWithNeutral(label, height, `FREQUENCY(IFERROR(${range},1),${this.cells(numbers, height)})`);
  }

  /** The part of a column that holds the i-th (from 0) of equal shares of `height` rows. */
  share(place: CalculationPlace, index: number, height: number): string {
    const top = firstCalculationRow + index * height;
    return this.#range(place, top, top + height - 1);
  }

  /**
   * The second sheet only where something stands on it, or did.
   *
   * @param isThere which of the sheets are there already
   */
  patches(isThere: (name: string) => boolean, createBefore: string | null): SheetPatch[] {
    const patch = (name: string, edits: readonly CellEdit[]): SheetPatch => ({
      name,
      ...(isThere(name) ? {} : { createBefore }),
      clearFrom: 1,
      edits,
      layout: { hidden: true, protected: true },
    });
    const [usual, long] = [patch(this.name, this.#edits.usual), patch(this.longName, this.#edits.long)];
    return this.#columns.long > 0 || isThere(this.longName) ? [usual, long] : [usual];
  }

  #begin(label: string, height: number): CalculationPlace {
    const isLong = height > this.longest;
    const column = ++this.#columns[isLong ? "long" : "usual"];
    const place = { column, isLong };
    this.#put(place, 1, label);
    return place;
  }

  #put({ column, isLong }: CalculationPlace, row: number, value: CellEdit["value"]): void {
    this.#edits[isLong ? "long" : "usual"].push({ row, column, value });
  }

  #putArray(place: CalculationPlace, top: number, bottom: number, formula: string): void {
    const { column } = place;
    this.#put(place, top, {
      kind: "formula",
      formula,
      result: null,
      array: { top, left: column, bottom, right: column },
    });
  }

  /** On the second sheet what stands on the first is named with it; what stands on the second always is. */
  #spell({ isLong }: CalculationPlace, formula: string): string {
    return isLong ? formula.replace(ownReference, `$1${quoteSheet(this.name)}!$2`) : formula;
  }

  #before({ isLong }: CalculationPlace): string {
    return isLong ? `${quoteSheet(this.longName)}!` : "";
  }

  #range(place: CalculationPlace, top: number, bottom: number): string {
    return this.#before(place) + columnRange(place.column, top, bottom);
  }

  #column(place: CalculationPlace, height: number): CalculationColumn {
    const bottom = firstCalculationRow + height - 1;
    const { column, isLong } = place;
    return {
      column,
      isLong,
      range: this.#range(place, firstCalculationRow, bottom),
      lookupRange: this.#range(place, neutralRow, bottom),
      cell: (row) => `${this.#before(place)}$${columnLetters(column)}${row}`,
    };
  }
}
