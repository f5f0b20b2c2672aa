import { columnNumber } from "../../apps-script/core/workbook/addresses.ts";
import { type CellError, errorOf, type Scalar } from "./values.ts";

/** A corner of a reference; a row or column that is left out (`A:A`, `A2:A`, `1:3`) is undefined. */
export interface Corner {
  readonly row: number | undefined;
  readonly column: number | undefined;
  readonly rowFixed: boolean;
  readonly columnFixed: boolean;
}

export type Token =
  | { readonly kind: "literal"; readonly value: Scalar }
  | { readonly kind: "reference"; readonly sheet: string | undefined; readonly from: Corner; readonly to: Corner }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "symbol"; readonly symbol: string };

const space = /\s+/y;
const text = /"((?:[^"]|"")*)"/y;
const errorLiteral = /#(?:N\/A|DIV\/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|ERROR!)/iy;
const functionName = /(?:_xlfn\.|_xlws\.)*([A-Z_][A-Z0-9_.]*)\s*(?=\()/iy;
const sheetName = /(?:'((?:[^']|'')+)'|([\p{L}\p{N}_.]+))!/uy;
const area =
  /(?:(\$?[A-Z]{1,3})?(\$?[1-9]\d*)?:(\$?[A-Z]{1,3})?(\$?[1-9]\d*)?|(\$?[A-Z]{1,3})(\$?[1-9]\d*))(?![\p{L}\p{N}_(.])/iuy;
const number = /(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?/iy;
const name = /[\p{L}_][\p{L}\p{N}_.]*/uy;
const symbol = /<=|>=|<>|[-+*/^&=<>%(),;{}]/y;

function corner(letters: string | undefined, digits: string | undefined): Corner {
  return {
    row: digits === undefined ? undefined : Number(digits.replace("$", "")),
    column: letters === undefined ? undefined : columnNumber(letters.replace("$", "")),
    rowFixed: digits?.startsWith("$") ?? false,
    columnFixed: letters?.startsWith("$") ?? false,
  };
}

/** Splits a formula (without its `=`); undefined where it cannot be read. */
export function tokenise(formula: string): Token[] | undefined {
  const tokens: Token[] = [];
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(formula);
    if (match) position = pattern.lastIndex;
    return match;
  };
  /** `A1`, `A1:B2`, `A:A`, `1:3` or `A2:A`. */
  const takeArea = (): { from: Corner; to: Corner } | undefined => {
    const start = position;
    const match = take(area);
    if (!match) return undefined;
    const [, left, top, right, bottom, column, row] = match;
    if (column !== undefined) return { from: corner(column, row), to: corner(column, row) };
    const from = corner(left, top);
    const to = corner(right, bottom);
    const sides = (from.column === undefined) === (to.column === undefined);
    const lines = (from.column ?? from.row) !== undefined && (to.column ?? to.row) !== undefined;
    const open = from.row === undefined && to.row !== undefined;
    if (sides && lines && !open && !(from.column === undefined && to.row === undefined)) return { from, to };
    position = start;
    return undefined;
  };
  const takeReference = (): Token | undefined => {
    const start = position;
    const sheet = take(sheetName);
    const found = takeArea();
    if (found) {
      const named = sheet ? (sheet[1]?.replace(/''/g, "'") ?? sheet[2]) : undefined;
      return { kind: "reference", sheet: named, ...found };
    }
    const broken: CellError | undefined = sheet && take(errorLiteral) ? errorOf("#REF!") : undefined;
    if (broken) return { kind: "literal", value: broken };
    position = start;
    return undefined;
  };

  while (position < formula.length) {
    if (take(space)) continue;
    let match = take(text);
    if (match) {
      tokens.push({ kind: "literal", value: (match[1] ?? "").replace(/""/g, '"') });
      continue;
    }
    match = take(errorLiteral);
    if (match) {
      tokens.push({ kind: "literal", value: errorOf(match[0].toUpperCase()) });
      continue;
    }
    match = take(functionName);
    if (match) {
      tokens.push({ kind: "function", name: (match[1] ?? "").toUpperCase() });
      continue;
    }
    const reference = takeReference();
    if (reference) {
      tokens.push(reference);
      continue;
    }
    match = take(number);
    if (match) {
      tokens.push({ kind: "literal", value: Number(match[0]) });
      continue;
    }
    match = take(name);
    if (match) {
      const word = match[0].toUpperCase();
      if (word === "TRUE" || word === "FALSE") tokens.push({ kind: "literal", value: word === "TRUE" });
      else tokens.push({ kind: "name", name: match[0] });
      continue;
    }
    match = take(symbol);
    if (!match) return undefined;
    tokens.push({ kind: "symbol", symbol: match[0] });
  }
  return tokens;
}
