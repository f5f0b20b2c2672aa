import { type Node, parseFormula } from "./parse.ts";

/** A formula, cut at the rows of its references to its own row. */
interface Template {
  readonly pieces: readonly string[];
  readonly row: number;
  readonly node: Node | undefined;
  /** It is known to read alike in every row, or not to. */
  isSame: boolean | undefined;
}

const ownRow = /"[^"]*"|'[^']*'|(?<![\p{L}\p{N}_.$])(\$?[A-Z]{1,3})(\d+)(?![\p{L}\p{N}_.(!])/giu;

function cut(text: string, row: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const match of text.matchAll(ownRow)) {
    const [whole, letters, digits] = match;
    if (letters === undefined || digits !== String(row)) continue;
    pieces.push(text.slice(start, match.index + letters.length));
    start = match.index + whole.length;
  }
  return [...pieces, text.slice(start)];
}

/** The tree of a formula in a row, relative to that row. */
function relative(node: Node | undefined, row: number): string {
  return JSON.stringify(node ?? null, (_, value) =>
    value?.rowFixed === false && value.row !== undefined ? { ...value, row: value.row - row } : value,
  );
}

/** Reads formulas of a sheet row by row; those that are the formula above them, filled down, share its tree. */
export class FilledDown {
  private readonly above = new Map<number, Template>();

  read(text: string, row: number, column: number): { readonly node: Node | undefined; readonly rowShift: number } {
    const template = this.above.get(column);
    if (template && template.isSame !== false && template.pieces.join(String(row)) === text) {
      template.isSame ??= relative(template.node, template.row) === relative(parseFormula(text), row);
      if (template.isSame) return { node: template.node, rowShift: row - template.row };
    }
    const node = parseFormula(text);
    this.above.set(column, { pieces: cut(text, row), row, node, isSame: undefined });
    return { node, rowShift: 0 };
  }
}
