import { Formula, SheetCells } from "./cells.ts";
import { ChangedCells, forgetDependents, type SheetArea } from "./changed-cells.ts";
import { FormulaEvaluation } from "./evaluate.ts";
import type { CustomFunction, Place, Surroundings } from "./evaluation.ts";
import { FilledDown } from "./filled-down.ts";
import { oneCell } from "./functions/define.ts";
import { type Node, parseFormula, type ReferenceNode } from "./parse.ts";
import { isAbsolute, locate } from "./references.ts";
import { resultSize } from "./result-size.ts";
import { dateSerial } from "./typed-text.ts";
import { errorOf, errors, isError, Matrix, type Reference, type Scalar } from "./values.ts";

export type { CustomFunction } from "./evaluation.ts";

/** null: empty. Dates and times are serial numbers. */
export type Result = string | number | boolean | null | { readonly error: string };

/** The cells that are calculated; rows and columns are 1-based, formulas without their `=`. */
export interface FormulaSource {
  sheetNames(): readonly string[];
  cell(
    sheet: string,
    row: number,
    column: number,
  ): { readonly formula: string } | { readonly value: string | number | boolean | null | { readonly error: string } };
  /** The cells that hold something, row by row. */
  filled(sheet: string): Iterable<readonly [row: number, column: number, ...rest: unknown[]]>;
  extent(sheet: string): { readonly rows: number; readonly columns: number };
}

/** Formulas that ask for each other deeper than this are calculated from the far end, or the stack would overflow. */
const deepest = 24;

/** Thrown to calculate this formula first, on an empty stack. */
class TooDeep extends Error {
  constructor(readonly formula: Formula) {
    super();
  }
}

const unixEpoch = dateSerial(1970, 1, 1);
const dayMilliseconds = 86_400_000;
/** The award's zone is Asia/Shanghai, which has no daylight saving. */
const zoneMilliseconds = 8 * 3_600_000;

/** What Google Sheets would show: calculates on demand and keeps results until their cells change. */
export class Calculation {
  private readonly sheets = new Map<string, SheetCells>();
  private readonly ranges = new Map<string, { readonly reference: Reference; readonly matrix: Matrix }>();
  private readonly absolute = new Map<ReferenceNode, Reference>();
  private readonly extents = new Map<string, { readonly rows: number; readonly columns: number } | undefined>();
  private readonly running: Formula[] = [];
  private readonly surroundings: Surroundings;

  /**
   * @param now milliseconds since 1970, for TODAY and NOW
   * @param functions custom functions by upper-case name; texts and rows of texts as Apps Script hands them over
   */
  constructor(
    private readonly source: FormulaSource,
    now: () => number = Date.now,
    functions: Readonly<Record<string, CustomFunction>> = {},
  ) {
    this.surroundings = {
      cell: (sheet, row, column) => this.scalar(sheet, row, column),
      range: (reference) => this.range(reference),
      locate: (node, place) => this.locate(node, place),
      isFormula: (sheet, row, column) => this.cells(sheet)?.entry(row, column) instanceof Formula,
      extent: (sheet) => this.extent(sheet),
      now: () => unixEpoch + (now() + zoneMilliseconds) / dayMilliseconds,
      functions,
    };
  }

  /** The value of a cell: typed, calculated, or spilled from an array formula. */
  valueOf(sheet: string, row: number, column: number): Result {
    try {
      // Most cells are calculated already, or empty.
      return this.scalar(sheet, row, column);
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      return this.settle(() => this.scalar(sheet, row, column));
    }
  }

  /**
   * The value of a formula (without its `=`) as if it stood in a cell. With an `origin`, its relative references are
   * meant from there: the top left cell of a conditional format or validation.
   */
  evaluate(formula: string, sheet: string, row: number, column: number, origin = { row, column }): Result {
    const node = parseFormula(formula);
    if (!node) return errors.syntax;
    const place = { sheet, row, column, rowShift: row - origin.row, columnShift: column - origin.column };
    return this.settle(() => {
      const evaluation = new FormulaEvaluation(this.surroundings, place, false);
      return evaluation.single(evaluation.evaluate(node));
    });
  }

