import type { Place, Surroundings } from "./evaluation.ts";
import { largest, oneCell, type Size } from "./functions/define.ts";
import { findFunction } from "./functions/index.ts";
import type { Node } from "./parse.ts";
import { locate } from "./references.ts";

type Known = Pick<Surroundings, "extent" | "functions">;

/** How many cells a formula can fill at most, judged by its text alone. */
export function resultSize(node: Node, place: Place, known: Known): Size {
  const sizeOf = (part: Node, arrayMode: boolean): Size => {
    switch (part.kind) {
      case "reference": {
        const extent = known.extent(part.sheet ?? place.sheet);
        return (extent && locate(part, place, extent)) ?? oneCell;
      }
      case "array": {
        const rows = part.rows.map((row) => {
          const sizes = row.map((cell) => sizeOf(cell, arrayMode));
          return { rows: largest(sizes).rows, columns: sizes.reduce((sum, size) => sum + size.columns, 0) };
        });
        return { rows: rows.reduce((sum, size) => sum + size.rows, 0), columns: largest(rows).columns };
      }
      case "unary":
        return arrayMode ? sizeOf(part.operand, true) : oneCell;
      case "binary":
        return arrayMode ? largest([sizeOf(part.left, true), sizeOf(part.right, true)]) : oneCell;
      case "call": {
        if (part.name in known.functions) return largest(part.args.map((arg) => sizeOf(arg, arrayMode)));
        const found = findFunction(part.name);
        return found ? found.size(part.args, (arg, mode = arrayMode) => sizeOf(arg, mode), arrayMode) : oneCell;
      }
      default:
        return oneCell;
    }
  };
  return node.kind === "reference" ? oneCell : sizeOf(node, false);
}
