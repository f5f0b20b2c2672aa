import type { Formula } from "./cells.ts";

interface Span {
  first: number;
  last: number;
}

/** A rectangle on a sheet, bounds inclusive. */
export interface SheetArea {
  readonly sheet: string;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Cells whose values may have changed; for each column of a sheet the rows from the first to the last of them. */
export class ChangedCells {
  private readonly bySheet = new Map<string, Map<number, Span>>();
  private readonly whole = new Set<string>();

  get sheets(): readonly string[] {
    return [...new Set([...this.bySheet.keys(), ...this.whole])];
  }

  /** Every cell of a sheet may have changed. */
  addSheet(sheet: string): void {
    this.whole.add(sheet);
  }

  add({ sheet, top, left, bottom, right }: SheetArea): void {
    const columns = this.bySheet.get(sheet) ?? new Map<number, Span>();
    this.bySheet.set(sheet, columns);
    for (let column = left; column <= right; column += 1) {
      const span = columns.get(column);
      if (span) {
        span.first = Math.min(span.first, top);
        span.last = Math.max(span.last, bottom);
      } else columns.set(column, { first: top, last: bottom });
    }
  }

  touch({ sheet, top, left, bottom, right }: SheetArea): boolean {
    if (this.whole.has(sheet)) return true;
    const columns = this.bySheet.get(sheet);
    if (!columns) return false;
    const meets = (span: Span | undefined) => span !== undefined && span.first <= bottom && span.last >= top;
    if (right - left < columns.size) {
      for (let column = left; column <= right; column += 1) if (meets(columns.get(column))) return true;
      return false;
    }
    for (const [column, span] of columns) if (column >= left && column <= right && meets(span)) return true;
    return false;
  }
}

/** Drops the results that follow from changed cells, and adds the cells of those results to the changed ones. */
export function forgetDependents(
  formulas: readonly Formula[],
  changed: ChangedCells,
  areaOf: (formula: Formula) => SheetArea,
): void {
  for (const formula of formulas) if (formula.result === undefined) formula.cycle = undefined;
  let kept = formulas.filter((formula) => formula.result !== undefined);
  for (let before = -1; before !== kept.length; ) {
    before = kept.length;
    kept = kept.filter((formula) => {
      const stale =
        formula.isVolatile ||
        formula.precedents.some((reference) => changed.touch(reference)) ||
        (formula.spills && changed.touch(areaOf(formula)));
      if (!stale) return true;
      formula.result = undefined;
      formula.cycle = undefined;
      changed.add(areaOf(formula));
      return false;
    });
  }
}