  /** Cells were typed into or cleared. Without a list anything may have changed, sheets and their names too. */
  invalidate(changes?: readonly { readonly sheet: string; readonly row: number; readonly column: number }[]): void {
    this.extents.clear();
    this.absolute.clear();
    if (!changes) {
      this.sheets.clear();
      this.ranges.clear();
      return;
    }
    const changed = new ChangedCells();
    for (const { sheet, row, column } of changes) {
      changed.add({ sheet, top: row, bottom: row, left: column, right: column });
      const cells = this.sheets.get(sheet);
      if (!cells) continue;
      const before = cells.entry(row, column);
      if (before instanceof Formula && before.spills) changed.add(this.areaOf(before));
      this.load(cells, row, column);
      const after = cells.entry(row, column);
      if (after instanceof Formula && after.spills) changed.add(this.areaOf(after));
    }
    const formulas = [...this.sheets.values()].flatMap((cells) => [...cells.formulas]);
    forgetDependents(formulas, changed, (formula) => this.areaOf(formula));
    for (const [key, { reference }] of this.ranges) if (changed.touch(reference)) this.ranges.delete(key);
  }

  /** The cells that a formula can fill, as far as the sheet reaches. */
  private areaOf({ place, size, spills }: Formula): SheetArea {
    const { sheet, row, column } = place;
    if (!spills) return { sheet, top: row, left: column, bottom: row, right: column };
    const { rows, columns } = this.source.extent(sheet);
    const bottom = Math.max(row, Math.min(row + size.rows - 1, rows));
    const right = Math.max(column, Math.min(column + size.columns - 1, columns));
    return { sheet, top: row, left: column, bottom, right };
  }

  private cells(name: string): SheetCells | undefined {
    const known = this.sheets.get(name);
    if (known) return known;
    if (!this.extent(name)) return undefined;
    const cells = new SheetCells(name);
    this.sheets.set(name, cells);
    const filledDown = new FilledDown();
    for (const [row, column] of this.source.filled(name)) this.load(cells, row, column, filledDown);
    return cells;
  }

  private extent(name: string): { readonly rows: number; readonly columns: number } | undefined {
    if (!this.extents.has(name)) {
      this.extents.set(name, this.source.sheetNames().includes(name) ? this.source.extent(name) : undefined);
    }
    return this.extents.get(name);
  }

  private load(cells: SheetCells, row: number, column: number, filledDown?: FilledDown): void {
    const cell = this.source.cell(cells.name, row, column);
    if (!("formula" in cell)) {
      cells.set(row, column, isError(cell.value) ? errorOf(cell.value.error) : cell.value === "" ? null : cell.value);
      return;
    }
    const read = filledDown?.read(cell.formula, row, column) ?? { node: parseFormula(cell.formula), rowShift: 0 };
    cells.set(row, column, this.formula(read, cells.name, row, column));
  }

  private formula(
    { node, rowShift }: { readonly node: Node | undefined; readonly rowShift: number },
    sheet: string,
    row: number,
    column: number,
  ): Formula {
    const place: Place = { sheet, row, column, rowShift, columnShift: 0 };
    return new Formula(place, node, node ? resultSize(node, place, this.surroundings) : oneCell);
  }

  private scalar(sheet: string, row: number, column: number): Scalar {
    const cells = this.cells(sheet);
    return cells ? this.scalarIn(cells, row, column) : errors.reference;
  }

  private scalarIn(cells: SheetCells, row: number, column: number): Scalar {
    const entry = cells.entry(row, column);
    if (entry instanceof Formula) {
      const result = this.resultOf(entry);
      return result instanceof Matrix ? result.at(0, 0) : result;
    }
    if (entry !== null) return entry;
    const spiller = this.spillerAt(cells, row, column);
    const result = spiller ? this.resultOf(spiller) : null;
    if (!(spiller && result instanceof Matrix)) return null;
    return result.at(row - spiller.place.row, column - spiller.place.column);
  }

  /** The formula whose array fills an empty cell. */
  private spillerAt(cells: SheetCells, row: number, column: number): Formula | undefined {
    for (const spiller of cells.spillersOf(column)) {
      const [r, c] = [row - spiller.place.row, column - spiller.place.column];
      if (r < 0 || r >= spiller.size.rows) continue;
      const result = this.resultOf(spiller);
      if (result instanceof Matrix && r < result.rows && c < result.columns) return spiller;
    }
    return undefined;
  }

