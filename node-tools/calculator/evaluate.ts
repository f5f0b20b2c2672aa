import { broadcast } from "./arrays.ts";
import type { CustomFunction, CustomValue, Evaluation, Place, Surroundings } from "./evaluation.ts";
import { findFunction } from "./functions/index.ts";
import { operators } from "./operators.ts";
import type { Node } from "./parse.ts";
import { locate, type ReferenceNode } from "./references.ts";
import { toNumber } from "./typed-text.ts";
import { errors, isError, Matrix, Reference, type Scalar, type Value } from "./values.ts";

/**
 * Evaluates formulas. In array mode (inside ARRAYFORMULA, SUMPRODUCT …) ranges in the place of single values count
 * element by element; otherwise the cell in the formula's own row or column counts.
 */
export class FormulaEvaluation implements Evaluation {
  private other: FormulaEvaluation | undefined;

  constructor(
    readonly surroundings: Surroundings,
    readonly place: Place,
    readonly arrayMode: boolean,
  ) {}

  inArrayMode(): FormulaEvaluation {
    if (this.arrayMode) return this;
    this.other ??= new FormulaEvaluation(this.surroundings, this.place, true);
    return this.other;
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
        return this.reference(node);
      case "array":
        return this.arrayLiteral(node.rows);
      case "unary":
        return this.unary(node.operator, this.evaluate(node.operand));
      case "binary": {
        const operate = operators[node.operator];
        return this.each([this.evaluate(node.left), this.evaluate(node.right)], (a, b) => operate(a, b));
      }
      case "call": {
        const custom = this.surroundings.functions[node.name];
        if (custom) return this.callCustom(custom, node.args);
        const found = findFunction(node.name);
        if (!found) return errors.name;
        if (node.args.length < found.least || node.args.length > found.most) return errors.notAvailable;
        return found.run(node.args, this);
      }
    }
  }

  each(values: readonly Value[], f: (a: Scalar, b: Scalar) => Scalar): Value {
    const args = values.map((value) => this.elements(value));
    return broadcast(
      args,
      () => true,
      false,
      (current) => f(current[0] as Scalar, current[1] as Scalar),
    );
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
    const extent = this.surroundings.extent(node.sheet ?? this.place.sheet);
    return (extent && locate(node, this.place, extent)) ?? errors.reference;
  }

  private unary(operator: "-" | "+" | "%", operand: Value): Value {
    if (operator === "+") return operand;
    return this.each([operand], (value) => {
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
