import type { Place } from "./evaluation.ts";
import type { Size } from "./functions/define.ts";
import { findFunction } from "./functions/index.ts";
import type { Node } from "./parse.ts";
import { referencesIn } from "./references.ts";
import type { Matrix, Reference, Scalar } from "./values.ts";

/** A formula in its cell, with its result once it is calculated. */
export class Formula {
  result: Scalar | Matrix | undefined = undefined;
  /** It is being calculated, or waits for a cell that is. */
  open = false;
  /** It asks for its own value; the first formula of the cycle that was asked. */
  cycle: Formula | undefined = undefined;

  readonly spills: boolean;
  private named: readonly Reference[] | undefined;

  constructor(
    readonly place: Place,
    /** undefined: it cannot be read. */
    readonly node: Node | undefined,
    readonly size: Size,
  ) {
    this.spills = size.rows > 1 || size.columns > 1;
  }

  get isVolatile(): boolean {
    return this.node !== undefined && containsVolatile(this.node);
  }

  /** Ranges that it names. */
  get precedents(): readonly Reference[] {
    this.named ??= this.node ? referencesIn(this.node, this.place) : [];
    return this.named;
  }
}

function containsVolatile(node: Node): boolean {
  switch (node.kind) {
    case "call":
      return findFunction(node.name)?.volatile === true || node.args.some(containsVolatile);
    case "binary":
      return containsVolatile(node.left) || containsVolatile(node.right);
    case "unary":
      return containsVolatile(node.operand);
    case "array":
      return node.rows.some((row) => row.some(containsVolatile));
    default:
      return false;
  }
}

export type Entry = Scalar | Formula;

/** The cells of one sheet as they were typed. */
export class SheetCells {
  readonly formulas = new Set<Formula>();
  /** Formulas that can fill several cells, for each column from the top. */
  private spilling: Map<number, Formula[]> | undefined;
  private readonly byColumn: Entry[][] = [];

  constructor(readonly name: string) {}

  entry(row: number, column: number): Entry {
    return this.byColumn[column]?.[row] ?? null;
  }

  set(row: number, column: number, entry: Entry): void {
    const before = this.entry(row, column);
    if (before instanceof Formula) this.remove(before);
    let cells = this.byColumn[column];
    if (!cells) {
      if (entry === null) return;
      cells = [];
      this.byColumn[column] = cells;
    }
    // Arrays with holes far beyond their end become slow hash tables.
    while (cells.length < row) cells.push(null);
    cells[row] = entry;
    if (!(entry instanceof Formula)) return;
    this.formulas.add(entry);
    if (entry.spills) this.spilling = undefined;
  }

  /** The entries of a column; those of rows from 1 stand at their numbers. */
  column(column: number): readonly Entry[] {
    return this.byColumn[column] ?? [];
  }

  /** True when nothing but the formula itself stands where its result would go. */
  hasRoom({ place }: Formula, { rows, columns }: Size): boolean {
    for (let column = place.column; column < place.column + columns; column += 1) {
      const cells = this.byColumn[column];
      if (!cells) continue;
      for (let row = place.row; row < place.row + rows; row += 1) {
        const entry = cells[row] ?? null;
        if (entry !== null && !(row === place.row && column === place.column)) return false;
      }
    }
    return true;
  }

  private remove(formula: Formula): void {
    this.formulas.delete(formula);
    if (formula.spills) this.spilling = undefined;
  }

  /** Formulas whose results may reach empty cells of a column, from the top. */
  spillersOf(column: number): readonly Formula[] {
    this.spilling ??= new Map();
    let found = this.spilling.get(column);
    if (!found) {
      found = [...this.formulas]
        .filter(({ spills, place, size }) => spills && column >= place.column && column < place.column + size.columns)
        .sort((a, b) => a.place.row - b.place.row || a.place.column - b.place.column);
      this.spilling.set(column, found);
    }
    return found;
  }
}
