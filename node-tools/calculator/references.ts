import type { Place } from "./evaluation.ts";
import type { Node, ReferenceNode } from "./parse.ts";
import { Reference } from "./values.ts";

/** The cells that a reference names; undefined above or left of the sheet. Open ends reach to the end of the sheet. */
export function locate(
  node: ReferenceNode,
  place: Place,
  extent: { readonly rows: number; readonly columns: number },
): Reference | undefined {
  const row = (corner: ReferenceNode["from"], open: number) =>
    corner.row === undefined ? open : corner.row + (corner.rowFixed ? 0 : place.rowShift);
  const column = (corner: ReferenceNode["from"], open: number) =>
    corner.column === undefined ? open : corner.column + (corner.columnFixed ? 0 : place.columnShift);
  const rows = [row(node.from, 1), row(node.to, Math.max(extent.rows, row(node.from, 1)))];
  const columns = [column(node.from, 1), column(node.to, Math.max(extent.columns, column(node.from, 1)))];
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  if (top < 1 || left < 1) return undefined;
  return new Reference(node.sheet ?? place.sheet, top, left, Math.max(...rows), Math.max(...columns));
}

const isFixed = ({ row, column, rowFixed, columnFixed }: ReferenceNode["from"]): boolean =>
  row !== undefined && column !== undefined && rowFixed && columnFixed;

/** It names the same cells wherever the formula stands on its sheet. */
export function isAbsolute({ from, to }: ReferenceNode): boolean {
  return isFixed(from) && isFixed(to);
}

/** Sheets may grow: what reaches to the end of a sheet hears of every row. */
const endless = { rows: Number.POSITIVE_INFINITY, columns: Number.POSITIVE_INFINITY };

/** Every range that a formula names, once. */
export function referencesIn(node: Node, place: Place): Reference[] {
  const found = new Map<string, Reference>();
  const visit = (part: Node): void => {
    switch (part.kind) {
      case "reference": {
        const reference = locate(part, place, endless);
        if (reference) found.set(reference.key, reference);
        return;
      }
      case "unary":
        visit(part.operand);
        return;
      case "binary":
        visit(part.left);
        visit(part.right);
        return;
      case "call":
        for (const arg of part.args) visit(arg);
        return;
      case "array":
        for (const arg of part.rows.flat()) visit(arg);
        return;
    }
  };
  visit(node);
  return [...found.values()];
}
