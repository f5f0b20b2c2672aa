import { type Corner, type Token, tokenise } from "./tokens.ts";
import type { Scalar } from "./values.ts";

export type BinaryOperator = "^" | "*" | "/" | "+" | "-" | "&" | "=" | "<>" | "<" | ">" | "<=" | ">=";

export type Node =
  | { readonly kind: "literal"; readonly value: Scalar }
  /** An argument that is left out: `IF(A1,,2)`. */
  | { readonly kind: "missing" }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "reference"; readonly sheet: string | undefined; readonly from: Corner; readonly to: Corner }
  | { readonly kind: "array"; readonly rows: readonly (readonly Node[])[] }
  | { readonly kind: "unary"; readonly operator: "-" | "+" | "%"; readonly operand: Node }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Node[] };

export type ReferenceNode = Extract<Node, { kind: "reference" }>;

const powers: Readonly<Record<string, number>> = {
  "=": 1,
  "<>": 1,
  "<": 1,
  ">": 1,
  "<=": 1,
  ">=": 1,
  "&": 2,
  "+": 3,
  "-": 3,
  "*": 4,
  "/": 4,
  "^": 5,
};
/** A sign binds more tightly than `^`: `-2^2` is 4. */
const signPower = 6;

class SyntaxTrouble extends Error {}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Node {
    const node = this.expression(0);
    if (this.position < this.tokens.length) throw new SyntaxTrouble();
    return node;
  }

  private expression(power: number): Node {
    let left = this.operand();
    for (;;) {
      const symbol = this.symbol();
      if (symbol === "%") {
        this.position += 1;
        left = { kind: "unary", operator: "%", operand: left };
        continue;
      }
      const own = symbol === undefined ? undefined : powers[symbol];
      if (own === undefined || own <= power) return left;
      this.position += 1;
      left = { kind: "binary", operator: symbol as BinaryOperator, left, right: this.expression(own) };
    }
  }

  private operand(): Node {
    const token = this.tokens[this.position];
    this.position += 1;
    if (token === undefined) throw new SyntaxTrouble();
    if (token.kind === "function") return { kind: "call", name: token.name, args: this.argumentList() };
    if (token.kind !== "symbol") return token;
    if (token.symbol === "-" || token.symbol === "+") {
      return { kind: "unary", operator: token.symbol, operand: this.expression(signPower) };
    }
    if (token.symbol === "(") {
      const node = this.expression(0);
      this.expect(")");
      return node;
    }
    if (token.symbol === "{") return this.arrayRows();
    throw new SyntaxTrouble();
  }

  private argumentList(): Node[] {
    this.expect("(");
    if (this.skip(")")) return [];
    const args: Node[] = [];
    for (;;) {
      const empty = this.symbol() === "," || this.symbol() === ")";
      args.push(empty ? { kind: "missing" } : this.expression(0));
      if (this.skip(")")) return args;
      this.expect(",");
    }
  }

  private arrayRows(): Node {
    const rows: Node[][] = [[]];
    for (;;) {
      rows[rows.length - 1]?.push(this.expression(0));
      if (this.skip("}")) return { kind: "array", rows };
      if (this.skip(";")) rows.push([]);
      else this.expect(",");
    }
  }

  private symbol(): string | undefined {
    const token = this.tokens[this.position];
    return token?.kind === "symbol" ? token.symbol : undefined;
  }

  private skip(symbol: string): boolean {
    if (this.symbol() !== symbol) return false;
    this.position += 1;
    return true;
  }

  private expect(symbol: string): void {
    if (!this.skip(symbol)) throw new SyntaxTrouble();
  }
}

/** Formulas that were read already: workbooks of one kind have the same. */
const known = new Map<string, Node | undefined>();
const mostKnown = 5_000;

/** The tree of a formula without its `=`; undefined where Sheets would show `#ERROR!`. */
export function parseFormula(formula: string): Node | undefined {
  if (known.has(formula)) return known.get(formula);
  if (known.size >= mostKnown) known.clear();
  const node = parse(formula);
  known.set(formula, node);
  return node;
}

function parse(formula: string): Node | undefined {
  const tokens = tokenise(formula);
  if (!tokens) return undefined;
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof SyntaxTrouble) return undefined;
    throw error;
  }
}
