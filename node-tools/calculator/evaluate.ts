import { combine } from "./arrays.ts";
import type { CustomFunction, CustomValue, Evaluation, Place, Surroundings } from "./evaluation.ts";
import { findFunction } from "./functions/index.ts";
import { operators } from "./operators.ts";
import type { Node, ReferenceNode } from "./parse.ts";
import { gather, groupRows, leavesOf, type Selection } from "./selections.ts";
import { toNumber } from "./typed-text.ts";
import { errors, isError, Matrix, Reference, type Scalar, type Value } from "./values.ts";

/** An array that has not the shape of the matrix of which some elements are wanted. */
class OtherShape extends Error {}

/**
 * Evaluates formulas. In array mode (inside ARRAYFORMULA, SUMPRODUCT …) ranges in the place of single values count
 * element by element; otherwise the cell in the formula's own row or column counts.
 */
export class FormulaEvaluation implements Evaluation {
  private other: FormulaEvaluation | undefined;
  readonly whole: FormulaEvaluation;

  /** @param selection the elements that count, in array mode */
  constructor(
    readonly surroundings: Surroundings,
    readonly place: Place,
    readonly arrayMode: boolean,
    private readonly selection?: Selection,
    whole?: FormulaEvaluation,
  ) {
    this.whole = whole ?? this;
  }

  inArrayMode(): FormulaEvaluation {
    if (this.arrayMode) return this;
    this.other ??= new FormulaEvaluation(this.surroundings, this.place, true);
    return this.other;
  }

  evaluateSome(node: Node, { rows, columns }: Matrix, places: readonly number[]): Scalar | Matrix | undefined {
    const { selection } = this;
    if (selection && selection.places.length !== rows * columns) return undefined;
    const chosen = selection
      ? { ...selection, places: places.map((place) => selection.places[place] as number) }
      : { rows, columns, places, isDistinct: false };
    return this.evaluateChosen(node, chosen);
  }

  private evaluateChosen(node: Node, selection: Selection): Scalar | Matrix | undefined {
    const inner = new FormulaEvaluation(this.surroundings, this.place, true, selection, this.whole);
    try {
      return inner.elements(inner.evaluate(node));
    } catch (error) {
      if (error instanceof OtherShape) return undefined;
      throw error;
    }
  }

  /** Of rows that agree in all that an operation looks at, one is calculated for all. */
  private evaluateDistinct(node: Node): Value | undefined {
    const { selection } = this;
    if (!this.arrayMode || selection?.isDistinct) return undefined;
    const leaves = leavesOf(node);
    // Custom functions may bear the names of others and look at whole arrays.
    if (!leaves || Object.keys(this.surroundings.functions).length > 0) return undefined;
    const matrices: Matrix[] = [];
    for (const leaf of leaves) {
      const elements = this.whole.elements(this.whole.evaluate(leaf));
      if (elements instanceof Matrix) matrices.push(elements);
    }
    const groups = groupRows(matrices, selection);
    if (!groups) return undefined;
    const { rows, columns } = groups;
    const result = this.evaluateChosen(node, { rows, columns, places: groups.places, isDistinct: true });
    if (!(result instanceof Matrix)) return result;
    const { values } = result;
    const all = Array.from(groups.ids, (id) => values[id] as Scalar);
    return selection ? new Matrix(all.length, 1, all) : new Matrix(rows, columns, all);
  }

  /** What a whole gives for the elements that count. */
  private select(value: Value): Value {
    const { selection } = this;
    if (!selection) return value;
    const elements = this.whole.elements(value);
    if (!(elements instanceof Matrix)) return elements;
    const { rows, columns, values } = elements;
    if (rows === 1 && columns === 1) return values[0] ?? null;
    if (rows !== selection.rows || columns !== selection.columns) throw new OtherShape();
    return gather(elements, selection.places);
  }