  private locate(node: ReferenceNode, place: Place): Reference | undefined {
    const sheet = node.sheet ?? place.sheet;
    const known = this.absolute.get(node);
    if (known?.sheet === sheet) return known;
    const extent = this.extent(sheet);
    const found = extent && locate(node, place, extent);
    if (found && isAbsolute(node)) this.absolute.set(node, found);
    return found;
  }

  private range(reference: Reference): Matrix {
    const { key } = reference;
    const known = this.ranges.get(key);
    if (known) return known.matrix;
    const matrix = this.readRange(reference);
    // A value read while its own formula was being calculated is not to be kept.
    if (!this.running.some((formula) => formula.cycle)) this.ranges.set(key, { reference, matrix });
    return matrix;
  }

  private readRange({ sheet, top, left, bottom, right, rows, columns }: Reference): Matrix {
    const cells = this.cells(sheet);
    const values = new Array<Scalar>(rows * columns);
    if (!cells) return new Matrix(rows, columns, values.fill(errors.reference));
    for (let column = left; column <= right; column += 1) {
      const entries = cells.column(column);
      for (let row = top; row <= bottom; ) {
        const entry = entries[row] ?? null;
        let place = (row - top) * columns + column - left;
        if (entry !== null && !(entry instanceof Formula)) {
          values[place] = entry;
          row += 1;
          continue;
        }
        const spiller = entry ?? this.spillerAt(cells, row, column);
        const result = spiller ? this.resultOf(spiller) : null;
        if (!(spiller && result instanceof Matrix)) {
          values[place] = result as Scalar;
          row += 1;
          continue;
        }
        // Whatever comes below it in this column is of the same array.
        const first = row - spiller.place.row;
        if (columns === 1 && first === 0 && result.columns === 1 && result.rows === rows) return result;
        const end = Math.min(spiller.place.row + result.rows - 1, bottom);
        for (; row <= end; row += 1, place += columns) {
          values[place] = result.at(row - spiller.place.row, column - spiller.place.column);
        }
      }
    }
    return new Matrix(rows, columns, values);
  }

  private resultOf(formula: Formula): Scalar | Matrix {
    if (formula.result !== undefined) {
      // Part of a cycle that is still being calculated: who asks for it belongs to the cycle too.
      if (formula.cycle?.open) this.closeCycle(formula.cycle);
      return formula.result;
    }
    if (formula.open) {
      this.closeCycle(formula);
      return errors.reference;
    }
    if (this.running.length >= deepest) throw new TooDeep(formula);
    formula.open = true;
    this.running.push(formula);
    try {
      const result = this.calculate(formula);
      formula.result = formula.cycle ? errors.reference : result;
      return formula.result;
    } finally {
      this.running.pop();
      formula.open = false;
    }
  }

  /** Everything from `first` on asks for its own value. */
  private closeCycle(first: Formula): void {
    const place = (formula: Formula) => this.running.indexOf(formula);
    first.cycle ??= first;
    for (const member of this.running.slice(Math.max(0, place(first)))) {
      if (!member.cycle?.open || place(member.cycle) > place(first)) member.cycle = first;
    }
  }

  private calculate(formula: Formula): Scalar | Matrix {
    const { node, place } = formula;
    if (!node) return errors.syntax;
    const evaluation = new FormulaEvaluation(this.surroundings, place, false);
    const value = evaluation.evaluate(node);
    if (!(value instanceof Matrix)) return evaluation.single(value);
    if (!formula.spills) return value.at(0, 0);
    return this.cells(place.sheet)?.hasRoom(formula, value) ? value : errors.reference;
  }

  /** Works through formulas that are too deep for the stack before the work that needs them. */
  private settle(work: () => Scalar): Scalar {
    const waiting: Formula[] = [];
    for (;;) {
      try {
        const next = waiting[waiting.length - 1];
        if (!next) return work();
        next.open = false;
        this.resultOf(next);
        waiting.pop();
      } catch (error) {
        if (!(error instanceof TooDeep)) throw error;
        for (const formula of waiting) formula.open = true;
        error.formula.open = true;
        waiting.push(error.formula);
      }
    }
  }
}