  evaluate(node: Node): Value {
    switch (node.kind) {
      case "literal":
        return node.value;
      case "missing":
        return null;
      case "name":
        return errors.name;
      case "reference":
        return this.select(this.reference(node));
      case "array":
        return this.select(this.whole.arrayLiteral(node.rows));
      case "unary":
        return this.evaluateDistinct(node) ?? this.unary(node.operator, this.evaluate(node.operand));
      case "binary":
        return (
          this.evaluateDistinct(node) ??
          combine(
            this.elements(this.evaluate(node.left)),
            this.elements(this.evaluate(node.right)),
            operators[node.operator],
          )
        );
      case "call": {
        const custom = this.surroundings.functions[node.name];
        if (custom) return this.select(this.whole.callCustom(custom, node.args));
        const found = findFunction(node.name);
        if (!found) return errors.name;
        if (node.args.length < found.least || node.args.length > found.most) return errors.notAvailable;
        if (!found.elementwise) return this.select(found.run(node.args, this.whole));
        return this.evaluateDistinct(node) ?? found.run(node.args, this);
      }
    }
  }

  elements(value: Value): Scalar | Matrix {
    if (!this.arrayMode) return this.single(value);
    if (!(value instanceof Reference)) return value;
    return value.rows === 1 && value.columns === 1 ? this.single(value) : this.surroundings.range(value);
  }

  single(value: Value): Scalar {
    if (value instanceof Matrix) return value.at(0, 0);
    if (!(value instanceof Reference)) return value;
    const { sheet, top, left, bottom, right } = value;
    const { row, column } = this.place;
    if (top === bottom && left === right) return this.surroundings.cell(sheet, top, left);
    if (left === right && row >= top && row <= bottom) return this.surroundings.cell(sheet, row, left);
    if (top === bottom && column >= left && column <= right) return this.surroundings.cell(sheet, top, column);
    return errors.value;
  }

  matrix(value: Value): Matrix {
    if (value instanceof Matrix) return value;
    return value instanceof Reference ? this.surroundings.range(value) : new Matrix(1, 1, [value]);
  }

  private reference(node: ReferenceNode): Value {
    return this.surroundings.locate(node, this.place) ?? errors.reference;
  }

  private unary(operator: "-" | "+" | "%", operand: Value): Value {
    if (operator === "+") return operand;
    return combine(this.elements(operand), null, (value) => {
      const number = toNumber(value);
      if (typeof number !== "number") return number;
      return operator === "-" ? -number : number / 100;
    });
  }

  private arrayLiteral(rows: readonly (readonly Node[])[]): Value {
    const lines: Scalar[][] = [];
    for (const nodes of rows) {
      const blocks = nodes.map((node) => this.matrix(this.evaluate(node)));
      const height = blocks[0]?.rows ?? 0;
      if (blocks.some((block) => block.rows !== height)) return errors.value;
      for (let r = 0; r < height; r += 1) {
        lines.push(blocks.flatMap((block) => Array.from({ length: block.columns }, (_, c) => block.at(r, c))));
      }
    }
    const width = lines[0]?.length ?? 0;
    return lines.some((line) => line.length !== width) ? errors.value : new Matrix(lines.length, width, lines.flat());
  }

  private callCustom(custom: CustomFunction, nodes: readonly Node[]): Value {
    const args: (CustomValue | CustomValue[][])[] = [];
    const plain = (value: Scalar): CustomValue => (isError(value) ? value.error : (value ?? ""));
    for (const node of nodes) {
      const value = this.evaluate(node);
      if (isError(value)) return value;
      const matrix = this.matrix(value);
      const rows = Array.from({ length: matrix.rows }, (_, r) =>
        Array.from({ length: matrix.columns }, (_, c) => plain(matrix.at(r, c))),
      );
      args.push(matrix.values.length === 1 ? plain(matrix.at(0, 0)) : rows);
    }
    try {
      return customResult(custom(...args));
    } catch {
      return errors.syntax;
    }
  }
}

function customResult(result: unknown): Value {
  if (!Array.isArray(result)) return customScalar(result);
  const rows = result.map((row: unknown): unknown[] => (Array.isArray(row) ? row : [row]));
  const width = Math.max(1, ...rows.map((row) => row.length));
  const values = rows.flatMap((row) => Array.from({ length: width }, (_, c) => customScalar(row[c])));
  return rows.length === 0 ? null : new Matrix(rows.length, width, values);
}

function customScalar(value: unknown): Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
